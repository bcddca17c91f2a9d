"""The door: every question and every change of the window goes through here to a worker thread and comes back."""

import threading
import traceback
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from trainer_desk.models.enums import Role
from trainer_desk.services.changes import Changes
from trainer_desk.services.errors import DeskError
from trainer_desk.services.findings import Finding
from trainer_desk.services.rights import may, roles_for_undoing
from trainer_desk.services.store.unreached import is_away

READERS = 3
PATIENCE = 2.0
"""How many seconds `close` waits for work that has begun."""

T = TypeVar("T")
Callback = Callable[[Any], object]
Lane = tuple[int, str]


class Written(Protocol):
    """What a write of the store answers."""

    @property
    def value(self) -> Any:
        """What the verb returned."""

    @property
    def changes(self) -> Changes:
        """What the transaction changed."""

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What should be known of what was done after the commit."""


class Backend(Protocol):
    """The two methods of the store that the door needs."""

    def read(self, query: Callable[..., Any], /, *args: Any, **named: Any) -> Any:
        """Ask a query outside any change."""

    def write(self, label: str, verb: Callable[..., Any], /, *args: Any, actor: str, **named: Any) -> Written:
        """Call a verb inside one transaction."""


@dataclass(slots=True)
class _Job:
    """One question or change on its way; `lane` is None if every answer is wanted."""

    owner: QObject
    then: Callback | None
    failed: Callable[[DeskError], object] | None
    writes: bool
    lane: Lane | None
    number: int
    future: Future[Any] | None = None


class Desk(QObject):
    """Runs queries on a small pool and verbs one after the other, and calls back on the GUI thread.

    All methods belong to the GUI thread. A callback is dropped if its owner has been destroyed, and, for reads with a
    lane, if its owner has asked that lane something newer.
    """

    changed = Signal(object)
    """Changes, after a commit of one's own or of others."""
    failed = Signal(object)
    """A DeskError that nobody handled."""
    crashed = Signal(str)
    """The traceback of anything else that was raised in a worker: a bug."""
    busy = Signal(bool)
    saving = Signal(bool)
    """Whether a change is on its way to the database."""
    turned_away = Signal(object)
    """A DeskError that came of a change, whoever answered for it."""
    lost = Signal(object)
    """A DeskError that says that the database is away or lets nobody in, whatever was asked for."""
    answered = Signal()
    """The database has answered, be it that it refused."""
    warned = Signal(object)
    """Findings of what was done after a change, which stands: a hook that failed (S11)."""
    _arrived = Signal(object)

    def __init__(self, store: Backend, actor: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self.actor = actor
        self.role: Role | None = Role.ADMINISTRATOR
        """As which the actor works; until it is told, nothing is hidden, and the store refuses."""
        self.trainer_id: int | None = None
        """The trainer that the actor is, who may move own sessions."""
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="desk-read")
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="desk-write")
        self._number = 0
        self._newest: dict[Lane, _Job] = {}
        self._pending: dict[int, _Job] = {}
        self._closed = False
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def read(
        self,
        owner: QObject,
        query: Callable[..., T],
        *args: Any,
        then: Callable[[T], object],
        failed: Callable[[DeskError], object] | None = None,
        lane: str | None = None,
        **named: Any,
    ) -> None:
        """Ask `query(db, *args, **named)` and hand the answer to `then` on the GUI thread.

        A DeskError goes to `failed`, or to the signal of that name. Of the questions of one owner in one lane only
        the newest is answered.
        """
        key = None if lane is None else (id(owner), lane)
        job = self._job(owner, then, failed, key)
        if key is not None:
            self._overtake(key, job)
        self._start(self._readers, job, lambda: self._store.read(query, *args, **named))

    def write(
        self,
        owner: QObject,
        label: str,
        verb: Callable[..., T],
        *args: Any,
        then: Callable[[T], object] | None = None,
        refused: Callable[[DeskError], object] | None = None,
        **named: Any,
    ) -> None:
        """Call `verb(db, *args, actor=…, now=…, **named)` in one transaction, in the order of the calls.

        `label` names the change in the undo list. Its value goes to `then`, then `changed` fires; a refusal goes to
        `refused`, or to the signal `failed`. The change happens even if its owner dies meanwhile.
        """
        job = self._job(owner, then, refused, None, writes=True)
        self._start(self._writer, job, lambda: self._store.write(label, verb, *args, actor=self.actor, **named))

    def apply(
        self,
        owner: QObject,
        operation: Callable[..., Any],
        *args: Any,
        then: Callable[[Any], object] | None = None,
        refused: Callable[[DeskError], object] | None = None,
        **named: Any,
    ) -> None:
        """Call `operation(store, *args, actor=…, **named)`, which opens its own transaction: undo, redo, an import.

        It answers like the store's `write`, in the same lane; callbacks and `changed` as for `write`.
        """
        job = self._job(owner, then, refused, None, writes=True)
        self._start(self._writer, job, lambda: operation(self._store, *args, actor=self.actor, **named))

    def may(self, verb: Callable[..., Any]) -> bool:
        """Whether the actor's role may do a verb, by the one table of rights."""
        return may(self.role, verb)

    def may_undo(self, *tables: str) -> bool:
        """Whether the actor's role may take back a change of its own that touched these tables."""
        return self.role in roles_for_undoing(tables)

    @property
    def is_busy(self) -> bool:
        """Whether an answer is still awaited."""
        return bool(self._pending)

    @property
    def asked(self) -> int:
        """How many questions and changes were given to the desk so far."""
        return self._number

    def awaits(self, asked: range) -> bool:
        """Whether an answer to any of these, counted from 1, is still awaited."""
        return any(number in asked for number in self._pending)

    @property
    def is_saving(self) -> bool:
        """Whether a change is still on its way."""
        return any(job.writes for job in self._pending.values())

    def close(self, patience: float = PATIENCE) -> bool:
        """Take no more work, finish writes that were asked for, and wait `patience` seconds at most.

        Returns whether everything ended in time. Callbacks of work that was still under way are dropped.
        """
        self._closed = True
        self._readers.shutdown(wait=False, cancel_futures=True)
        self._writer.shutdown(wait=False)
        futures = [job.future for job in self._pending.values() if job.future is not None]
        return not wait(futures, timeout=patience).not_done

    def _job(
        self,
        owner: QObject,
        then: Callback | None,
        failed: Callable[[DeskError], object] | None,
        lane: Lane | None,
        *,
        writes: bool = False,
    ) -> _Job:
        if threading.current_thread() is not threading.main_thread():
            raise RuntimeError("The desk takes work from the GUI thread only.")
        self._number += 1
        return _Job(owner, then, failed, writes, lane, self._number)

    def _overtake(self, lane: Lane, job: _Job) -> None:
        older = self._newest.get(lane)
        if older is not None and older.future is not None:
            older.future.cancel()
        self._newest[lane] = job

    def _start(self, pool: ThreadPoolExecutor, job: _Job, work: Callable[[], Any]) -> None:
        if self._closed:
            return
        was_busy, was_saving = self.is_busy, self.is_saving
        self._pending[job.number] = job
        job.future = pool.submit(work)
        job.future.add_done_callback(lambda _future: self._report(job))
        if not was_busy:
            self.busy.emit(True)
        if job.writes and not was_saving:
            self.saving.emit(True)

    def _report(self, job: _Job) -> None:
        if not self._closed:
            self._arrived.emit(job)

    @Slot(object)
    def _deliver(self, job: _Job) -> None:
        if self._closed or job.future is None:
            return
        self._pending.pop(job.number, None)
        try:
            if not job.future.cancelled():
                self._answer(job, job.future)
        finally:
            if job.lane is not None and self._newest.get(job.lane) is job:
                del self._newest[job.lane]
            if job.writes and not self.is_saving:
                self.saving.emit(False)
            if not self._pending:
                self.busy.emit(False)

    def _answer(self, job: _Job, future: Future[Any]) -> None:
        error = future.exception()
        wanted = isValid(job.owner) and (job.lane is None or self._newest.get(job.lane) is job)
        is_lost = isinstance(error, DeskError) and is_away(error)
        if not is_lost:
            self.answered.emit()
        if isinstance(error, DeskError):
            if is_lost:
                self.lost.emit(error)
            self._refuse(job, error, wanted)
        elif error is not None:
            self.crashed.emit("".join(traceback.format_exception(error)))
        elif job.writes:
            self._tell_written(job, future.result(), wanted)
        elif wanted and job.then is not None:
            job.then(future.result())

    def _refuse(self, job: _Job, error: DeskError, wanted: bool) -> None:
        if job.writes:
            self.turned_away.emit(error)
        if not wanted and not job.writes:
            return
        if wanted and job.failed is not None:
            job.failed(error)
        else:
            self.failed.emit(error)

    def _tell_written(self, job: _Job, written: Written, wanted: bool) -> None:
        if wanted and job.then is not None:
            job.then(written.value)
        if written.warnings:
            self.warned.emit(written.warnings)
        if written.changes.everything or written.changes.keys:
            self.changed.emit(written.changes)
