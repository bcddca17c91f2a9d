"""Things of the catalogue made and changed one at a time, with every guard of their import (N3)."""

from typing import Any

import pytest
import sqlalchemy as sa

from tests.factories import make_course, make_person, make_trainer, prepared
from trainer_desk.models import Person
from trainer_desk.services.directory import load_directory
from trainer_desk.services.errors import DeskError, NotFound, Stale
from trainer_desk.services.orchestration.catalogue import change, create
from trainer_desk.services.planning.course_list import list_courses, load_course
from trainer_desk.services.rows.catalogue import Asked, Thing
from trainer_desk.services.store.engine import Store


def course(store: Store, course_id: int) -> Thing:
    return store.read(load_course, course_id)


def made(store: Store, kind: str, **values: Any) -> int:
    return store.write("Make", create, kind, values).value


def changed(store: Store, kind: str, thing_id: int, version: int, **values: Any) -> int:
    return store.write("Change", change, kind, thing_id, values, version=version).value


def test_a_course_is_made_with_its_defaults_and_then_changed(store: Store) -> None:
    key = made(store, "courses", code=" FIRE ", title="Fire Warden", category="Safety", hue=3)
    assert course(store, key).values | {"description": None} == course(store, key).values
    assert {"code": "FIRE", "duration_minutes": 60, "hue": 3}.items() <= course(store, key).values.items()
    changed(store, "courses", key, 1, validity_months="12", requires_intake=True, hue=5)
    assert {"validity_months": 12, "requires_intake": True, "hue": 5}.items() <= course(store, key).values.items()
    assert store.read(load_directory).courses[key].hue == 5
    changed(store, "courses", key, course(store, key).version, validity_months=None)
    assert course(store, key).values["validity_months"] is None


BAD: dict[str, tuple[dict[str, Any], str, str]] = {
    "doubled code": ({"code": "LOTO"}, "duplicate_ref", "code"),
    "no code": ({"code": "  "}, "bad_value", "code"),
    "negative capacity": ({"default_capacity": -1}, "bad_value", "default_capacity"),
    "validity of zero months": ({"validity_months": 0}, "bad_value", "validity_months"),
    "length of three years": ({"duration_minutes": "1576800"}, "bad_value", "duration_minutes"),
    "no number": ({"minimum": "a few"}, "bad_value", "minimum"),
    "title of a novel": ({"title": "x" * 201}, "bad_value", "title"),
    "its own prerequisite": ({"prerequisite": "FIRE"}, "bad_value", "prerequisite"),
    "prerequisite in a circle": ({"prerequisite": "LOTO"}, "bad_value", "prerequisite"),
    "unknown prerequisite": ({"prerequisite": "NONE"}, "not_found", "prerequisite"),
    "unknown policy": ({"overlap_policy": "shout"}, "bad_value", "overlap_policy"),
    "colour without a category": ({"hue": 3}, "bad_value", "hue"),
    "ninth colour": ({"category": "Safety", "hue": 8}, "bad_value", "hue"),
}


@pytest.mark.parametrize(("values", "code", "field"), BAD.values(), ids=BAD)
def test_a_bad_value_is_refused_at_its_field_and_nothing_is_done(
    store: Store, values: dict[str, Any], code: str, field: str
) -> None:
    with prepared(store) as db:
        fire = make_course(db, "FIRE")
        make_course(db, "LOTO", prerequisite_id=fire)
    before = course(store, fire)
    with pytest.raises(DeskError) as refusal:
        changed(store, "courses", fire, 1, description="New words", **values)
    assert (refusal.value.code, refusal.value.facts["field"]) == (code, field)
    assert course(store, fire) == before


def test_what_a_new_thing_lacks_is_told(store: Store) -> None:
    with pytest.raises(DeskError) as refusal:
        made(store, "courses", code="FIRE")
    assert refusal.value.facts["field"] == "title"


def test_a_newer_version_is_not_overwritten(store: Store) -> None:
    with prepared(store) as db:
        fire = make_course(db, "FIRE")
    changed(store, "courses", fire, 1, title="Fire Warden")
    with pytest.raises(Stale):
        changed(store, "courses", fire, 1, title="Something else")
    with pytest.raises(NotFound):
        changed(store, "courses", 999, 1, title="Nothing")


def test_whoever_refers_to_a_code_follows_it(store: Store) -> None:
    with prepared(store) as db:
        fire = make_course(db, "FIRE")
        loto = make_course(db, "LOTO", prerequisite_id=fire)
        boss = make_person(db, "Ada Boss", employee_no="E1")
        led = make_person(db, "Bo Led", employee_no="E2", manager_no="E1")
    changed(store, "courses", fire, 1, code="FIRE2", title="Fire Warden")
    assert course(store, loto).values["prerequisite"] == "FIRE2"
    assert course(store, fire).name == "Fire Warden"
    changed(store, "people", boss, 1, employee_no="E9")
    with store.reading() as db:
        assert db.execute(sa.select(Person.manager_no).where(Person.id == led)).scalar_one() == "E9"
        assert "e9" in db.execute(sa.select(Person.search).where(Person.id == boss)).scalar_one()


def test_trainers_venues_and_equipment_share_their_codes(store: Store) -> None:
    with prepared(store) as db:
        make_trainer(db, "JS")
    with pytest.raises(DeskError) as refusal:
        made(store, "venues", code="JS", name="Room")
    assert refusal.value.facts["why"] == "other_kind"
    key = made(store, "trainers", code="AR", name="Aisha Rahman", weekly_hours="20")
    assert store.read(load_directory).trainers[key].weekly_hours == 20


def test_a_retired_course_comes_back(store: Store) -> None:
    with prepared(store) as db:
        fire = make_course(db, "FIRE", active=False)
    changed(store, "courses", fire, 1, active=True)
    assert course(store, fire).active


SEARCHES: dict[str, tuple[Asked, list[str]]] = {
    "by title": (Asked(), ["FIRE", "GAS", "LOTO"]),
    "every word somewhere": (Asked(search="safety ti"), ["GAS"]),
    "by a number, empty last": (Asked(sort="validity_months", descending=True), ["LOTO", "GAS", "FIRE"]),
    "retired": (Asked(retired=True), ["OLD"]),
    "narrowed": (Asked(chosen={"category": "Safety"}), ["GAS"]),
}


@pytest.mark.parametrize(("asked", "codes"), SEARCHES.values(), ids=SEARCHES)
def test_courses_are_searched_and_ordered(store: Store, asked: Asked, codes: list[str]) -> None:
    with prepared(store) as db:
        make_course(db, "FIRE", title="Ember")
        make_course(db, "GAS", title="Gas Testing", category="Safety", validity_months=6)
        make_course(db, "LOTO", title="Lockout", validity_months=12)
        make_course(db, "OLD", title="Old", active=False)
    found = store.read(list_courses, asked)
    assert [thing.key for thing in found.things] == codes
    assert found.total == len(codes)
