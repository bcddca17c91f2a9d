"""The form in which somebody asks for a session, or changes what was asked while it is open (Q1)."""

from dataclasses import replace
from datetime import date, time
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer_desk.services.clock import Clock
from trainer_desk.services.directory import load_directory
from trainer_desk.services.errors import BadValue, DeskError, Stale
from trainer_desk.services.requests.filing import edit_request, file_request
from trainer_desk.services.requests.own_people import load_own_people
from trainer_desk.services.requests.reading import load_request
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.requests import NamedPerson, RequestCard, RequestRow, Wish
from trainer_desk.services.rules.times import local
from trainer_desk.texts import error_text
from trainer_desk.texts.translate import _
from trainer_desk.views.comparing.forms import FormAsking, Typed, told_form, values_of
from trainer_desk.views.comparing.whose import Thing
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.alert import Alert
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.search_combo import SearchCombo
from trainer_desk.views.parts.sheet import Sheet
from trainer_desk.views.requests.people_field import PeopleField
from trainer_desk.views.requests.when_line import WhenLine
from trainer_desk.views.session.choices import venue_text
from trainer_desk.views.session.growing_edit import GrowingEdit
from trainer_desk.views.session.when_typed import Frame

Known = tuple[Directory, tuple[NamedPerson, ...]]


def gather(db: Any, login: str) -> Known:
    """Return the names that can be chosen, and the people whom a login may name."""
    return load_directory(db), load_own_people(db, login)


