"""Every deed of planning and seats undone, redone and undone again, on both databases; each refusal changes nothing."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from tests.databases import StoreFactory
from tests.factories import (
    MONDAY,
    make_account,
    make_course,
    make_draft,
    make_equipment,
    make_people,
    make_scheduled,
    make_trainer,
    make_venue,
    prepared,
)
from tests.services.store.raw import raw
from trainer_desk.models import Change, Enrollment, Session, Venue
from trainer_desk.models.enums import ChangeKind, Role
from trainer_desk.services.errors import DeskError, Stale
from trainer_desk.services.orchestration import scheduling
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.orchestration.undoing import redo_last, undo_last
from trainer_desk.services.planning import blocks, drafts, lifecycle, placing, publishing
from trainer_desk.services.planning.reclaiming import reclaim_venues
from trainer_desk.services.seats.enrolling import enroll, withdraw
from trainer_desk.services.store.engine import Store, open_store
from trainer_desk.texts import error_text

HOUR = dt.timedelta(hours=1)
TABLES = {
    "sessions": "id",
    "session_resources": "session_id, resource_id",
    "enrollments": "id",
    "blocks": "id",
    "venues": "id",
    "claims": "resource_id, starts_at",
}
LEFT_OUT = {
    "version", "created_at", "updated_at", "claims.id",
    # An undone insert cannot be deleted; it keeps these, and they say when and by whom it was taken back.
}  # fmt: skip


@dataclass
class Plan:
    """One course; Ann and Bo teach; a hall of two parts; a scheduled session with room for two, and a draft."""

    store: Store
    course: int
    ann: int
    bo: int
    beamer: int
    hall: int
    room: int
    session: int
    draft: int
    people: list[int]

    def do(self, verb: Callable[..., Any], *arguments: Any) -> Any:
        return self.store.write("Deed", verb, *arguments).value

    def state(self) -> dict[str, list[dict[str, Any]]]:
        """Give every row that undo must bring back, without versions; what is in the trash or withdrawn is gone."""
        found: dict[str, list[dict[str, Any]]] = {}
        with self.store.reading() as db:
            for table, order in TABLES.items():
                rows = db.exec_driver_sql(f"SELECT * FROM {table} ORDER BY {order}").mappings()
                found[table] = [
                    {name: value for name, value in row.items() if not {name, f"{table}.{name}"} & LEFT_OUT}
                    for row in rows
                    if not (row.get("deleted_at") or row.get("state") == "withdrawn")
                ]
        return found

    def versions(self) -> dict[int, int]:
        with self.store.reading() as db:
            return {row[0]: row[1] for row in db.execute(sa.select(Session.id, Session.version))}

    def require_sound(self) -> None:
        with self.store.snapshot() as db:
            assert check_database(db) == []


@pytest.fixture
def plan(store: Store) -> Plan:
    with prepared(store) as db:
        course = make_course(db, "FIRE")
        ann, bo = (make_trainer(db, code, courses=[course]) for code in ("ANN", "BO"))
        hall = make_venue(db, "HALL")
        for part in ("HALL-A", "HALL-B"):
            make_venue(db, part, part_of=hall)
        room, beamer = make_venue(db, "ROOM"), make_equipment(db, "BEAMER")
        session = make_scheduled(db, course=course, trainer=ann, venue=room, capacity=2)
        later = {"starts_at": MONDAY + 5 * HOUR, "course": course, "trainer": ann, "venue": hall}
        draft = make_draft(db, co_trainers=[bo], **later)
        people = make_people(db, 4)
    made = Plan(store, course, ann, bo, beamer, hall, room, session, draft, people)
    made.do(enroll, session, people[:1])
    return made


def edit(plan: Plan, session: int, **fields: Any) -> Any:
    return plan.do(drafts.edit_session, session, fields)


def retire_part(plan: Plan) -> None:
    """Make the hall's parts rooms of their own, with the claims that follow."""

    def part(db: Any, **_facts: Any) -> None:
        db.execute(sa.update(Venue).where(Venue.part_of_id == plan.hall).values(part_of_id=None))
        reclaim_venues(db, [plan.hall])

    plan.do(publishing.publish, plan.draft)
    plan.do(part)


