"""What an import keeps while it reads: keys, rows and remarks; of a long file nearly all lies in a file without a name.

Each holds its first thousands in memory, which is all that most files have.
"""

import pickle
import sqlite3
import weakref
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Generic, TypeVar, overload

T = TypeVar("T")

KEYS_IN_MEMORY = 50_000
ROWS_IN_MEMORY = 5_000
REMARKS_IN_MEMORY = 2_000
_BATCH = 1_000


def unnamed(owner: object) -> sqlite3.Connection:
    """Open a database that SQLite makes in some file and takes away again with its owner."""
    connection = sqlite3.connect("", isolation_level=None, check_same_thread=False)
    weakref.finalize(owner, connection.close)
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA cache_size = -8192")
    return connection


class SeenKeys:
    """The keys that stood in the rows so far, each with a number that its first row was given."""

    def __init__(self) -> None:
        self._first: dict[str, int] = {}
        self._rest: sqlite3.Connection | None = None

    def add(self, key: tuple[str, ...], number: int) -> int | None:
        """Note a key; return the number of the row that had it before, or None if it is new."""
        text = _as_text(key)
        known = self._first.get(text)
        if known is not None:
            return known
        if len(self._first) < KEYS_IN_MEMORY:
            self._first[text] = number
            return None
        if self._rest is None:
            self._rest = unnamed(self)
            self._rest.execute("CREATE TABLE keys (key TEXT PRIMARY KEY, number INTEGER) WITHOUT ROWID")
            self._rest.execute("BEGIN")
        added = self._rest.execute("INSERT OR IGNORE INTO keys VALUES (?, ?)", (text, number)).rowcount
        return None if added == 1 else self._find(text)

    def __contains__(self, key: tuple[str, ...]) -> bool:
        text = _as_text(key)
        return text in self._first or self._find(text) is not None

    def _find(self, text: str) -> int | None:
        if self._rest is None:
            return None
        found = self._rest.execute("SELECT number FROM keys WHERE key = ?", (text,)).fetchone()
        return None if found is None else int(found[0])


def _as_text(key: tuple[str, ...]) -> str:
    """Return a key as one text, which takes half the memory: a single part itself, or several with their lengths.

    Keys are noted before they are proven, so that there is no sign which could part them.
    """
    if len(key) == 1:
        return str(key[0])
    return "".join([f"{len(text)}:{text}" for text in map(str, key)])


class Kept(Sequence[T], Generic[T]):
    """Things in the order in which they came; what goes beyond `in_memory` is packed away, some hundred at once.

    What is changed on a thing that was packed away is not kept.
    """

    def __init__(self, in_memory: int) -> None:
        self.in_memory = in_memory
        self._first: list[T] = []
        self._waiting: list[T] = []
        self._packed = 0
        self._rest: sqlite3.Connection | None = None

    def append(self, thing: T) -> None:
        """Add one at the end."""
        if len(self._first) < self.in_memory:
            self._first.append(thing)
            return
        self._waiting.append(thing)
        if len(self._waiting) == _BATCH:
            self._pack()

    def _pack(self) -> None:
        if self._rest is None:
            self._rest = unnamed(self)
            self._rest.execute("CREATE TABLE packs (place INTEGER PRIMARY KEY, things BLOB)")
            self._rest.execute("BEGIN")
        self._rest.execute("INSERT INTO packs VALUES (?, ?)", (self._packed, pickle.dumps(self._waiting, 5)))
        self._packed += len(self._waiting)
        self._waiting = []

    def __len__(self) -> int:
        return len(self._first) + self._packed + len(self._waiting)

    def __iter__(self) -> Iterator[T]:
        yield from self._first
        for place in range(0, self._packed, _BATCH):
            yield from self._unpacked(place)
        yield from self._waiting

    def _unpacked(self, place: int) -> list[T]:
        assert self._rest is not None, "nothing is packed away"
        [packed] = self._rest.execute("SELECT things FROM packs WHERE place = ?", (place,)).fetchone()
        things: list[T] = pickle.loads(packed)  # our own, of a file that nobody else can open
        return things

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> list[T]: ...
    def __getitem__(self, at: int | slice) -> T | list[T]:
        """Return one thing, or a list of some; those at the beginning are at hand."""
        if isinstance(at, slice):
            start, stop, stride = at.indices(len(self))
            if stop <= len(self._first):
                return self._first[at]
            wanted = range(start, stop, stride)
            return [thing for number, thing in enumerate(islice(self, max(start, stop))) if number in wanted]
        place = at + len(self) if at < 0 else at
        if not 0 <= place < len(self):
            raise IndexError(at)
        if place < len(self._first):
            return self._first[place]
        place -= len(self._first)
        if place >= self._packed:
            return self._waiting[place - self._packed]
        batch, within = divmod(place, _BATCH)
        return self._unpacked(batch * _BATCH)[within]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = object.__hash__


def in_order(things: Kept[T], key: Callable[[T], int]) -> Kept[T]:
    """Return the same things sorted by a number; those with the same one keep their order."""
    ordered: Kept[T] = Kept(things.in_memory)
    for thing in each_in_order(things, key):
        ordered.append(thing)
    return ordered


def each_in_order(things: Sequence[T], key: Callable[[T], int] | Callable[[T], str]) -> Iterator[T]:
    """Yield the things sorted by a number or a text; those with the same one keep their order."""
    if not isinstance(things, Kept) or len(things) <= things.in_memory:
        yield from sorted(things, key=key)
        return
    table = unnamed(things)
    table.execute("CREATE TABLE things (place INTEGER PRIMARY KEY, sorted_by, thing BLOB)")
    table.execute("BEGIN")
    packed = ((key(thing), pickle.dumps(thing, 5)) for thing in things)
    table.executemany("INSERT INTO things (sorted_by, thing) VALUES (?, ?)", packed)
    for (thing,) in table.execute("SELECT thing FROM things ORDER BY sorted_by, place"):
        yield pickle.loads(thing)  # our own, as above
    table.close()
