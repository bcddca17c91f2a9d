"""Who changed which field of a thing since a version, whatever kind of thing it is (U5)."""

import datetime as dt
from collections.abc import Callable

import pytest

from tests.databases import StoreFactory
from tests.factories import (
    at,
    make_block,
    make_course,
    make_person,
    make_record,
    make_request,
    make_run,
    make_venue,
    prepared,
)
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.journal.since import whose_changes
from trainer_desk.services.orchestration import catalogue, run_days
from trainer_desk.services.orchestration.settings import ORGANISATION, change_settings, settings_version
from trainer_desk.services.orchestration.training import correct_training
from trainer_desk.services.planning.holidays import rename_holiday
from trainer_desk.services.requests.filing import edit_request
from trainer_desk.services.rows.records import Training
from trainer_desk.services.rows.requests import Wish
from trainer_desk.services.store.engine import Store

NOW = at("2026-07-01 10:00")
Told = dict[str, tuple[object, str]]
"""By field: what it is now, and who made it so."""


@pytest.fixture
def store(store_factory: StoreFactory) -> Store:
    return store_factory(FixedClock(NOW))


def told(store: Store, kind: str, key: int, version: int) -> Told:
    return {name: (one.after, one.by) for name, one in store.read(whose_changes, kind, key, version).items()}


def by(store: Store, name: str) -> str | None:
    """Give a name to work under: on a file anybody's, on a server that of the login."""
    return name if store.is_file else None


def a_person(store: Store) -> tuple[str, int, Told]:
    with prepared(store) as db:
        key = make_person(db, "Eva Field", employee_no="7")
    change = (catalogue.change, "people", key)
    store.write("One", *change, {"department": "Yard", "site": "East"}, version=1, actor=by(store, "ana"))
    store.write("Two", *change, {"department": "Dock"}, version=2, actor=by(store, "ben"))
    return "people", key, {"department": ("Dock", "ben"), "site": ("East", "ana")}


def a_venue(store: Store) -> tuple[str, int, Told]:
    """Its name and its capacity are in two tables, the version in one of them."""
    with prepared(store) as db:
        key = make_venue(db, "HALL")
    change = (catalogue.change, "venues", key)
    store.write("One", *change, {"name": "Great hall"}, version=1, actor=by(store, "ana"))
    store.write("Two", *change, {"capacity": 40}, version=2, actor=by(store, "ben"))
    return "venues", key, {"name": ("Great hall", "ana"), "capacity": (40, "ben")}


def a_run(store: Store) -> tuple[str, int, Told]:
    with prepared(store) as db:
        key = make_run(db, "RUN")
    store.write("One", run_days.change_run, key, {"name": "July"}, actor=by(store, "ana"))
    store.write("Two", run_days.change_run, key, {"max_people": 9}, actor=by(store, "ben"))
    return "run", key, {"name": ("July", "ana"), "max_people": (9, "ben")}


def a_request(store: Store) -> tuple[str, int, Told]:
    with prepared(store) as db:
        course = make_course(db)
        key = make_request(db, course, people=4)
    store.write("One", edit_request, key, Wish(course, people=6, reason="Audit"), actor=by(store, "ana"))
    return "request", key, {"people": (6, "ana"), "reason": ("Audit", "ana")}


def a_record(store: Store) -> tuple[str, int, Told]:
    with prepared(store) as db:
        key = make_record(db, make_person(db), make_course(db), dt.date(2026, 3, 2))
    store.write(
        "One", correct_training, key, Training(dt.date(2026, 3, 2), "Red Cross"), version=1, actor=by(store, "ana")
    )
    return "record", key, {"provider": ("Red Cross", "ana")}


def a_holiday(store: Store) -> tuple[str, int, Told]:
    with prepared(store) as db:
        key = make_block(db, None, NOW, NOW + dt.timedelta(days=1), "Feast")
    store.write("One", rename_holiday, key, "Fair", version=1, actor=by(store, "ana"))
    return "absence", key, {"reason": ("Fair", "ana")}


THINGS: dict[str, Callable[[Store], tuple[str, int, Told]]] = {
    "person": a_person, "venue": a_venue, "run": a_run, "request": a_request, "record": a_record, "holiday": a_holiday,
}  # fmt: skip


@pytest.mark.parametrize("make", THINGS.values(), ids=THINGS.keys())
def test_each_field_with_who_made_it_so(store: Store, make: Callable[[Store], tuple[str, int, Told]]) -> None:
    kind, key, wanted = make(store)
    if not store.is_file:
        wanted = {name: (value, store.actor) for name, (value, _by) in wanted.items()}
    assert wanted.items() <= told(store, kind, key, 1).items()
    assert told(store, kind, key, 99) == {}


def test_a_setting_since_it_was_read(store: Store) -> None:
    store.write("One", change_settings, ORGANISATION, {"organisation": "Works"})
    seen = store.read(settings_version)
    store.write("Two", change_settings, ORGANISATION, {"grace_days": 20})
    store.write("Three", change_settings, ORGANISATION, {"grace_days": 30})
    assert told(store, "settings", ORGANISATION, seen) == {"grace_days": ("30", store.actor)}


def test_a_thing_that_is_not_there_and_an_unknown_kind_have_none(store: Store) -> None:
    assert told(store, "run", 99, 1) == told(store, "hats", 1, 1) == {}
