"""Hands badges on to the database in the order in which they were read, and says what came of each (K9)."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from trainer_desk.services.errors import DeskError
from trainer_desk.services.orchestration.door import come_in, go_out
from trainer_desk.services.rows.door import Passage
from trainer_desk.services.rows.seats import Outcome
from trainer_desk.services.seats.enrolling import enroll
from trainer_desk.texts.facts import shown
from trainer_desk.texts.translate import _
from trainer_desk.views.desk import Desk
from trainer_desk.views.door.verdicts import Scan, of_closed, of_passage, of_refusal, of_waitlist


class Scanner(QObject):
    """Takes any number of badges at once: each is a change of its own, written one after the other."""

    answered = Signal(object)
    """The Verdict on a badge."""
    passed = Signal(object)
    """The Passage of somebody who came in or went out."""
    waiting_changed = Signal()
    session_scanned = Signal(int)
    """The id of a session whose code was read instead of a badge."""

    def __init__(self, desk: Desk, session_id: int, ref: str, zone: ZoneInfo, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._session_id, self._ref, self._zone = desk, session_id, ref, zone
        self._waiting: list[Scan] = []
        desk.saving.connect(self._follow)

    @property
    def waiting(self) -> tuple[Scan, ...]:
        """The badges that are not answered yet, the oldest first."""
        return tuple(self._waiting)

    def name_session(self, ref: str) -> None:
        """Tell how the session is called in the list of what can be undone."""
        self._ref = ref

    def take(self, scan: Scan) -> None:
        """Let somebody in or out; the answer comes by `answered`."""
        label = _("Check {who} in to {ref}") if scan.comes else _("Check {who} out of {ref}")
        self._waiting.append(scan)
        self._desk.apply(
            self,
            come_in if scan.comes else go_out,
            label.format(who=shown(scan.name or scan.employee_no), ref=self._ref),
            self._session_id,
            scan.employee_no,
            then=lambda passage: self._pass(scan, passage),
            refused=lambda error: self._refuse(scan, error),
        )
        self._tell(scan)

    def join_waitlist(self, scan: Scan, person_id: int, name: str) -> None:
        """Put somebody on the waitlist who found no place."""
        self._waiting.append(scan)
        self._desk.write(
            self,
            _("Put {who} on the waitlist of {ref}").format(who=shown(name), ref=self._ref),
            enroll,
            self._session_id,
            [person_id],
            then=lambda outcomes: self._wait_listed(scan, outcomes[0], name),
            refused=lambda error: self._refuse(scan, error),
        )
        self._tell(scan)

    def _tell(self, scan: Scan) -> None:
        if not self._desk.is_saving:  # it takes nothing any more
            self._done(scan)
            self.answered.emit(of_closed())
            return
        self.waiting_changed.emit()

    def _pass(self, scan: Scan, passage: Passage) -> None:
        self._done(scan)
        self.passed.emit(passage)
        self.answered.emit(of_passage(passage, self._zone))

    def _refuse(self, scan: Scan, error: DeskError) -> None:
        self._done(scan)
        if error.facts.get("why") == "is_session":
            self.session_scanned.emit(error.facts["session_id"])
        else:
            self.answered.emit(of_refusal(error, scan, self._zone))

    def _wait_listed(self, scan: Scan, outcome: Outcome, name: str) -> None:
        self._done(scan)
        self.answered.emit(of_waitlist(outcome, name, self._zone))

    def _done(self, scan: Scan) -> None:
        self._waiting.remove(scan)
        self.waiting_changed.emit()

    def _follow(self, saving: bool) -> None:
        """Forget badges whose answer never comes, because something failed that should not have."""
        if not saving and self._waiting:
            self._waiting.clear()
            self.waiting_changed.emit()
