"""The texts that the cells of a workbook share, kept on disk: a million rows may have millions of them."""

import sqlite3
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain

MOST_IN_MEMORY = 50_000
_AT_ONCE = 256
_CACHED_PAGES = 32


class SharedTexts:
    """A list of texts to look up by number; what goes beyond some ten thousand lies in a file without a name."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._first: list[str] = []
        waiting = iter(texts)
        for text in waiting:
            self._first.append(text)
            if len(self._first) == MOST_IN_MEMORY:
                break
        self._rest: sqlite3.Connection | None = None
        following = next(waiting, None)
        if following is not None:
            self._spill(chain([following], waiting))
        self._page = lru_cache(_CACHED_PAGES)(self._read_page)

    def _spill(self, texts: Iterable[str]) -> None:
        # An empty name is SQLite's for a file that it makes somewhere, and takes away when it is closed.
        self._rest = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._rest.execute("CREATE TABLE texts (place INTEGER PRIMARY KEY, text TEXT)")
        self._rest.execute("BEGIN")
        numbered = enumerate(texts, start=MOST_IN_MEMORY)
        self._rest.executemany("INSERT INTO texts VALUES (?, ?)", numbered)
        self._rest.execute("COMMIT")

    def _read_page(self, page: int) -> list[str]:
        if self._rest is None:
            return []
        query = "SELECT text FROM texts WHERE place BETWEEN ? AND ? ORDER BY place"
        start = MOST_IN_MEMORY + page * _AT_ONCE
        return [text for (text,) in self._rest.execute(query, (start, start + _AT_ONCE - 1))]

    def text(self, place: int) -> str:
        """Return the text with this number. Raises IndexError if there is none."""
        if place < 0:
            raise IndexError(place)
        if place < len(self._first):
            return self._first[place]
        page, at = divmod(place - MOST_IN_MEMORY, _AT_ONCE)
        return self._page(page)[at] if page >= 0 else self._first[place]

    def close(self) -> None:
        """Let the file go."""
        self._page.cache_clear()
        if self._rest is not None:
            self._rest.close()
