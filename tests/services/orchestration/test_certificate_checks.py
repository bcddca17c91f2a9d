"""Certificates cannot be changed by anybody, and the check of a database proves them (A5, O2)."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from tests.databases import StoreFactory
from tests.services.orchestration.certified import NOW, Room
from tests.services.store.raw import raw
from trainer_desk.models.enums import Attendance, Result
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.orchestration.catalogue import change
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.orchestration.undoing import undo_last
from trainer_desk.services.store.engine import Store
from trainer_desk.services.store.objects.certificates import MAY_CHANGE
from trainer_desk.services.store.objects.journaled import table
from trainer_desk.texts.soundness import soundness_text

FROZEN = sorted(column.name for column in table("certificates").columns if column.name not in MAY_CHANGE)
NUMBERS = {"id", "revision", "person_id", "course_id", "session_id", "run_id", "minutes", "score"}
TIMES = {"certified_at", "issued_at", "created_at"}


@pytest.fixture
def room(store_factory: StoreFactory) -> Room:
    """Give a room in which Ada is certified."""
    room = Room(store_factory(FixedClock(NOW)))
    room.complete(room.session, room.ada)
    return room


def found(store: Store) -> set[str]:
    with store.snapshot() as db:
        findings = check_database(db)
    for finding in findings:
        assert re.search(r"\w.*\.$", soundness_text(finding, ZoneInfo("Europe/Berlin")))
    return {finding.code for finding in findings} - {"guard_missing", "journal_differs"}


@contextmanager
def unguarded(store: Store) -> Iterator[sa.Connection]:
    """Lend a connection on which the trigger of certificates is switched off, as only a vandal would."""
    with raw(store) as db:
        if db.dialect.name == "sqlite":
            db.exec_driver_sql("DROP TRIGGER certificate_frozen")
        else:
            db.exec_driver_sql("ALTER TABLE certificates DISABLE TRIGGER certificate_frozen")
        yield db


def other_value(name: str) -> str:
    if name in NUMBERS:
        return f"coalesce({name}, 0) + 1"
    if name in TIMES:
        return "'2020-01-01T00:00:00Z'"
    if name in ("held_from", "held_on", "expires_on"):
        return "'2026-07-05'"
    return {"days": "'[]'", "result": "'passed'"}.get(name, "'other'")


@pytest.mark.parametrize("name", FROZEN)
def test_no_column_that_was_frozen_can_be_written(room: Room, name: str) -> None:
    with pytest.raises(DatabaseError, match="certificate_frozen"), raw(room.store) as db:
        db.exec_driver_sql(f"UPDATE certificates SET {name} = {other_value(name)}, version = version + 1")


def test_withdrawing_is_the_one_thing_that_can_be_written(room: Room) -> None:
    with raw(room.store) as db:
        db.exec_driver_sql(
            "UPDATE certificates SET withdrawn_at = '2026-07-21T00:00:00Z', withdrawn_why = 'corrected',"
            " version = version + 1"
        )
    assert room.live(room.ada) == []


PLANTED = {
    "another name": ("UPDATE certificates SET person_name = 'Eve'", {"certificate_changed"}),
    "longer valid": ("UPDATE certificates SET expires_on = '2099-01-01'", {"certificate_changed", "item_differs"}),
    "another checksum": ("UPDATE certificates SET checksum = '0123456789abcdef'", {"certificate_changed"}),
    "withdrawn without a word": (
        "UPDATE certificates SET withdrawn_at = issued_at, withdrawn_why = 'corrected'",
        {"certificate_missing", "item_differs"},
    ),
    "nobody was there": ("UPDATE enrollments SET attendance = 'no_show'", {"certificate_unearned"}),
    "never marked as there": ("UPDATE enrollments SET attendance = 'attended'", {"certificate_missing"}),
}


@pytest.mark.parametrize(("fault", "codes"), PLANTED.values(), ids=PLANTED.keys())
def test_the_check_finds_what_was_planted(room: Room, fault: str, codes: set[str]) -> None:
    assert found(room.store) == set()
    with unguarded(room.store) as db:
        db.exec_driver_sql(f"{fault}, version = version + 1")
    assert found(room.store) == codes


def test_the_check_finds_a_number_that_counts_twice(room: Room) -> None:
    with unguarded(room.store) as db:
        db.exec_driver_sql("DROP INDEX uq_certificates_live")
        names = ", ".join(column.name for column in table("certificates").columns if column.name != "id")
        values = names.replace("revision", "revision + 1")
        db.exec_driver_sql(f"INSERT INTO certificates ({names}) SELECT {values} FROM certificates")
    assert "certificate_doubled" in found(room.store)


def test_a_course_that_asks_for_results_no_more_certifies_who_waited_for_one(store_factory: StoreFactory) -> None:
    room = Room(store_factory(FixedClock(NOW)), requires_result=True)
    room.mark(room.session, room.bo, Attendance.ATTENDED, result=Result.FAILED)
    room.complete(room.session, room.ada)
    assert room.live(room.ada) == []
    room.store.write("Ask no more", change, "courses", room.course, {"requires_result": False}, version=1)
    assert (len(room.live(room.ada)), room.live(room.bo), found(room.store)) == (1, [], set())
    undo_last(room.store)
    assert (room.live(room.ada), found(room.store)) == ([], set())
