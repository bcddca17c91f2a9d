"""Processes that all want a seat at once: the product, the best bare statement, and a control that locks nothing."""

import fcntl
import logging
import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import psycopg

from trainer_desk.services.errors import NotFound
from trainer_desk.services.seats.enrolling import enroll, turned_away
from trainer_desk.services.store.engine import open_store
from trainer_desk.services.store.engines import PRAGMAS

CONTEXT = get_context("forkserver")
SECONDS = 240
STAMP = "2026-06-01T08:00:00Z"

SEAT = (
    "INSERT INTO enrollments (session_id, person_id, state, enrolled_at, enrolled_by, created_at, updated_at)"
    " SELECT s.id, ?, 'confirmed', ?, 'floor', ?, ? FROM {} s"
    " WHERE NOT EXISTS (SELECT 1 FROM enrollments e WHERE e.session_id = s.id AND e.person_id = ?)"
    " ON CONFLICT DO NOTHING RETURNING id"
)
ON_SERVER = (
    "WITH s AS (SELECT id FROM sessions WHERE id = ? AND seats_taken < capacity FOR NO KEY UPDATE) " + SEAT.format("s")
)
IN_FILE = SEAT.format("(SELECT id FROM sessions WHERE id = ? AND seats_taken < capacity)")
COUNTED = "SELECT count(*) FROM control WHERE session_id = ?"
TAKEN = "INSERT INTO control (session_id, person_id) VALUES (?, ?)"


@dataclass(frozen=True)
class Work:
    """What one process does: so many attempts by one contender, each for one of the people and one of the sessions."""

    address: str
    contender: str
    sessions: tuple[int, ...]
    people: tuple[int, ...]
    attempts: int
    seed: int


@dataclass(frozen=True)
class Result:
    """When it began and ended (seconds of one clock), how many seats it got, and how long each attempt took."""

    begun: float
    ended: float
    seats: int
    seconds: list[float]


class Field:
    """So many processes, started once: each does one work after the other, all beginning at the same instant."""

    def __init__(self, count: int) -> None:
        self._barrier = CONTEXT.Barrier(count)
        self._pipes = []
        for _ in range(count):
            ours, theirs = CONTEXT.Pipe()
            CONTEXT.Process(target=_run, args=(self._barrier, theirs), daemon=True).start()
            self._pipes.append(ours)

    def race(self, works: list[Work]) -> list[Result]:
        """Let each process do one work, and return what came of each."""
        for pipe, work in zip(self._pipes, works, strict=True):
            pipe.send(work)
        answers = [pipe.recv() for pipe in self._pipes]
        crashed = [answer for answer in answers if isinstance(answer, str)]
        if crashed:
            raise RuntimeError(crashed[0])
        return answers

    def close(self) -> None:
        """Send everybody home."""
        for pipe in self._pipes:
            pipe.send(None)


def _run(barrier: Any, pipe: Any) -> None:
    logging.getLogger("trainer_desk").setLevel(logging.ERROR)
    while (work := pipe.recv()) is not None:
        chance = random.Random(work.seed)
        wishes = [(chance.choice(work.sessions), chance.choice(work.people)) for _ in range(work.attempts)]
        try:
            with CONTENDERS[work.contender](work.address) as attempt:
                attempt(NOWHERE, work.people[0])
                barrier.wait(SECONDS)
                pipe.send(_attempts(attempt, wishes))
        except Exception as error:  # noqa: BLE001 - the parent must hear of it, or it waits for ever
            barrier.abort()
            pipe.send(f"{work.contender}: {error!r}")


def _attempts(attempt: Callable[[int, int], bool], wishes: list[tuple[int, int]]) -> Result:
    seats, seconds, begun = 0, [], time.perf_counter()
    for session, person in wishes:
        since = time.perf_counter()
        seats += attempt(session, person)
        seconds.append(time.perf_counter() - since)
    return Result(begun, time.perf_counter(), seats, seconds)


@contextmanager
def _ours(address: str) -> Iterator[Callable[[int, int], bool]]:
    store = open_store(address)

    def attempt(session: int, person: int) -> bool:
        try:
            (outcome,) = store.write("Enroll", enroll, session, [person], first=turned_away).value or ()
        except NotFound:
            return False
        return outcome.outcome == "enrolled"

    yield attempt
    store.close()


@contextmanager
def _floor(address: str) -> Iterator[Callable[[int, int], bool]]:
    """On a server one statement with its own commit; in a file the same inside a queue that a lock file keeps."""
    if address.startswith("postgresql"):
        with _server(address) as server:
            statement = ON_SERVER.replace("?", "%s")
            yield lambda session, person: bool(
                server.execute(statement, [session, person, STAMP, STAMP, STAMP, person]).fetchall()
            )
        return
    file, lock = _file(address), Path(f"{address}.queue").open("w")  # noqa: SIM115 - open as long as the race lasts

    def attempt(session: int, person: int) -> bool:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            file.execute("BEGIN IMMEDIATE")
            got = file.execute(IN_FILE, [person, STAMP, STAMP, STAMP, session, person]).fetchall()
            file.execute("COMMIT")
        finally:
            fcntl.flock(lock, fcntl.LOCK_UN)
        return bool(got)

    yield attempt
    file.close()
    lock.close()


@contextmanager
def _control(address: str) -> Iterator[Callable[[int, int], bool]]:
    """Count, then write, in a table without counters and without a lock: it must oversell, or the race is none."""
    is_server = address.startswith("postgresql")
    driver: Any = _server(address) if is_server else _file(address)
    mark = "%s" if is_server else "?"

    def attempt(session: int, person: int) -> bool:
        (taken,) = driver.execute(COUNTED.replace("?", mark), [session]).fetchone()
        if taken >= SEATS:
            return False
        driver.execute(TAKEN.replace("?", mark), [session, person])
        return True

    yield attempt
    driver.close()


SEATS = 12
"""Of each session."""

NOWHERE = 0
"""A session that does not exist: everybody's first attempt is for nothing, and warms up for the race."""

CONTENDERS = {"ours": _ours, "floor": _floor, "control": _control}


def _file(address: str) -> sqlite3.Connection:
    file = sqlite3.connect(address, isolation_level=None, timeout=30)
    for pragma in PRAGMAS:
        file.execute(f"PRAGMA {pragma}")
    return file


def _server(address: str) -> psycopg.Connection[Any]:
    return psycopg.connect(address.replace("+psycopg", ""), autocommit=True)
