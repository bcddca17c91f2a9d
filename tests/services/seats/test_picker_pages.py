"""Pages, walks and look-ups of the picker say the same as a plain sort of everybody, on both databases (P1, P2, P5)."""

import datetime as dt
import itertools
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import sqlalchemy as sa

from tests.factories import at, make_course, make_draft, make_enrollment, make_item, make_person, prepared
from trainer_desk.models import ComplianceItem, Enrollment, Person
from trainer_desk.models.enums import ComplianceStatus, EnrollmentState
from trainer_desk.services.people.search_index import MANY, search_index_at_once
from trainer_desk.services.rows.seats import PickerFilter
from trainer_desk.services.rules.compliance import GROUPS, group_of, order_key
from trainer_desk.services.rules.names import search_key
from trainer_desk.services.seats import matching
from trainer_desk.services.seats.asking import ask
from trainer_desk.services.seats.picker import count_groups, pick, pick_all
from trainer_desk.services.store.db import Db
from trainer_desk.services.store.engine import Store

DAY = dt.date(2026, 7, 6)
NOW = dt.datetime(2026, 6, 1, 8, 0, tzinfo=dt.UTC)
FIRST = ("Ann", "Bo", "Cleo", "Dé", "émile", "Zoë")
LAST = ("Ali", "Berg", "ali", "Öz", "Smith")
FILTERS = (
    PickerFilter(),
    PickerFilter(search="a"),
    PickerFilter(search="ali"),
    PickerFilter(search="smith a"),
    PickerFilter(departments=("Lab",)),
    PickerFilter(groups=(1, 3)),
    PickerFilter(search="ann", departments=("Lab", "Store"), groups=(4, 2)),
)


@dataclass
class Crowd:
    """A store with many people in every group, many of them alike but for their number."""

    store: Store
    session: int


@pytest.fixture
def crowd(store: Store) -> Crowd:
    return crowd_in(store)


def crowd_in(store: Store) -> Crowd:
    """Fill an organisation with people, of whom some are in a session already."""
    chance = random.Random(7)
    with prepared(store) as db:
        course = make_course(db, expiring_days=30)
        session = make_draft(db, course=course, starts_at=at("2026-07-06 09:00"))
        for _ in range(220):
            name = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
            department = chance.choice(("Lab", "Store", ""))
            person = make_person(db, name, department=department, active=chance.random() > 0.1)
            if chance.random() < 0.85:
                after = chance.choice((None, None, -40, -1, 0, 1, 29, 30, 31, 400))
                expires_on = None if after is None else DAY + dt.timedelta(days=after)
                due_on = chance.choice((None, DAY - dt.timedelta(days=1), DAY))
                counts_from = chance.choice((None, None, DAY, DAY + dt.timedelta(days=1), dt.date.max))
                status = chance.choice(list(ComplianceStatus))
                make_item(db, person, course, status, expires_on, due_on=due_on, counts_from=counts_from)
            if chance.random() < 0.2:
                make_enrollment(db, session, person, chance.choice(list(EnrollmentState)))
    return Crowd(store, session)


