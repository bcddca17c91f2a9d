"""Forms that are saved in one go, while somebody else saved the same thing: a request, a record, a run (U5)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from trainer_desk.services.errors import Stale
from trainer_desk.services.rows.comparing import Comparison
from trainer_desk.services.rows.directory import Directory
from trainer_desk.texts import people_text
from trainer_desk.texts.comparing import plain_value_text, session_value_text, times_text, title_text
from trainer_desk.texts.translate import _
from trainer_desk.views.comparing.asking import Save, ask, compared
from trainer_desk.views.comparing.sheet import CompareSheet
from trainer_desk.views.comparing.whose import Thing, with_names
from trainer_desk.views.comparing.words import Told
from trainer_desk.views.desk import Desk

TIME = {"starts_at": "when", "ends_at": "when"}
"""A start and an end are decided together."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What a form was opened with and what stands in it now, by field; of which thing, and at which version."""

    base: Mapping[str, Any]
    mine: Mapping[str, Any]
    thing: Thing | None = None
    version: int | None = None


class FormAsking(QObject):
    """Reads what is stored by now, lays the form beside it, and hands what stands to whoever saves.

    `give_up` is called when what was typed is to be dropped.
    """

    def __init__(self, desk: Desk, form: QWidget, give_up: Callable[[], object]) -> None:
        super().__init__(form)
        self._desk, self._form, self._give_up = desk, form, give_up
        self.sheet: CompareSheet | None = None

    def ask(
        self,
        query: Callable[..., Any],
        *args: Any,
        typed: Typed,
        read: Callable[[Any], tuple[Mapping[str, Any], int]],
        told: Told,
        error: Stale,
        save: Save,
    ) -> None:
        """Ask `query(db, *args)` for the thing and `read` it into fields and version; dropping mine gives it up."""

        def show(stored: Any) -> None:
            theirs, version = read(stored)
            found = compared(typed.base, typed.mine, theirs, error, version, TIME, typed.version)
            with_names(self._desk, self, found, typed.thing, open_sheet)

        def open_sheet(found: Comparison) -> None:
            self.sheet = ask(self._form, found, told, save, self._give_up)

        self._desk.read(self, query, *args, then=show)


def values_of(row: Any) -> dict[str, Any]:
    """Return the fields of a dataclass by name, as they are."""
    return {each.name: getattr(row, each.name) for each in fields(row)}


def told_form(name: str, directory: Directory) -> Told:
    """Return how a form and its fields are said; ids of trainers, venues, courses and runs by their names."""
    return Told(name, directory.settings.zone, _title, partial(_value, directory))


def told_plain(name: str, zone: ZoneInfo) -> Told:
    """Return how a form of plain texts and days is said."""
    return Told(name, zone, _title, lambda group, values: plain_value_text(values[group]))


def _title(group: str) -> str:
    special = {"when": _("When"), "people": _("Number of people"), "person_ids": _("Named people")}
    return special.get(group) or title_text(group)


def _value(directory: Directory, group: str, values: Mapping[str, Any]) -> str:
    if group == "when":
        return times_text(values, directory)
    if group == "person_ids" and values[group]:
        return people_text(len(values[group]))
    return session_value_text(group, values[group], directory)