def swap(plan: Plan) -> None:
    """Two sessions of one trainer change places in one change."""
    other = plan.do(drafts.create_draft, slot(plan, MONDAY + HOUR))
    plan.do(publishing.publish, other)

    def both(db: Any, **facts: Any) -> None:
        drafts.edit_session(db, other, times(MONDAY + 9 * HOUR), **facts)
        drafts.edit_session(db, plan.session, times(MONDAY + HOUR), **facts)
        drafts.edit_session(db, other, times(MONDAY), **facts)

    plan.do(both)


def slot(plan: Plan, starts_at: dt.datetime) -> dict[str, Any]:
    return {"course_id": plan.course, "trainer_id": plan.ann, "venue_id": plan.room} | times(starts_at)


def times(starts_at: dt.datetime) -> dict[str, dt.datetime]:
    return {"starts_at": starts_at, "ends_at": starts_at + HOUR}


def cancel_and_delete(plan: Plan) -> None:
    plan.do(lifecycle.cancel, plan.session, "Snow")
    plan.do(drafts.delete_session, plan.session)


DEEDS: dict[str, Callable[[Plan], Any]] = {
    "create": lambda plan: plan.do(drafts.create_draft, {"course_id": plan.course, "co_trainer_ids": (plan.bo,)}),
    "duplicate": lambda plan: plan.do(drafts.duplicate_session, plan.draft),
    "edit texts": lambda plan: edit(
        plan, plan.session, title="Ünïcode 'q' \\ %s", notes="{}\n2", metadata={"a": [None]}
    ),
    "edit numbers": lambda plan: edit(plan, plan.session, capacity=None, minimum=2, decision_on=dt.date(2026, 7, 1)),
    "move": lambda plan: edit(plan, plan.session, **times(MONDAY + HOUR)),
    "another trainer": lambda plan: edit(plan, plan.session, trainer_id=plan.bo),
    "a room of parts": lambda plan: edit(plan, plan.session, venue_id=plan.hall),
    "co-trainers": lambda plan: edit(plan, plan.session, co_trainer_ids=(plan.bo,), equipment_ids=(plan.beamer,)),
    "no co-trainers": lambda plan: edit(plan, plan.draft, co_trainer_ids=()),
    "co-trainer leads": lambda plan: edit(plan, plan.draft, trainer_id=plan.bo),
    "undate": lambda plan: edit(plan, plan.draft, starts_at=None, ends_at=None),
    "publish": lambda plan: plan.do(publishing.publish, plan.draft),
    "unpublish": lambda plan: plan.do(lifecycle.unpublish, plan.session),
    "cancel": lambda plan: plan.do(lifecycle.cancel, plan.session, "Snow"),
    "delete": lambda plan: plan.do(drafts.delete_session, plan.draft),
    "cancel, then delete": cancel_and_delete,
    "back to the tray": lambda plan: plan.do(scheduling.unschedule, plan.session),
    "many at once": lambda plan: plan.do(placing.for_each, [plan.session, plan.draft], lifecycle.cancel, "Snow"),
    "swap": swap,
    "enroll": lambda plan: plan.do(enroll, plan.session, plan.people[1:3]),
    "withdraw": lambda plan: plan.do(withdraw, plan.session, plan.people[0]),
    "absence": lambda plan: plan.do(blocks.add_block, plan.hall, MONDAY + 9 * HOUR, MONDAY + 10 * HOUR, "Floor"),
    "holiday": lambda plan: plan.do(blocks.add_block, None, MONDAY + 9 * HOUR, MONDAY + 10 * HOUR, "Feast"),
    "parts become rooms": retire_part,
}


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS.keys())
def test_a_deed_is_undone_redone_and_undone(plan: Plan, deed: Callable[[Plan], Any]) -> None:
    before = plan.state()
    deed(plan)
    after, versions = plan.state(), plan.versions()
    assert after != before
    with plan.store.reading() as db:
        steps = db.scalars(sa.select(Change.label).where(Change.label == "Deed")).all()
    for _ in range(2):
        undone = 0
        while plan.state() != before:
            assert undo_last(plan.store).value == "Deed"
            plan.require_sound()
            undone += 1
            assert undone <= len(steps), "undone too far"
        for _ in range(undone):
            assert redo_last(plan.store).value == "Deed"
            plan.require_sound()
        assert plan.state() == after
        assert redo_last(plan.store).value is None
    risen = plan.versions()
    assert all(risen[key] >= version for key, version in versions.items())


