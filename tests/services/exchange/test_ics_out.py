"""Calendars: what others read of a session, read back by a parser that is not the writer's."""

import datetime as dt
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories import (
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
from trainer_desk.models.enums import EnrollmentState
from trainer_desk.services.errors import NotFound
from trainer_desk.services.exchange.calendar_events import load_events
from trainer_desk.services.exchange.clock_rule import changes
from trainer_desk.services.exchange.ics_out import ics_text
from trainer_desk.services.exchange.selection import Selection
from trainer_desk.services.rows.calendars import CalendarEvent, Standing
from trainer_desk.services.store.engine import Store

UTC = dt.UTC
EVENT = CalendarEvent(
    "0b5f", 4, "Fire; safety, again\\", "FIRE", "Safety", Standing.CONFIRMED,
    dt.datetime(2026, 7, 6, 8, tzinfo=UTC), dt.datetime(2026, 7, 6, 9, tzinfo=UTC), dt.datetime(2026, 1, 1, tzinfo=UTC),
    dt.datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC), ("Tom Hale", "Čeněk"), "Room; 1", "Leeds", "Bring boots,\nplease",
)  # fmt: skip
EVERYTHING = Selection(starts_at=at("2026-07-01 00:00"), ends_at=at("2026-08-01 00:00"))


def read(content: bytes) -> Any:
    """Read a calendar; the parser remembers zones by name, and is to learn each anew from the file."""
    vobject.icalendar.__dict__["__tzidMap"].clear()
    return vobject.readOne(content.decode())


def instant(value: dt.datetime) -> dt.datetime:
    return value.astimezone(UTC)


def test_everything_of_an_event_is_read_back() -> None:
    calendar = read(ics_text([EVENT], ZoneInfo("Europe/Berlin"), "Hale & Co"))
    event = calendar.vevent
    assert (calendar.version.value, calendar.method.value) == ("2.0", "PUBLISH")
    assert event.uid.value == "0b5f@trainer-desk"
    assert event.sequence.value == "3"
    assert (instant(event.dtstart.value), instant(event.dtend.value)) == (EVENT.starts_at, EVENT.ends_at)
    assert event.dtstart.value.strftime("%H:%M") == "10:00"
    assert event.dtstamp.value == event.last_modified.value == EVENT.changed_at
    assert event.summary.value == EVENT.title
    assert event.location.value == "Room; 1, Leeds"
    assert event.description.value == "Bring boots,\nplease\n\nTom Hale, Čeněk"
    assert event.categories.value == ["Safety"]
    assert event.status.value == "CONFIRMED"


def test_no_line_is_longer_than_others_can_read_and_each_ends_as_they_want_it() -> None:
    content = ics_text(
        [replace(EVENT, title="Ž" * 200 + "\a", description="x, " * 300)], ZoneInfo("Europe/London"), "Ä" * 90
    )
    assert content.count(b"\n") == content.count(b"\r\n")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert read(content).vevent.summary.value == "Ž" * 200


def test_the_same_events_make_the_same_file() -> None:
    zone = ZoneInfo("Europe/London")
    assert ics_text([EVENT], zone, "A") == ics_text([EVENT], zone, "A")
    assert read(ics_text([], zone, "A")).contents.get("vevent") is None


