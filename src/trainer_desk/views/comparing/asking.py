"""Asks whose value stands where something was saved in one go: a card that was dragged, a cell, a form (U5)."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from trainer_desk.services.errors import DeskError
from trainer_desk.services.rows.comparing import Comparison, Side
from trainer_desk.services.rules.comparing import changed_fields, compare
from trainer_desk.views.comparing.sheet import CompareSheet
from trainer_desk.views.comparing.words import Told

Save = Callable[[dict[str, Any], int], object]
"""Called with the fields that stand, and the version against which they are saved."""


def compared(
    base: Mapping[str, Any],
    mine: Mapping[str, Any],
    theirs: Mapping[str, Any],
    error: DeskError,
    version: int,
    group_of: Mapping[str, str] | None = None,
    seen: int | None = None,
) -> Comparison:
    """Lay a whole form beside what is stored at `version`: mine are the fields that I changed from `base`.

    `seen` is the version of which `base` was.
    """
    groups: dict[str, dict[str, Any]] = {}
    for name in changed_fields(base, mine):
        group = (group_of or {}).get(name, name)
        groups.setdefault(group, {})[name] = mine[name]
    known = {name: value for name, value in theirs.items() if name in base}
    differences, agreed = compare(base, groups, known, group_of)
    return Comparison(seen, version, differences, agreed, error.facts.get("by"), error.facts.get("at"))


def ask(
    over: QWidget, found: Comparison, told: Told, save: Save, given_up: Callable[[], object] | None = None
) -> CompareSheet | None:
    """Open the side-by-side; None where there is nothing to ask: nothing of mine is left, or nobody changed a field."""
    version = found.version
    if version is None or not found.mine:
        if given_up is not None:
            given_up()
        return None
    if found.is_mine_alone:
        save(found.kept({}), version)
        return None
    sheet = CompareSheet(over, found, told)

    def settle(chosen: Mapping[str, Side]) -> None:
        fields = found.kept(chosen)
        if fields:
            save(fields, version)
        elif given_up is not None:
            given_up()

    sheet.settled.connect(settle)
    if given_up is not None:
        sheet.given_up.connect(given_up)
    sheet.open()
    return sheet
