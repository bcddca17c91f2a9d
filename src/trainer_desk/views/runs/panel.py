"""The panel of one run: its figures, its days by start, the people on it with their days, and missed days (R1, R4)."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from trainer_desk.models.enums import SessionLabel
from trainer_desk.services.orchestration.run_days import add_days, change_run
from trainer_desk.services.rows.runs import RunPerson
from trainer_desk.services.rules.capacity import available
from trainer_desk.services.rules.labels import label
from trainer_desk.services.rules.transitions import OPEN_FOR_PEOPLE
from trainer_desk.services.seats.on_run import take_off_run
from trainer_desk.texts import label_word, run_status_word, spots_text
from trainer_desk.texts.translate import _
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.buttons import Button, IconButton
from trainer_desk.views.parts.emptying import empty
from trainer_desk.views.parts.meter import Meter
from trainer_desk.views.parts.panel_frame import foot_of, frame, head_of
from trainer_desk.views.parts.pill import Pill
from trainer_desk.views.parts.plain_label import ElidedLabel, PlainLabel
from trainer_desk.views.runs.facts import OneRun
from trainer_desk.views.runs.words import (
    TONES,
    course_of,
    dates_of,
    day_name,
    day_when,
    figures_of,
    options_of,
    places_of,
)
from trainer_desk.views.schedule.out_button import OutButton

DEEDS = (
    ("people", change_run),
    ("days", add_days),
    ("edit", change_run),
    ("repeat", add_days),
)


class RunPanel(QWidget):
    """`wanted` carries the deed whose button was pressed: people, days, edit, repeat."""

    wanted = Signal(str)
    session_wanted = Signal(int)
    leaving_wanted = Signal(int)
    """A person is to be taken off the run."""
    day_leaving_wanted = Signal(int)
    """A session is not to be a day of the run any more."""
    out_wanted = Signal(str)
    """All days of the run are to leave as files or on paper, by the action of `views.schedule.out_menu`."""
    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setAccessibleName(_("Run"))
        self._desk = desk
        self.one: OneRun | None = None
        self.state, self.title = Pill(), PlainLabel("", "h2", wrap=True)
        self.about, self.options = PlainLabel("", "small", wrap=True), PlainLabel("", "small", wrap=True)
        self.meter = Meter()
        self.buttons = {
            "people": Button(_("Add people…"), "user-plus", "primary"),
            "days": Button(_("Add days…"), "plus"),
            "edit": Button(_("Edit…"), "pencil-line"),
            "repeat": Button(_("Repeat run…"), "copy"),
        }
        self.out = OutButton()
        self.history_button = IconButton("history", _("History"))
        self.close_button = IconButton("x", _("Close"))
        self.days: list[QWidget] = []
        self.people: list[QWidget] = []
        self.singles: list[QWidget] = []
        self.told: list[str] = []
        """What the lines of days, people and missed days say, for tests and screen readers."""
        self._lay_out()
        self.close_button.clicked.connect(self.closed)
        self.out.wanted.connect(self.out_wanted)
        self.history_button.clicked.connect(lambda: self.wanted.emit("history"))
        for deed, button in self.buttons.items():
            button.clicked.connect(lambda _on=False, deed=deed: self.wanted.emit(deed))

    def show_run(self, one: OneRun, *, can_repeat: bool = False) -> None:
        """Show a run as it stands; `can_repeat` offers to repeat it."""
        self.one, self.told = one, []
        summary, directory = one.page.detail.summary, one.directory
        run = summary.run
        icon, tone = TONES[summary.status]
        self.state.show_pill(run_status_word(summary.status), tone, icon)
        self.title.setText(run.name)
        parts = (run.code, course_of(run, directory), dates_of(summary, directory))
        self.about.setText(" · ".join(part for part in parts if part))
        self.options.setText(options_of(run))
        self.options.setVisible(bool(self.options.text()))
        self.meter.show_people(run.people_taken, run.max_people)
        for place, (what, number) in enumerate(figures_of(summary)):
            self._names[place].setText(what)
            self._numbers[place].setText(number)
        self._fill(self._day_column, self.days, self._day_lines(one), _("No days yet."))
        on_it = [person for person in one.page.people if person.is_on_run]
        others = [person for person in one.page.people if not person.is_on_run]
        self._fill(self._people_column, self.people, self._person_lines(one, on_it), _("Nobody is on this run yet."))
        self._fill(self._single_column, self.singles, self._person_lines(one, others), "")
        self._single_box.setVisible(bool(others))
        missed: list[QWidget] = []
        self._fill(self._missed_column, missed, [self._missed_line(line) for line in self._missed(one)], "")
        self._missed_box.setVisible(bool(one.page.missed))
        for deed, verb in DEEDS:
            self.buttons[deed].setVisible(self._desk.may(verb) and (deed != "repeat" or can_repeat))
        self._foot.setVisible(self._desk.may(change_run))

    def _day_lines(self, one: OneRun) -> list[QWidget]:
        lines: list[QWidget] = []
        for detail in one.page.detail.sessions:
            card = detail.card
            word = label(card, one.now)
            parts = [day_when(detail, one.directory), label_word(word)]
            if word is not SessionLabel.FULL and card.status in OPEN_FOR_PEOPLE:
                parts.append(spots_text(available(card.capacity, card.seats_taken)))
            said = " · ".join(parts)
            box, row = self._line(day_name(detail), said)
            open_it = IconButton("square-arrow-out-up-right", _("Open {day}").format(day=day_name(detail)), "tiny")
            open_it.clicked.connect(lambda _on=False, key=card.id: self.session_wanted.emit(key))
            row.addWidget(open_it)
            if self._desk.may(change_run) and not card.enrolled + card.offered:
                out = IconButton("x", _("Take {day} out of the run").format(day=day_name(detail)), "tiny")
                out.clicked.connect(lambda _on=False, key=card.id: self.day_leaving_wanted.emit(key))
                row.addWidget(out)
            lines.append(box)
        return lines

    def _person_lines(self, one: OneRun, people: Sequence[RunPerson]) -> list[QWidget]:
        lines: list[QWidget] = []
        for person in people:
            box, row = self._line(person.name, places_of(person, one.page))
            if self._desk.may(take_off_run):
                out = IconButton("x", _("Take {name} off the run").format(name=person.name), "tiny")
                out.clicked.connect(lambda _on=False, key=person.person_id: self.leaving_wanted.emit(key))
                row.addWidget(out)
            lines.append(box)
        return lines

    def _missed(self, one: OneRun) -> list[tuple[str, str]]:
        return [
            (
                line.name,
                _("Missed day {n}, to be made up").format(n=line.day)
                if line.booked is None
                else _("Missed day {n}, booked in {ref}").format(n=line.day, ref=line.booked),
            )
            for line in one.page.missed
        ]

    def _missed_line(self, line: tuple[str, str]) -> QWidget:
        return self._line(*line)[0]

    def _line(self, name: str, said: str) -> tuple[QWidget, QHBoxLayout]:
        box = QWidget()
        box.setAccessibleName(f"{name}: {said}")
        self.told.append(f"{name}: {said}")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(name))
        words.addWidget(PlainLabel(said, "small", wrap=True))
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addLayout(words, 1)
        return box, row

    def _fill(self, column: QVBoxLayout, kept: list[QWidget], lines: Sequence[QWidget], nothing: str) -> None:
        empty(column)
        kept[:] = lines
        for line in lines:
            column.addWidget(line)
        if not lines and nothing:
            column.addWidget(PlainLabel(nothing, "muted"))

    def _lay_out(self) -> None:
        self._day_column, self._people_column = QVBoxLayout(), QVBoxLayout()
        self._single_column, self._missed_column = QVBoxLayout(), QVBoxLayout()
        self._single_box = _titled(_("On single days"), self._single_column)
        self._missed_box = _titled(_("Missed days"), self._missed_column)
        days, people = _titled(_("Days"), self._day_column), _titled(_("On the run"), self._people_column)
        self._foot = foot_of([self.buttons[deed] for deed, _verb in DEEDS])
        head = head_of(
            self.state, (self.out, self.history_button, self.close_button), (self.title, self.about, self.options)
        )
        frame(self, head, (self._figures(), days, people, self._single_box, self._missed_box), self._foot)

    def _figures(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(PlainLabel(_("People with a place"), "field"))
        column.addWidget(self.meter)
        grid = QGridLayout()
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        self._names = [PlainLabel("", "small") for _n in range(3)]
        self._numbers = [PlainLabel("", "strong") for _n in range(3)]
        for place, (name, number) in enumerate(zip(self._names, self._numbers, strict=True)):
            number.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
            grid.addWidget(name, place, 0)
            grid.addWidget(number, place, 1, Qt.AlignmentFlag.AlignRight)
        column.addLayout(grid)
        return box


def _titled(title: str, column: QVBoxLayout) -> QWidget:
    box = QWidget()
    outer = QVBoxLayout(box)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.setSpacing(6)
    outer.addWidget(PlainLabel(title, "h3"))
    column.setSpacing(8)
    outer.addLayout(column)
    return box
