"""Drafts: only a course is needed, every field is stored as it was meant, and nothing is ever lost (S1, S7)."""

import datetime as dt
from typing import Any

import pytest

from tests.factories import make_enrollment, make_equipment, make_people, prepared
from tests.services.planning.world import NINE, TEN, World
from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.errors import BadValue, DeskError, NotFound, WrongState
from trainer_desk.services.planning import board, drafts, lifecycle, publishing
from trainer_desk.texts import error_text

FIELDS: dict[str, Any] = {
    "title": "Évacuation <b>now</b>",
    "description": "Line one\nLine two",
    "starts_at": NINE,
    "ends_at": TEN,
    "capacity": 12,
    "minimum": 3,
    "decision_on": dt.date(2026, 6, 30),
    "waitlist": "enrol",
    "waitlist_order": "urgent",
    "notes": "Bring the keys; 50 % {off}",
    "metadata": {"a": [1, 2.5, None, True], "ключ": {"": "ß"}},
}


def test_a_draft_needs_only_a_course(world: World) -> None:
    session = world.do(drafts.create_draft, {"course_id": world.fire})
    detail = world.detail(session)
    assert detail.card.status is SessionStatus.DRAFT
    assert (detail.card.starts_at, detail.card.trainer_id, detail.card.venue_id) == (None, None, None)
    assert (detail.card.capacity, detail.card.version, detail.card.seats_taken) == (None, 1, 0)
    assert detail.card.ref == f"S-{session:05d}"
    assert (detail.created_at, detail.updated_at) == (world.clock.instant, world.clock.instant)


def test_every_field_is_stored_as_it_was_given(world: World) -> None:
    with prepared(world.store) as db:
        beamer = make_equipment(db)
    given = FIELDS | {
        "course_id": world.aid,
        "trainer_id": world.ann,
        "venue_id": world.hall,
        "co_trainer_ids": (world.cy, world.bo),
        "equipment_ids": (beamer,),
    }
    detail = world.detail(world.do(drafts.create_draft, given, ref="SAFE-1"))
    card = detail.card
    stored = {name: getattr(card, name, None) or getattr(detail, name, None) for name in given}
    assert stored == given | {"co_trainer_ids": (world.bo, world.cy)}
    assert card.ref == "SAFE-1"


def test_no_check_blocks_a_draft(world: World) -> None:
    world.scheduled()
    world.draft()
    odd = world.draft(trainer_id=world.cy, starts_at=TEN, ends_at=NINE)
    assert world.card(odd).status is SessionStatus.DRAFT
    assert not world.claims(odd)