@pytest.fixture(params=["few are looked up", "groups are walked"])
def either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Search both as if the words were rare and as if they were common."""
    if request.param == "groups are walked":
        monkeypatch.setattr(matching, "FEW", -1)
        matching._probe.cache_clear()
    yield request.param
    matching._probe.cache_clear()


def expected(db: Db, session_id: int, filters: PickerFilter) -> list[tuple[int, int]]:
    """Sort everybody in Python by the rules alone; gives group and person."""
    question = ask(db, session_id, NOW)
    seated = sa.select(Enrollment.person_id).where(
        Enrollment.session_id == session_id, Enrollment.state != EnrollmentState.WITHDRAWN
    )
    items = {
        row.person_id: (ComplianceStatus(row.status), row.expires_on, row.due_on, row.counts_from)
        for row in db.execute(sa.select(ComplianceItem.__table__).where(ComplianceItem.course_id == question.course_id))
    }
    out = set(db.execute(seated).scalars())
    keys = []
    for row in db.execute(sa.select(Person.id, Person.search, Person.sort_name, Person.department, Person.active)):
        wanted = all(word in row.search for word in search_key(filters.search).split())
        if filters.departments and row.department not in filters.departments:
            wanted = False
        if wanted and row.active and row.id not in out:
            status, expires_on, due_on, counts_from = items.get(row.id, (None, None, None, None))
            group = group_of(status, expires_on, DAY, 30, due_on, counts_from)
            if group in (filters.groups or GROUPS):
                keys.append(order_key(group, expires_on, row.sort_name, row.id))
    return [(key[0], key[3]) for key in sorted(keys)]


def test_pages_together_are_everybody_in_order(crowd: Crowd, either_way: str) -> None:
    for filters in FILTERS:
        assert pages(crowd, filters) == crowd.store.read(expected, crowd.session, filters), filters


def pages(crowd: Crowd, filters: PickerFilter) -> list[tuple[int, int]]:
    """Turn pages of seven to the end; gives group and person."""
    shown: list[tuple[int, int]] = []
    after = None
    for number in itertools.count():
        page = crowd.store.read(pick, crowd.session, filters, limit=7, after=after, now=NOW)
        assert (page.counts is None) == (number > 0)
        assert len(page.people) == 7 or page.next_key is None
        shown += [(one.group, one.person_id) for one in page.people]
        after = page.next_key
        if after is None:
            break
    return shown


def test_counts_are_complete(crowd: Crowd, either_way: str) -> None:
    for filters in FILTERS:
        wanted = Counter(group for group, _person in crowd.store.read(expected, crowd.session, filters))
        complete = {group: wanted[group] for group in GROUPS}
        assert crowd.store.read(pick, crowd.session, filters, limit=1, now=NOW).counts == complete, filters
        assert crowd.store.read(count_groups, crowd.session, filters, now=NOW) == complete, filters
        assert crowd.store.read(pick, crowd.session, filters, limit=1, now=NOW, counted=False).counts is None


def test_all_of_a_group_are_those_of_its_pages(crowd: Crowd, either_way: str) -> None:
    filters = PickerFilter(search="a")
    everybody = crowd.store.read(expected, crowd.session, filters)
    for group in GROUPS:
        found = crowd.store.read(pick_all, crowd.session, filters, group, now=NOW)
        assert [one.person_id for one in found] == [person for one, person in everybody if one == group]


def test_a_page_that_ends_exactly_has_no_next(crowd: Crowd) -> None:
    everybody = len(crowd.store.read(expected, crowd.session, PickerFilter()))
    page = crowd.store.read(pick, crowd.session, PickerFilter(), limit=everybody, now=NOW)
    assert len(page.people) == everybody
    assert page.next_key is None


def test_no_walk_reads_the_whole_company(sqlite_store: Store) -> None:
    """Every stretch is searched in an index; only the last walks the people, by name.

    That is read from SQLite, whose plans are the same for small tables; PostgreSQL's follow the tables' statistics.
    """
    crowd = crowd_in(sqlite_store)
    with crowd.store.reading() as db:
        lines: list[str] = []

        @sa.event.listens_for(db, "before_cursor_execute")
        def _note(_c: object, cursor: object, statement: str, values: tuple[object, ...], *_more: object) -> None:
            if "UNION ALL" in statement and "grp" in statement:
                plan = db.connection.driver_connection.execute(f"EXPLAIN QUERY PLAN {statement}", values)  # type: ignore[union-attr]
                lines.extend(str(row[3]) for row in plan)

        pick(db, crowd.session, PickerFilter(), now=NOW, counted=False)
    walked = [line for line in lines if "compliance_items" in line or "people" in line]
    assert len(walked) >= 12
    assert [line for line in walked if line.startswith("SCAN")] == ["SCAN people USING INDEX ix_people_sort_name"]


def test_people_loaded_at_once_are_found_as_others_are(store: Store) -> None:
    with prepared(store) as db:
        session = make_draft(db)
        make_person(db, "Early Bird")
        with search_index_at_once(db, MANY + 1):
            make_person(db, "Loaded Person")
        make_person(db, "Late Person")
        with search_index_at_once(db, 1):
            make_person(db, "Single Person")
    for word in ("early", "loaded", "late", "single"):
        page = store.read(pick, session, PickerFilter(search=word), now=NOW)
        assert [one.name.split()[0].lower() for one in page.people] == [word]


def test_a_load_that_fails_leaves_the_index_working(store: Store) -> None:
    def load() -> None:
        with prepared(store) as db, search_index_at_once(db, MANY + 1):
            make_person(db, "Never Stored")
            raise KeyError("the file ended")

    with pytest.raises(KeyError):
        load()
    with prepared(store) as db:
        session = make_draft(db)
        make_person(db, "Stored Person")
    assert [one.name for one in store.read(pick, session, PickerFilter(search="stored"), now=NOW).people] == [
        "Stored Person"
    ]
