"""Gives a run more days: new drafts on several dates at one time of day, or sessions that there are already (R1)."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from trainer_desk.services.errors import BadValue, DeskError
from trainer_desk.services.orchestration.run_days import MOST_DAYS, add_days, put_into_run
from trainer_desk.services.rows.schedule import SessionDetail
from trainer_desk.services.rules.capacity import capacity_value
from trainer_desk.services.rules.spreading import EVERY_DAY, WEEKLY, WORKING_DAYS, spread
from trainer_desk.services.rules.times import local
from trainer_desk.texts import day_text, error_text, moment_text, state_word
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.alert import Alert
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.search_combo import SearchCombo
from trainer_desk.views.parts.segment import Segment
from trainer_desk.views.parts.sheet import Sheet
from trainer_desk.views.requests.when_line import WhenLine
from trainer_desk.views.runs.facts import OneRun, sessions_to_add
from trainer_desk.views.session.when_typed import Frame
from trainer_desk.views.theme import look

NEW, KNOWN = "new", "known"


def _rhythms() -> tuple[tuple[str, str], ...]:
    return ((WORKING_DAYS, _("Working days")), (EVERY_DAY, _("Every day")), (WEEKLY, _("Every week")))


class RunDaysSheet(Sheet):
    """`added` carries a sentence about what was done, which can be undone."""

    added = Signal(str)

    def __init__(self, over: QWidget, desk: Desk, one: OneRun, now: Callable[[], datetime]) -> None:
        run = one.page.detail.summary.run
        said = _("New days are drafts; schedule them once trainer and venue are set")
        super().__init__(over, _("Add days to {run}").format(run=run.name), width=620, subtitle=said)
        self._desk, self._one, self._now, self._run = desk, one, now, run
        self.segment = Segment(((NEW, _("New days")), (KNOWN, _("Existing sessions"))), _("Which days"))
        self.when, self.number = WhenLine(self._today), QLineEdit("1")
        self.rhythm = Segment(_rhythms(), _("How the days follow each other"))
        self.trainer = SearchCombo(_("Trainer"), hint=_("None yet"))
        self.venue = SearchCombo(_("Venue"), hint=_("None yet"))
        self.preview = PlainLabel("", "small", wrap=True)
        self.boxes: dict[int, QCheckBox] = {}
        self.trouble = Alert("danger")
        self.cancel, self.go = Button(_("Cancel")), Button(_("Add days"), kind="primary")
        self._new_box, self._known_box = self._make_new(), self._make_known()
        self._lay_out_days()
        self._connect_days()

    def ask(self) -> None:
        """Show the sheet, once the sessions that could join were read."""
        self._show_new()
        self._desk.read(self, sessions_to_add, self._run.course_id, now=self._now(), then=self._show_known)

    def confirm(self) -> None:
        """Make the new days, or take the chosen sessions into the run."""
        if not self.go.isEnabled():
            return
        self.trouble.say("")
        if self.segment.current == KNOWN:
            self._take_known()
            return
        try:
            spans = self.spans()
        except DeskError as error:
            self._refuse(error)
            return
        self.go.setEnabled(False)
        course = self._one.directory.courses.get(self._run.course_id)
        fields = {
            "trainer_id": self.trainer.value,
            "venue_id": self.venue.value,
            "capacity": course.default_capacity if course else None,
        }
        said = plural("{n} day added to {{run}}.", "{n} days added to {{run}}.", len(spans)).format(run=self._run.name)
        label = _("Add days to {run}").format(run=self._run.name)
        self._desk.write(
            self, label, add_days, self._run.id, spans, fields, then=lambda _ids: self._end(said), refused=self._refuse
        )

    def spans(self) -> list[tuple[datetime, datetime | None]]:
        """Return start and end (UTC) of each day. Raises DeskError for what cannot be read or is missing."""
        span = self.when.span()
        starts_at = span["starts_at"]
        if starts_at is None:
            raise DeskError("bad_value", field="start", sentence=_("Set the first day and its start."))
        number = capacity_value(self.number.text(), field="days") or 1
        if number > MOST_DAYS:
            raise BadValue(field="days", value=str(number), why="out_of_range", least=1, most=MOST_DAYS)
        return spread(starts_at, span["ends_at"], number, self.rhythm.current, self._one.directory.settings)

    def _take_known(self) -> None:
        ids = [key for key, box in self.boxes.items() if box.isChecked()]
        if not ids:
            self.trouble.say(_("Choose the sessions that are to be days of this run."), tone="danger")
            return
        self.go.setEnabled(False)
        said = plural("{n} day added to {{run}}.", "{n} days added to {{run}}.", len(ids)).format(run=self._run.name)
        label = _("Add days to {run}").format(run=self._run.name)
        self._desk.write(
            self, label, put_into_run, ids, self._run.id, then=lambda _none: self._end(said), refused=self._refuse
        )

    def _show_new(self) -> None:
        directory = self._one.directory
        usual = directory.courses.get(self._run.course_id)
        frame = Frame(None, None, directory.settings.zone, usual_minutes=usual.duration_minutes if usual else 60)
        self.when.show_span(None, None, frame)
        self.trainer.set_choices([(one.id, one.name) for one in directory.trainers.values() if one.active])
        self.venue.set_choices([(one.id, one.name) for one in directory.venues.values() if one.active])
        last = next((one.card for one in reversed(self._one.page.detail.sessions) if one.card.starts_at), None)
        if last is not None and last.starts_at is not None:
            following = spread(last.starts_at, last.ends_at, 2, WORKING_DAYS, directory.settings)[1]
            self.when.show_span(*following, frame)
            self.trainer.set_value(last.trainer_id)
            self.venue.set_value(last.venue_id)
        elif self._run.start_date is not None:
            self.when.day.set_value(self._run.start_date)
        self._foresee()

    def _show_known(self, found: Sequence[SessionDetail]) -> None:
        zone = self._one.directory.settings.zone
        for one in found:
            card = one.card
            when = moment_text(card.starts_at, zone, year=True) if card.starts_at else _("No date yet")
            box = QCheckBox(f"{when} · {card.ref} · {state_word(card.status)}")
            self.boxes[card.id] = box
            self._known_column.addWidget(box)
        if not found:
            self._known_column.addWidget(PlainLabel(_("No session of this course is free to join a run."), "muted"))
        self._known_column.addStretch(1)
        self.open()
        self.when.day.setFocus()

    def _foresee(self) -> None:
        try:
            spans = self.spans()
        except DeskError:
            self.preview.setText("")
            return
        zone = self._one.directory.settings.zone
        days = [day_text(local(starts_at, zone).date()) for starts_at, _ends_at in spans]
        shown = days if len(days) <= 6 else [*days[:5], "…", days[-1]]
        self.preview.setText(", ".join(shown))

    def _choose(self, which: str) -> None:
        self._new_box.setVisible(which == NEW)
        self._known_box.setVisible(which == KNOWN)
        self.trouble.say("")

    def _end(self, said: str) -> None:
        self.finish()
        self.added.emit(said)

    def _refuse(self, error: DeskError) -> None:
        self.go.setEnabled(True)
        zone = self._one.directory.settings.zone
        self.trouble.say(str(error.facts.get("sentence") or error_text(error, zone)), tone="danger")

    def _today(self) -> date:
        return local(self._now(), self._one.directory.settings.zone).date()

    def _make_new(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(PlainLabel(_("First day"), "field"))
        column.addWidget(self.when)
        rhythm = QHBoxLayout()
        rhythm.setSpacing(12)
        self.number.setAccessibleName(_("Number of days"))
        self.number.setFixedWidth(look().px(56))
        rhythm.addWidget(PlainLabel(_("How many"), "field"))
        rhythm.addWidget(self.number)
        rhythm.addWidget(self.rhythm)
        rhythm.addStretch(1)
        column.addLayout(rhythm)
        column.addWidget(self.preview)
        places = QHBoxLayout()
        places.setSpacing(10)
        for title, combo in ((_("Trainer"), self.trainer), (_("Venue"), self.venue)):
            inner = QVBoxLayout()
            inner.setSpacing(4)
            inner.addWidget(PlainLabel(title, "field"))
            inner.addWidget(combo)
            places.addLayout(inner, 1)
        column.addLayout(places)
        return box

    def _make_known(self) -> QWidget:
        inside = QWidget()
        self._known_column = QVBoxLayout(inside)
        self._known_column.setContentsMargins(0, 4, 8, 4)
        self._known_column.setSpacing(6)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setAccessibleName(_("Sessions of this course"))
        area.setMinimumHeight(220)
        area.setWidget(inside)
        area.hide()
        return area

    def _lay_out_days(self) -> None:
        self.body.addWidget(self.segment, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self._new_box)
        self.body.addWidget(self._known_box, 1)
        self.body.addWidget(self.trouble)
        self.foot.addStretch(1)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.go)

    def _connect_days(self) -> None:
        self.segment.choose(NEW)
        self.segment.chosen.connect(self._choose)
        self.when.changed.connect(self._foresee)
        self.number.textEdited.connect(lambda _text: self._foresee())
        self.rhythm.choose(WORKING_DAYS)
        self.rhythm.chosen.connect(lambda _which: self._foresee())
        self.cancel.clicked.connect(self.dismiss)
        self.go.clicked.connect(self.confirm)
