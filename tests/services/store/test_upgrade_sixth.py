"""An organisation of the sixth revision becomes one of today: its absences are of no calendar, and are watched (O1)."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest
import sqlalchemy as sa

from tests.conftest import ALL
from tests.factories import at, make_block, prepared
from tests.services.store.catalog import catalog, golden
from tests.services.store.older_schema import Rows, make_older, rows_of, widened
from tests.services.store.raw import raw
from tests.services.store.recount import miscounted
from tests.services.store.test_upgrade_fifth import NEW_COLUMNS
from tests.services.store.test_upgrade_third import fill
from trainer_desk.models import Block, Change, ChangeRow, Course
from trainer_desk.services.errors import DeskError
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.orchestration.undoing import reverse, undo_last
from trainer_desk.services.store import schema
from trainer_desk.services.store.engine import Store, open_store
from trainer_desk.services.store.restoring import restore_database
from trainer_desk.services.store.upgrade import upgrade_database


class Older(NamedTuple):
    """The address of a database of the sixth revision, what was in it, and a holiday of it."""

    address: str
    rows: Rows
    holiday: int


@pytest.fixture(params=ALL)
def older(request: pytest.FixtureRequest) -> Older:
    """Give an organisation of the sixth revision with leave of a trainer and a holiday, closed."""
    address = str(request.getfixturevalue(f"{request.param}_url"))
    store = make_older(address, "0006")
    fill(store)
    with prepared(store, "Closed") as db:
        holiday = make_block(db, None, at("2026-12-25 00:00"), at("2026-12-27 00:00"), "Christmas")
    rows = rows_of(store)
    store.close()
    return Older(address, rows, holiday)


@pytest.fixture
def store(older: Older) -> Iterator[Store]:
    """Give that organisation after its upgrade."""
    done = upgrade_database(older.address)
    assert (done.before, done.after) == ("0006", schema.HEAD)
    store = open_store(older.address, check=True)
    yield store
    store.close()


def test_nothing_is_lost_and_what_was_done_before_is_undone_where_its_table_is_the_same(
    store: Store, older: Older
) -> None:
    with store.reading() as db:
        assert catalog(db) == golden(db.dialect.name)
        ids = dict(db.execute(sa.select(Change.label, Change.id)).all())
    assert rows_of(store) == widened(older.rows, NEW_COLUMNS)
    assert miscounted(store) == []
    store.write("Undo", reverse, ids["Renamed"])
    assert store.read(lambda db: set(db.execute(sa.select(Course.title)).scalars())) == {"Course FIRE"}
    with pytest.raises(DeskError) as refusal:
        store.write("Undo", reverse, ids["Closed"])
    assert refusal.value.facts["why"] == "cannot_be_undone", "an absence was of no calendar then"
    assert store.read(check_database) == []


def test_the_event_of_an_absence_is_guarded_journaled_and_put_back(store: Store, older: Older) -> None:
    named = sa.update(Block).where(Block.id == older.holiday).values(source_uid="christmas")
    with pytest.raises(sa.exc.DBAPIError, match="version_guard"), raw(store) as db:
        db.execute(named)
    with pytest.raises(sa.exc.IntegrityError), raw(store) as db:
        db.execute(named.values(source_uid="x" * 501, version=Block.version + 1))
    with store.writing("Named") as unit:
        unit.db.connection().execute(named.values(version=Block.version + 1))
    query = sa.select(ChangeRow.before, ChangeRow.after).order_by(ChangeRow.id.desc()).limit(1)
    before, after = store.read(lambda db: db.execute(query).one())
    assert (before["source_uid"], after["source_uid"]) == (None, "christmas")
    undo_last(store)
    kept = sa.select(Block.source_uid).where(Block.id == older.holiday)
    assert store.read(lambda db: db.execute(kept).scalar_one()) is None


def test_going_back_brings_the_older_database_with_its_own_guards(sqlite_url: str) -> None:
    make_older(sqlite_url, "0006").close()
    with closing(sqlite3.connect(Path(sqlite_url))) as db:
        before = list(db.iterdump())
    backup = upgrade_database(sqlite_url).backup
    open_store(sqlite_url).close()
    done = restore_database(sqlite_url, str(backup))
    assert (done.revision, done.is_older) == ("0006", True)
    with closing(sqlite3.connect(Path(sqlite_url))) as db:
        assert list(db.iterdump()) == before
