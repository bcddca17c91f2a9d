"""A workstation that freezes in the middle of a transaction, as a sleeping laptop does, holds nobody up for long."""

import datetime as dt
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest
import sqlalchemy as sa

from tests.databases import StoreFactory
from tests.factories import make_enrollment, make_people, make_scheduled, prepared
from tests.faults.nursery import Nursery
from tests.faults.seat_deeds import freeze
from tests.faults.seat_judge import judge
from trainer_desk.models import Enrollment
from trainer_desk.models.enums import SEATED, EnrollmentState, WaitlistMode
from trainer_desk.services.errors import DatabaseTrouble
from trainer_desk.services.seats.enrolling import withdraw
from trainer_desk.services.store import engines
from trainer_desk.services.store.engine import Store


@dataclass
class Scene:
    """A full session of Ana and Ben for which Cy and Dan wait, and a client that froze while it withdrew Ana."""

    store: Store
    session: int
    ana: int
    ben: int
    cy: int
    client: int
    nursery: Nursery
    log: Path

    def wake(self) -> str:
        """Let the client go on as if nothing had happened, and give what it is told."""
        os.kill(self.client, signal.SIGCONT)
        self.nursery.wait(self.client)
        return self.log.read_text()

    def seated(self) -> set[int]:
        query = sa.select(Enrollment.person_id).where(Enrollment.state.in_(sorted(SEATED)))
        return set(self.store.read(lambda db: list(db.scalars(query))))


@pytest.fixture
def frozen(server_factory: StoreFactory, nursery: Nursery, tmp_path: Path) -> Callable[[str], Scene]:
    """Give what freezes a client whose transaction may be idle for so long, in a server's words."""

    def scene(idle: str) -> Scene:
        store = server_factory()
        with prepared(store) as db:
            in_a_month = store.clock.now() + dt.timedelta(days=30)
            session = make_scheduled(db, capacity=2, waitlist=WaitlistMode.ENROL, starts_at=in_a_month)
            ana, ben, cy, dan = make_people(db, 4)
            for person in (ana, ben):
                make_enrollment(db, session, person)
            for person in (cy, dan):
                make_enrollment(db, session, person, EnrollmentState.WAITLISTED)
        log = tmp_path / "told.txt"
        client = nursery.start(freeze, server_factory.url, session, ana, idle, str(log))
        while psutil.Process(client).status() != psutil.STATUS_STOPPED:
            pass
        return Scene(store, session, ana, ben, cy, client, nursery, log)

    return scene


def test_the_server_takes_the_locks_of_a_frozen_client_away(frozen: Callable[[str], Scene]) -> None:
    """Whoever comes next waits a moment and succeeds; what was not finished has left nothing, and is told so."""
    scene = frozen("1s")
    scene.store.write("Withdraw", withdraw, scene.session, scene.ben)
    assert scene.seated() == {scene.ana, scene.cy}
    assert scene.wake() == "connection_lost"
    assert scene.seated() == {scene.ana, scene.cy}
    assert judge(scene.store) == []


def test_until_then_whoever_waits_too_long_is_told_so(
    frozen: Callable[[str], Scene], server_factory: StoreFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = frozen("60s")
    monkeypatch.setattr(engines, "SERVER_OPTIONS", engines.SERVER_OPTIONS + " -c lock_timeout=200ms")
    other = server_factory()
    with pytest.raises(DatabaseTrouble) as refusal:
        other.write("Withdraw", withdraw, scene.session, scene.ben)
    assert refusal.value.facts["why"] == "locked"
    assert scene.wake() == "done"
    assert scene.seated() == {scene.ben, scene.cy}
    other.write("Withdraw", withdraw, scene.session, scene.ben)
    assert judge(scene.store) == []