class FileSheet(Sheet):
    """Open it with `ask`; `filed` carries the id of the request and a sentence about it, which can be undone."""

    filed = Signal(int, str)

    def __init__(
        self,
        over: QWidget,
        desk: Desk,
        clock: Clock,
        *,
        course_id: int | None = None,
        changed: RequestCard | None = None,
    ) -> None:
        title = _("Ask for a session")
        if changed is not None:
            title = _("Change request {ref}").format(ref=changed.request.ref)
        super().__init__(
            over, title, width=620, subtitle=_("Only the course is needed. Leave open what does not matter.")
        )
        self._desk, self._clock, self._changed, self._course_id = desk, clock, changed, course_id
        self._directory: Directory | None = None
        self.course = SearchCombo(_("Course"), optional=False, hint=_("Choose a course"))
        self.trainer = SearchCombo(_("Trainer"), hint=_("Any"))
        self.venue = SearchCombo(_("Venue"), hint=_("Any"))
        self.run = SearchCombo(_("Run"), hint=_("None"))
        self.when, self.people = WhenLine(self._today), PeopleField()
        self.reason = GrowingEdit(_("Reason"), kind="text", lines=2, hint=_("What it is for"))
        self.trouble, self.asking = Alert("danger"), FormAsking(desk, self, self.finish)
        self.cancel = Button(_("Cancel"))
        self.go = Button(_("Send request") if changed is None else _("Save"), kind="primary")
        self._lay_out_form()
        self.course.chosen.connect(lambda _value: self._follow_course())
        self.cancel.clicked.connect(self.dismiss)
        self.go.clicked.connect(self.confirm)

    def ask(self) -> None:
        """Show the form, once the names were read."""
        self._desk.read(self, gather, self._desk.actor, then=self._show)

    def confirm(self) -> None:
        """Send what was typed; what is refused is told, and the form stays."""
        if self._directory is None or not self.go.isEnabled():
            return
        try:
            wish = self.wish()
        except DeskError as error:
            self._refuse(error)
            return
        self.trouble.say("")
        self.go.setEnabled(False)
        course = self._directory.courses[wish.course_id].title
        if self._changed is None:
            label, said = _("Ask for {course}").format(course=course), _("Asked for {course}.").format(course=course)
            self._desk.write(
                self, label, file_request, wish, then=lambda key: self._end(key, said), refused=self._refuse
            )
            return
        self._change(self._changed.request, wish, self._changed.request.version)

    def _change(self, request: RequestRow, wish: Wish, version: int) -> None:
        label, said = (text.format(ref=request.ref) for text in (_("Change request {ref}"), _("Changed {ref}.")))
        self._desk.write(
            self,
            label,
            edit_request,
            request.id,
            wish,
            version=version,
            then=lambda _none: self._end(request.id, said),
            refused=lambda error: self._refuse_change(error, request, wish),
        )

    def _refuse_change(self, error: DeskError, request: RequestRow, wish: Wish) -> None:
        """Lay both side by side where somebody else changed the request meanwhile (U5)."""
        self._refuse(error)
        if not isinstance(error, Stale) or self._directory is None:
            return
        stored: list[RequestRow] = []

        def read(row: RequestRow) -> tuple[dict[str, Any], int]:
            stored.append(row)
            return values_of(row.wish), row.version

        self.asking.ask(
            load_request,
            request.id,
            typed=Typed(values_of(request.wish), values_of(wish), Thing("request", request.id), request.version),
            read=read,
            told=told_form(_("Request {ref}").format(ref=request.ref), self._directory),
            error=error,
            save=lambda kept, version: self._change(stored[-1], replace(stored[-1].wish, **kept), version),
        )

    def wish(self) -> Wish:
        """Return what was typed. Raises BadValue without a course and for what cannot be read."""
        if not isinstance(self.course.value, int):
            raise BadValue(field="course", value="", why="missing")
        span = self.when.span()
        return Wish(
            self.course.value,
            _id(self.trainer),
            _id(self.venue),
            _id(self.run),
            span["starts_at"],
            span["ends_at"],
            self.people.count(),
            tuple(self.people.named),
            self.reason.toPlainText(),
        )

    def _show(self, known: Known) -> None:
        directory, own_people = known
        self._directory = directory
        wish = self._changed.request.wish if self._changed is not None else None
        kept = (wish.course_id, wish.trainer_id, wish.venue_id) if wish is not None else (self._course_id,)
        courses = [row for row in directory.courses.values() if row.active or row.id in kept]
        self.course.set_choices([(row.id, row.title) for row in courses])
        trainers = [row for row in directory.trainers.values() if row.active or row.id in kept]
        self.trainer.set_choices([(row.id, row.name) for row in trainers])
        venues = [row for row in directory.venues.values() if row.active or row.id in kept]
        self.venue.set_choices([(row.id, venue_text(row)) for row in venues])
        self.course.set_value(wish.course_id if wish is not None else self._course_id)
        self._show_wish(directory, wish, own_people)
        self._follow_course()
        if wish is not None:
            self.run.set_value(wish.run_id)
        if not self.isVisible():
            self.open()
            (self.course if self.course.value is None else self.when.day).setFocus()

    def _show_wish(self, directory: Directory, wish: Wish | None, own_people: tuple[NamedPerson, ...]) -> None:
        settings = directory.settings
        starts_at, ends_at = (wish.starts_at, wish.ends_at) if wish is not None else (None, None)
        usual = time(9) if settings.day_starts < time(9) < settings.day_ends else settings.day_starts
        self.when.show_span(starts_at, ends_at, Frame(starts_at, ends_at, settings.zone, usual))
        if wish is None or self._changed is None:
            self.people.show_people(own_people)
            return
        self.trainer.set_value(wish.trainer_id)
        self.venue.set_value(wish.venue_id)
        self.reason.show_text(wish.reason or "")
        self.people.show_people(own_people, self._changed.named, wish.people)

    def _follow_course(self) -> None:
        directory, course_id = self._directory, self.course.value
        if directory is None:
            return
        runs = [run for run in directory.runs.values() if run.course_id == course_id and self._is_coming(run.end_date)]
        self.run.set_choices([(run.id, run.name) for run in runs])
        self._run_box.setVisible(bool(runs))
        course = directory.courses.get(course_id) if isinstance(course_id, int) else None
        if course is not None:
            self.when.use_minutes(course.duration_minutes)

    def _is_coming(self, last: date | None) -> bool:
        return last is None or last >= self._today()

    def _today(self) -> date:
        now = self._clock.now()
        return now.date() if self._directory is None else local(now, self._directory.settings.zone).date()

    def _end(self, request_id: int, said: str) -> None:
        self.filed.emit(request_id, said)
        self.finish()

    def _refuse(self, error: DeskError) -> None:
        self.go.setEnabled(True)
        zone = None if self._directory is None else self._directory.settings.zone
        self.trouble.say(str(error.facts.get("sentence") or error_text(error, zone)), tone="danger")
        fields: dict[str, QWidget] = {
            "course": self.course, "trainer": self.trainer, "venue": self.venue, "run": self.run,
            "start": self.when.start, "end": self.when.end, "day": self.when.day,
            "number_of_people": self.people.number, "people": self.people.search, "reason": self.reason,
        }  # fmt: skip
        fields.get(str(error.facts.get("field")), self.go).setFocus()

    def _lay_out_form(self) -> None:
        self._run_box = titled(_("Run"), self.run)
        self.body.addWidget(titled(_("Course"), self.course))
        self.body.addWidget(titled(_("When"), self.when))
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(titled(_("Trainer"), self.trainer), 1)
        row.addWidget(titled(_("Venue"), self.venue), 1)
        self.body.addLayout(row)
        self.body.addWidget(self._run_box)
        self.body.addWidget(titled(_("People"), self.people))
        self.body.addWidget(titled(_("Reason"), self.reason))
        self.body.addWidget(self.trouble)
        self.foot.addStretch(1)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.go)


def titled(title: str, field: QWidget) -> QWidget:
    """Return a field with its title over it."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(PlainLabel(title, "field"))
    column.addWidget(field)
    return box


def _id(combo: SearchCombo) -> int | None:
    return combo.value if isinstance(combo.value, int) else None
