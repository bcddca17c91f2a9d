"""What the database refuses has one name on both kinds, a code with a sentence, and is tried again if it was a race."""

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from tests.factories import (
    make_draft,
    make_enrollment,
    make_group,
    make_hold,
    make_people,
    make_run,
    make_scheduled,
    make_venue,
    prepared,
)
from tests.services.store.clients import ENROLL
from tests.services.store.raw import raw
from tests.services.store.seat_rows import UNTIL, make_member, make_presence
from tests.services.store.test_group_counts import PUT
from tests.services.store.test_presence_counts import ENTER
from tests.services.store.test_seats import BUMP
from trainer_desk.models import Venue
from trainer_desk.services.errors import DeskError
from trainer_desk.services.store.engine import Store
from trainer_desk.services.store.trouble import CONSTRAINTS, constraint_of
from trainer_desk.texts import error_text

ONCE, AGAIN = 1, 3
REFUSALS: dict[str, tuple[str, str, int]] = {
    "ck_sessions_seats": (ENROLL.format(session=1, person=2), "session_full", ONCE),
    "ck_runs_people": (ENROLL.format(session=2, person=2), "run_full", ONCE),
    "ck_groups_members": (PUT.format(2, 2, 1), "group_full", ONCE),
    "ck_venues_present": (ENTER.format(1, "(SELECT min(id) FROM venues)", 2), "room_full", ONCE),
    "version_guard": ("UPDATE runs SET name = 'x'", "stale", ONCE),
    "uq_runs_code": (f"UPDATE runs SET code = 'R1'{BUMP} WHERE code = 'R2'", "duplicate_ref", AGAIN),
    "uq_groups_session_id_name": (f"UPDATE groups SET name = 'A'{BUMP} WHERE id = 2", "duplicate_ref", AGAIN),
    "uq_enrollments_session_id_person_id": (ENROLL.format(session=3, person=1), "already_enrolled", AGAIN),
    "uq_presences_person_id": (ENTER.format(2, "(SELECT max(id) FROM venues)", 1), "stale", AGAIN),
    "pk_group_members": (PUT.format(2, 1, 2), "stale", AGAIN),
    "group_of_session": (PUT.format(1, 2, 2), "stale", AGAIN),
    "run_frozen": (f"UPDATE sessions SET run_id = NULL{BUMP} WHERE id = 2", "wrong_state", AGAIN),
}


def full(store: Store) -> None:
    """Fill session 1 (with held seats), run R1 with session 2, its group A, and the first venue."""
    with prepared(store) as db:
        people = make_people(db, 2)
        run = make_run(db, "R1", max_people=1)
        make_run(db, "R2")
        room, _hall = make_venue(db), make_venue(db)
        held, of_run, open_to_all = make_draft(db, capacity=1), make_draft(db, run_id=run), make_scheduled(db)
        make_hold(db, held, 1, until_at=UNTIL)
        make_enrollment(db, of_run, people[0])
        make_enrollment(db, open_to_all, people[0])
        group = make_group(db, of_run, "A", capacity=1)
        make_group(db, of_run, "B")
        make_member(db, of_run, group, people[0])
        make_presence(db, of_run, room, people[0])
        db.execute(sa.update(Venue).where(Venue.id == room).values(occupancy_limit=1))


@pytest.mark.parametrize(("name", "refusal"), REFUSALS.items(), ids=REFUSALS.keys())
def test_a_refusal_has_a_name_a_code_and_a_sentence(store: Store, name: str, refusal: tuple[str, str, int]) -> None:
    """Whoever came second in a race looks again and can say who came first."""
    statement, code, tries = refusal
    full(store)
    calls = []

    def verb(db: Any, **_facts: Any) -> None:
        calls.append(1)
        db.execute(sa.text(statement))

    with pytest.raises(DeskError) as told:
        store.write("Refused", verb)
    assert (told.value.facts["constraint"], told.value.code, len(calls)) == (name, code, tries)
    assert error_text(told.value).endswith(".")


@pytest.mark.parametrize("constraint", CONSTRAINTS)
def test_every_refusal_is_said_in_words_without_facts(constraint: str) -> None:
    assert error_text(DeskError(CONSTRAINTS[constraint], constraint=constraint)).endswith(".")


KEYS = {
    "pk_enrollments": ENROLL.format(session=1, person=2).replace("(session_id", "(id, session_id").replace(
        "VALUES (", "VALUES (1, "),
    "pk_settings": "INSERT INTO settings (key, value) VALUES ('zone', 'x')",
    "uq_people_employee_no": (
        f"UPDATE people SET employee_no = (SELECT employee_no FROM people WHERE id = 1){BUMP} WHERE id = 2"
    ),
}  # fmt: skip


@pytest.mark.parametrize(("name", "statement"), KEYS.items(), ids=KEYS.keys())
def test_keys_have_the_same_name_on_both_kinds(store: Store, name: str, statement: str) -> None:
    full(store)
    with pytest.raises(IntegrityError) as refusal, raw(store) as db:
        db.exec_driver_sql(statement)
    assert constraint_of(refusal.value) == name
