"""Real processes with a database connection each, which do something at one and the same instant."""

import contextlib
import datetime as dt
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection as Pipe
from multiprocessing.synchronize import Barrier
from typing import Any, TypeAlias
from unittest import mock

from sqlalchemy.orm import Session

from tests.factories import make_course
from trainer_desk.services.errors import DeskError, Refused
from trainer_desk.services.planning import checking, claims, drafts, lifecycle, locking, publishing
from trainer_desk.services.store.engine import Store, open_store

CONTEXT = get_context("forkserver")
LOADED = (
    "workstations",
    "bulk_deeds",
    "completion_deeds",
    "edit_deeds",
    "request_deeds",
    "seat_deeds",
    "crash_scenes",
    "seat_storm",
)
CONTEXT.set_forkserver_preload([*(f"tests.faults.{name}" for name in LOADED), "psycopg"])
SECONDS = 60

Fault: TypeAlias = Callable[[Barrier], AbstractContextManager[Any]]
"""Breaks the program of one process while it is entered; the barrier is that of all workstations."""


@dataclass(frozen=True)
class Task:
    """What one workstation does: a deed, its arguments, and a fault that is planted in its program."""

    url: str
    deed: Callable[..., "Answer"]
    arguments: tuple[Any, ...] = ()
    fault: Fault | None = None


@dataclass(frozen=True)
class Answer:
    """What came of it: None as `code` is success; `named` are the sessions that the findings name."""

    code: str | None = None
    named: tuple[str, ...] = ()
    findings: int = 0
    facts: dict[str, str] = field(default_factory=dict)
    log: tuple[str, ...] = ()


class Workstations:
    """As many processes as asked for; they are started once and do one task after the other."""

    def __init__(self, count: int) -> None:
        self.barrier = CONTEXT.Barrier(count)
        self.pipes: list[Pipe] = []
        self.processes = []
        for _ in range(count):
            ours, theirs = CONTEXT.Pipe()
            process = CONTEXT.Process(target=work, args=(theirs, self.barrier), daemon=True)
            process.start()
            theirs.close()
            self.pipes.append(ours)
            self.processes.append(process)

    def do(self, tasks: Sequence[Task]) -> list[Answer]:
        """Have every workstation do its task, all from the same instant on; what crashes there is raised here."""
        self.barrier.reset()
        for pipe, task in zip(self.pipes, tasks, strict=True):
            pipe.send(task)
        answers = []
        for pipe in self.pipes:
            assert pipe.poll(SECONDS), "a workstation does not answer"
            answers.append(pipe.recv())
        crashes = [answer for answer in answers if isinstance(answer, str)]
        assert not crashes, crashes
        return answers

    def close(self) -> None:
        """Send everybody home."""
        for pipe in self.pipes:
            pipe.send(None)
        for process in self.processes:
            process.join(SECONDS)


def work(pipe: Pipe, barrier: Barrier) -> None:
    """Do tasks until there is none."""
    while (task := pipe.recv()) is not None:
        try:
            store = open_store(task.url)
        except DeskError as error:
            barrier.abort()
            pipe.send(f"not opened: {error!r}")
            continue
        try:
            store.read(lambda db: db.exec_driver_sql("SELECT 1").scalar())
            with task.fault(barrier) if task.fault else contextlib.nullcontext():
                barrier.wait(SECONDS)
                pipe.send(task.deed(store, *task.arguments))
        except Exception as error:  # noqa: BLE001 - whatever it is, the test must see it
            barrier.abort()
            pipe.send(f"{type(error).__name__}: {error}")
        finally:
            store.close()


# ---- deeds ---------------------------------------------------------------------------------------------------------


def publish(store: Store, session: int) -> Answer:
    return told(lambda: store.write("Publish", publishing.publish, session))


def edit(store: Store, session: int, fields: dict[str, Any], version: int | None) -> Answer:
    return told(lambda: store.write("Edit", drafts.edit_session, session, fields, version=version))


def submit(store: Store, key: str) -> Answer:
    """Make a course under a key; the log says whether that was done already."""

    def add(db: Session, *, actor: str, now: dt.datetime) -> int:
        return make_course(db)

    written = store.write("Submit", add, key=key)
    said = "was done" if written.was_done else "did it"
    return Answer(facts={"change": str(written.changes.change_id)}, log=(said,))


def storm(store: Store, seed: int, sessions: Sequence[int], times: Sequence[Any], rounds: int) -> Answer:
    """Publish, move, unpublish and cancel at random; the log holds what was refused, by code."""
    chance = random.Random(seed)
    log = []
    for _ in range(rounds):
        session, (starts_at, ends_at) = chance.choice(sessions), chance.choice(times)
        verb: Callable[..., Any] = chance.choice(
            [publishing.publish, publishing.publish, drafts.edit_session, lifecycle.unpublish, lifecycle.cancel,
             lifecycle.reinstate]
        )  # fmt: skip
        words: dict[Any, tuple[Any, ...]] = {
            drafts.edit_session: ({"starts_at": starts_at, "ends_at": ends_at},),
            lifecycle.cancel: ("Storm",),
        }
        answer = told(lambda v=verb, s=session, w=words: store.write("Storm", v, s, *w.get(v, ())))  # type: ignore[misc]
        if answer.code is not None:
            log.append(f"{answer.code}/{answer.findings}")
    return Answer(log=tuple(log))


def told(act: Callable[[], Any]) -> Answer:
    """Act, and put a refusal into an answer that crosses a process."""
    try:
        act()
    except Refused as error:
        named = tuple(ref for finding in error.findings for ref in finding.clashes_with)
        return Answer(error.code, named, len(error.findings))
    except DeskError as error:
        return Answer(error.code, facts={name: str(value) for name, value in error.facts.items()})
    return Answer()


# ---- planted faults ------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def no_locks(barrier: Barrier) -> Iterator[None]:
    """Have nobody lock, before all write at once."""
    take = claims.take
    waits = iter([True])

    def take_together(*arguments: Any) -> None:
        if next(waits, False):
            barrier.wait(SECONDS)
        take(*arguments)

    with (
        mock.patch.object(locking, "lock_resources", return_value=None),
        mock.patch.object(claims, "take", take_together),
    ):
        yield


def no_checks(_barrier: Barrier) -> AbstractContextManager[Any]:
    """Have nobody look before writing."""
    return mock.patch.object(checking, "problems", return_value=[])
