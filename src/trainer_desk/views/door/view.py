"""The check-in window at a door: counter, badge field, verdict, expected people; for scanner, keys and fingers."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from trainer_desk.models.enums import CLAIMING
from trainer_desk.services.changes import Changes
from trainer_desk.services.clock import Clock
from trainer_desk.services.errors import DeskError
from trainer_desk.services.orchestration.intakes import record_intakes
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.door import DoorRow, ExpectedPerson, Passage
from trainer_desk.services.rules.times import local
from trainer_desk.services.seats.door import load_door
from trainer_desk.services.seats.enrolling import enroll
from trainer_desk.texts import error_text
from trainer_desk.texts.door import closed_text, place_text
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.actions import bind
from trainer_desk.views.desk import Desk
from trainer_desk.views.door.frame import Frame
from trainer_desk.views.door.model import ExpectedModel, spoken
from trainer_desk.views.door.pulse import Pulse
from trainer_desk.views.door.scanner import Scanner
from trainer_desk.views.door.session_codes import SessionCodes
from trainer_desk.views.door.verdicts import (
    AGAIN,
    INTAKE,
    JOIN,
    Scan,
    Verdict,
    of_arrival,
    of_several,
)
from trainer_desk.views.parts.announce import announce
from trainer_desk.views.picker.intake_sheet import IntakeSheet

SIZE, SMALLEST = (1180, 800), (800, 560)
PAUSE_MS = 150
"""A scanner types faster than this, so that the list does not flicker while a badge is read."""
LOOK_MS = 10_000
"""So often the room is looked at again: presences run out without anybody changing anything."""
CONCERNED = ("presences", "enrollments", "sessions", "venues", "people", "seat_holds")


class DoorView(QWidget):
    """The door of one session, in a window of its own; it is deleted once closed, and closing asks nothing."""

    closed = Signal(int)
    """The session whose door was closed."""
    other_wanted = Signal(int)
    """The session whose code was scanned, and whose check-in is to take the place of this one."""

    def __init__(self, desk: Desk, session_id: int, directory: Directory, clock: Clock | None = None) -> None:
        super().__init__()
        self._desk, self._session_id, self._clock = desk, session_id, clock or Clock()
        self._zone = directory.settings.zone
        self.row: DoorRow | None = None
        self._notified = ""
        self._arrives = False
        self.comes = True
        """Whether badges let people in; False: out."""
        self.model = ExpectedModel()
        self.scanner = Scanner(desk, session_id, f"#{session_id}", self._zone, self)
        self.codes = SessionCodes(desk, session_id, self._clock.now, self._zone, self)
        self.pulse = Pulse(desk, self)
        self.parts = Frame(self.model, self._zone)
        self._narrowing, self._looking = QTimer(self, singleShot=True, interval=PAUSE_MS), QTimer(self)
        self._prepare()
        self._connect()
        self.choose(comes=True)
        self.reload()

    def reload(self) -> None:
        """Look at the room again."""
        now = self._clock.now()
        self._desk.read(self, load_door, self._session_id, now, then=self._show, failed=self._gone, lane="door")

    def choose(self, *, comes: bool) -> None:
        """Let badges from now on check in, or check out."""
        self.comes = comes
        (self.parts.come if comes else self.parts.go).setChecked(True)
        self.parts.name_mode(comes=comes)
        self.parts.field.setFocus()
        if self.isVisible():
            announce(self, _("Badges check in.") if comes else _("Badges check out."))

    def take_place_of(self, other: "DoorView") -> None:
        """Stand where another door stood, with badges as they were taken there, and say whose check-in this is."""
        self._arrives = True
        self.setGeometry(other.geometry())
        self.setWindowState(other.windowState())
        self.choose(comes=other.comes)
        other.close()
        if self.row is not None:
            self._say_arrival(self.row)

    def toggle_full_screen(self) -> None:
        """Fill the screen, or give it back."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
        self.parts.field.setFocus()

    def take(self) -> None:
        """Take what was typed or scanned; the field is free for the next badge at once."""
        text = "".join(sign for sign in self.parts.field.text() if sign.isprintable()).strip()
        person = self.parts.people.current()
        self.parts.field.clear()
        self._narrow_now()
        if person is not None:
            self.toggle(person)
        elif text:
            self._take_text(text)

    def toggle(self, person: ExpectedPerson) -> None:
        """Let an expected person in who is out, or out who is in."""
        if not self.model.is_saving(person):
            self.scanner.take(Scan(person.employee_no, not person.is_in, person.name))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties the field, then closes; whatever is typed goes to the field, wherever the focus is."""
        key, field = event.key(), self.parts.field
        focus = self.focusWidget()
        if key == Qt.Key.Key_Escape:
            field.clear() if field.text() else self.close()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._walk(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focus, QAbstractButton):
            focus.click()
        elif event.text().isprintable() and event.text() and focus is not field:
            field.setFocus()
            field.insert(event.text())
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin in the field."""
        super().showEvent(event)
        self.parts.field.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Fall silent; what was scanned is still written."""
        self.pulse.stop()
        self._looking.stop()
        self.closed.emit(self._session_id)
        super().closeEvent(event)

    def _prepare(self) -> None:
        self.setObjectName("Main")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Check-in at the door"))
        self.setAccessibleName(_("Check-in at the door"))
        self.resize(*SIZE)
        self.setMinimumSize(*SMALLEST)
        self.parts.lay_out(self)

    def _connect(self) -> None:
        parts = self.parts
        parts.come.clicked.connect(lambda: self.choose(comes=True))
        parts.go.clicked.connect(lambda: self.choose(comes=False))
        parts.full.clicked.connect(self.toggle_full_screen)
        parts.leave.clicked.connect(self.close)
        parts.field.returnPressed.connect(self.take)
        parts.field.textEdited.connect(self._typed)
        parts.people.tapped.connect(self.toggle)
        parts.verdict.action_wanted.connect(self._act)
        self._narrowing.timeout.connect(self._narrow_now)
        self._looking.timeout.connect(self.reload)
        self._looking.start(LOOK_MS)
        self.scanner.passed.connect(self._passed)
        self.scanner.answered.connect(self._answer)
        self.scanner.waiting_changed.connect(self._follow_waiting)
        self.scanner.session_scanned.connect(self.codes.take)
        self.codes.answered.connect(self._answer)
        self.codes.other_wanted.connect(self.other_wanted)
        self._desk.changed.connect(self._changed)
        bind(
            self,
            {
                "door_in": lambda: self.choose(comes=True),
                "door_out": lambda: self.choose(comes=False),
                "door_full": self.toggle_full_screen,
            },
        )

    def _take_text(self, text: str) -> None:
        person = self.model.numbered(text)
        found = [] if any(sign.isdigit() for sign in text) else self.model.matches(text)
        if person is None and len(found) == 1:
            person = found[0]
        if person is None and found:
            self.parts.field.setText(text)
            self.parts.field.selectAll()
            self._narrow_now()
            self._answer(of_several(text, len(found)))
        elif person is None:
            self.scanner.take(Scan(text, self.comes))
        else:
            self.scanner.take(Scan(person.employee_no, self.comes, person.name))

    def _typed(self, _text: str) -> None:
        self.parts.people.leave()
        self._narrowing.start()

    def _narrow_now(self) -> None:
        self._narrowing.stop()
        self.model.narrow(self.parts.field.text())
        self._count()

    def _walk(self, step: int) -> None:
        self._narrow_now()
        person = self.parts.people.walk(step)
        if person is not None:
            announce(self.parts.people, spoken(person))

    def _passed(self, passage: Passage) -> None:
        self.pulse.follow(passage)
        self.parts.gauge.show_people(passage.occupancy)

    def _answer(self, verdict: Verdict) -> None:
        is_helpless = verdict.action == JOIN and not self._desk.may(enroll)
        if is_helpless or (verdict.action == INTAKE and not self._desk.may(record_intakes)):
            verdict = replace(verdict, action="")
        before = self.parts.verdict.verdict
        if before is not None:
            self.parts.earlier.add(before)
        self.parts.verdict.say(verdict)

    def _say_arrival(self, row: DoorRow) -> None:
        self._arrives = False
        self._answer(of_arrival(row.title, place_text(row, self._zone)))

    def _act(self, verdict: Verdict) -> None:
        scan = verdict.scan
        if verdict.action == JOIN and scan is not None and verdict.person_id is not None:
            self.scanner.join_waitlist(scan, verdict.person_id, verdict.note)
        elif verdict.action == INTAKE and scan is not None and verdict.person_id is not None:
            self._ask_intake(scan, verdict.person_id)
            return
        elif verdict.action == AGAIN and scan is not None:
            self.scanner.take(scan)
        self.parts.field.setFocus()

    def _ask_intake(self, scan: Scan, person_id: int) -> None:
        """Put the missing intake on file, and take the badge once more (K12)."""
        today = local(self._clock.now(), self._zone).date()
        sheet = IntakeSheet(self._desk, [(person_id, scan.name)], self, today, self._zone)
        sheet.recorded.connect(lambda: self.scanner.take(scan))
        sheet.ask()

    def _follow_waiting(self) -> None:
        waiting = self.scanner.waiting
        self.parts.work.set_saving(bool(waiting))
        self.model.mark_saving({scan.employee_no for scan in waiting})

    def _changed(self, changes: Changes) -> None:
        if changes.touch(*CONCERNED):
            self.reload()

    def _show(self, row: DoorRow) -> None:
        self.row = row
        self.scanner.name_session(row.ref)
        self.pulse.set_seconds(row.presence_seconds)
        if row.presence_seconds is not None:
            self._looking.setInterval(min(LOOK_MS, max(1000, 1000 * row.presence_seconds // 3)))
        self.setWindowTitle(_("Check-in – {title}").format(title=row.title))
        self.parts.title.set_whole(row.title)
        self.parts.subtitle.set_whole(place_text(row, self._zone))
        self.parts.gauge.show_door(row)
        self.model.show_people(row.people)
        self._count()
        if row.status in CLAIMING:
            self._notify("")
        else:
            self._notify(closed_text(row, self._zone))
        if self._arrives:
            self._say_arrival(row)

    def _count(self) -> None:
        people, shown = self.model.people, self.model.rowCount()
        inside = sum(person.is_in for person in people)
        if self.model.search.strip():
            said = plural("{n} match", "{n} matches", shown)
        else:
            said = _("{inside} of {n} in").format(inside=inside, n=len(people))
        self.parts.count.setText(said)
        self.parts.show_emptiness(anybody=bool(people), searching=bool(self.model.search.strip()), shown=shown)

    def _gone(self, error: DeskError) -> None:
        self._notify(error_text(error, self._zone), (_("Try again"), self._try_again))

    def _notify(self, sentence: str, *actions: tuple[str, Callable[[], object]]) -> None:
        """Say what keeps people out, once; nothing: the door is open."""
        if sentence == self._notified:
            return
        self._notified = sentence
        if sentence:
            self.parts.notice.say(sentence, "danger" if actions else "warn", *actions)
        else:
            self.parts.notice.hide()

    def _try_again(self) -> None:
        self._notify("")
        self.reload()
        self.parts.field.setFocus()
