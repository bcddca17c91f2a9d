"""Trainers and requesters with logins of their own on bad lines: what their functions of the server do is done once."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import sqlalchemy as sa

from tests.databases import StoreFactory
from tests.factories import make_course, make_enrollment, make_person, make_scheduled, make_trainer, prepared
from tests.faults.proxy import FOR_EVER, Fault, Proxy, bad_line
from tests.logins import login_url, make_login
from trainer_desk.models import Change, Enrollment
from trainer_desk.models.enums import Attendance, Role
from trainer_desk.services.errors import DatabaseTrouble
from trainer_desk.services.orchestration.attending import mark
from trainer_desk.services.orchestration.signing_up import sign_up
from trainer_desk.services.store import outcome, patience
from trainer_desk.services.store.engine import Store

FAULTS = [(Fault.EAT,), (Fault.CUT,), (Fault.CUT, Fault.EAT), (Fault.SILENCE,)]


@dataclass
class Office:
    """A session that is on, and one to come; who teaches and who signs up, each over a line that can be bad."""

    line: Proxy
    all_seeing: Store
    trainer: Store
    requester: Store
    now_on: int
    to_come: int
    person: int

    def rows(self) -> tuple[int, int]:
        """Count the places in the session to come, and the changes of the logins."""
        logins = (self.trainer.actor, self.requester.actor)
        with self.all_seeing.reading() as db:
            places = sa.select(sa.func.count()).select_from(Enrollment).where(Enrollment.session_id == self.to_come)
            changes = sa.select(sa.func.count()).select_from(Change).where(Change.actor.in_(logins))
            return int(db.scalar(places) or 0), int(db.scalar(changes) or 0)


@pytest.fixture
def office(server_factory: StoreFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """Give the office, with programs that ask soon what became of a silent server."""
    monkeypatch.setattr(patience, "QUIET_SECONDS", 0.3)
    monkeypatch.setattr(patience, "ASK_SECONDS", 2)
    store = server_factory()
    now = store.clock.now()
    with prepared(store) as db:
        course = make_course(db, sign_up=True)
        john, ana, ben = make_trainer(db, courses=[course]), make_person(db), make_person(db)
        on = make_scheduled(db, course=course, trainer=john, starts_at=now - dt.timedelta(minutes=10))
        to_come = make_scheduled(db, course=course, trainer=john, starts_at=now + dt.timedelta(days=3))
        make_enrollment(db, on, ben)
    trainer = make_login(store, Role.TRAINER, trainer_id=john)
    requester = make_login(store, Role.REQUESTER, person_id=ana)
    with bad_line(server_factory.url) as line:
        factories = [StoreFactory(login_url(line.url, login)) for login in (trainer, requester)]
        both = [factory() for factory in factories]
        assert [one.role for one in both] == [Role.TRAINER, Role.REQUESTER]
        yield Office(line, store, *both, on, to_come, ben)
        for factory in factories:
            factory.close()


@pytest.mark.parametrize("faults", FAULTS, ids=lambda faults: "-".join(fault.name.lower() for fault in faults))
def test_a_sign_up_whose_answer_is_lost_is_done_once(office: Office, faults: tuple[Fault, ...]) -> None:
    office.line.plan(*faults)
    written = office.requester.write("Sign up", sign_up, office.to_come)
    assert office.line.met == list(faults)
    assert written.value.outcome == "enrolled"
    assert "enrollments" in written.changes.keys
    assert office.rows() == (1, 1)


@pytest.mark.parametrize("faults", FAULTS, ids=lambda faults: "-".join(fault.name.lower() for fault in faults))
def test_a_mark_whose_answer_is_lost_is_made_once(office: Office, faults: tuple[Fault, ...]) -> None:
    office.line.plan(*faults)

    written = office.trainer.write("Mark", mark, office.now_on, office.person, attendance=Attendance.ATTENDED)
    assert office.line.met == list(faults)
    assert "enrollments" in written.changes.keys
    assert office.rows() == (0, 1)


def test_what_stays_unknown_is_found_later_by_whoever_asked_for_it(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outcome, "RECONNECT_SECONDS", 0.3)
    office.line.plan(Fault.EAT, away=FOR_EVER)
    with pytest.raises(DatabaseTrouble) as lost:
        office.requester.write("Sign up", sign_up, office.to_come)
    assert lost.value.facts["unknown"] == "Sign up"
    office.line.cut(away=0)
    again = office.requester.write("Sign up", sign_up, office.to_come, key=lost.value.facts["key"])
    assert again.was_done
    assert office.rows() == (1, 1)


def test_a_dead_line_holds_nobody_up(office: Office) -> None:
    """Each login may ask what the server does for it, and end what waits for nobody."""
    for store in (office.trainer, office.requester):
        store.read(lambda db: db.scalar(sa.text("SELECT 1")))
    office.line.silence_now()
    assert office.requester.write("Sign up", sign_up, office.to_come).value.outcome == "enrolled"
    assert office.trainer.read(lambda db: db.scalar(sa.text("SELECT 1"))) == 1
    assert office.rows() == (1, 1)
