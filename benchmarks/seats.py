"""Goal: many workstations want the same seats at once, against the best bare statement on the same tables (K3)."""

import datetime as dt
import statistics
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from benchmarks.measure import Line
from benchmarks.place import Place
from benchmarks.seat_race import SEATS, Field, Result, Work
from tests.factories import make_course, make_people, make_scheduled, make_trainer, make_venue, prepared
from tests.postgres_server import drop_postgres_database, make_postgres_database, url_of
from trainer_desk.services.store.engine import Store, create_store

CLIENTS = {"postgresql": 32, "sqlite": 8}
ATTEMPTS = {"postgresql": 60, "sqlite": 150}
MANY = 100
PEOPLE = 2_000
ROUNDS = 3
SLOWEST = 1_000
"""Milliseconds that 99 of 100 attempts must stay under."""


@dataclass(frozen=True)
class Heat:
    """One contender in one round: milliseconds between two answers, the slowest of a hundred, and seats oversold."""

    each: float
    slowest: float
    oversold: int


def lines(place: Place) -> Iterator[Line]:
    """Yield 32 processes on a server, 8 on a file: all at one session of 12 seats, and at a hundred of them."""
    with _organisation(place) as store, closing(Field(CLIENTS[place.dialect])) as field:
        for name, sessions in ((f"enroll, one session of {SEATS} seats", 1), (f"enroll, {MANY} such sessions", MANY)):
            ours, floor, control = zip(
                *(_round(field, store, place, sessions, turn) for turn in range(ROUNDS)), strict=True
            )
            each = [statistics.median(heat.each for heat in heats) for heats in (ours, floor)]
            ratio = statistics.median(own.each / bare.each for own, bare in zip(ours, floor, strict=True))
            oversold = [sum(heat.oversold for heat in heats) for heats in (ours, floor, control)]
            told = f"bare statement, same triggers; oversold {oversold[0]}, bare {oversold[1]}, no lock {oversold[2]}"
            yield Line(name, place.dialect, *each, ratio, 2, floor_is=told)
            slowest = max(heat.slowest for heat in ours)
            yield Line(
                f"{name}, slowest of 100", place.dialect, slowest, SLOWEST, slowest / SLOWEST, 1, floor_is="a second"
            )


def _round(field: Field, store: Store, place: Place, count: int, turn: int) -> tuple[Heat, ...]:
    """Let the contenders race one after the other, each for sessions of its own."""
    heats = []
    for contender in ("ours", "floor", "control"):
        sessions, people = _sessions(store, count)
        clients = CLIENTS[place.dialect]
        works = [
            Work(_address(store), contender, sessions, people, ATTEMPTS[place.dialect], turn * clients + number)
            for number in range(clients)
        ]
        heats.append(_heat(store, contender, sessions, field.race(works)))
    return tuple(heats)


def _heat(store: Store, contender: str, sessions: tuple[int, ...], results: list[Result]) -> Heat:
    took = max(result.ended for result in results) - min(result.begun for result in results)
    seconds = sorted(second for result in results for second in result.seconds)
    table, state = ("control", "1 = 1") if contender == "control" else ("enrollments", "state = 'confirmed'")
    query = f"SELECT count(*) FROM {table} WHERE {state} AND session_id IN :ids GROUP BY session_id"
    with store.reading() as db:
        taken = db.execute(sa.text(query).bindparams(sa.bindparam("ids", sessions, expanding=True))).scalars()
        oversold = sum(max(0, seats - SEATS) for seats in taken)
    return Heat(took * 1000 / len(seconds), seconds[len(seconds) * 99 // 100] * 1000, oversold)


def _sessions(store: Store, count: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    coming = dt.datetime.now(dt.UTC).replace(microsecond=0) + dt.timedelta(days=30)
    with prepared(store) as db:
        course = make_course(db)
        trainer, venue = make_trainer(db, courses=[course]), make_venue(db)
        made = [
            make_scheduled(
                db,
                course=course,
                trainer=trainer,
                venue=venue,
                starts_at=coming + dt.timedelta(hours=2 * number),
                capacity=SEATS,
            )
            for number in range(count)
        ]
        people = sorted(db.execute(sa.text("SELECT id FROM people")).scalars())
        db.execute(sa.text("ANALYZE"))
    return tuple(made), tuple(people)


def _address(store: Store) -> str:
    return str(store.url.database) if store.is_file else store.url.render_as_string(hide_password=False)


@contextmanager
def _organisation(place: Place) -> Iterator[Store]:
    """Make a fresh organisation of its own, beside the scale database."""
    with tempfile.TemporaryDirectory() as folder:
        address, name = str(Path(folder) / "seats.desk"), f"seats_{uuid.uuid4().hex}"
        if not place.is_file:
            make_postgres_database(place.address, name, "template0")
            address = url_of(place.address, name)
        store = create_store(address)
        with prepared(store) as db:
            make_people(db, PEOPLE)
            db.execute(sa.text("CREATE TABLE control (session_id INTEGER NOT NULL, person_id INTEGER NOT NULL)"))
        yield store
        store.close()
        if not place.is_file:
            drop_postgres_database(place.address, name)
