"""An organisation of the fourth revision becomes one of today: nothing is lost, series and runs are watched (O1)."""

from collections.abc import Iterator
from typing import NamedTuple

import pytest
import sqlalchemy as sa

from tests.conftest import ALL
from tests.factories import MONDAY, make_run_member, make_series, make_series_skip, prepared
from tests.services.store.catalog import catalog, golden
from tests.services.store.older_schema import Rows, make_older, rows_of, widened
from tests.services.store.organisation_rows import fill_training
from tests.services.store.raw import raw
from tests.services.store.recount import miscounted
from tests.services.store.test_upgrade_third import fill
from trainer_desk.models import Change, ChangeRow, Course, Enrollment, RunMember, Session
from trainer_desk.services.errors import DeskError
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.orchestration.undoing import reverse
from trainer_desk.services.store import schema
from trainer_desk.services.store.engine import Store, open_store
from trainer_desk.services.store.upgrade import upgrade_database

NEW_COLUMNS = {"sessions": ("series_id", "series_day"), "blocks": ("source_uid",)}


class Older(NamedTuple):
    """The address of a database of the fourth revision, what was in it, and what it is about."""

    address: str
    rows: Rows
    course: int
    session: int
    people: list[int]


@pytest.fixture(params=ALL)
def older(request: pytest.FixtureRequest) -> Older:
    """Give an organisation of the fourth revision with something of everything, closed."""
    address = str(request.getfixturevalue(f"{request.param}_url"))
    store = make_older(address, "0004")
    course, session, people = fill(store)
    with prepared(store, "Trained") as db:
        first = sa.select(Enrollment.id).where(Enrollment.person_id == people[0])
        fill_training(db, session, db.execute(first).scalar_one(), people[0], course)
    rows = rows_of(store)
    store.close()
    return Older(address, rows, course, session, people)


@pytest.fixture
def store(older: Older) -> Iterator[Store]:
    """Give that organisation after its upgrade."""
    done = upgrade_database(older.address)
    assert (done.before, done.after) == ("0004", schema.HEAD)
    store = open_store(older.address, check=True)
    yield store
    store.close()


def findings(store: Store) -> list[str]:
    with store.snapshot() as db:
        return [finding.code for finding in check_database(db)]


def test_nothing_is_lost_and_whoever_has_a_place_in_a_run_is_on_it(store: Store, older: Older) -> None:
    with store.reading() as db:
        assert catalog(db) == golden(db.dialect.name)
        on_it = set(db.execute(sa.select(RunMember.person_id)).scalars())
    assert on_it == set(older.people[:3])
    now = rows_of(store)
    del now["run_members"]
    assert set(now) == set(older.rows), "no table was emptied, none was filled"
    assert now == widened(older.rows, NEW_COLUMNS)
    assert miscounted(store) == []
    assert set(findings(store)) <= {"certificate_changed", "certificate_unearned"}, "the certificate is an invented one"


def test_rows_of_the_new_tables_are_journaled_and_kept(store: Store, older: Older) -> None:
    with prepared(store, "Repeated") as db:
        series = make_series(db)
        make_series_skip(db, series, MONDAY.date())
        run = db.execute(sa.select(Session.run_id).where(Session.id == older.session)).scalar_one()
        make_run_member(db, run, older.people[4])
        change = db.execute(sa.select(sa.func.max(Change.id))).scalar_one()
    with store.reading() as db:
        written = set(db.execute(sa.select(ChangeRow.tbl).where(ChangeRow.change_id == change)).scalars())
    assert written == {"series", "series_skips", "run_members"}
    for table in sorted(written):
        with pytest.raises(sa.exc.DBAPIError, match="nothing_is_deleted"), raw(store) as db:
            db.exec_driver_sql(f"DELETE FROM {table}")


def test_what_was_done_before_is_undone_where_its_table_is_the_same(store: Store, older: Older) -> None:
    with store.reading() as db:
        ids = dict(db.execute(sa.select(Change.label, Change.id)).all())
    store.write("Undo", reverse, ids["Renamed"])
    with store.reading() as db:
        assert db.scalar(sa.select(Course.title).where(Course.id == older.course)) == "Course FIRE"
    with pytest.raises(DeskError) as refusal:
        store.write("Undo", reverse, ids["Begun"])
    assert refusal.value.facts["why"] == "cannot_be_undone", "a session had no series then"
