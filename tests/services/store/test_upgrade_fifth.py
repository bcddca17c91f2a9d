"""An organisation of the fifth revision becomes one of today, whole or not at all, and goes back (O1)."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest
import sqlalchemy as sa

from tests.conftest import ALL
from tests.factories import MONDAY, make_run_member, make_series, make_series_skip, prepared
from tests.services.store.catalog import catalog, golden
from tests.services.store.older_schema import Rows, make_older, rows_of, widened
from tests.services.store.organisation_rows import fill_training
from tests.services.store.recount import miscounted
from tests.services.store.test_upgrade_third import fill
from trainer_desk.models import Change, Course, Enrollment, Session
from trainer_desk.services.errors import DatabaseTrouble
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.orchestration.undoing import reverse
from trainer_desk.services.store import objects, schema
from trainer_desk.services.store.engine import Store, open_store
from trainer_desk.services.store.restoring import restore_database
from trainer_desk.services.store.upgrade import upgrade_database

NEW_COLUMNS = {"blocks": ("source_uid",)}


class Older(NamedTuple):
    """The address of a database of the fifth revision, what was in it, and what it is about."""

    address: str
    rows: Rows
    course: int


@pytest.fixture(params=ALL)
def older(request: pytest.FixtureRequest) -> Older:
    """Give an organisation of the fifth revision with something of everything, closed."""
    address = str(request.getfixturevalue(f"{request.param}_url"))
    store = make_older(address, "0005")
    course, session, people = fill(store)
    with prepared(store, "Trained") as db:
        first = sa.select(Enrollment.id).where(Enrollment.person_id == people[0])
        fill_training(db, session, db.execute(first).scalar_one(), people[0], course)
        series = make_series(db)
        make_series_skip(db, series, MONDAY.date())
        run = db.execute(sa.select(Session.run_id).where(Session.id == session)).scalar_one()
        make_run_member(db, run, people[4])
    rows = rows_of(store)
    store.close()
    return Older(address, rows, course)


@pytest.fixture
def store(older: Older) -> Iterator[Store]:
    """Give that organisation after its upgrade."""
    done = upgrade_database(older.address)
    assert (done.before, done.after) == ("0005", schema.HEAD)
    store = open_store(older.address, check=True)
    yield store
    store.close()


def test_nothing_is_lost(store: Store, older: Older) -> None:
    with store.reading() as db:
        assert catalog(db) == golden(db.dialect.name)
    assert rows_of(store) == widened(older.rows, NEW_COLUMNS)
    assert miscounted(store) == []
    with store.snapshot() as db:
        codes = {finding.code for finding in check_database(db)}
    assert codes <= {"certificate_changed", "certificate_unearned"}, "the certificate is an invented one"


def test_what_was_done_before_is_undone(store: Store, older: Older) -> None:
    with store.reading() as db:
        ids = dict(db.execute(sa.select(Change.label, Change.id)).all())
    store.write("Undo", reverse, ids["Renamed"])
    with store.reading() as db:
        assert db.scalar(sa.select(Course.title).where(Course.id == older.course)) == "Course FIRE"


def test_an_upgrade_that_ends_half_way_leaves_the_older_database(older: Older, monkeypatch: pytest.MonkeyPatch) -> None:
    """The steps were all made, and laying the guards anew fails at the last of them."""
    laid = list(objects.statements("sqlite" if "://" not in older.address else "postgresql"))
    with monkeypatch.context() as broken:
        broken.setattr(objects, "statements", lambda _dialect: iter([*laid, "CREATE TRIGGER nonsense"]))
        with pytest.raises(DatabaseTrouble) as refusal:
            upgrade_database(older.address)
    assert refusal.value.facts["why"] == "upgrade_failed"
    with pytest.raises(DatabaseTrouble) as still:
        open_store(older.address)
    assert still.value.facts["why"] in {"older_schema", "older_server"}
    done = upgrade_database(older.address)
    assert done.before == "0005"
    store = open_store(older.address, check=True)
    assert rows_of(store) == widened(older.rows, NEW_COLUMNS)
    store.close()


def test_going_back_brings_the_older_database_with_its_own_guards(sqlite_url: str) -> None:
    make_older(sqlite_url, "0005").close()
    path = Path(sqlite_url)
    with closing(sqlite3.connect(path)) as db:
        before = list(db.iterdump())
    backup = upgrade_database(sqlite_url).backup
    open_store(sqlite_url).close()
    done = restore_database(sqlite_url, str(backup))
    assert (done.revision, done.is_older) == ("0005", True)
    with closing(sqlite3.connect(path)) as db:
        assert list(db.iterdump()) == before
