"""Opens and makes databases in a thread of its own, so that the window paints before SQLAlchemy is even loaded."""

import traceback
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from trainer_desk.services.errors import DatabaseTrouble, DeskError
from trainer_desk.services.rows.joining import Joining, Tried
from trainer_desk.views.start.recent import is_server

if TYPE_CHECKING:
    from trainer_desk.services.store.engine import Store

# SQLAlchemy costs a third of a second; the functions of the worker import it, so that the first paint never waits.


@dataclass(frozen=True, slots=True)
class NewDatabase:
    """What is asked of who sets one up: `zone` is an IANA name, `path` a file or a server's URL."""

    path: str
    organisation: str
    zone: str


class Opening(QObject):
    """Answers with `opened` (a Store) or `failed` (a DeskError), always on the GUI thread; one at a time."""

    opened = Signal(object)
    failed = Signal(object)
    crashed = Signal(str)
    """The traceback of anything else that was raised."""
    stepped = Signal(str)
    """Which step of an upgrade begins: check, backup, upgrade, open."""
    backed_up = Signal(str)
    """Where the backup lies that an upgrade made."""
    tried = Signal(object)
    """A Tried: the shared database can be joined."""
    unkept = Signal()
    """The password that was to be kept is not: no keyring of this computer works."""
    keyring_found = Signal(bool)
    """Whether this computer has a keyring in which a password could be kept."""
    set_aside = Signal(str)
    """Where the damaged file is kept now that a backup took its place; empty: there was none."""
    _set_aside = Signal(str)
    _done = Signal(object)
    _told = Signal(str)
    _kept = Signal(str)
    _lost = Signal()
    _ring = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="opening")
        self._wanted: Future[Store | Tried] | None = None
        # The worker emits the signals with an underscore; only queued they arrive on the GUI thread, and in order.
        self._done.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._told.connect(self.stepped, Qt.ConnectionType.QueuedConnection)
        self._kept.connect(self.backed_up, Qt.ConnectionType.QueuedConnection)
        self._set_aside.connect(self.set_aside, Qt.ConnectionType.QueuedConnection)
        self._ring.connect(self.keyring_found, Qt.ConnectionType.QueuedConnection)
        self._lost.connect(self.unkept, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._wanted is not None

    def open(self, address: str) -> None:
        """Open an existing database: the path of a file or a server's URL."""
        self._start(lambda: _open(address))

    def make(self, new: NewDatabase) -> None:
        """Make an empty organisation and open it."""
        self._start(lambda: _make(new))

    def upgrade(self, address: str) -> None:
        """Back up and upgrade an older file, then open it; calling this is the consent (O1)."""
        self._start(lambda: _upgrade(address, self._told.emit, self._kept.emit))

    def restore(self, address: str, backup: str) -> None:
        """Put a backup in the place of a damaged file, which is kept, then open it; calling this is the consent."""
        self._start(lambda: _restore(address, backup, self._set_aside.emit))

    def join(self, joining: Joining) -> None:
        """Open a shared database with what was filled in, and keep the password if that is wished."""
        self._start(lambda: _join(joining, self._lost.emit))

    def attempt(self, joining: Joining) -> None:
        """Find out whether a shared database can be joined; answers with `tried` or `failed`."""
        self._start(lambda: _try(joining))

    def look_for_keyring(self) -> None:
        """Find out whether a password can be kept here; answers with `keyring_found`."""
        self._pool.submit(_has_keyring).add_done_callback(lambda found: self._ring.emit(found.result()))

    def run(self, work: Callable[[], "Store"]) -> None:
        """Open what `work` makes ready, for example a demo."""
        self._start(work)

    def close(self) -> None:
        """Take no more work."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _start(self, work: "Callable[[], Store | Tried]") -> None:
        self._wanted = self._pool.submit(work)
        self._wanted.add_done_callback(self._done.emit)

    @Slot(object)
    def _deliver(self, future: "Future[Store | Tried]") -> None:
        error = future.exception()
        if future is self._wanted:
            self._wanted = None
        if isinstance(error, DeskError):
            self.failed.emit(error)
        elif error is not None:
            self.crashed.emit("".join(traceback.format_exception(error)))
        elif isinstance(future.result(), Tried):
            self.tried.emit(future.result())
        else:
            self.opened.emit(future.result())


def _open(address: str) -> "Store":
    from trainer_desk.services.store.engine import open_store  # noqa: PLC0415

    if not is_server(address):
        try:
            return open_store(address, check=True)
        except DatabaseTrouble as trouble:
            raise _with_rescue(trouble, address) from trouble
    from trainer_desk.services.store.joining import open_signed_in  # noqa: PLC0415

    return open_signed_in(address)


def _with_rescue(trouble: DatabaseTrouble, address: str) -> DatabaseTrouble:
    """Return a refusal with the fact `backup`: the newest sound one, where that helps."""
    from trainer_desk.services.store.rescue import backup_for  # noqa: PLC0415

    backup = backup_for(trouble, address)
    return trouble if backup is None else DatabaseTrouble(**trouble.facts | {"backup": backup})


def _restore(address: str, backup: str, tell: Callable[[str], object]) -> "Store":
    from trainer_desk.services.store.restoring import restore_database  # noqa: PLC0415

    kept = restore_database(address, backup).kept
    tell(str(kept) if kept else "")
    return _open(address)


def _join(joining: Joining, lose: Callable[[], object]) -> "Store":
    from trainer_desk.services.store.joining import join_store  # noqa: PLC0415

    store, is_kept = join_store(joining)
    if not is_kept:
        lose()
    return store


def _has_keyring() -> bool:
    from trainer_desk.services.store.passwords import has_keyring  # noqa: PLC0415

    return has_keyring()


def _try(joining: Joining) -> Tried:
    from trainer_desk.services.store.joining import try_to_join  # noqa: PLC0415

    return try_to_join(joining)


def _upgrade(address: str, tell: Callable[[str], object], keep: Callable[[str], object]) -> "Store":
    from trainer_desk.services.store.upgrade import upgrade_database  # noqa: PLC0415

    done = upgrade_database(address, tell=tell)
    if done.backup is not None:
        keep(str(done.backup))
    tell("open")
    return _open(address)


def _make(new: NewDatabase) -> "Store":
    from trainer_desk.services.orchestration.settings import set_setting  # noqa: PLC0415
    from trainer_desk.services.store.engine import create_store  # noqa: PLC0415

    store = create_store(new.path, zone=new.zone)
    if new.organisation:
        store.write("Name the organisation", set_setting, "organisation", new.organisation)
    return store
