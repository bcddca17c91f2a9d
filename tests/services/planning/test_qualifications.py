"""Qualifications given, dated and taken back, by hand and by file, and what is found of sessions that stand (C5)."""

import datetime as dt
from pathlib import Path

import pytest

from tests.factories import at, make_course, make_scheduled, make_trainer, prepared
from tests.services.exchange.files import bringer, counts
from trainer_desk.services.errors import BadValue, NotFound
from trainer_desk.services.orchestration.undoing import reverse
from trainer_desk.services.planning.publishing import session_findings
from trainer_desk.services.planning.qualifications import (
    give_qualification,
    qualifications_of,
    take_back_qualification,
)
from trainer_desk.services.rows.catalogue import Held
from trainer_desk.services.store.engine import Store

MARCH, MAY = dt.date(2026, 3, 1), dt.date(2026, 5, 31)


@pytest.fixture
def ann(store: Store) -> int:
    with prepared(store) as db:
        make_course(db, "FIRE", title="Fire Warden")
        return make_trainer(db, "ANN", name="Ann")


def held(store: Store, trainer: int) -> tuple[Held, ...]:
    return store.read(qualifications_of, trainer)


def test_given_dated_taken_back_and_given_again(store: Store, ann: int) -> None:
    assert store.write("Give", give_qualification, ann, "FIRE").value == "Fire Warden"
    assert held(store, ann) == (Held("FIRE", "Fire Warden"),)
    store.write("Date", give_qualification, ann, "FIRE", valid_from=MARCH, valid_until=MAY)
    assert held(store, ann) == (Held("FIRE", "Fire Warden", MARCH, MAY),)
    taken = store.write("Take back", take_back_qualification, ann, "FIRE").changes.change_id
    assert held(store, ann) == ()
    store.write("Undo", reverse, taken)
    assert held(store, ann) == (Held("FIRE", "Fire Warden", MARCH, MAY),)
    store.write("Take back", take_back_qualification, ann, "FIRE")
    store.write("Give", give_qualification, ann, "FIRE")
    assert held(store, ann) == (Held("FIRE", "Fire Warden"),), "it begins anew, without the old days"


def test_what_cannot_be(store: Store, ann: int) -> None:
    with pytest.raises(BadValue) as refusal:
        store.write("Give", give_qualification, ann, "FIRE", valid_from=MAY, valid_until=MARCH)
    assert refusal.value.facts["why"] == "until_before_from"
    for trainer, course in ((ann, "NONE"), (987654, "FIRE")):
        with pytest.raises(NotFound):
            store.write("Give", give_qualification, trainer, course)
    with pytest.raises(NotFound):
        store.write("Take back", take_back_qualification, ann, "FIRE")
    assert held(store, ann) == ()


def test_sessions_that_stand_are_found_once_it_is_taken_back(store: Store) -> None:
    with prepared(store) as db:
        course = make_course(db, "LOTO")
        bo = make_trainer(db, "BO", courses=[course])
        session = make_scheduled(db, course=course, trainer=bo, starts_at=at("2030-07-08 10:00"))
    store.write("Take back", take_back_qualification, bo, "LOTO")
    found = store.read(session_findings, session, now=at("2026-07-06 07:30"))
    assert [(row.code, row.severity.value) for row in found] == [("trainer_not_qualified", "red")]


def test_a_file_gives_back_what_was_taken(store: Store, ann: int, tmp_path: Path) -> None:
    bring = bringer(store, tmp_path)
    text = "trainer,course,valid_until\nANN,FIRE,2026-05-31\n"
    assert counts(bring("qualifications", text)) == (1, 0, 0, [])
    store.write("Take back", take_back_qualification, ann, "FIRE")
    assert counts(bring("qualifications", text)) == (1, 0, 0, [])
    assert counts(bring("qualifications", text)) == (0, 0, 1, [])
    assert held(store, ann) == (Held("FIRE", "Fire Warden", None, MAY),)
