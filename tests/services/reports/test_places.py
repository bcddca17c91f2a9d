"""Hours of venues and trainers, and who waits, against sums over plain rows (D2)."""

import datetime as dt
from collections import defaultdict

import sqlalchemy as sa

from tests.factories import (
    BERLIN,
    at,
    make_block,
    make_course,
    make_enrollment,
    make_person,
    make_scheduled,
    make_venue,
    prepared,
)
from tests.services.reports.organisation import build, grouped, lines_of, month, sessions_of
from tests.services.reports.test_sessions import FIRST, HELD, LAST, NOW, made
from trainer_desk import models
from trainer_desk.models.enums import EnrollmentState
from trainer_desk.services.reports.every import make_report
from trainer_desk.services.rows.reports import ReportWish, Split, Step
from trainer_desk.services.store.engine import Store


def test_hours_of_trainers_are_those_of_leaders_and_helpers(store: Store) -> None:
    build(store)
    links = sa.select(models.SessionResource.session_id, models.Resource.code).join(
        models.Resource, models.Resource.id == models.SessionResource.resource_id
    )
    helpers = defaultdict(list)
    for session, code in store.read(lambda db: db.execute(links).all()):
        helpers[session].append(code)
    rows = [
        row | {"trainer": who}
        for row in sessions_of(store)
        if row["status"] in HELD and FIRST <= row["day"] <= LAST
        for who in [row["trainer"], *helpers[row["id"]]]
    ]
    assert any(helpers.values())
    for split, key in ((Split.TRAINER, "trainer"), (Split.COURSE, "course"), (Split.SITE, "site")):
        expected = {}
        for where, taught in grouped(rows, month, key).items():
            done = [row for row in taught if row["status"] == "COMPLETED"]
            whole, held = (sum(_minutes(row) for row in some) for some in (taught, done))
            expected[where] = (whole, held, whole - held, len(taught))
        assert lines_of(made(store, "trainer-hours", split)) == expected


def test_venues_are_used_by_their_parts_and_closed_at_times(store: Store) -> None:
    """A hall counts by its rooms; holidays and closures that overlap are taken off once, minute by minute."""
    with prepared(store) as db:
        hall = make_venue(db, "HALL", site="North")
        rooms = [make_venue(db, code, part_of=hall, site="North") for code in ("A", "B")]
        make_venue(db, "ALONE", site="South")
        make_venue(db, "GONE", active=False)
        for venue, start, minutes in ((hall, "2026-03-27 09:00", 90), (rooms[0], "2026-03-30 16:00", 180)):
            make_scheduled(db, venue=venue, starts_at=at(start), minutes=minutes)
        make_block(db, None, at("2026-03-26 00:00"), at("2026-03-27 00:00"))
        make_block(db, hall, at("2026-03-26 12:00"), at("2026-03-27 08:30"))
        make_block(db, rooms[1], at("2026-03-28 00:00"), at("2026-03-31 12:00"))
    wish = ReportWish(dt.date(2026, 3, 26), dt.date(2026, 4, 1), Step.WHOLE, Split.VENUE)
    report = store.read(make_report, "venue-use", wish, now=NOW)
    [period] = report.periods
    closed = {
        "A": [("2026-03-26 00:00", "2026-03-27 08:30")],
        "B": [("2026-03-26 00:00", "2026-03-27 08:30"), ("2026-03-28 00:00", "2026-03-31 12:00")],
        "ALONE": [("2026-03-26 00:00", "2026-03-27 00:00")],
    }
    open_minutes = {code: _open(wish, spans) for code, spans in closed.items()}
    booked = {"A": (270, 2), "B": (90, 1), "ALONE": (0, 0)}
    assert lines_of(report) == {
        (period.name, code): (minutes, open_minutes[code], sessions, minutes / open_minutes[code])
        for code, (minutes, sessions) in booked.items()
    }
    sites = ReportWish(wish.first, wish.last, Step.WHOLE, Split.SITE)
    by_site = lines_of(store.read(make_report, "venue-use", sites, now=NOW))
    both = open_minutes["A"] + open_minutes["B"]
    assert by_site[period.name, "North"] == (360, both, 3, 360 / both)


def _open(wish: ReportWish, closed: list[tuple[str, str]]) -> int:
    """Count the working minutes of weekdays from eight to five one by one."""
    spans = [(at(begins), at(ends)) for begins, ends in closed]
    minute = dt.datetime.combine(wish.first, dt.time(), BERLIN).astimezone(dt.UTC)
    found = 0
    while (wall := minute.astimezone(BERLIN)).date() <= wish.last:
        is_working = wall.weekday() < 5 and 8 <= wall.hour < 17
        found += is_working and not any(begins <= minute < ends for begins, ends in spans)
        minute += dt.timedelta(minutes=1)
    return found


def test_who_waits_and_who_finds_a_seat_elsewhere(store: Store) -> None:
    """Three wait for Fire and two seats are free; two for Gas, which has a session without a limit; nobody is past."""
    with prepared(store) as db:
        fire, gas, crane = (make_course(db, code) for code in ("FIRE", "GAS", "CRANE"))
        for course, start, capacity, waiting in (
            (fire, "2026-07-10 09:00", 1, 2), (fire, "2026-07-11 09:00", 1, 1), (fire, "2026-07-12 09:00", 3, 0),
            (fire, "2026-06-12 09:00", 1, 4), (fire, "2026-08-12 09:00", 9, 0),
            (gas, "2026-07-10 13:00", 1, 2), (gas, "2026-07-11 13:00", None, 0), (crane, "2026-07-31 23:00", 5, 0),
        ):  # fmt: skip
            session = make_scheduled(db, course=course, starts_at=at(start), capacity=capacity)
            make_enrollment(db, session, make_person(db))
            for _number in range(waiting):
                make_enrollment(db, session, make_person(db), EnrollmentState.WAITLISTED)
    july = ReportWish(dt.date(2026, 6, 1), dt.date(2026, 7, 31), Step.MONTH, Split.COURSE)
    found = lines_of(store.read(make_report, "waitlist", july, now=NOW))
    assert found == {
        ("2026-07", "FIRE"): (3, 2, 2, 2, 1),
        ("2026-07", "GAS"): (2, 1, 0, 2, 0),
        ("2026-07", "CRANE"): (0, 0, 4, 0, 0),
    }


def _minutes(row: dict[str, dt.datetime]) -> int:
    return int((row["ends_at"] - row["starts_at"]).total_seconds()) // 60
