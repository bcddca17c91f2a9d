"""The one form that records a session which was held already: what, when, by whom, and who was there (R8)."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from trainer_desk.services.errors import DeskError
from trainer_desk.services.orchestration.recording_past import load_form, record_past
from trainer_desk.services.rows.past import PastForm, PastSession
from trainer_desk.services.seats.pasted import Line, match_pasted
from trainer_desk.texts import error_text, people_text
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.alert import Alert
from trainer_desk.views.parts.announce import announce
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.confirm import confirmed
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.sheet import Sheet
from trainer_desk.views.past.fields import PastFields
from trainer_desk.views.past.people import MarkAll, PastPeople
from trainer_desk.views.theme import look

NEW_SESSION = 0
"""Stands for the session to be made: nobody has a place in it yet."""
REST, TEXT_HEIGHT = 150, 84
"""Milliseconds without a key before the list is matched; pixels of the text at 100 % text size."""
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PastSheet(Sheet):
    """Open it with `ask`. What is refused is told with all reasons, and everything typed stays."""

    done = Signal(object, str)
    """The PastSession, and a sentence about it; it can be undone."""

    def __init__(self, over: QWidget, desk: Desk, today: Callable[[], date]) -> None:
        said = _("From paper: it is scheduled, filled, marked and completed in one step")
        super().__init__(over, _("Record a past session"), width=720, height=800, subtitle=said)
        self._desk, self._asked, self._is_recording, self._goes_on = desk, "", False, False
        self.form: PastForm | None = None
        self.fields, self.text, self.people = PastFields(today), QPlainTextEdit(), PastPeople()
        self.all = MarkAll(self.people)
        self.trouble = Alert("danger")
        self.cancel, self.go = Button(_("Cancel")), Button(_("Record"), kind="primary")
        self._timer = QTimer(self)
        self._lay_out_past()
        self._connect_past()
        self.may_close = self._may_close

    def ask(self) -> None:
        """Show the form, once what it chooses from was read."""
        self._desk.read(self, load_form, then=self._show)

    @property
    def is_settled(self) -> bool:
        """Whether the lines answer what stands in the text."""
        return not self._timer.isActive() and self._asked == self.text.toPlainText()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Record with Ctrl+Enter from wherever the focus is."""
        if event.key() in ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.confirm()
            event.accept()
            return
        super().keyPressEvent(event)

    def confirm(self) -> None:
        """Record what was filled in; a list that was just typed is matched first."""
        if self.form is None or self._is_recording:
            return
        if not self.is_settled:
            self._goes_on = True
            self._match()
            return
        try:
            values = self.fields.values()
            self._require_settled_lines()
        except DeskError as error:
            self._refuse(error)
            return
        self._set_busy(True)
        self.trouble.say("")
        course = self.fields.chosen_course()
        label = _("Record a past session of {course}").format(course=course.title if course else _("a course"))
        people = self.people.marked()
        self._desk.write(self, label, record_past, values, people, then=self._recorded, refused=self._refuse)

    def _show(self, form: PastForm) -> None:
        self.form = form
        self.fields.show_form(form)
        self.open()
        self.fields.course.setFocus()

    def _recorded(self, made: PastSession) -> None:
        course = self.fields.chosen_course()
        counts = plural("{n} attended", "{n} attended", made.attended)
        if made.no_shows:
            counts = f"{counts}, {plural('{n} no-show', '{n} no-shows', made.no_shows)}"
        said = _("Recorded {course}: {counts}.").format(course=course.title if course else made.ref, counts=counts)
        self.finish()
        self.done.emit(made, said)

    def _require_settled_lines(self) -> None:
        lost = self.people.unsettled()
        if lost:
            said = plural(
                "{n} line of the list names nobody yet. Choose who is meant, or take it out of the list.",
                "{n} lines of the list name nobody yet. Choose who is meant, or take them out of the list.",
                lost,
            )
            raise DeskError("bad_value", field="people", sentence=said)

    def _refuse(self, error: DeskError) -> None:
        self._set_busy(False)
        zone = None if self.form is None else self.form.directory.settings.zone
        self.trouble.say(str(error.facts.get("sentence") or error_text(error, zone)), tone="danger")
        names = [str(error.facts.get("field")), *(str(finding.field) for finding in error.findings)]
        name = next((each for each in names if each != "None"), "people")
        (self.text if name in ("people", "attendance") else self.fields.field_of(name)).setFocus()

    def _match(self) -> None:
        self._timer.stop()
        text = self.text.toPlainText()
        self._desk.read(
            self,
            match_pasted,
            NEW_SESSION,
            text,
            then=lambda found: self._show_lines(text, found),
            failed=self._fail_match,
            lane="pasted",
        )

    def _show_lines(self, text: str, found: Sequence[Line]) -> None:
        self._asked = text
        self.people.show_lines(found)
        announce(self.text, self.people.summary.text())
        if self._goes_on:
            self._goes_on = False
            self.confirm()

    def _fail_match(self, error: DeskError) -> None:
        self._asked, self._goes_on = self.text.toPlainText(), False
        self.people.show_lines(())
        self._refuse(error)

    def _follow_course(self) -> None:
        course = self.fields.chosen_course()
        asks = course is not None and self.form is not None and course.id in self.form.asking
        self.people.ask_result(asks)
        self.all.offer(asks_result=asks)

    def _show_count(self) -> None:
        number = len(self.people.chosen())
        self.go.set_words(_("Record {people}").format(people=people_text(number)) if number else _("Record"))
        self.all.setVisible(bool(self.people.marks))

    def _set_busy(self, busy: bool) -> None:
        self._is_recording = busy
        self.go.setEnabled(not busy)

    def _may_close(self) -> bool:
        if self._is_recording:
            return False
        if self.fields.is_empty() and not self.text.toPlainText().strip():
            return True
        title, said = _("Give up this session?"), _("What you filled in was not recorded yet.")
        return confirmed(self, title, said, _("Give it up"), _("Keep it"))

    def _connect_past(self) -> None:
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST)
        self._timer.timeout.connect(self._match)
        self.text.textChanged.connect(self._timer.start)
        self.people.changed.connect(self._show_count)
        self.fields.course_chosen.connect(self._follow_course)
        self.cancel.clicked.connect(self.dismiss)
        self.go.clicked.connect(self.confirm)

    def _lay_out_past(self) -> None:
        self.text.setAccessibleName(_("Who was there"))
        self.text.setProperty("kind", "text")
        self.text.setPlaceholderText(_("One person on each line: a name, or an employee number"))
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(look().px(TEXT_HEIGHT))
        heading = QHBoxLayout()
        label = PlainLabel(_("Who was there"), "field")
        label.setBuddy(self.text)
        heading.addWidget(label)
        heading.addStretch()
        heading.addWidget(self.all)
        self.body.addSpacing(6)
        self.body.addWidget(self.fields)
        self.body.addWidget(self.text)
        self.body.insertLayout(2, heading)
        self.body.addWidget(self.people, 1)
        self.body.addWidget(self.trouble)
        self.foot.addWidget(self.people.summary, 1)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.go)
        self.all.hide()
