"""Publishing is strict: all problems at once and nothing changed, or the session stands with its claims (S2, C1–C5)."""

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa

from tests.factories import BERLIN, at, make_equipment, make_qualification, make_trainer, make_venue, prepared
from tests.services.planning.world import NINE, NOON, NOW, TEN, World, told
from trainer_desk.models import Course, Resource
from trainer_desk.models.enums import SessionStatus, Severity
from trainer_desk.services.errors import Refused, Stale, WrongState
from trainer_desk.services.planning import blocks, drafts, publishing
from trainer_desk.texts import error_text, finding_text

MINUTE = dt.timedelta(minutes=1)


def refused(world: World, session: int) -> Refused:
    """Publish, expect a refusal, and prove that nothing was changed."""
    before = world.columns(session)
    with pytest.raises(Refused) as refusal:
        world.do(publishing.publish, session)
    assert world.columns(session) == before
    assert not world.claims(session)
    return refusal.value


def test_a_sound_draft_is_scheduled_with_its_claims(each_world: World) -> None:
    world = each_world
    session = world.draft(co_trainer_ids=(world.bo,))
    assert world.do(publishing.publish, session) == ()
    assert world.card(session).status is SessionStatus.SCHEDULED
    assert world.card(session).version == 2
    assert world.claims(session) == {(key, NINE, TEN) for key in (world.ann, world.bo, world.room)}


def test_an_empty_draft_lacks_everything(world: World) -> None:
    session = world.do(drafts.create_draft, {"course_id": world.fire})
    assert told(refused(world, session).findings) == [
        ("missing_trainer", "trainer", None),
        ("missing_venue", "venue", None),
        ("missing_start", "start", None),
        ("missing_end", "end", None),
    ]


def test_all_problems_are_told_at_once(each_world: World) -> None:
    """Two busy trainers, one of them not qualified either, a busy venue, and a holiday over all of it."""
    world = each_world
    others = [
        world.scheduled(),
        world.scheduled(course_id=world.aid, trainer_id=world.cy, venue_id=world.other_room),
    ]
    world.do(blocks.add_block, None, NINE, NOON, "Founders' day")
    session = world.draft(starts_at=NINE + 30 * MINUTE, ends_at=TEN + 30 * MINUTE, co_trainer_ids=(world.cy,))
    error = refused(world, session)
    assert told(error.findings) == [
        ("trainer_not_qualified", "co_trainers", "CY"),
        ("trainer_busy", "trainer", "ANN"),
        ("trainer_busy", "co_trainers", "CY"),
        ("venue_busy", "venue", "ROOM"),
        ("venue_closed", "start", None),
    ]
    first, second = (world.ref(other) for other in others)
    assert [finding.clashes_with for finding in error.findings] == [(), (first,), (second,), (first,), ()]
    assert [bool(finding.fixes) for finding in error.findings] == [True, True, True, True, False]
    for finding in error.findings:
        assert finding_text(finding, BERLIN) in error_text(error, BERLIN)


SPANS: dict[str, tuple[dt.timedelta, list[str]]] = {
    "nothing": (dt.timedelta(0), ["end_before_start"]),
    "backwards": (-MINUTE, ["end_before_start"]),
    "a minute": (MINUTE, []),
    "24 hours": (dt.timedelta(hours=24), []),
    "24 hours and a second": (dt.timedelta(hours=24, seconds=1), ["too_long"]),
}


@pytest.mark.parametrize(("length", "codes"), SPANS.values(), ids=SPANS.keys())
def test_a_session_ends_after_its_start_and_within_a_day(world: World, length: dt.timedelta, codes: list[str]) -> None:
    session = world.draft(ends_at=NINE + length)
    if codes:
        assert [finding.code for finding in refused(world, session).findings] == codes
    else:
        assert world.do(publishing.publish, session) == ()


def test_the_past_may_be_published_and_is_said_so(world: World) -> None:
    session = world.draft(starts_at=NOW - MINUTE, ends_at=NOW)
    found = world.do(publishing.publish, session)
    assert [(finding.code, finding.severity) for finding in found] == [("in_the_past", Severity.ORANGE)]
    assert world.card(session).status is SessionStatus.SCHEDULED


OTHERS: dict[str, tuple[str, str, bool]] = {
    "before, end to start": ("08:00", "09:00", True),
    "over the start": ("08:30", "09:00:01", False),
    "the same": ("09:00", "10:00", False),
    "inside": ("09:15", "09:30", False),
    "around": ("08:00", "11:00", False),
    "over the end": ("09:59:59", "11:00", False),
    "after, start to end": ("10:00", "11:00", True),
}


