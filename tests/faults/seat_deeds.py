"""What workstations do to seats at one instant, with other programs among them, with the locks off, or frozen."""

import contextlib
import os
import signal
from collections.abc import Callable, Iterator
from multiprocessing.synchronize import Barrier
from typing import Any
from unittest import mock

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.faults.workstations import SECONDS, Answer, told
from tests.services.store.clients import ENROLL, connected, until_told
from trainer_desk.services.errors import DeskError
from trainer_desk.services.rows.seats import Outcome
from trainer_desk.services.seats import scope, settling
from trainer_desk.services.seats.enrolling import withdraw
from trainer_desk.services.store import engines
from trainer_desk.services.store.engine import Store, open_store
from trainer_desk.services.store.prepared import Prepared

NO_LOCK = Prepared(sa.select(sa.literal(1)))


def change(store: Store, verb: Callable[..., Any], *words: Any) -> Answer:
    """Carry out a verb; the log says what became of each person."""
    log: list[str] = []

    def act() -> None:
        value = store.write("Race", verb, *words).value
        outcomes: list[Outcome] = value if isinstance(value, list) else []
        log.extend(outcome.outcome if outcome.outcome != "refused" else str(outcome.code) for outcome in outcomes)

    answer = told(act)
    return Answer(answer.code, answer.named, answer.findings, answer.facts, tuple(log))


def enroll_by_driver(store: Store, level: str, session: int, person: int) -> Answer:
    """Enroll as a program of somebody else would, at an isolation level; the log says what refused it."""
    with connected(store, level) as client:
        return Answer(log=(until_told(client, [ENROLL.format(session=session, person=person)]),))


def freeze(url: str, session: int, person: int, idle: str, log: str) -> None:
    """Stand still in the middle of a transaction that has a session, and then go on as if nothing had happened."""

    def withdraw_and_freeze(db: Session, *words: Any, **more: Any) -> None:
        withdraw(db, *words, **more)
        os.kill(os.getpid(), signal.SIGSTOP)

    options = engines.SERVER_OPTIONS + f" -c idle_in_transaction_session_timeout={idle}"
    out = os.open(log, os.O_CREAT | os.O_WRONLY)
    with mock.patch.object(engines, "SERVER_OPTIONS", options), contextlib.closing(open_store(url)) as store:
        try:
            with store.writing("Freeze") as unit:
                withdraw_and_freeze(unit.db, session, person, actor=unit.actor, now=unit.now)
        except DeskError as error:
            os.write(out, error.code.encode())
        else:
            os.write(out, b"done")


@contextlib.contextmanager
def no_seat_locks(barrier: Barrier) -> Iterator[None]:
    """Have nobody lock, and all look at the seats before anybody goes on."""
    look = settling.look
    waits = iter([True])

    def look_together(*words: Any, **more: Any) -> Any:
        fates = look(*words, **more)
        if next(waits, False):
            barrier.wait(SECONDS)
        return fates

    with mock.patch.object(scope, "LOCK", NO_LOCK), mock.patch.object(settling, "look", look_together):
        yield