@pytest.mark.parametrize("name", ["edit texts", "co-trainers", "move", "publish", "delete", "no co-trainers"])
def test_undo_and_redo_raise_the_version_like_any_write(plan: Plan, name: str) -> None:
    """Also where only a helper changes, whose link is a row of its own: the version covers it."""
    session = plan.draft if name in ("publish", "delete", "no co-trainers") else plan.session
    versions = [plan.versions()[session]]
    for act in (lambda: DEEDS[name](plan), lambda: undo_last(plan.store), lambda: redo_last(plan.store)):
        act()
        versions.append(plan.versions()[session])
    assert versions == [versions[0] + step for step in range(4)]
    if name == "delete":
        return
    with pytest.raises(Stale):
        plan.store.write("Late", drafts.edit_session, session, {"notes": "x"}, version=versions[0])


def test_seats_alone_raise_no_version(plan: Plan) -> None:
    before = plan.versions()
    DEEDS["enroll"](plan)
    undo_last(plan.store)
    assert plan.versions() == before


def test_undo_goes_back_step_by_step_and_stops_at_the_first(plan: Plan) -> None:
    snapshots = [plan.state()]
    for title in ("One", "Two", "Three"):
        edit(plan, plan.session, title=title)
        snapshots.append(plan.state())
    for wanted in reversed(snapshots[:-1]):
        undo_last(plan.store)
        assert plan.state() == wanted
    for wanted in snapshots[1:]:
        redo_last(plan.store)
        assert plan.state() == wanted
    with plan.store.reading() as db:
        kinds = list(db.scalars(sa.select(Change.kind).where(Change.undoes.is_not(None)).order_by(Change.id)))
    assert kinds == [ChangeKind.UNDO] * 3 + [ChangeKind.REDO] * 3


# ---- refused -------------------------------------------------------------------------------------------------------


def touch(plan: Plan) -> None:
    with raw(plan.store) as db:
        db.exec_driver_sql("UPDATE sessions SET title = 'Theirs', version = version + 1")


def take_the_slot(plan: Plan) -> None:
    """Somebody else is in the old slot by now."""
    with raw(plan.store) as db:
        make_scheduled(db, course=plan.course, trainer=plan.ann, venue=make_venue(db))


def take_the_seats(plan: Plan) -> None:
    with raw(plan.store) as db:
        for person in plan.people[1:3]:
            stamps = {"enrolled_at": MONDAY, "created_at": MONDAY, "updated_at": MONDAY, "enrolled_by": "x"}
            row = {"session_id": plan.session, "person_id": person, "state": "confirmed"}
            db.execute(sa.insert(Enrollment).values(row | stamps))


def mark(plan: Plan) -> None:
    with raw(plan.store) as db:
        db.exec_driver_sql("UPDATE enrollments SET attendance = 'attended', version = version + 1")


REFUSED: dict[str, tuple[str, Callable[[Plan], None], str]] = {
    "edited since": ("edit texts", touch, "stale"),
    "moved, and edited since": ("move", touch, "stale"),
    "unpublished, and the slot is taken": ("unpublish", take_the_slot, "trainer_busy"),
    "moved, and the old slot is taken": ("move", take_the_slot, "trainer_busy"),
    "cancelled, and the slot is taken": ("cancel", take_the_slot, "trainer_busy"),
    "withdrawn, and the seats are taken": ("withdraw", take_the_seats, "session_full"),
    "enrolled, and marked since": ("enroll", mark, "stale"),
}


