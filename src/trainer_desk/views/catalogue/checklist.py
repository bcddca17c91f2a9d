"""The checklist of a course below the fields of its panel: what is to be seen to before each session (S12)."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLineEdit

from trainer_desk.services.errors import BadValue, DeskError, Stale
from trainer_desk.services.planning.checklists import add_item, change_item, raise_item, remove_item
from trainer_desk.services.rows.catalogue import ToSee
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.catalogue.facts import Facts
from trainer_desk.views.catalogue.owned import OwnedSection, beside
from trainer_desk.views.catalogue.owned_row import OwnedRow
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.buttons import IconButton


class ChecklistSection(OwnedSection):
    """A line for each thing to see to, in the order in which sessions show them."""

    def __init__(self, desk: Desk, today: Callable[[], date]) -> None:
        super().__init__(desk, today, _("Checklist"), _("Add an item"), _("Nothing to see to before a session."))
        self.words, self.days = QLineEdit(), QLineEdit()
        self.words.setAccessibleName(_("What is to be seen to"))
        self.words.setPlaceholderText(_("Book the room, print the handouts"))
        self.days.setAccessibleName(_("Days before the session"))
        self.form_body.addLayout(beside((_("What is to be seen to"), self.words)))
        self.form_body.addLayout(beside((_("Days before the session"), self.days)))
        self._item: ToSee | None = None
        self._is_told = False

    def lines_of(self, facts: Facts) -> Sequence[OwnedRow]:
        """Return a line for each item."""
        return [self._row(item, place) for place, item in enumerate(facts.thing.notes["checklist"])]

    def begin(self) -> None:
        """Ask for something new."""
        super().begin()
        self._fill(None)

    def edit(self, item: ToSee) -> None:
        """Ask for other words and days."""
        super().begin()
        self._fill(item)

    def save(self) -> None:
        """Write what stands in the form, or say why not."""
        assert self.facts is not None
        text = self.days.text().strip()
        if not (text.isascii() and text.isdigit()) or len(text) > 9:
            self.refuse(BadValue(field="days_before", value=text, why="not_a_number" if text else "required"))
            return
        course, words = self.facts.thing, self.words.text()
        self.go.setEnabled(False)
        if self._item is None:
            label, told = _("Add to the checklist of {name}"), _("Added to the checklist of {name}.")
            self._write(label, told, add_item, course.id, words, int(text))
        else:
            label, told = _("Change the checklist of {name}"), _("Changed the checklist of {name}.")
            verb = partial(change_item, seen=self._seen(self._item))
            self._write(label, told, verb, self._item.id, words, int(text))

    def refuse(self, error: DeskError) -> None:
        """Say why not; who was told what somebody else made of it meanwhile may save over that."""
        self._is_told = isinstance(error, Stale)
        super().refuse(error)

    def _seen(self, item: ToSee) -> ToSee:
        """Return what the change is made to: as it was when it was begun, until somebody was told of another."""
        assert self.facts is not None
        if not self._is_told:
            return item
        return next((one for one in self.facts.thing.notes["checklist"] if one.id == item.id), item)

    def _write(self, label: str, told: str, verb: Callable[..., Any], *args: Any) -> None:
        assert self.facts is not None
        name = self.facts.thing.name
        self._desk.write(
            self,
            label.format(name=name),
            verb,
            *args,
            then=lambda _done: self.done(told.format(name=name)),
            refused=self.refuse,
        )

    def _fill(self, item: ToSee | None) -> None:
        self._item, self._is_told = item, False
        self.words.setText(item.words if item else "")
        self.days.setText(str(item.days_before) if item else "1")
        self.words.setFocus()

    def _row(self, item: ToSee, place: int) -> OwnedRow:
        row = OwnedRow(
            item.words,
            days_text(item.days_before),
            edit=_("Change “{words}”").format(words=item.words),
            remove=_("Remove “{words}”").format(words=item.words),
        )
        label, told = _("Change the checklist of {name}"), _("Changed the checklist of {name}.")
        if place:
            up = IconButton("arrow-up", _("Move “{words}” up").format(words=item.words))
            up.clicked.connect(lambda: self._write(label, told, raise_item, item.id))
            row.line.insertWidget(row.line.indexOf(row.edit), up)
        row.edit.clicked.connect(partial(self.edit, item))
        row.remove.clicked.connect(lambda: self._write(label, told, partial(remove_item, seen=item), item.id))
        return row


def days_text(days_before: int) -> str:
    """Return `3 days before`, or `on the day`."""
    return plural("{n} day before", "{n} days before", days_before) if days_before else _("on the day")
