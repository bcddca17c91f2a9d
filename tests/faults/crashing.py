"""Does one operation in a process of its own that is killed at its k-th step: before or after a statement or COMMIT."""

import itertools
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine.default import DefaultDialect

from tests.faults.nursery import Nursery
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.store.address import read_address
from trainer_desk.services.store.engine import Store

WORDS = 60
COMMITTED = "after COMMIT"
NOT_WORK = ("PRAGMA",)
"""Statements that only prepare a connection."""

Deed = Callable[[Store], object]


@dataclass(frozen=True)
class Crash:
    """How far a client came: its steps in order, and whether it was killed or came to its end."""

    steps: tuple[str, ...]
    is_over: bool

    @property
    def commits(self) -> int:
        return self.steps.count(COMMITTED)

    def __str__(self) -> str:
        return f"killed at step {len(self.steps)}: {self.steps[-1]}"


def crash(nursery: Nursery, url: str, clock: FixedClock, deed: Deed, last: int) -> Crash:
    """Have a forked client do the deed and kill itself at its step `last`, from 1 on; 0 lets it come to its end."""
    log = nursery.folder / "steps.txt"
    log.unlink(missing_ok=True)
    code = nursery.wait(nursery.start(do_until, url, clock, deed, last, str(log)))
    assert code in (0, -signal.SIGKILL), code
    return Crash(tuple(log.read_text().splitlines()), is_over=code == 0)


def do_until(url: str, clock: FixedClock, deed: Deed, last: int, log: str) -> None:
    """Do the deed, telling each step before it counts, up to the one that is the last."""
    out = os.open(log, os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    steps = itertools.count(1)

    def step(when: str, what: str) -> None:
        os.write(out, f"{when} {' '.join(what.split())[:WORDS]}\n".encode())
        if next(steps) == last:
            os.kill(os.getpid(), signal.SIGKILL)

    for when in ("before", "after"):
        event.listen(Engine, f"{when}_cursor_execute", _told(step, when))
    _tell_commits(step)
    deed(Store(read_address(url), clock))


def _told(step: Callable[[str, str], None], when: str) -> Callable[..., None]:
    def executed(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(NOT_WORK):
            step(when, statement)

    return executed


def _tell_commits(step: Callable[[str, str], None]) -> None:
    commit = DefaultDialect.do_commit

    def told(dialect: DefaultDialect, connection: Any) -> None:
        step("before", "COMMIT")
        commit(dialect, connection)
        step("after", "COMMIT")

    DefaultDialect.do_commit = told  # type: ignore[method-assign]
