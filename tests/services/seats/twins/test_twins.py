"""What a server's functions decide about places is what the program decides: same answers, same rows (K3, K5, K13).

Every deed is done twice from the same state of one transaction, which is never committed: by the program, and by the
function that a login calls.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from tests.databases import StoreFactory, postgres_organisation
from tests.postgres_server import Run
from tests.services.seats.twins.organisations import (
    HOUR,
    LOGINS,
    NOW,
    PEOPLE,
    SESSIONS,
    TRAINER,
    Ids,
    furnish,
    planned,
)
from trainer_desk.services.errors import DeskError, NotAllowed, NotFound, WrongState
from trainer_desk.services.orchestration import attending, signing_up
from trainer_desk.services.rows.seats import Settled
from trainer_desk.services.seats import settling
from trainer_desk.services.store.engine import Store
from trainer_desk.services.store.gate import goes_through_gate, through_gate
from trainer_desk.services.store.trouble import translated

TABLES = (
    "enrollments", "sessions", "runs", "run_seats", "seat_holds", "group_members", "presences", "tellings", "notices",
    "change_rows",
)  # fmt: skip
OWN = ("sign_up", "join_waitlist", "cancel_sign_up", "accept_own_offer", "decline_own_offer")
OTHERS = ("walk_in", "walk_in", "admit", "settle_due", "settle_stuck")
SUITS = {
    "confirmed": ("cancel_sign_up", "cancel_sign_up", "sign_up", "admit"),
    "offered": ("accept_own_offer", "decline_own_offer", "admit", "cancel_sign_up"),
    "waitlisted": ("cancel_sign_up", "admit", "join_waitlist", "cancel_sign_up"),
    "withdrawn": ("sign_up", "join_waitlist", "walk_in", "admit"),
}
"""What somebody may well do who stands like that in a session."""

Deed = tuple[str, int, list[int], int, bool]
"""Which deed, where, of whom, so many hours later, and whether the trainer is another session's."""


def deed_of(rnd: Random, places: list[tuple[int, int, str, int]]) -> Deed:
    """Draw a deed: half of them concern a place that was planned."""
    session, people = rnd.randrange(SESSIONS), [rnd.randrange(PEOPLE) for _ in range(rnd.randint(1, 3))]
    name = rnd.choice([*OWN, *OTHERS])
    if rnd.random() < 0.5:
        session, person, state, _ = rnd.choice(places)
        name, people = rnd.choice(SUITS[state]), [person, *people]
    return name, session, people, rnd.choice([0, 0, 1, 7]), rnd.random() < 0.1


@pytest.fixture(scope="module")
def office(run: Run, postgres_server: str) -> Iterator[Store]:
    """Give an empty organisation on a server that knows the logins of these tests."""
    with postgres_organisation(run, postgres_server) as url:
        factory = StoreFactory(url)
        store = factory()
        with store.reading() as db:
            for login in (*LOGINS, TRAINER):
                known = db.execute(sa.text("SELECT 1 FROM pg_roles WHERE rolname = :login"), {"login": login}).first()
                if known is None:
                    db.exec_driver_sql(f"CREATE ROLE {login} SUPERUSER")
        yield store
        factory.close()