BAD: dict[str, tuple[dict[str, Any], str, str]] = {
    "no course": ({"course_id": None}, "bad_value", "course"),
    "unknown course": ({"course_id": 987654}, "not_found", "course"),
    "unknown trainer": ({"trainer_id": 987654}, "not_found", "trainer"),
    "unknown co-trainer": ({"co_trainer_ids": (987654,)}, "not_found", "trainer"),
    "unknown venue": ({"venue_id": 987654}, "not_found", "venue"),
    "unknown equipment": ({"equipment_ids": (987654,)}, "not_found", "equipment"),
    "zero capacity": ({"capacity": 0}, "bad_value", "capacity"),
    "negative capacity": ({"capacity": -3}, "bad_value", "capacity"),
    "huge capacity": ({"capacity": 10**12}, "bad_value", "capacity"),
    "capacity in words": ({"capacity": "twelve"}, "bad_value", "capacity"),
    "negative minimum": ({"minimum": -1}, "bad_value", "minimum"),
    "huge minimum": ({"minimum": 10**12}, "bad_value", "minimum"),
    "minimum in words": ({"minimum": "many"}, "bad_value", "minimum"),
    "naive start": ({"starts_at": dt.datetime(2026, 7, 6, 9)}, "bad_value", "start"),  # noqa: DTZ001 - that is the point
    "start in words": ({"starts_at": "tomorrow"}, "bad_value", "start"),
    "end before all calendars": ({"ends_at": dt.datetime(1, 1, 1, tzinfo=dt.UTC)}, "bad_value", "end"),
    "end after all calendars": ({"ends_at": dt.datetime.max.replace(tzinfo=dt.UTC)}, "bad_value", "end"),
    "decision in words": ({"decision_on": "soon"}, "bad_value", "decision_on"),
    "unknown waitlist": ({"waitlist": "perhaps"}, "bad_value", "waitlist"),
    "unknown order": ({"waitlist_order": "loudest"}, "bad_value", "waitlist_order"),
    "NUL in a title": ({"title": "a\0b"}, "bad_value", "title"),
    "half a character in notes": ({"notes": "a\ud800b"}, "bad_value", "notes"),
    "long title": ({"title": "x" * 201}, "bad_value", "title"),
    "long notes": ({"notes": "x" * 20_001}, "bad_value", "notes"),
    "metadata is a list": ({"metadata": [1]}, "bad_value", "metadata"),
    "metadata holds a set": ({"metadata": {"a": {1}}}, "bad_value", "metadata"),
    "metadata is not a number": ({"metadata": {"a": float("nan")}}, "bad_value", "metadata"),
    "metadata holds NUL": ({"metadata": {"a": ["b\0"]}}, "bad_value", "metadata"),
    "metadata holds half a character": ({"metadata": {"\udc00": 1}}, "bad_value", "metadata"),
    "metadata is a novel": ({"metadata": {"a": "x" * 20_000}}, "bad_value", "metadata"),
    "unknown field": ({"colour": "red"}, "bad_value", "colour"),
}


@pytest.mark.parametrize(("fields", "code", "about"), BAD.values(), ids=BAD.keys())
def test_what_cannot_be_stored_is_refused_in_words(world: World, fields: dict[str, Any], code: str, about: str) -> None:
    session = world.draft()
    before = world.columns(session)
    for act in (lambda: world.draft(**fields), lambda: world.edit(session, **fields)):
        with pytest.raises(DeskError) as refusal:
            act()
        assert refusal.value.code == code
        assert about in (refusal.value.facts.get("field"), refusal.value.facts.get("kind"))
        assert error_text(refusal.value).endswith((".", '."'))
    assert world.columns(session) == before


def test_a_trainer_is_no_venue(world: World) -> None:
    with pytest.raises(NotFound):
        world.draft(venue_id=world.ann)
    with pytest.raises(NotFound):
        world.draft(trainer_id=world.room)


def test_a_ref_is_given_once(world: World) -> None:
    world.do(drafts.create_draft, {"course_id": world.fire}, ref="X-1")
    with pytest.raises(DeskError) as refusal:
        world.do(drafts.create_draft, {"course_id": world.fire}, ref=" X-1 ")
    assert refusal.value.code == "duplicate_ref"
    with pytest.raises(BadValue):
        world.do(drafts.create_draft, {"course_id": world.fire}, ref="r" * 61)


def test_a_made_up_ref_steps_aside_for_one_that_is_taken(world: World) -> None:
    first = world.do(drafts.create_draft, {"course_id": world.fire})
    taken = f"S-{first + 2:05d}"
    world.do(drafts.create_draft, {"course_id": world.fire}, ref=taken)
    third = world.do(drafts.create_draft, {"course_id": world.fire})
    assert third == first + 2
    assert world.ref(third).startswith(f"{taken}-")


@pytest.mark.parametrize("name", FIELDS)
def test_an_edit_changes_that_field_and_the_version(world: World, name: str) -> None:
    session = world.do(drafts.create_draft, {"course_id": world.fire})
    before = world.columns(session)
    world.clock.instant += dt.timedelta(minutes=5)
    assert world.edit(session, **{name: FIELDS[name]}) == ()
    after = world.columns(session)
    assert {key for key in after if after[key] != before[key]} == {name, "version", "updated_at"}
    assert world.card(session).version == 2
    world.edit(session, **{name: FIELDS[name]})
    assert world.columns(session) == after, "an equal value changes nothing"
    if name not in ("waitlist", "waitlist_order"):
        world.edit(session, **{name: None})
        assert world.columns(session)[name] is None