@pytest.mark.parametrize(("starts", "ends", "fits"), OTHERS.values(), ids=OTHERS.keys())
@pytest.mark.parametrize("shared", ["trainer", "co-trainer", "venue"])
def test_one_session_at_a_time_and_back_to_back_is_fine(
    world: World, starts: str, ends: str, fits: bool, shared: str
) -> None:
    stands = world.scheduled()
    who: dict[str, Any] = {
        "trainer": {"venue_id": world.other_room},
        "co-trainer": {"venue_id": world.other_room, "trainer_id": world.bo, "co_trainer_ids": (world.ann,)},
        "venue": {"trainer_id": world.bo},
    }[shared]
    session = world.draft(starts_at=at(f"2026-07-06 {starts}"), ends_at=at(f"2026-07-06 {ends}"), **who)
    if fits:
        assert world.do(publishing.publish, session) == ()
        return
    (finding,) = refused(world, session).findings
    assert finding.code == ("venue_busy" if shared == "venue" else "trainer_busy")
    assert finding.clashes_with == (world.ref(stands),)
    assert finding.facts["starts_at"] == NINE


def test_equipment_is_in_one_session_at_a_time(world: World) -> None:
    with prepared(world.store) as db:
        beamer = make_equipment(db, "BEAMER")
    world.scheduled(equipment_ids=(beamer,))
    session = world.draft(equipment_ids=(beamer,), trainer_id=world.bo, venue_id=world.other_room)
    assert told(refused(world, session).findings) == [("equipment_busy", "equipment", "BEAMER")]


WHOLES: dict[str, tuple[str, str, bool]] = {
    "the whole blocks a part": ("hall", "hall_a", False),
    "a part blocks the whole": ("hall_b", "hall", False),
    "the whole blocks itself": ("hall", "hall", False),
    "a part leaves the other free": ("hall_a", "hall_b", True),
    "a room has nothing to do with it": ("room", "hall", True),
}


@pytest.mark.parametrize(("first", "second", "fits"), WHOLES.values(), ids=WHOLES.keys())
def test_a_venue_and_its_parts(each_world: World, first: str, second: str, fits: bool) -> None:
    world = each_world
    stands = world.scheduled(venue_id=getattr(world, first))
    session = world.draft(venue_id=getattr(world, second), trainer_id=world.bo)
    if fits:
        assert world.do(publishing.publish, session) == ()
        return
    (finding,) = refused(world, session).findings
    assert (finding.code, finding.clashes_with) == ("venue_busy", (world.ref(stands),)), "named once, not per part"


def test_the_whole_is_claimed_by_its_parts_down_to_the_smallest(world: World) -> None:
    with prepared(world.store) as db:
        corner = make_venue(db, "CORNER", part_of=world.hall_a)
        nook = make_venue(db, "NOOK", part_of=world.hall_a)
    session = world.scheduled(venue_id=world.hall)
    taken = {resource for resource, _starts, _ends in world.claims(session)}
    assert taken == {world.ann, world.hall_b, corner, nook}


TURNAROUND: dict[str, tuple[str, str, bool]] = {
    "within": ("10:00", "11:00", False),
    "a minute short": ("10:14", "11:00", False),
    "right after": ("10:15", "11:00", True),
    "before, too close": ("08:00", "08:50", False),
    "before, far enough": ("07:30", "08:45", True),
}


@pytest.mark.parametrize(("starts", "ends", "fits"), TURNAROUND.values(), ids=TURNAROUND.keys())
def test_turnaround_follows_every_session_of_the_venue(world: World, starts: str, ends: str, fits: bool) -> None:
    with prepared(world.store) as db:
        workshop = make_venue(db, "SHOP", turnaround_minutes=15)
    stands = world.scheduled(venue_id=workshop)
    assert (workshop, NINE, TEN + 15 * MINUTE) in world.claims(stands)
    assert (world.ann, NINE, TEN) in world.claims(stands), "the trainer may go on at once"
    when = {"starts_at": at(f"2026-07-06 {starts}"), "ends_at": at(f"2026-07-06 {ends}")}
    session = world.draft(venue_id=workshop, trainer_id=world.bo, **when)
    if fits:
        assert world.do(publishing.publish, session) == ()
        return
    (finding,) = refused(world, session).findings
    assert (finding.code, finding.facts["ends_at"]) == ("venue_busy", TEN), "its own end is told, not the turnaround's"


