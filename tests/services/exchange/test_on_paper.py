"""What is printed of sessions: the same people as plain rows give, and only for whose it is (X4)."""

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa

from tests.databases import StoreFactory, postgres_organisation
from tests.factories import (
    MONDAY,
    at,
    make_account,
    make_course,
    make_draft,
    make_enrollment,
    make_person,
    make_scheduled,
    make_trainer,
    make_venue,
    prepared,
)
from tests.logins import make_login, open_as
from tests.postgres_server import Run
from trainer_desk.models import Enrollment, Person, Session, SessionResource
from trainer_desk.models.enums import EnrollmentState, Role, SessionRole
from trainer_desk.services.errors import NotAllowed, NotFound
from trainer_desk.services.exchange.on_paper import load_selection_on_paper, load_sessions_on_paper
from trainer_desk.services.exchange.selection import Selection
from trainer_desk.services.rows.on_paper import OnPaper
from trainer_desk.services.store.engine import Store

NOW = MONDAY - dt.timedelta(days=7)
STATES = (EnrollmentState.CONFIRMED, EnrollmentState.OFFERED, EnrollmentState.WAITLISTED, EnrollmentState.WITHDRAWN)


def lay(store: Store) -> dict[str, int]:
    """Two sessions with eight people in every state, led by John, in one of which Una helps; and an undated draft."""
    with prepared(store) as db:
        fire = make_course(db, "FIRE", title="Fire safety")
        john, una = make_trainer(db, "JOHN", name="John", courses=[fire]), make_trainer(db, "UNA", name="Una")
        hall = make_venue(db, "HALL", name="Hall")
        columns: dict[str, Any] = {"course": fire, "trainer": john, "venue": hall, "capacity": 20}
        late = make_scheduled(db, starts_at=at("2026-07-07 09:00"), description="Bring boots.", **columns)
        early = make_scheduled(db, starts_at=at("2026-07-06 09:00"), title="For the night shift", **columns)
        draft = make_draft(db, course=fire)
        db.execute(
            sa.insert(SessionResource).values(session_id=early, resource_id=una, role=SessionRole.CO_TRAINER.value)
        )
        for number in range(8):
            person = make_person(db, f"Person {9 - number}", employee_no=f"N{number}", department="Day")
            make_enrollment(db, (early, late)[number % 2], person, STATES[number // 2])
        gone = make_person(db, "Run out")
        make_enrollment(db, early, gone, EnrollmentState.OFFERED, offer_until=NOW)
    return {"john": john, "una": una, "early": early, "late": late, "draft": draft}


def plainly(store: Store, session_id: int) -> set[tuple[str, str]]:
    """Give number and state of everybody who is there at NOW, from plain rows."""
    with store.reading() as db:
        rows = db.execute(sa.select(Enrollment.session_id, Enrollment.person_id, Enrollment.state,
                                    Enrollment.offer_until)).all()  # fmt: skip
        numbers = dict(db.execute(sa.select(Person.id, Person.employee_no)).all())
    return {
        (numbers[person], state)
        for session, person, state, until in rows
        if session == session_id and state != "withdrawn" and (state != "offered" or until > NOW)
    }


def test_everybody_is_there_as_in_plain_rows_and_sessions_stand_by_start(each_store: Store) -> None:
    ids = lay(each_store)
    chosen = [ids["draft"], ids["late"], ids["early"]]
    found: OnPaper = each_store.read(load_sessions_on_paper, chosen, each_store.actor, now=NOW)
    assert [one.session_id for one in found.sessions] == [ids["early"], ids["late"], ids["draft"]]
    early, late, draft = found.sessions
    for one in found.sessions:
        assert {(person.employee_no, person.state.value) for person in one.people} == plainly(
            each_store, one.session_id
        )
        assert [person.name for person in one.people] == sorted(person.name for person in one.people)
    assert (early.title, early.course, early.trainers, early.venue) == (
        "For the night shift", "FIRE", ("John", "Una"), "Hall",
    )  # fmt: skip
    assert (late.title, late.description, late.trainers, late.capacity) == (
        "Fire safety",
        "Bring boots.",
        ("John",),
        20,
    )
    assert (draft.starts_at, draft.people, draft.trainers) == (None, (), ())
    assert {person.state for person in early.expected} == {EnrollmentState.CONFIRMED, EnrollmentState.OFFERED}
    assert all(person.is_confirmed for person in early.confirmed)
    with each_store.reading() as db:
        assert early.version == db.execute(sa.select(Session.version).where(Session.id == ids["early"])).scalar_one()


def test_a_selection_narrows_and_names_what_is_not_there(store: Store) -> None:
    ids = lay(store)
    week = Selection(starts_at=at("2026-07-06 00:00"), ends_at=at("2026-07-13 00:00"))
    found = store.read(load_selection_on_paper, week, store.actor, now=NOW)
    assert [one.session_id for one in found.sessions] == [ids["early"], ids["late"]]
    alone = store.read(load_selection_on_paper, Selection(person="N1"), store.actor, now=NOW)
    assert [[person.employee_no for person in one.people] for one in alone.sessions] == [["N1"]]
    with pytest.raises(NotFound):
        store.read(load_selection_on_paper, Selection(refs=("NONE",)), store.actor, now=NOW)
    with pytest.raises(NotFound):
        store.read(load_sessions_on_paper, [999], store.actor, now=NOW)


def test_in_a_file_a_trainer_prints_own_sessions_only(sqlite_store: Store) -> None:
    ids = lay(sqlite_store)
    with prepared(sqlite_store) as db:
        make_account(db, "una", Role.TRAINER, trainer_id=ids["una"])
    assert sqlite_store.read(load_sessions_on_paper, [ids["early"]], "una", now=NOW).sessions
    for refused in ([ids["late"]], [ids["early"], ids["late"]]):
        with pytest.raises(NotAllowed):
            sqlite_store.read(load_sessions_on_paper, refused, "una", now=NOW)


@pytest.mark.postgres
def test_a_trainer_prints_own_sessions_and_a_requester_none(run: Run, postgres_server: str) -> None:
    with postgres_organisation(run, postgres_server) as url:
        owners = StoreFactory(url)
        owner = owners()
        ids = lay(owner)
        una = make_login(owner, Role.TRAINER, trainer_id=ids["una"])
        store = open_as(owner, una)
        found = store.read(load_sessions_on_paper, [ids["early"]], una, now=NOW)
        assert len(found.sessions[0].people) == len(plainly(owner, ids["early"]))
        with pytest.raises(NotFound):  # the server shows no session of others
            store.read(load_sessions_on_paper, [ids["late"]], una, now=NOW)
        store.close()
        asking = make_login(owner, Role.REQUESTER)
        store = open_as(owner, asking)
        with pytest.raises(NotAllowed):
            store.read(load_sessions_on_paper, [ids["early"]], asking, now=NOW)
        store.close()
        owners.close()