def test_fractions_of_a_second_are_cut_off(world: World) -> None:
    session = world.draft(starts_at=NINE + dt.timedelta(microseconds=999_999))
    assert world.card(session).starts_at == NINE
    world.edit(session, starts_at=NINE + dt.timedelta(microseconds=1))
    assert world.card(session).version == 1


def test_an_equal_list_of_co_trainers_in_another_order_changes_nothing(world: World) -> None:
    session = world.draft(co_trainer_ids=(world.bo, world.cy))
    world.edit(session, co_trainer_ids=(world.cy, world.bo, world.cy))
    assert world.card(session).version == 1


def test_the_lead_trainer_is_never_a_co_trainer_as_well(world: World) -> None:
    session = world.draft(co_trainer_ids=(world.ann, world.bo))
    assert world.links(session) == {(world.bo, "co")}
    world.edit(session, trainer_id=world.bo)
    assert world.links(session) == set()
    world.edit(session, co_trainer_ids=(world.bo, world.cy))
    assert world.links(session) == {(world.cy, "co")}
    assert world.card(session).version == 3
    world.edit(session, co_trainer_ids=(world.bo, world.cy))
    assert world.card(session).version == 3


def test_a_duplicate_has_the_same_fields_and_nobody_in_it(world: World) -> None:
    session = world.scheduled(co_trainer_ids=(world.bo,), **FIELDS | {"ends_at": TEN})
    with prepared(world.store) as db:
        for person in make_people(db, 3):
            make_enrollment(db, session, person)
    own = ("id", "uuid", "ref", "status", "version", "created_at", "updated_at", "seats_taken", "decision_on")
    copy = world.do(drafts.duplicate_session, session)
    assert world.columns(copy, *own) == world.columns(session, *own)
    assert world.card(copy).status is SessionStatus.DRAFT
    assert world.card(copy).seats_taken == 0
    assert world.links(copy) == world.links(session)
    assert world.detail(copy).uuid != world.detail(session).uuid
    assert not world.claims(copy)


def test_delete_is_a_trash_and_restore_makes_a_draft(world: World) -> None:
    for session in (world.draft(), world.scheduled()):
        if world.card(session).status is SessionStatus.SCHEDULED:
            world.do(lifecycle.cancel, session, "Snow")
        world.do(drafts.delete_session, session)
        assert world.detail(session).deleted_at == world.clock.instant
        for verb in (drafts.delete_session, publishing.publish, lifecycle.reinstate):
            with pytest.raises(NotFound) as refusal:
                world.do(verb, session)
            assert "trash" in error_text(refusal.value)
        with pytest.raises(NotFound):
            world.edit(session, title="Late")
        world.do(drafts.restore_session, session)
        detail = world.detail(session)
        assert (detail.deleted_at, detail.cancel_reason, detail.card.status) == (None, None, SessionStatus.DRAFT)
        with pytest.raises(NotFound):
            world.do(drafts.restore_session, session)


def test_a_scheduled_session_is_not_deleted(world: World) -> None:
    session = world.scheduled()
    before = world.columns(session)
    with pytest.raises(WrongState) as refusal:
        world.do(drafts.delete_session, session)
    assert refusal.value.facts["state"] is SessionStatus.SCHEDULED
    assert world.columns(session) == before
    assert world.claims(session)


@pytest.mark.parametrize("verb", [drafts.edit_session, drafts.duplicate_session, drafts.delete_session])
def test_what_is_not_there_is_said_so(world: World, verb: Any) -> None:
    arguments = (987654, {}) if verb is drafts.edit_session else (987654,)
    with pytest.raises(NotFound):
        world.do(verb, *arguments)
    with pytest.raises(NotFound):
        world.store.read(board.find_session, "NOBODY")


def test_a_draft_without_a_course_is_refused_in_words(world: World) -> None:
    with pytest.raises(BadValue) as refusal:
        world.store.write("New draft", drafts.create_draft, {"title": "Fire"})
    assert refusal.value.facts["field"] == "course"
