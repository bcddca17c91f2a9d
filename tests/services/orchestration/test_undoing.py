"""Undo and redo put rows, claims and seats back as a change of their own, or refuse and leave all as it was."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
import sqlalchemy as sa

from tests.factories import (
    MONDAY,
    make_course,
    make_person,
    make_qualification,
    make_scheduled,
    make_trainer,
    make_venue,
    prepared,
)
from trainer_desk.models import Claim, Contact, Qualification, Session, Setting
from trainer_desk.services.errors import DeskError, Refused, Stale
from trainer_desk.services.orchestration.settings import set_setting
from trainer_desk.services.orchestration.undoing import redo_last, undo_last
from trainer_desk.services.planning import board, drafts, lifecycle, publishing
from trainer_desk.services.store.engine import Store
from trainer_desk.services.store.engines import make_writer

HOUR = dt.timedelta(hours=1)


@dataclass
class Room:
    """A store with one course, one trainer, one venue, and a session scheduled on Monday."""

    store: Store
    course: int
    trainer: int
    venue: int
    session: int

    def state(self) -> tuple[object, ...]:
        """What undo must bring back: every column of the sessions but version and times of writing, and the claims."""
        left_out = {"version", "updated_at"}
        columns = [column for column in Session.__table__.columns if column.name not in left_out]
        with self.store.reading() as db:
            rows = tuple(db.execute(sa.select(*columns).order_by(Session.id)).all())
            held = sa.select(Claim.resource_id, Claim.session_id, Claim.starts_at, Claim.ends_at)
            return rows, tuple(db.execute(held.order_by(*held.selected_columns)).all())


@pytest.fixture
def room(store: Store) -> Room:
    with prepared(store) as db:
        course = make_course(db, "FIRE")
        trainer = make_trainer(db, "T1", courses=[course])
        venue = make_venue(db, "V1")
        session = make_scheduled(db, course=course, trainer=trainer, venue=venue)
    return Room(store, course, trainer, venue, session)


@contextmanager
def past_the_program(store: Store) -> Iterator[sa.Connection]:
    """Write as somebody with a database client would: nobody's step, but recorded."""
    engine = make_writer(store.url)
    with engine.begin() as connection:
        yield connection
    engine.dispose()