class Twins:
    """One organisation in an open transaction, and what is done there by the program and by the server."""

    def __init__(self, db: DbSession, plan: dict[str, Any], patch: pytest.MonkeyPatch) -> None:
        self.db, self.patch, self.now = db, patch, NOW
        self.ids: Ids = furnish(db, plan)

    def take(self, deed: Deed, beginning: int) -> None:
        """Do a deed twice from the same state, and leave it done by the server."""
        name, session, people, hours, elsewhere = deed
        self.now += hours * HOUR
        self._turn_clock()
        where, who = self.ids.sessions[session], [self.ids.people[person] for person in people]
        if name in OWN:
            login, verb, words = LOGINS[people[0]], getattr(signing_up, name), [where]
        elif name in ("walk_in", "admit"):
            login, verb = TRAINER, getattr(attending, name)
            words = [where, who if name == "walk_in" else who[0]]
            self._teach(self.ids.trainers[session if not elsewhere else (session + 1) % SESSIONS])
        else:
            login, verb, words = TRAINER, getattr(settling, name), []
        server = verb if name != "settle_stuck" else lambda db, **_: through_gate(db, "settle_stuck_now")
        by_program = self._outcome(login, verb, words, lambda _db: False, kept=False)
        by_server = self._outcome(login, server, words, goes_through_gate, kept=True)
        assert not (wrong := differences(by_program, by_server)), f"{beginning}: {deed}: {wrong}"

    def _outcome(
        self, login: str, verb: Callable[..., Any], words: list[Any], gate: Callable[..., bool], *, kept: bool
    ) -> tuple[Any, list[Any]]:
        """Return what a deed answers or refuses, and the rows that are there after it."""
        for module in (signing_up, attending, settling):
            self.patch.setattr(module, "goes_through_gate", gate)
        answer: Any
        nested = self.db.begin_nested()
        self.db.execute(sa.text(f"SET LOCAL SESSION AUTHORIZATION {login}"))
        try:
            with translated():
                answer = verb(self.db, *words, actor=login, now=self.now)
        except DeskError as refusal:
            nested.rollback()
            facts = {name: str(fact) for name, fact in refusal.facts.items() if name not in ("detail", "key")}
            return (type(refusal), refusal.code, refusal.findings, facts), []
        self.db.execute(sa.text("RESET SESSION AUTHORIZATION"))
        rows = self._rows()
        if kept:
            nested.commit()
        else:
            nested.rollback()
        return (None if answer is None or isinstance(answer, int | Settled) else answer), rows

    def _rows(self) -> list[Any]:
        """Return all rows without ids, which are given out anew each time, in an order of their own."""
        found: list[Any] = []
        for table in TABLES:
            drawn = "- ARRAY['id', 'pk', 'enrollment_id', 'change_id', 'updated_at', 'created_at', 'at']"
            text = f"SELECT to_jsonb(t) {drawn} || jsonb_build_object('table', '{table}') FROM {table} t"
            found += [_plain(row) for row in self.db.execute(sa.text(text)).scalars()]
        return sorted(found, key=repr)

    def _turn_clock(self) -> None:
        text = f"SELECT ''{self.now.isoformat()}''::timestamptz"
        self.db.execute(
            sa.text(
                "DO $do$ BEGIN EXECUTE 'CREATE OR REPLACE FUNCTION gate_now() RETURNS timestamptz LANGUAGE sql"
                f" SECURITY DEFINER AS $$ {text} $$'; END $do$"
            )
        )

    def _teach(self, trainer: int) -> None:
        text = "UPDATE accounts SET trainer_id = :trainer, version = version + 1 WHERE id = :account"
        self.db.execute(sa.text(text), {"trainer": trainer, "account": self.ids.account})


def differences(program: tuple[Any, list[Any]], server: tuple[Any, list[Any]]) -> list[Any]:
    """Say what one of them answered or wrote and the other did not."""
    answers = [] if program[0] == server[0] or is_hidden(program[0], server[0]) else [("answer", program[0], server[0])]
    return [
        *answers,
        *(("program alone", row) for row in program[1] if row not in server[1]),
        *(("server alone", row) for row in server[1] if row not in program[1]),
    ]


def is_hidden(program: Any, server: Any) -> bool:
    """Whether a server says less, as it should: no draft has a title, nothing in the trash is one's own."""
    if not (isinstance(program, tuple) and isinstance(server, tuple)):
        return False
    is_draft = server[3] == {"kind": "session"} and program[0] in (WrongState, NotAllowed, NotFound)
    is_unscheduled = server[0] is WrongState and server[3]["state"] == "DRAFT" and isinstance(program, tuple)
    is_gone = program[0] is NotFound and program[3].get("why") == "in_trash" and server[0] is NotAllowed
    return is_draft or is_gone or is_unscheduled


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row without the ids within the journal's images of it, and with its notices' hours left out."""
    for image in ("before", "after"):
        if isinstance(row.get(image), dict):
            row[image] = {name: value for name, value in row[image].items() if name not in ("id", "enrollment_id")}
    return dict(sorted(row.items()))


@contextmanager
def twins(store: Store, plan: dict[str, Any]) -> Iterator[Twins]:
    """Lend an organisation that is forgotten at the end."""
    with store._writer.connect() as connection, connection.begin() as transaction:
        with DbSession(bind=connection, autoflush=False) as db, pytest.MonkeyPatch.context() as patch:
            yield Twins(db, plan, patch)
        transaction.rollback()


def compare(store: Store, beginnings: Iterable[int]) -> None:
    """Try an organisation for every number; the same ones for the same numbers."""
    for beginning in beginnings:
        rnd = Random(beginning)
        plan = planned(rnd)
        with twins(store, plan) as office:
            for _ in range(8):
                office.take(deed_of(rnd, plan["places"]), beginning)


@pytest.mark.postgres
def test_a_server_decides_as_the_program_does(office: Store) -> None:
    compare(office, [*range(30), 79])


@pytest.mark.nightly
@pytest.mark.postgres
@pytest.mark.timeout(3600)
def test_many_organisations(office: Store) -> None:
    compare(office, range(1000, 3000))