@pytest.mark.parametrize("role", ["lead", "co"])
@pytest.mark.parametrize(
    ("valid_from", "valid_until", "holds"),
    [
        (None, None, True),
        (dt.date(2026, 7, 6), dt.date(2026, 7, 6), True),
        (dt.date(2026, 7, 7), None, False),
        (None, dt.date(2026, 7, 5), False),
    ],
)
def test_trainers_are_qualified_on_the_day(
    world: World, role: str, valid_from: dt.date | None, valid_until: dt.date | None, holds: bool
) -> None:
    with prepared(world.store) as db:
        dee = make_trainer(db, "DEE")
        make_qualification(db, dee, world.fire, valid_from, valid_until)
    who: dict[str, Any] = {"trainer_id": dee} if role == "lead" else {"co_trainer_ids": (dee,)}
    session = world.draft(**who)
    if holds:
        assert world.do(publishing.publish, session) == ()
        return
    (finding,) = refused(world, session).findings
    assert told([finding]) == [("trainer_not_qualified", "trainer" if role == "lead" else "co_trainers", "DEE")]


def test_the_day_of_a_qualification_is_the_organisations(world: World) -> None:
    """Half past midnight in Berlin is the evening before in UTC."""
    with prepared(world.store) as db:
        dee = make_trainer(db, "DEE")
        make_qualification(db, dee, world.fire, dt.date(2026, 7, 7), dt.date(2026, 7, 7))
    starts_at = at("2026-07-07 00:30")
    assert starts_at.date() == dt.date(2026, 7, 6)
    session = world.draft(trainer_id=dee, starts_at=starts_at, ends_at=starts_at + 60 * MINUTE)
    assert world.do(publishing.publish, session) == ()


def test_who_left_and_what_is_retired_is_refused(world: World) -> None:
    session = world.draft()
    with prepared(world.store) as db:
        gone = sa.update(Resource).where(Resource.id.in_([world.ann, world.room]))
        db.execute(gone.values(active=False, version=Resource.version + 1))
        course = sa.update(Course).where(Course.id == world.fire)
        db.execute(course.values(active=False, version=Course.version + 1))
    assert told(refused(world, session).findings) == [
        ("bad_value", "course", "FIRE"),
        ("trainer_away", "trainer", "ANN"),
        ("venue_closed", "venue", "ROOM"),
    ]


def test_drafts_do_not_stand_in_each_others_way(world: World) -> None:
    first, second = world.draft(), world.draft()
    assert world.do(publishing.publish, first) == ()
    assert told(refused(world, second).findings) == [
        ("trainer_busy", "trainer", "ANN"),
        ("venue_busy", "venue", "ROOM"),
    ]


def test_a_draft_is_hinted_at_and_a_scheduled_session_is_not(world: World) -> None:
    stands, draft = world.scheduled(), world.draft()
    hints = world.store.read(publishing.session_findings, draft, now=NOW)
    assert {(hint.code, hint.severity) for hint in hints} == {
        ("trainer_busy", Severity.ORANGE),
        ("venue_busy", Severity.ORANGE),
    }
    assert world.store.read(publishing.session_findings, stands, now=NOW) == ()


def test_a_scheduled_session_that_became_invalid_says_so_in_red(world: World) -> None:
    stands = world.scheduled()
    world.do(blocks.add_block, world.ann, NINE, TEN, "Illness")
    (finding,) = world.store.read(publishing.session_findings, stands, now=NOW)
    assert (finding.code, finding.severity) == ("trainer_away", Severity.RED)


def test_only_a_draft_is_published_and_only_in_the_version_that_was_seen(world: World) -> None:
    session = world.draft()
    world.edit(session, title="Changed")
    with pytest.raises(Stale):
        world.do(publishing.publish, session, version=1)
    world.do(publishing.publish, session, version=2)
    with pytest.raises(WrongState) as refusal:
        world.do(publishing.publish, session)
    assert refusal.value.facts["state"] is SessionStatus.SCHEDULED
    assert len(world.claims(session)) == 2


def test_ways_out_can_be_carried_out(world: World) -> None:
    """The way out of a busy trainer names one who is free and qualified; the way out of a busy room, a free one."""
    world.scheduled()
    session = world.draft()
    for finding in refused(world, session).findings:
        fix = next(fix for fix in finding.fixes if fix.code in ("use_trainer", "use_venue"))
        if fix.code == "use_trainer":
            world.edit(session, trainer_id=fix.facts["id"])
        else:
            world.edit(session, venue_id=fix.facts["id"])
    assert world.do(publishing.publish, session) == ()
