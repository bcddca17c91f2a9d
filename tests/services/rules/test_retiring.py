"""In which ways a coming session can be settled when something that it needs is retired (N3)."""

import pytest

from tests.services.rules.plan import card
from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.rows.settling import Way
from trainer_desk.services.rules.retiring import ways_for, without

DRAFT, SCHEDULED, IN_PROGRESS, *_rest = SessionStatus
REPLACE, _TIME, LEAVE_OUT, BACK, CANCEL, KEEP = Way


@pytest.mark.parametrize(
    ("kind", "status", "thing", "has_substitutes", "ways"),
    [
        ("trainer", SCHEDULED, 1, True, (REPLACE, BACK, CANCEL, KEEP)),
        ("trainer", SCHEDULED, 1, False, (BACK, CANCEL, KEEP)),
        ("trainer", SCHEDULED, 2, True, (LEAVE_OUT, REPLACE, KEEP)),
        ("trainer", DRAFT, 1, True, (LEAVE_OUT, REPLACE, KEEP)),
        ("trainer", DRAFT, 1, False, (LEAVE_OUT, KEEP)),
        ("trainer", IN_PROGRESS, 1, True, (KEEP, REPLACE, CANCEL)),
        ("trainer", IN_PROGRESS, 1, False, (KEEP, CANCEL)),
        ("venue", SCHEDULED, 11, True, (REPLACE, BACK, CANCEL, KEEP)),
        ("venue", DRAFT, 11, False, (LEAVE_OUT, KEEP)),
        ("equipment", SCHEDULED, 21, False, (LEAVE_OUT, KEEP)),
        ("course", SCHEDULED, 100, False, (CANCEL, BACK, KEEP)),
        ("course", DRAFT, 100, False, (CANCEL, KEEP)),
        ("course", IN_PROGRESS, 100, False, (KEEP, CANCEL)),
    ],
)
def test_the_ways_out_and_which_comes_first(
    kind: str, status: SessionStatus, thing: int, has_substitutes: bool, ways: tuple[Way, ...]
) -> None:
    session = card(status=status, trainer_id=1, co_trainer_ids=(2,), venue_id=11, equipment_ids=(21,))
    assert ways_for(kind, session, thing, has_substitutes=has_substitutes) == ways


@pytest.mark.parametrize(
    ("kind", "thing", "substitute", "fields"),
    [
        ("trainer", 1, None, {"trainer_id": None}),
        ("trainer", 1, 5, {"trainer_id": 5}),
        ("trainer", 2, None, {"co_trainer_ids": (3,)}),
        ("trainer", 2, 5, {"co_trainer_ids": (3, 5)}),
        ("venue", 11, 12, {"venue_id": 12}),
        ("equipment", 21, None, {"equipment_ids": ()}),
    ],
)
def test_the_fields_of_the_session_afterwards(
    kind: str, thing: int, substitute: int | None, fields: dict[str, object]
) -> None:
    session = card(trainer_id=1, co_trainer_ids=(2, 3), venue_id=11, equipment_ids=(21,))
    assert without(kind, session, thing, substitute) == fields
