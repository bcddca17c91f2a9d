"""The attendance window: rows for fingers, keys that mark and go down, everything kept at once (A2, ux 9)."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from trainer_desk.models.enums import CLAIMING, Attendance, Result, SessionStatus
from trainer_desk.services.changes import Changes
from trainer_desk.services.clock import Clock
from trainer_desk.services.dossiers.attendance import load_sheet
from trainer_desk.services.errors import BadValue, DeskError, WrongState
from trainer_desk.services.orchestration import attending
from trainer_desk.services.orchestration.outgoing import Sent
from trainer_desk.services.rows.attendance import AttendanceSheet, Deed, Mark
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rules.marking import MARKABLE, marked
from trainer_desk.services.rules.transitions import require_state
from trainer_desk.services.store.trouble import is_lost
from trainer_desk.texts import error_text
from trainer_desk.texts.attendance import mark_text
from trainer_desk.texts.translate import _
from trainer_desk.views.actions import bind
from trainer_desk.views.attendance.ending import Ending
from trainer_desk.views.attendance.frame import Frame
from trainer_desk.views.attendance.lines import Line, deed_of
from trainer_desk.views.attendance.model import AttendeeModel
from trainer_desk.views.attendance.notices import Notices
from trainer_desk.views.attendance.person_sheet import PersonSheet
from trainer_desk.views.attendance.postman import Postman
from trainer_desk.views.attendance.retracing import Retracing
from trainer_desk.views.attendance.words import foot_words, mark_label, subtitle_of
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.announce import announce
from trainer_desk.views.picker.sheet import PickerSheet
from trainer_desk.views.theme import look

SIZE, SMALLEST = (1024, 768), (900, 560)
LARGE = 125
CONCERNED = ("enrollments", "sessions", "people", "intakes", "courses", "session_resources")


class AttendanceView(QWidget):
    """The sheet of one session, in a window of its own; it is deleted once closed, and closing asks nothing."""

    closed = Signal(int)
    """The session whose sheet was closed."""
    print_wanted = Signal(int)
    """Its sign-in sheet is to be printed."""

    def __init__(
        self, desk: Desk, session_id: int, directory: Directory, postman: Postman, clock: Clock | None = None
    ) -> None:
        super().__init__()
        self._desk, self._session_id, self._directory = desk, session_id, directory
        self._postman, self._clock = postman, clock or Clock()
        self._zone = directory.settings.zone
        self._percent = 0
        self.model = AttendeeModel()
        self.parts = Frame(self.model)
        self.notices = Notices(self.parts.notice, postman, self.model, self._zone)
        self.retracing = Retracing(desk, self)
        self.ending = Ending(desk, session_id, self)
        self._prepare()
        self._connect()
        self.reload()

    @property
    def sheet(self) -> AttendanceSheet | None:
        """What was read last; None until the first answer."""
        return self.model.sheet

    @property
    def is_saving(self) -> bool:
        """Whether a mark is still on its way."""
        return bool(self._postman.waiting)

    def reload(self) -> None:
        """Read the sheet again."""
        asked = (self._session_id, self._desk.actor)
        now = self._clock.now()
        self._desk.read(self, load_sheet, *asked, now=now, then=self._show, failed=self._gone, lane="sheet")

    def mark(self, row: int, **fields: Any) -> None:
        """Mark the person of a row; it is kept on this computer before anything else happens."""
        line, sheet = self.model.line_at(row), self.sheet
        if line is None or sheet is None or not self._may_mark():
            return
        try:
            wanted = marked(line.mark, **fields)
        except BadValue as error:
            self.notices.say(error_text(error, self._zone))
            return
        if sheet.status is SessionStatus.COMPLETED and wanted.attendance is Attendance.REGISTERED:
            self.notices.say(error_text(BadValue(field="attendance", value="", why="stays_marked"), self._zone))
            return
        if line.aside:
            self._postman.forget(line.aside)
        self._keep(line, wanted)

    def choose(self, row: int, choice: Attendance | Result, is_tap: bool) -> None:
        """Take an answer; one that is tapped although it is chosen is taken back, a key says it once more."""
        pending = self.model.pending_at(row)
        if pending is not None:
            if choice is Attendance.ATTENDED:
                self.admit(pending.person_id, pending.name)
            return
        line = self.model.line_at(row)
        if line is None:
            return
        if isinstance(choice, Result):
            if self.sheet is not None and self.sheet.requires_result:
                result = None if is_tap and line.mark.result is choice else choice
                self.mark(row, attendance=Attendance.ATTENDED, result=result)
            return
        taken_back = is_tap and line.mark.attendance is choice
        self.mark(row, attendance=Attendance.REGISTERED if taken_back else choice)

    def mark_all(self) -> None:
        """Mark everybody who is not marked yet as attended, in one step; nobody's mark is overwritten."""
        sheet = self.sheet
        rest = [line.person for line in self.model.lines if line.mark.attendance is Attendance.REGISTERED]
        if sheet is None or not rest or not self._may_mark():
            return
        numbers, names = tuple(one.employee_no for one in rest), tuple(one.name for one in rest)
        fields = {"attendance": Attendance.ATTENDED}
        label = _("Mark all attended in {title}").format(title=sheet.title)
        self._postman.keep(label, Deed(sheet.uuid, numbers, fields, None, names, sheet.title))

    def admit(self, person_id: int, name: str) -> None:
        """Give a seat to somebody who came although they only wait or are offered one, and mark them."""
        label = _("Seat {name}").format(name=name)
        verb, refused = attending.admit, self._refuse
        self._desk.write(self, label, verb, self._session_id, person_id, then=self._was_seated, refused=refused)

    def add_walk_in(self) -> None:
        """Choose people who came without a seat; those who get one are marked as attended."""
        sheet = PickerSheet(
            self._desk, self._session_id, self._directory, self, self._clock,
            title=_("Add walk-in"), verb=attending.walk_in,
        )  # fmt: skip
        sheet.added.connect(lambda done: self._was_seated(done.sentence))
        sheet.open()

    def open_person(self, row: int) -> None:
        """Show everything about a person, with the cursor in the remark."""
        line, sheet = self.model.line_at(row), self.sheet
        if line is None or sheet is None:
            return
        asks = sheet.requires_result
        opened = PersonSheet(self._desk, self._session_id, line, self, self._zone, asks_result=asks)
        person_id = line.person.person_id
        opened.saved.connect(lambda fields: self.mark(self.model.row_of(person_id), **fields))
        opened.ask()

    def toggle_full_screen(self) -> None:
        """Fill the screen, or give it back."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
        self.parts.people.setFocus()

    def toggle_large(self) -> None:
        """Show text and rows a quarter larger, or as they were before."""
        if self._percent:
            look().choose(percent=self._percent)
            self._percent = 0
        else:
            self._percent = look().percent
            look().choose(percent=LARGE)
        self.parts.large.setChecked(bool(self._percent))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes; whatever else is typed goes to the list, wherever the focus is."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif not self.parts.people.hasFocus() and event.text().strip():
            self.parts.people.setFocus()
            self.parts.people.keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin in the list."""
        super().showEvent(event)
        self.parts.people.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Give the text its size back; what was marked is still sent."""
        if self._percent:
            self.toggle_large()
        self.closed.emit(self._session_id)
        super().closeEvent(event)

    def _prepare(self) -> None:
        self.setObjectName("Main")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Attendance"))
        self.setAccessibleName(_("Attendance"))
        self.resize(*SIZE)
        self.setMinimumSize(*SMALLEST)
        self.parts.lay_out(self)

    def _connect(self) -> None:
        parts = self.parts
        parts.all.clicked.connect(self.mark_all)
        parts.undo.clicked.connect(self.retracing.undo)
        parts.walk_in.clicked.connect(self.add_walk_in)
        parts.large.clicked.connect(self.toggle_large)
        parts.full.clicked.connect(self.toggle_full_screen)
        parts.leave.clicked.connect(self.close)
        parts.start.clicked.connect(lambda: self.ending.start(self.model.title))
        parts.complete.clicked.connect(self._complete)
        parts.people.chosen.connect(self.choose)
        parts.people.opened.connect(self.open_person)
        self._postman.changed.connect(self._follow_post)
        self._postman.sent.connect(self._took)
        self.retracing.changed.connect(self._show_tools)
        self.retracing.told.connect(self.notices.say)
        self.ending.told.connect(self.notices.say)
        self.ending.refused.connect(self._refuse)
        self._desk.changed.connect(self._changed)
        parts.paper.clicked.connect(lambda: self.print_wanted.emit(self._session_id))
        bind(
            self,
            {
                "attendance_remark": lambda: self.open_person(parts.people.currentIndex().row()),
                "attendance_full": self.toggle_full_screen,
                "attendance_print": parts.paper.click,
                "undo": self.retracing.undo,
                "redo": self.retracing.redo,
            },
        )

    def _may_mark(self) -> bool:
        if self.sheet is None:
            return False
        try:
            require_state("mark", self.sheet.status, MARKABLE, ref=self.sheet.ref)
        except WrongState as error:
            self.notices.say(error_text(error, self._zone))
            return False
        return True

    def _keep(self, line: Line, wanted: Mark) -> None:
        """Keep what differs from what shows in a row."""
        sheet = self.sheet
        if wanted == line.mark or sheet is None:
            return
        self._postman.keep(mark_label(line.person, wanted), deed_of(line, wanted, sheet.uuid, sheet.title))
        announce(self.parts.people, f"{line.person.name}: {mark_text(wanted)}")

    def _complete(self) -> None:
        postman = self._postman
        self.ending.complete(self.model.title, waiting=postman.waiting, is_away=postman.trouble is not None)

    def _follow_post(self) -> None:
        self.model.follow(self._postman.kept)
        self._show_tools()
        if not self._postman.waiting and self.ending.is_waiting:
            self.ending.go_on()

    def _took(self, sent: Sent) -> None:
        people = sent.entry.payload["people"]
        if sent.mark is not None and self.sheet is not None and sent.entry.payload["session"] == self.sheet.uuid:
            self.model.take(people[0], sent.mark)
        if sent.change_id is not None:
            self.retracing.note(sent.change_id)

    def _was_seated(self, said: object) -> None:
        if isinstance(said, str) and said:
            self.notices.say(said)
        self.retracing.note_next()

    def _changed(self, changes: Changes) -> None:
        self.retracing.follow(changes)
        if changes.touch(*CONCERNED):
            self.reload()

    def _show(self, sheet: AttendanceSheet) -> None:
        is_first = self.model.sheet is None
        self.model.show_sheet(sheet, self._postman.kept)
        self.setWindowTitle(_("Attendance – {title}").format(title=sheet.title))
        self.parts.title.set_whole(sheet.title)
        self.parts.subtitle.set_whole(subtitle_of(sheet, self._zone))
        self.parts.people.delegate.asks_result = sheet.requires_result
        self.parts.show_hints(asks_result=sheet.requires_result)
        self.parts.start.setVisible(sheet.status is SessionStatus.SCHEDULED)
        self.parts.complete.setVisible(sheet.status in CLAIMING)
        self.parts.walk_in.setVisible(sheet.status in CLAIMING)
        if is_first:
            self.parts.people.go_to(0)
        self._show_tools()

    def _show_tools(self) -> None:
        postman, counts = self._postman, self.model.counts()
        is_away = postman.trouble is not None
        self.parts.show_counts(counts)
        self.parts.work.set_saving(bool(postman.waiting) and not is_away)
        self.parts.undo.setEnabled(self.retracing.can_undo and not postman.waiting)
        if self.sheet is not None:
            self.parts.foot.setText(foot_words(counts, postman.waiting, is_away=is_away))
        self.notices.refresh(self.sheet)
        self.parts.people.viewport().update()

    def _gone(self, error: DeskError) -> None:
        """Keep what shows while the database is away; whatever else speaks against the sheet is said."""
        if self.sheet is None or not is_lost(error):
            self.notices.say(error_text(error, self._zone), "danger", (_("Try again"), self._try_again))

    def _try_again(self) -> None:
        self.notices.say("")
        self.reload()

    def _refuse(self, error: DeskError) -> None:
        self.notices.say(error_text(error, self._zone), "danger")
