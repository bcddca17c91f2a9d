"""Asks the journal who changed which field, before both sides are shown (U5)."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject

from trainer_desk.services.journal.since import whose_changes
from trainer_desk.services.rows.comparing import Comparison
from trainer_desk.views.desk import Desk


@dataclass(frozen=True, slots=True)
class Thing:
    """What is compared, as the journal knows it: its kind and id."""

    kind: str
    key: int


def with_names(
    desk: Desk, owner: QObject, found: Comparison, thing: Thing | None, then: Callable[[Comparison], object]
) -> None:
    """Hand the comparison on with who changed which field; as it is where the journal cannot tell."""
    if thing is None or found.seen is None:
        then(found)
        return
    desk.read(
        owner,
        whose_changes,
        thing.kind,
        thing.key,
        found.seen,
        then=lambda changes: then(replace(found, changes=changes)),
        failed=lambda _error: then(found),
    )
