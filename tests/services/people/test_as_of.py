"""Compliance as of any day: before today only what held on that day counts, by what is known now (D3)."""

import datetime as dt
from collections import Counter
from typing import Any

import pytest
import sqlalchemy as sa

from tests.factories import (
    MONDAY,
    at,
    make_certificate,
    make_compliance,
    make_course,
    make_people,
    make_person,
    make_record,
    make_requirement,
    make_scheduled,
    prepared,
)
from trainer_desk.models import Attestation
from trainer_desk.models.enums import ComplianceStatus
from trainer_desk.services.dossiers.course import load_course
from trainer_desk.services.people import as_of, said_before
from trainer_desk.services.people.as_of import each_course_on, items_on
from trainer_desk.services.people.compliance import recompute
from trainer_desk.services.people.standing import load_standing
from trainer_desk.services.people.tallies import tallies
from trainer_desk.services.rows.people import Placement, Rule
from trainer_desk.services.rules.compliance import group_of
from trainer_desk.services.rules.holdings import Item
from trainer_desk.services.rules.requirements import NOT_ASKED, UNRULED, Duty, duty_on
from trainer_desk.services.store.engine import Store

TODAY = MONDAY.date()
NON_COMPLIANT, COMPLIANT = ComplianceStatus.NON_COMPLIANT, ComplianceStatus.COMPLIANT
BEFORE, SINCE, AFTER = dt.date(2026, 5, 31), dt.date(2026, 6, 1), dt.date(2026, 6, 2)


def test_of_a_past_day_later_trainings_words_and_rules_are_left_away(each_store: Store) -> None:
    with prepared(each_store) as db:
        fire, gas = make_course(db, "FIRE", validity_months=12), make_course(db, "GAS")
        basic = make_course(db, "BASIC")
        refresher = make_course(db, "REFRESHER", renews_id=basic)
        ann, bo, cy = (make_person(db, name) for name in ("Ann", "Bo", "Cy"))
        gone = make_person(db, "Gone", active=False)
        make_requirement(db, fire, since=SINCE)
        make_record(db, ann, fire, dt.date(2025, 6, 2))
        make_record(db, ann, fire, AFTER)
        make_compliance(db, bo, gas, COMPLIANT, TODAY)  # said on 1 June 2026 at 8:00 UTC
        make_record(db, bo, refresher, BEFORE)
        session = make_scheduled(db, course=gas, starts_at=at("2026-06-02 09:00"))
        make_certificate(db, cy, gas, session, AFTER)
        make_certificate(db, cy, fire, session, BEFORE, withdrawn_at=MONDAY, withdrawn_why="corrected")
        make_record(db, gone, gas, BEFORE)
        recompute(db)
    people = {ann, bo, cy, gone}

    def on(day: dt.date) -> dict[tuple[int, int], Item]:
        return each_store.read(items_on, day, people=people, today=TODAY)

    old, new = Item(COMPLIANT, dt.date(2026, 6, 2)), Item(COMPLIANT, dt.date(2027, 6, 2))
    renewed = {(basic, bo): Item(COMPLIANT), (refresher, bo): Item(COMPLIANT)}
    said, lacking = {(gas, bo): Item(COMPLIANT, TODAY)}, {(fire, one): Item(NON_COMPLIANT) for one in (bo, cy)}
    assert on(dt.date(2026, 5, 30)) == {(fire, ann): old}
    assert on(BEFORE) == {(fire, ann): old} | renewed
    assert on(SINCE) == {(fire, ann): old} | renewed | said | lacking
    whole = {(fire, ann): new, (gas, cy): Item(COMPLIANT)} | renewed | said | lacking
    assert on(AFTER) == on(TODAY) == on(dt.date(2030, 1, 1)) == whole
    assert each_store.read(items_on, AFTER, people=[cy], courses=[gas], today=TODAY) == {(gas, cy): Item(COMPLIANT)}
    for day in (BEFORE, SINCE, AFTER, TODAY):
        with each_store.reading() as db:
            bulk = dict(each_course_on(db, day, today=TODAY))
        assert bulk.keys() == {fire, gas, basic, refresher}
        assert {(course, who): item for course, items in bulk.items() for who, item in items.items()} == on(day)