@pytest.mark.parametrize(("deed", "since", "code"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_undone_any_more_is_refused_whole(
    plan: Plan, deed: str, since: Callable[[Plan], None], code: str
) -> None:
    DEEDS[deed](plan)
    since(plan)
    before, versions = plan.state(), plan.versions()
    with pytest.raises(DeskError) as refusal:
        undo_last(plan.store)
    assert refusal.value.code == code
    assert error_text(refusal.value).endswith(".")
    assert (plan.state(), plan.versions()) == (before, versions)
    plan.require_sound()


def test_a_redo_is_refused_when_the_slot_is_taken(plan: Plan) -> None:
    DEEDS["publish"](plan)
    undo_last(plan.store)
    with raw(plan.store) as db:
        make_scheduled(
            db, course=plan.course, trainer=plan.ann, venue=plan.room, starts_at=MONDAY + 5 * HOUR, ref="NEW"
        )
    before = plan.state()
    with pytest.raises(DeskError) as refusal:
        redo_last(plan.store)
    assert {ref for finding in refusal.value.findings for ref in finding.clashes_with} == {"NEW"}
    assert plan.state() == before


def test_a_note_goes_back_although_the_session_became_invalid_meanwhile(plan: Plan) -> None:
    """Nobody judges the slot of a session of which only words go back."""
    edit(plan, plan.session, notes="Bring keys")
    with raw(plan.store) as db:
        db.exec_driver_sql("UPDATE qualifications SET valid_until = '2026-01-01', version = version + 1")
    undo_last(plan.store)
    plan.require_sound()
    with plan.store.reading() as db:
        assert db.scalar(sa.select(Session.notes).where(Session.id == plan.session)) is None


# ---- two people ----------------------------------------------------------------------------------------------------


@contextmanager
def two_people(factory: StoreFactory, store: Store) -> Iterator[Sequence[tuple[Store, str]]]:
    """Lend two workstations of two people: on a file by their names, on a server by their logins."""
    if store.is_file:
        yield [(factory(), "ana"), (factory(), "ben")]
        return
    names = [f"{name}_{id(store)}" for name in ("ana", "ben")]
    with prepared(store) as made:
        for name in names:
            make_account(made, name, Role.SUPERVISOR)
    with psycopg.connect(store.url.set(drivername="postgresql").render_as_string(), autocommit=True) as db:
        for name in names:
            db.execute(f'CREATE ROLE "{name}" LOGIN SUPERUSER')  # type: ignore[arg-type]
        stores = [open_store(store.url.set(username=name).render_as_string(hide_password=False)) for name in names]
        yield list(zip(stores, names, strict=True))
        for opened in stores:
            opened.close()
        for name in names:
            db.execute(f'DROP ROLE "{name}"')  # type: ignore[arg-type]


def test_each_undoes_the_own_change_and_never_the_others(plan: Plan, store_factory: StoreFactory) -> None:
    with two_people(store_factory, plan.store) as ((hers, ana), (his, ben)):
        assert undo_last(his, actor=ben).value is None
        hers.write("Hers", drafts.edit_session, plan.session, {"title": "Ana's"}, actor=ana)
        his.write("His", drafts.edit_session, plan.draft, {"title": "Ben's"}, actor=ben)
        assert undo_last(hers, actor=ana).value == "Hers"
        assert undo_last(hers, actor=ana).value is None
        with plan.store.reading() as db:
            titles = dict(db.execute(sa.select(Session.id, Session.title)).all())
        assert (titles[plan.session], titles[plan.draft]) == (None, "Ben's")
        assert redo_last(his, actor=ben).value is None
        assert redo_last(hers, actor=ana).value == "Hers"


def test_who_came_between_is_named(plan: Plan, store_factory: StoreFactory) -> None:
    with two_people(store_factory, plan.store) as ((hers, ana), (his, ben)):
        hers.write("Hers", drafts.edit_session, plan.session, {"title": "Ana's"}, actor=ana)
        his.write("His", drafts.edit_session, plan.session, {"title": "Ben's"}, actor=ben)
        with pytest.raises(Stale) as refusal:
            undo_last(hers, actor=ana)
        assert (refusal.value.facts["by"], refusal.value.facts["label"]) == (ben, "His")
        assert ben in error_text(refusal.value)
        undo_last(his, actor=ben)
        undo_last(hers, actor=ana)
        with plan.store.reading() as db:
            assert db.scalar(sa.select(Session.title).where(Session.id == plan.session)) is None


def test_one_change_is_undone_once(plan: Plan, store_factory: StoreFactory) -> None:
    """Two workstations of one person ask for the same undo; the second is told."""
    edit(plan, plan.session, title="Once")
    with plan.store.reading() as db:
        change = int(db.scalar(sa.select(sa.func.max(Change.id))) or 0)
    undo_last(plan.store)

    def again(db: Any, **_facts: Any) -> None:
        raise AssertionError("it must not come so far")

    with pytest.raises(DeskError) as refusal:
        store_factory().write("Deed", again, undoes=change, kind=ChangeKind.UNDO)
    assert (refusal.value.code, refusal.value.facts["constraint"]) == ("stale", "uq_changes_undoes")