EDITS: dict[str, Callable[[Room], object]] = {
    "move": lambda room: room.store.write(
        "Moved", drafts.edit_session, room.session, {"starts_at": MONDAY + HOUR, "ends_at": MONDAY + 3 * HOUR}
    ),
    "retitle": lambda room: room.store.write("Named", drafts.edit_session, room.session, {"title": "Feuer ✓"}),
    "unpublish": lambda room: room.store.write("Unpublished", lifecycle.unpublish, room.session),
    "cancel": lambda room: room.store.write("Cancelled", lifecycle.cancel, room.session, "Snow"),
    "metadata": lambda room: room.store.write("Noted", drafts.edit_session, room.session, {"metadata": {"a": [1]}}),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_undo_and_redo_bring_back_what_was(room: Room, edit: Callable[[Room], object]) -> None:
    before = room.state()
    edit(room)
    after = room.state()
    assert before != after

    undo_last(room.store)
    assert room.state() == before
    redo_last(room.store)
    assert room.state() == after
    undo_last(room.store)
    assert room.state() == before


def test_an_undone_draft_goes_to_the_trash_and_redo_brings_it_back(room: Room) -> None:
    new = room.store.write("New draft", drafts.create_draft, {"course_id": room.course}).value
    assert undo_last(room.store).value == "New draft"
    assert room.store.read(board.load_session, new).deleted_at is not None
    redo_last(room.store)
    assert room.store.read(board.load_session, new).deleted_at is None


def test_undo_refuses_when_somebody_else_changed_the_row_since(room: Room) -> None:
    room.store.write("Named", drafts.edit_session, room.session, {"title": "Mine"})
    with past_the_program(room.store) as db:
        db.execute(sa.text("UPDATE sessions SET title = 'Theirs', version = version + 1"))
    before = room.state()
    with pytest.raises(Stale) as refusal:
        undo_last(room.store)
    assert refusal.value.facts["why"] == "changed_since"
    assert room.state() == before


def test_undo_of_an_unpublish_refuses_when_the_slot_is_taken_by_now(room: Room) -> None:
    room.store.write("Unpublished", lifecycle.unpublish, room.session)
    with past_the_program(room.store) as db:
        winner = make_scheduled(db, course=room.course, trainer=room.trainer, venue=make_venue(db))
    before = room.state()
    with pytest.raises(Refused) as refusal:
        undo_last(room.store)
    ref = room.store.read(board.load_card, winner).ref
    assert [finding.clashes_with for finding in refusal.value.findings] == [(ref,)]
    assert room.state() == before


def test_a_new_change_ends_the_redo_list(room: Room) -> None:
    room.store.write("Named", drafts.edit_session, room.session, {"title": "One"})
    undo_last(room.store)
    room.store.write("Named", drafts.edit_session, room.session, {"title": "Two"})
    assert redo_last(room.store).value is None


def test_undo_raises_the_version_so_that_open_forms_notice(room: Room) -> None:
    first = room.store.read(board.load_card, room.session).version
    room.store.write("Named", drafts.edit_session, room.session, {"title": "One"})
    undo_last(room.store)
    assert room.store.read(board.load_card, room.session).version == first + 2


def test_publishing_is_undone_with_its_claims(room: Room) -> None:
    fields = {
        "course_id": room.course,
        "trainer_id": room.trainer,
        "venue_id": room.venue,
        "starts_at": MONDAY + 5 * HOUR,
        "ends_at": MONDAY + 6 * HOUR,
    }
    draft = room.store.write("New draft", drafts.create_draft, fields).value
    before = room.state()
    room.store.write("Scheduled", publishing.publish, draft)
    assert room.state() != before
    undo_last(room.store)
    assert room.state() == before


def change_setting(room: Room) -> None:
    room.store.write("Renamed", set_setting, "zone", "Europe/Paris")


def lapse(room: Room) -> None:
    with room.store.writing("Lapsed") as unit:
        statement = sa.update(Qualification).values(valid_until=dt.date(2020, 1, 1), version=Qualification.version + 1)
        unit.db.execute(statement)


def qualify(room: Room) -> None:
    with room.store.writing("Qualified") as unit:
        make_qualification(unit.db, room.trainer, make_course(unit.db, "NEW"))


def correct_contact(room: Room) -> None:
    with prepared(room.store) as db:
        db.execute(sa.insert(Contact).values(person_id=make_person(db), name="Ann", phone="1"))
    with room.store.writing("Corrected") as unit:
        unit.db.execute(sa.update(Contact).values(phone="2"))


def catalogue(room: Room) -> list[object]:
    with room.store.reading() as db:
        held = sa.select(Qualification.valid_until).where(Qualification.deleted_at.is_(None))
        return [db.execute(query).all() for query in (sa.select(Setting), held, sa.select(Contact))]


@pytest.mark.parametrize(
    ("edit", "goes_back"), [(change_setting, True), (lapse, True), (qualify, True), (correct_contact, False)]
)
def test_what_was_changed_goes_back_and_what_cannot_be_unmade_stays(
    room: Room, edit: Callable[[Room], None], goes_back: bool
) -> None:
    """Nothing is deleted, so a row without a gone state stays; what is kept secret is not in the journal at all."""
    before = catalogue(room)
    edit(room)
    after = catalogue(room)
    assert after != before
    if goes_back:
        undo_last(room.store)
    else:
        with pytest.raises(DeskError) as refusal:
            undo_last(room.store)
        assert (refusal.value.code, refusal.value.facts["why"]) == ("stale", "cannot_be_undone")
    assert catalogue(room) == (before if goes_back else after)
