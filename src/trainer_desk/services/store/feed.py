"""Tells of what other workstations committed, from a thread of its own: what live refresh hangs on (U6)."""

import logging
import random
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING, Protocol

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from trainer_desk.services.changes import Changes
from trainer_desk.services.errors import DeskError
from trainer_desk.services.rows.feed import MOST_ROWS, ONE_BY_ONE, ChangedRow
from trainer_desk.services.store.address import path_of
from trainer_desk.services.store.bell import Bell
from trainer_desk.services.store.db import is_sqlite
from trainer_desk.services.store.feed_file import FileLine, file_position
from trainer_desk.services.store.unreached import SHUT_OUT

if TYPE_CHECKING:
    from trainer_desk.services.store.engine import Store

LOG = logging.getLogger(__name__)

TRY_AGAIN = (0.5, 1.5)
"""Seconds until a lost database is tried again, by chance, so that not all workstations knock at one instant."""

PATIENCE = 2.0
"""Seconds that `close` waits for a look that is under way."""

EVERYTHING = Changes(everything=True)

OTHER_ACCOUNT = Changes(keys={"accounts": frozenset({""})})
"""What makes a window look again who works here: a server that tells a login nothing any more has disabled it."""


class Line(Protocol):
    """One connection that stays open, and how it hears of commits."""

    position: str

    def changed(self, seen: str) -> tuple[str, list[ChangedRow] | None]:
        """Return the position now and what was committed since `seen`; None when nobody can tell."""

    def wait(self) -> bool:
        """Wait for a hint, a while at most; return whether to look."""

    def close(self) -> None:
        """Let the connection go."""


class Feed:
    """Calls `told(Changes)` for what others committed, `lost()` and `found()` as the database goes and comes back.

    All three are called on the feed's own thread. After `found` everything counts as changed.
    """

    def __init__(
        self,
        store: "Store",
        told: Callable[[Changes], object],
        lost: Callable[[], object] = lambda: None,
        found: Callable[[], object] = lambda: None,
    ) -> None:
        self._store, self._told, self._lost, self._found = store, told, lost, found
        self._bell = Bell()
        self._is_lost = False
        self._thread = threading.Thread(target=self._run, name="feed", daemon=True)

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def close(self) -> bool:
        """Stop listening, and wait a moment for a look that is under way; return whether it ended."""
        self._bell.ring()
        if self._thread.ident is not None:
            self._thread.join(PATIENCE)
        has_ended = not self._thread.is_alive()
        if has_ended:
            self._bell.close()
        return has_ended

    def _run(self) -> None:
        seen = self._store.position
        while not self._bell.is_rung:
            try:
                with closing(open_line(self._store, self._bell)) as line:
                    self._begin(line, seen)
            except (DeskError, SQLAlchemyError, OSError) as trouble:
                self._note_loss(trouble)
            seen = None
            self._bell.wait(random.uniform(*TRY_AGAIN))

    def _begin(self, line: Line, seen: str | None) -> None:
        """Go on from where the store was opened; after a loss nobody knows what was shown, so all is read again."""
        if self._is_lost:
            self._is_lost = False
            LOG.info("the database is there again")
            self._store.start_anew()
            self._found()
        if seen is None:
            seen = line.position
            self._told(EVERYTHING)
        self._follow(line, seen)

    def _follow(self, line: Line, seen: str) -> None:
        is_due = True
        while not self._bell.is_rung:
            if is_due:
                seen, rows = line.changed(seen)
                self._tell(EVERYTHING if rows is None else gathered(rows, self._store.own.has))
            is_due = line.wait()

    def _tell(self, changes: Changes) -> None:
        if not (changes.everything or changes.keys):
            return
        if changes.touch("accounts"):
            self._store.forget_roles()
        self._told(changes)

    def _note_loss(self, trouble: Exception) -> None:
        if self._is_lost:
            return
        self._is_lost = True
        LOG.warning("the database is lost: %s", trouble)
        if isinstance(trouble, DeskError) and trouble.facts.get("why") in SHUT_OUT:
            self._store.forget_roles()
            self._told(OTHER_ACCOUNT)
        else:
            self._lost()


def position_of(db: Connection) -> str:
    """Return how far the journal goes now, in words that only a feed understands."""
    if is_sqlite(db):
        return file_position(db)
    # Here and not above: a file needs no driver of a server, and a start is quicker without it.
    from trainer_desk.services.store.feed_server import server_position  # noqa: PLC0415

    return server_position(db)


def open_line(store: "Store", bell: Bell) -> Line:
    """Return a line to the database of a store; raises DatabaseTrouble when there is none."""
    with ExitStack() as on_trouble:
        connection = on_trouble.enter_context(closing(store.line()))
        line = _line(store, connection, bell)
        on_trouble.pop_all()
    return line


def _line(store: "Store", connection: Connection, bell: Bell) -> Line:
    if store.is_file:
        return FileLine(connection, path_of(store.url), bell)
    from trainer_desk.services.store.feed_server import ServerLine  # noqa: PLC0415

    return ServerLine(connection, bell)


def gathered(rows: Iterable[ChangedRow], is_own: Callable[[int], bool]) -> Changes:
    """Return what others touched: row by row, or everything where that would be too much to tell."""
    keys: dict[str, set[str]] = defaultdict(set)
    counts: dict[int, int] = defaultdict(int)
    for row in _of_others(rows, is_own):
        keys[row.table].add(row.key)
        counts[row.change_id] += 1
    if len(counts) > ONE_BY_ONE or any(count > MOST_ROWS for count in counts.values()):
        return EVERYTHING
    return Changes(keys={table: frozenset(found) for table, found in keys.items()})


def _of_others(rows: Iterable[ChangedRow], is_own: Callable[[int], bool]) -> Iterator[ChangedRow]:
    return (row for row in rows if not is_own(row.change_id))
