"""Keeps marks on this computer and sends them in order as soon as the database takes them (A2, ADR 14)."""

from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from trainer_desk.services.errors import DatabaseTrouble, DeskError
from trainer_desk.services.orchestration.outgoing import Sent, payload_of, read_deed, read_refusal, send_next
from trainer_desk.services.rows.attendance import Deed
from trainer_desk.services.store.outbox import Entry, Outbox
from trainer_desk.views.attendance.lines import Kept
from trainer_desk.views.desk import Desk

RETRY_MS = 3000
"""How long after a vain try the next begins; a try itself looks for the server for five seconds."""

Callback = Callable[[Any], object]
Answers = tuple[Callback, Callable[[DeskError], object]]


class Postman(QObject):
    """One for the whole window, whether a sheet is open or not; what an earlier sitting left is sent at once.

    A thread of its own writes the file, so that neither the screen nor a mark waits for the database. All methods
    belong to the GUI thread.
    """

    changed = Signal()
    """What is on its way, or whether the database answers."""
    sent = Signal(object)
    """A Sent: it is in the database, or was set aside."""
    unkept = Signal(object)
    """A DatabaseTrouble: this computer cannot keep marks; from now on they live as long as the program."""
    delivered = Signal(int)
    """So many marks arrived that had waited for the database, and none waits any more."""
    _done = Signal(object, object)

    def __init__(self, desk: Desk, outbox: Outbox, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._outbox = desk, outbox
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="outbox")
        self._kept: list[Kept] = []
        self._is_sending = self._closed = False
        self._late = 0
        self.trouble: DatabaseTrouble | None = None
        """Why the database does not take anything now; None while it does."""
        self._retry = QTimer(self, singleShot=True, interval=RETRY_MS)
        self._retry.timeout.connect(self._send)
        self._done.connect(self._take_answer, Qt.ConnectionType.QueuedConnection)

    @property
    def kept(self) -> tuple[Kept, ...]:
        """Everything on its way in order, what was set aside too."""
        return tuple(self._kept)

    @property
    def waiting(self) -> int:
        """How many marks are still to be sent."""
        return sum(one.waits for one in self._kept)

    def start(self) -> None:
        """Read what an earlier sitting left, and send it."""
        self._work(self._outbox.entries, self._show_earlier, self._cannot_keep)

    def keep(self, label: str, deed: Deed) -> None:
        """Keep marks and send them as soon as all before them are sent."""
        kept = Kept(label, deed)
        self._kept.append(kept)
        self.changed.emit()
        self._put(kept)

    def forget(self, some: Iterable[Kept]) -> None:
        """Give up marks that were set aside."""
        gone = list(some)
        self._kept = [one for one in self._kept if one not in gone]
        numbers = [one.entry.id for one in gone if one.entry is not None]
        self._work(lambda: self._outbox.remove(numbers), lambda _none: None, self._cannot_keep)
        self.changed.emit()

    def try_now(self) -> None:
        """Do not wait for the next try."""
        self._retry.stop()
        self._send()

    def close(self) -> None:
        """Let everything that was marked reach the disk, and let go of the file."""
        if self._closed:
            return
        self._closed = True
        self._retry.stop()
        self._writer.shutdown(wait=True)
        if not self._is_sending:
            self._outbox.close()

    def _put(self, kept: Kept) -> None:
        def have(entry: Entry) -> None:
            kept.entry = entry
            self._send()

        def fail(trouble: DeskError) -> None:
            self._cannot_keep(trouble)
            self._put(kept)

        outbox = self._outbox
        failed = fail if outbox.path is not None else self._cannot_keep
        self._work(lambda: outbox.keep(kept.label, payload_of(kept.deed)), have, failed)

    def _send(self) -> None:
        if self._is_sending or self._closed:
            return
        self._is_sending = True
        self._retry.stop()
        self._desk.apply(self, send_next, self._outbox, then=self._answered, refused=self._away)

    def _answered(self, sent: Sent | None) -> None:
        self._is_sending = False
        was_away, self.trouble = self.trouble is not None, None
        if sent is None:
            if self._late and not self.waiting:
                self.delivered.emit(self._late)
            if not self.waiting:
                self._late = 0
            if was_away:
                self.changed.emit()
            return
        self._take_off(sent)
        self.sent.emit(sent)
        self.changed.emit()
        self._send()

    def _take_off(self, sent: Sent) -> None:
        """Take off the list what arrived, or note why it was set aside."""
        mine = next((one for one in self._kept if one.entry is not None and one.entry.key == sent.entry.key), None)
        if mine is None:  # another window's, or kept a moment ago by one that was closed
            return
        if sent.entry.refusal is None:
            self._kept.remove(mine)
        else:
            mine.entry, mine.refusal = sent.entry, read_refusal(sent.entry.refusal)

    def _away(self, error: DeskError) -> None:
        self._is_sending = False
        self.trouble = error if isinstance(error, DatabaseTrouble) else None
        self._late = max(self._late, self.waiting)
        if not self._closed:
            self._retry.start()
        self.changed.emit()

    def _show_earlier(self, entries: list[Entry]) -> None:
        known = {one.entry.key for one in self._kept if one.entry is not None}
        earlier = [Kept.of(entry, read_deed(entry.payload)) for entry in entries if entry.key not in known]
        self._kept = earlier + self._kept
        self._late = sum(one.waits for one in earlier)
        if earlier:
            self.changed.emit()
            self._send()

    def _cannot_keep(self, trouble: DeskError) -> None:
        if self._outbox.path is not None:
            self._outbox = Outbox(None)
            self.unkept.emit(trouble)

    def _work(self, work: Callable[[], Any], then: Callback, failed: Callable[[DeskError], object]) -> None:
        """Do something with the file in its own thread, one after the other, and answer on the GUI thread."""
        if not self._closed:
            self._writer.submit(work).add_done_callback(lambda done: self._report(done, (then, failed)))

    def _report(self, done: Future[Any], answers: Answers) -> None:
        if not self._closed:
            self._done.emit(done, answers)

    @Slot(object, object)
    def _take_answer(self, done: Future[Any], answers: Answers) -> None:
        then, failed = answers
        error = done.exception()
        if error is None:
            then(done.result())
        elif isinstance(error, DeskError):
            failed(error)
        else:
            raise error
