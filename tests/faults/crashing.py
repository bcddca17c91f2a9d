"""Does one operation in a process of its own that is killed at its k-th step: before or after a statement or COMMIT."""

import itertools
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

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

    for name in ("do_execute", "do_executemany"):
        _tell(name, step)
    _tell_commits(step)
    deed(Store(read_address(url), clock))


def _tell(name: str, step: Callable[[str, str], None]) -> None:
    """Tell of every statement where all of them pass, whoever wrote them: at the driver's door."""
    execute = getattr(DefaultDialect, name)

    def told(dialect: DefaultDialect, cursor: Any, statement: str, *values: Any) -> None:
        if statement.startswith(NOT_WORK):
            execute(dialect, cursor, statement, *values)
            return
        step("before", statement)
        execute(dialect, cursor, statement, *values)
        step("after", statement)

    setattr(DefaultDialect, name, told)


def _tell_commits(step: Callable[[str, str], None]) -> None:
    commit = DefaultDialect.do_commit

    def told(dialect: DefaultDialect, connection: Any) -> None:
        step("before", "COMMIT")
        commit(dialect, connection)
        step("after", "COMMIT")

    DefaultDialect.do_commit = told  # type: ignore[method-assign]
