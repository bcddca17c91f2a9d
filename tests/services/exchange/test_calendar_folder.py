"""A folder with one calendar per trainer: written where something changed, and only there (X3)."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
import vobject

from tests.databases import StoreFactory, postgres_organisation
from tests.factories import (
    MADE,
    at,
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
from trainer_desk.models import Resource, Session
from trainer_desk.models.enums import Role
from trainer_desk.services.errors import BadValue, NotAllowed, NotFound
from trainer_desk.services.exchange.calendar_events import load_events
from trainer_desk.services.exchange.calendar_folder import Kept, keep_folder
from trainer_desk.services.exchange.selection import Selection
from trainer_desk.services.store.engine import Store

NOW = at("2026-07-06 08:00")


def filled(store: Store) -> dict[str, int]:
    """Tom leads A and helps in B, which Una leads; C was long ago, D is a draft; Vic is retired, Wes has nothing."""
    with prepared(store) as db:
        course, room = make_course(db, "FIRE"), make_venue(db, "R1", name="Room 1")
        trainers = {code: make_trainer(db, code, courses=[course]) for code in ("TOM", "UNA/2", "Wes")}
        make_trainer(db, "VIC", active=False)
        tom, una = trainers["TOM"], trainers["UNA/2"]
        make_scheduled(db, course=course, trainer=tom, venue=room, ref="A", title="A")
        later = at("2026-07-07 09:00")
        make_scheduled(db, course=course, trainer=una, venue=room, starts_at=later, title="B", co_trainers=[tom])
        make_scheduled(db, course=course, trainer=tom, venue=room, starts_at=at("2026-01-07 09:00"), title="C")
        make_draft(db, course=course, trainer=tom, starts_at=at("2026-07-08 09:00"), title="D")
    return trainers


def kept(store: Store, folder: Path, now: dt.datetime = NOW) -> Kept:
    with store.snapshot() as db:
        return keep_folder(db, folder, store.actor, now=now)


def titles(folder: Path) -> dict[str, list[str]]:
    return {
        path.name: [
            event.summary.value for event in vobject.readOne(path.read_text("utf-8")).contents.get("vevent", ())
        ]
        for path in sorted(folder.glob("*.ics"))
    }


def test_files_are_written_where_something_changed(each_store: Store, tmp_path: Path) -> None:
    filled(each_store)
    assert kept(each_store, tmp_path) == Kept(3, 3, 2)
    whole = {"trainer-TOM.ics": ["A", "B"], "trainer-UNA-2.ics": ["B"], "trainer-Wes.ics": []}
    assert titles(tmp_path) == whole
    stamps = {path: path.stat().st_mtime_ns for path in tmp_path.glob("*.ics")}
    assert kept(each_store, tmp_path, NOW + dt.timedelta(hours=3)) == Kept(3, 0, 2)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.glob("*.ics")} == stamps
    with prepared(each_store) as db:
        renamed = {"name": "Room 9", "updated_at": MADE + dt.timedelta(days=1), "version": Resource.version + 1}
        db.execute(sa.update(Resource).where(Resource.code == "R1").values(renamed))
        db.execute(sa.update(Resource).where(Resource.code == "Wes").values(active=False, version=Resource.version + 1))
    assert kept(each_store, tmp_path) == Kept(3, 2, 2)
    assert "LOCATION:Room 9" in (tmp_path / "trainer-TOM.ics").read_text("utf-8")
    assert titles(tmp_path) == whole


def test_a_folder_that_is_not_there_or_shut(store: Store, tmp_path: Path) -> None:
    filled(store)
    with pytest.raises(BadValue) as refused:
        kept(store, tmp_path / "none")
    assert refused.value.facts["why"] == "no_such_folder"


@pytest.fixture
def server(run: Run, postgres_server: str) -> Iterator[Store]:
    """Open a fresh organisation on a server."""
    with postgres_organisation(run, postgres_server) as url:
        factory = StoreFactory(url)
        yield factory()
        factory.close()


def test_logins_have_their_own(server: Store, tmp_path: Path) -> None:
    trainers = filled(server)
    with prepared(server) as db:
        ann, ben = make_person(db, "Ann", employee_no="1"), make_person(db, "Ben", employee_no="2")
        for person in (ann, ben):
            make_enrollment(db, db.execute(sa.select(Session.id).where(Session.title == "A")).scalar_one(), person)
    tom = open_as(server, make_login(server, Role.TRAINER, trainer_id=trainers["TOM"]))
    asker = open_as(server, make_login(server, Role.REQUESTER, person_id=ann))
    try:
        assert kept(tom, tmp_path) == Kept(1, 1, 2)
        assert titles(tmp_path) == {"trainer-TOM.ics": ["A", "B"]}
        with pytest.raises(NotAllowed):
            kept(asker, tmp_path)
        with asker.snapshot() as db:
            [own] = load_events(db, Selection(person="1"), names=True)
            assert (own.title, own.people, own.trainers, own.venue) == ("A", (), ("Trainer TOM",), "Room 1")
            with pytest.raises(NotFound):
                load_events(db, Selection(person="2"))
    finally:
        tom.close()
        asker.close()
