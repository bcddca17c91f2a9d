"""The fields of a change of many sessions: by how much they move, which week they go to, what all of them get (R5)."""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QWidget

from trainer_desk.services.rows.bulk import BulkVerb, BulkWish
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rules.capacity import LARGEST_CAPACITY
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.date_field import DateField
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.session.choices import venue_text
from trainer_desk.views.session.resource_combo import Choice, ResourceCombo
from trainer_desk.views.theme import look

FARTHEST_DAYS, STEP = 3650, 15
COMBO_WIDTH = 320


class Fields(QWidget):
    """What is wished, as far as it is filled in; `changed` fires when it is another wish."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 4, 0, 4)
        self.row.setSpacing(8)

    @property
    def wish(self) -> BulkWish | None:
        """The wish, None while something is missing."""
        raise NotImplementedError

    def add(self, name: str, editor: QWidget) -> None:
        """Put an editor behind its name."""
        label = PlainLabel(name, "field")
        label.setBuddy(editor)
        editor.setAccessibleName(name)
        self.row.addWidget(label)
        self.row.addWidget(editor)


class MoveFields(Fields):
    """Days and minutes of wall clock by which they move or are duplicated, with the usual steps as buttons."""

    def __init__(self, verb: BulkVerb = BulkVerb.MOVE) -> None:
        super().__init__()
        self._verb = verb
        self.days, self.minutes = QSpinBox(), QSpinBox()
        self.days.setRange(-FARTHEST_DAYS, FARTHEST_DAYS)
        self.days.setValue(7 if verb is BulkVerb.MOVE else 0)
        self.minutes.setRange(-1440, 1440)
        self.minutes.setSingleStep(STEP)
        self.add(_("Days"), self.days)
        self.add(_("Minutes"), self.minutes)
        for words, days in ((_("A day later"), 1), (_("A week later"), 7), (_("A week earlier"), -7)):
            button = Button(words, kind="small")
            button.clicked.connect(lambda _on=False, days=days: self.days.setValue(days))
            self.row.addWidget(button)
        self.row.addStretch(1)
        for spin in (self.days, self.minutes):
            spin.valueChanged.connect(lambda _value: self.changed.emit())

    @property
    def wish(self) -> BulkWish | None:
        """The wish; nothing to move by is none, and a duplicate at the same time."""
        days, minutes = self.days.value(), self.minutes.value()
        is_wish = bool(days or minutes) or self._verb is BulkVerb.DUPLICATE
        return BulkWish(self._verb, days, minutes) if is_wish else None


class NoFields(Fields):
    """Nothing is to be filled in: the verb alone is the wish."""

    def __init__(self, verb: BulkVerb) -> None:
        super().__init__()
        self._verb = verb
        self.hide()

    @property
    def wish(self) -> BulkWish | None:
        """The wish."""
        return BulkWish(self._verb)


class CopyFields(Fields):
    """Any day of the week to copy to; each session keeps its weekday and its wall clock."""

    def __init__(self, first: date, today: Callable[[], date], target: date | None = None) -> None:
        super().__init__()
        self._first = first
        self.day = DateField(_("To the week of"), today)
        self.day.setFixedWidth(look().px(160))
        self.day.set_value(target or first + timedelta(days=7))
        self.add(_("To the week of"), self.day)
        self.row.addStretch(1)
        self.day.changed.connect(lambda _day: self.changed.emit())

    @property
    def wish(self) -> BulkWish | None:
        """The wish; the same week is none."""
        if self.day.value is None or self.day.problem:
            return None
        days = (_monday(self.day.value) - _monday(self._first)).days
        return BulkWish(BulkVerb.COPY, days) if days else None


class ResourceFields(Fields):
    """The trainer or venue that all get; those in use, by name."""

    def __init__(self, verb: BulkVerb, directory: Directory) -> None:
        super().__init__()
        self._verb = verb
        name = _("Trainer") if verb is BulkVerb.TRAINER else _("Venue")
        self.combo = ResourceCombo(name, hint=name)
        self.combo.setFixedWidth(look().px(COMBO_WIDTH))
        self.combo.offer(_choices(verb, directory))
        self.add(name, self.combo)
        self.row.addStretch(1)
        self.combo.chosen.connect(lambda _value: self.changed.emit())

    @property
    def wish(self) -> BulkWish | None:
        """The wish, none before something is chosen."""
        value = self.combo.value
        return BulkWish(self._verb, value=value) if isinstance(value, int) else None


class CapacityFields(Fields):
    """The number of seats of each; the lowest step stands for no limit."""

    def __init__(self) -> None:
        super().__init__()
        self.seats = QSpinBox()
        self.seats.setRange(0, LARGEST_CAPACITY)
        self.seats.setSpecialValueText(_("No limit"))
        self.seats.setValue(12)
        self.add(_("Seats in each"), self.seats)
        self.row.addStretch(1)
        self.seats.valueChanged.connect(lambda _value: self.changed.emit())

    @property
    def wish(self) -> BulkWish | None:
        """The wish."""
        return BulkWish(BulkVerb.CAPACITY, value=self.seats.value() or None)


def _choices(verb: BulkVerb, directory: Directory) -> list[Choice]:
    if verb is BulkVerb.TRAINER:
        return [Choice(row.id, row.name, row.code) for row in directory.trainers.values() if row.active]
    return [Choice(row.id, venue_text(row)) for row in directory.venues.values() if row.active]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
