"""What changed of a session since a version: field by field, with who did so last (U5)."""

import pytest

from tests.databases import StoreFactory
from tests.factories import at, make_course, make_draft, make_trainer, prepared
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.journal.since import changes_since
from trainer_desk.services.orchestration.scheduling import edit_session
from trainer_desk.services.orchestration.undoing import undo_last
from trainer_desk.services.planning.board import load_session
from trainer_desk.services.rows.comparing import FieldChange
from trainer_desk.services.store.engine import Store

NOW = at("2026-07-01 10:00")


@pytest.fixture
def store(store_factory: StoreFactory) -> Store:
    return store_factory(FixedClock(NOW))


@pytest.fixture
def session(store: Store) -> int:
    with prepared(store) as db:
        course = make_course(db, "FIRE")
        for name in ("Ann", "Bo"):
            make_trainer(db, name.upper(), name=name, courses=[course])
        return make_draft(db, course=course, starts_at=at("2026-07-06 13:00"), minutes=60)


def version(store: Store, session: int) -> int:
    """Return the version as it is now."""
    return store.read(load_session, session, now=NOW).card.version


def edit(store: Store, session: int, actor: str = "marta", **fields: object) -> None:
    """Change fields as another workstation does."""
    store.write("Edit", edit_session, session, fields, actor=actor)


def test_each_field_once_as_it_was_and_is(store: Store, session: int) -> None:
    seen = version(store, session)
    edit(store, session, capacity=12)
    edit(store, session, capacity=16, notes="hers", actor="frank")
    edit(store, session, ends_at=at("2026-07-06 15:00"))
    found = {one.field: (one.before, one.after) for one in changes_since_of(store, session, seen)}
    assert found == {
        "capacity": (None, 16),
        "notes": (None, "hers"),
        "ends_at": (at("2026-07-06 14:00"), at("2026-07-06 15:00")),
    }


def changes_since_of(store: Store, session: int, seen: int) -> tuple[FieldChange, ...]:
    """Ask what changed since."""
    return store.read(changes_since, session, seen)


def test_only_what_came_after_the_version(store: Store, session: int) -> None:
    edit(store, session, capacity=12)
    seen = version(store, session)
    edit(store, session, minimum=3)
    assert [one.field for one in changes_since_of(store, session, seen)] == ["minimum"]
    assert changes_since_of(store, session, version(store, session)) == ()


def test_co_trainers_are_told_as_a_list(store: Store, session: int) -> None:
    [ann, bo] = store.read(lambda db: db.exec_driver_sql("SELECT id FROM resources ORDER BY id").scalars().all())
    edit(store, session, co_trainer_ids=(ann,))
    seen = version(store, session)
    edit(store, session, co_trainer_ids=(bo,))
    edit(store, session, capacity=5)
    found = {one.field: (one.before, one.after) for one in changes_since_of(store, session, seen)}
    assert found == {"co_trainer_ids": ((ann,), (bo,)), "capacity": (None, 5)}


def test_what_was_put_back_is_not_told(store: Store, session: int) -> None:
    seen = version(store, session)
    edit(store, session, capacity=12, actor=store.actor)
    undo_last(store, actor=store.actor)
    assert version(store, session) == seen + 2
    assert changes_since_of(store, session, seen) == ()


def test_who_did_so_last_and_when(store: Store, session: int) -> None:
    seen = version(store, session)
    edit(store, session, capacity=12, actor="frank")
    edit(store, session, capacity=14, actor="marta")
    [one] = changes_since_of(store, session, seen)
    assert one.after == 14
    if store.is_file:  # a server has its own clock, and there it is the login, whoever sits there
        assert (one.by, one.at) == ("marta", NOW)
