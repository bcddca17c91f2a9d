"""The people of a pasted list with what is marked for each: attended or not, and passed where the course asks."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QWidget

from trainer_desk.models.enums import Attendance, Result
from trainer_desk.services.rows.attendance import Mark
from trainer_desk.services.rows.past import PastPerson
from trainer_desk.services.seats.pasted import Line, Meant
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.picker.paste_lines import NOBODY, PasteLines, WhoCombo
from trainer_desk.views.theme import look

WIDTH = 190
"""Pixels of what is marked, at 100 % text size."""


def choices(*, asks_result: bool) -> tuple[tuple[str, Mark], ...]:
    """Return what can be marked, in words; the first holds where nobody chose."""
    attended, no_show = Mark(Attendance.ATTENDED), (_("No-show"), Mark(Attendance.NO_SHOW))
    if not asks_result:
        return (_("Attended"), attended), no_show
    return (
        (_("Attended, result open"), attended),
        (_("Passed"), Mark(Attendance.ATTENDED, result=Result.PASSED)),
        (_("Failed"), Mark(Attendance.ATTENDED, result=Result.FAILED)),
        no_show,
    )


class MarkCombo(QComboBox):
    """What is marked for somebody. The wheel belongs to the list around."""

    def __init__(self, name: str, marks: Sequence[tuple[str, Mark]]) -> None:
        super().__init__()
        self._marks = tuple(marks)
        self.setAccessibleName(name)
        self.addItems([words for words, _mark in marks])
        self.setFixedWidth(look().px(WIDTH))

    @property
    def mark(self) -> Mark:
        """What is chosen."""
        return self._marks[self.currentIndex()][1]

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the list."""
        event.ignore()


class PastPeople(PasteLines):
    """The lines as whoever adds people sees them, and beside each what is marked; choices outlive a longer list."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[Line, ...] = ()
        self._asks_result = False
        self._kept: dict[str, int] = {}
        self._rows: list[tuple[Callable[[], int], MarkCombo]] = []
        self.marks: list[MarkCombo] = []

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines; who is sure is ticked, and what was chosen for a line stays."""
        self._lines, self._rows, self.marks = tuple(lines), [], []
        super().show_lines(lines)

    def ask_result(self, asks_result: bool) -> None:
        """Offer results, or only whether somebody was there."""
        if asks_result != self._asks_result:
            self._asks_result = asks_result
            self._kept.clear()
            self.show_lines(self._lines)

    def mark_all(self, place: int) -> None:
        """Choose the same for everybody."""
        for combo in self.marks:
            combo.setCurrentIndex(place)

    def marked(self) -> list[PastPerson]:
        """Return whom the ticks and choices name, with their marks."""
        named = [(who(), combo.mark) for who, combo in self._rows]
        return [PastPerson(person, mark) for person, mark in named if person != NOBODY]

    def unsettled(self) -> int:
        """Return for how many lines nobody is known: none of them may be lost in silence."""
        lost = sum(line.meant in (Meant.UNKNOWN, Meant.INACTIVE) for line in self._lines)
        return lost + sum(bool(combo.currentData() == NOBODY) for combo in self.combos)

    def _row(self, line: Line) -> QWidget:
        inner = super()._row(line)
        if line.meant not in (Meant.SURE, Meant.DOUBTFUL):
            return inner
        name = _("What is marked for {name}").format(
            name=line.people[0].name if line.meant is Meant.SURE else line.text
        )
        combo = MarkCombo(name, choices(asks_result=self._asks_result))
        combo.setCurrentIndex(self._kept.get(line.text, 0))
        combo.currentIndexChanged.connect(lambda place: self._kept.update({line.text: place}))
        self.marks.append(combo)
        self._rows.append((_person_of(line, self.combos[-1] if line.meant is Meant.DOUBTFUL else inner), combo))
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(8)
        across.addWidget(inner, 1)
        across.addWidget(combo)
        return row


class MarkAll(QWidget):
    """Chooses the same for everybody of the list."""

    def __init__(self, people: PastPeople) -> None:
        super().__init__()
        self._people = people
        self.combo = QComboBox()
        self.combo.setAccessibleName(_("Mark everybody as"))
        self.combo.activated.connect(self._choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(PlainLabel(_("Everybody"), "small"), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.combo)
        self.offer(asks_result=False)

    def offer(self, *, asks_result: bool) -> None:
        """Offer what the course asks for."""
        self.combo.clear()
        self.combo.addItem(_("Mark as…"))
        self.combo.addItems([words for words, _mark in choices(asks_result=asks_result)])
        self.combo.setFixedWidth(look().px(WIDTH))

    def _choose(self, place: int) -> None:
        if place > 0:
            self._people.mark_all(place - 1)
            self.combo.setCurrentIndex(0)


def _person_of(line: Line, widget: QWidget) -> Callable[[], int]:
    """Return what tells whom a line names now, NOBODY for none."""
    if isinstance(widget, WhoCombo):
        return lambda: int(widget.currentData())
    assert isinstance(widget, QCheckBox)
    person_id = line.people[0].person_id
    return lambda: person_id if widget.isChecked() else NOBODY