def test_many_people_are_asked_for_in_parts(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(as_of, "FEW", 2)
    with prepared(store) as db:
        course, people = make_course(db), make_people(db, 5)
        make_requirement(db, course)
        recompute(db)
    for day in (BEFORE, TODAY):
        found = store.read(items_on, day, people=people, today=TODAY)
        assert found == {(course, person): Item(NON_COMPLIANT) for person in people}


def test_an_evening_belongs_to_its_day_in_the_organisations_zone(store: Store) -> None:
    with prepared(store) as db:
        course, person = make_course(db), make_person(db)
        make_compliance(db, person, course, COMPLIANT)
    for day, expected in ((BEFORE, {}), (SINCE, {(course, person): Item(COMPLIANT)})):
        assert store.read(items_on, day, people=[person], today=TODAY) == expected


@pytest.mark.parametrize("many", [False, True])
def test_what_was_said_before_something_newer_counts_until_then(
    each_store: Store, many: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(said_before, "FEW", 1)
    with prepared(each_store) as db:
        course, (ann, bo) = make_course(db), make_people(db, 2)
        for person in (ann, bo):
            make_compliance(db, person, course, COMPLIANT, dt.date(2026, 6, 20))
    for day, status, expires in ((10, "NON_COMPLIANT", None), (20, "COMPLIANT", dt.date(2027, 6, 20))):
        with prepared(each_store) as db:
            said = sa.update(Attestation).where(Attestation.person_id == ann)
            stated = dt.datetime(2026, 6, day, 8, tzinfo=dt.UTC)
            changed = {"status": status, "expires_on": expires, "stated_at": stated, "version": Attestation.version + 1}
            db.execute(said.values(changed))
            recompute(db)
    first, last = Item(COMPLIANT, dt.date(2026, 6, 20)), Item(COMPLIANT, dt.date(2027, 6, 20))
    for day, expected in (
        (BEFORE, None), (SINCE, first), (dt.date(2026, 6, 9), first), (dt.date(2026, 6, 10), Item(NON_COMPLIANT)),
        (dt.date(2026, 6, 19), Item(NON_COMPLIANT)), (dt.date(2026, 6, 20), last), (TODAY, last),
    ):  # fmt: skip
        with each_store.reading() as db:
            if many:
                found = dict(each_course_on(db, day, today=TODAY))[course]
            else:
                found = {who: one for (_, who), one in items_on(db, day, people=[ann, bo], today=TODAY).items()}
            ((_course, tally),) = tallies(db, [day], today=TODAY)
        assert found.get(ann) == expected, day
        assert found.get(bo) == (None if day == BEFORE else first), day
        groups = Counter(group_of(one.status, one.expires_on, day, 60) for one in found.values())
        assert Counter({stand.group: people for stand, people in tally[day].items()}) == groups


def test_pages_of_person_and_course_tell_what_held_on_the_day(store: Store) -> None:
    with prepared(store) as db:
        course, (ann, _bo) = make_course(db, validity_months=12), make_people(db, 2)
        make_requirement(db, course, since=BEFORE)
        record = make_record(db, ann, course, AFTER)
        recompute(db)
    (then,), (now,) = (store.read(load_standing, ann, day, today=TODAY) for day in (SINCE, TODAY))
    assert (then.group, then.record_id, len(then.rules)) == (1, None, 1)
    assert (now.group, now.record_id, now.expires_on) == (4, record, dt.date(2027, 6, 2))
    assert store.read(load_standing, ann, dt.date(2026, 5, 30), today=TODAY) == []
    counts = [store.read(load_course, course, day, now=MONDAY).counts for day in (BEFORE, AFTER, TODAY)]
    assert counts == [{1: 2, 2: 0, 3: 0, 4: 0}, *[{1: 1, 2: 0, 3: 0, 4: 1}] * 2]


RULE = Rule(1, since=SINCE)


@pytest.mark.parametrize(
    ("rules", "placed_on", "day", "expected"),
    [
        ([RULE], None, BEFORE, UNRULED),
        ([RULE], None, SINCE, Duty(True, SINCE)),
        ([RULE], AFTER, SINCE, NOT_ASKED),
        ([RULE], AFTER, AFTER, Duty(True, AFTER)),
        ([], AFTER, SINCE, UNRULED),
        ([RULE, Rule(2, exempt=True, since=AFTER)], None, SINCE, Duty(True, SINCE)),
        ([RULE, Rule(2, exempt=True, since=AFTER)], None, AFTER, NOT_ASKED),
    ],
)
def test_what_is_asked_on_a_past_day(rules: list[Any], placed_on: dt.date | None, day: dt.date, expected: Duty) -> None:
    assert duty_on(rules, Placement(1, placed_on=placed_on), day) == expected