ZONES = ("Europe/London", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kathmandu", "UTC")
BEGIN = dt.datetime(2020, 1, 1, tzinfo=UTC)


def sum_of(parts: tuple[dt.datetime, dt.timedelta]) -> dt.datetime:
    return parts[0] + parts[1]


HOURS = st.integers(0, 25 * 365 * 24).map(lambda hours: BEGIN + dt.timedelta(hours=hours))
CHANGES = [after for zone in ZONES for _before, after in changes(ZoneInfo(zone), BEGIN, at("2024-01-01 00:00"))]
MINUTES = st.integers(-90, 90).map(lambda minutes: dt.timedelta(minutes=minutes))
NEAR = st.tuples(st.sampled_from(CHANGES), MINUTES).map(sum_of)


@settings(max_examples=80, deadline=None)
@given(HOURS | NEAR, st.sampled_from(ZONES))
def test_times_are_the_same_instants_by_the_rule_that_comes_along(starts_at: dt.datetime, zone: str) -> None:
    """The reader knows the zone by the rule in the file alone; the second of two equal readings is told as UTC."""
    event = replace(EVENT, starts_at=starts_at, ends_at=starts_at + dt.timedelta(hours=1))
    found = read(ics_text([event], ZoneInfo(zone), "A")).vevent.dtstart.value
    assert instant(found) == starts_at


@pytest.fixture
def store(store: Store) -> Store:
    """Fill an organisation: A with three people, C cancelled, D a draft, and an undated one."""
    with prepared(store) as db:
        course = make_course(db, "FIRE", title="Fire safety", category="Safety")
        tom, una = make_trainer(db, "T1", courses=[course], name="Tom"), make_trainer(db, "T2", name="Una")
        room = make_venue(db, "R1", name="Room 1", site="York")
        ann, bo, cy = (make_person(db, name, employee_no=name[:1]) for name in ("Ann", "Bo", "Cy"))
        a = make_scheduled(db, course=course, trainer=tom, venue=room, ref="A", co_trainers=[una])
        make_enrollment(db, a, bo)
        make_enrollment(db, a, ann, EnrollmentState.WAITLISTED, position=1)
        make_enrollment(db, a, cy, EnrollmentState.WITHDRAWN)
        cancelled = {"status": "CANCELLED", "cancel_reason": "Ill"}
        c = make_draft(
            db, course=course, starts_at=at("2026-07-08 09:00"), ends_at=at("2026-07-08 10:00"), ref="C", **cancelled
        )
        make_enrollment(db, c, bo)
        make_draft(db, course=course, starts_at=at("2026-07-09 09:00"), ends_at=at("2026-07-09 10:00"), ref="D")
        make_draft(db, course=course, ref="E")
    return store


def shown(store: Store, selection: Selection, **wanted: bool) -> list[tuple[str, str]]:
    with store.snapshot() as db:
        return [
            (event.starts_at.strftime("%d"), event.standing.value) for event in load_events(db, selection, **wanted)
        ]


@pytest.mark.parametrize(
    ("selection", "wanted"),
    [
        (EVERYTHING, [("06", "CONFIRMED"), ("08", "CANCELLED")]),
        (replace(EVERYTHING, trainer="T2"), [("06", "CONFIRMED")]),
        (replace(EVERYTHING, venue="R1"), [("06", "CONFIRMED")]),
        (replace(EVERYTHING, person="B"), [("06", "CONFIRMED"), ("08", "CANCELLED")]),
        (replace(EVERYTHING, person="A"), [("06", "TENTATIVE")]),
        (replace(EVERYTHING, person="C"), [("06", "CANCELLED")]),
        (Selection(refs=("C",)), [("08", "CANCELLED")]),
    ],
)
def test_a_selection_stands_as_it_does_for_its_owner(
    store: Store, selection: Selection, wanted: list[tuple[str, str]]
) -> None:
    assert shown(store, selection) == wanted


def test_drafts_and_names_are_there_when_asked_for(store: Store) -> None:
    assert shown(store, EVERYTHING, drafts=True)[-1] == ("09", "TENTATIVE")
    with store.snapshot() as db:
        assert load_events(db, replace(EVERYTHING, person="B"), names=True)[0].people == ()
        [event, *_rest] = load_events(db, EVERYTHING, names=True)
        assert (event.people, event.trainers, event.venue, event.site) == (("Bo",), ("Tom", "Una"), "Room 1", "York")
        with pytest.raises(NotFound):
            load_events(db, replace(EVERYTHING, person="Z"))
