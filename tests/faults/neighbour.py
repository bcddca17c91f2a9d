"""Another workstation: a process of its own that opens the same database and does what it is told."""

import datetime as dt
from collections.abc import Callable
from multiprocessing.connection import Connection as Pipe
from typing import Any

from tests.faults.workstations import CONTEXT, SECONDS
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.orchestration.scheduling import edit_session
from trainer_desk.services.store.engine import Store, open_store


class Neighbour:
    """Started once, it can open one database after the other."""

    def __init__(self) -> None:
        self._pipe, theirs = CONTEXT.Pipe()
        self._process = CONTEXT.Process(target=live, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()

    def open(self, url: str, now: dt.datetime) -> None:
        """Open a database at an instant (UTC)."""
        self._ask(_open, url, now)

    def write(self, verb: Callable[..., Any], *words: Any, **named: Any) -> None:
        """Do a verb there, as whoever works on that computer."""
        self._ask(_write, verb, words, named)

    def edit(self, session: int, **fields: Any) -> None:
        """Change fields of a session."""
        self.write(edit_session, session, fields)

    def leave(self) -> None:
        """Close the database."""
        self._ask(_close)

    def close(self) -> None:
        """Send it home."""
        self._pipe.send(None)
        self._process.join(SECONDS)

    def _ask(self, act: Callable[..., Any], *words: Any) -> None:
        self._pipe.send((act, words))
        assert self._pipe.poll(SECONDS), "the neighbour does not answer"
        trouble = self._pipe.recv()
        assert trouble is None, trouble


def live(pipe: Pipe) -> None:
    """Do one thing after the other until there is none."""
    stores: list[Store] = []
    while (task := pipe.recv()) is not None:
        act, words = task
        try:
            act(stores, *words)
            pipe.send(None)
        except Exception as error:  # noqa: BLE001 - whatever it is, the test must see it
            pipe.send(repr(error))


def _open(stores: list[Store], url: str, now: dt.datetime) -> None:
    stores.append(open_store(url, clock=FixedClock(now)))


def _write(stores: list[Store], verb: Callable[..., Any], words: tuple[Any, ...], named: dict[str, Any]) -> None:
    stores[-1].write("Meanwhile", verb, *words, **named)


def _close(stores: list[Store]) -> None:
    stores.pop().close()
