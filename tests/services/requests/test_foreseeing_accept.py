"""What speaks against accepting a request is known before anybody does it, and is what accepting would say (Q2)."""

from typing import Any

import pytest

from tests.factories import make_scheduled, prepared
from tests.services.requests.asking import NINE, NOW, TEN, Asking
from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.errors import NotFound, Refused
from trainer_desk.services.orchestration.foreseeing_accept import Foreseen, foresee_accept
from trainer_desk.services.planning.board import load_card


def foresee(asking: Asking, request_id: int, **fields: Any) -> Foreseen:
    return asking.store.read(foresee_accept, request_id, fields, now=NOW)


def codes(foreseen: Foreseen) -> list[str]:
    return [finding.code for finding in foreseen.findings]


WISHES: dict[str, dict[str, Any]] = {
    "nothing in the way": {},
    "no trainer": {"trainer_id": None},
    "no date": {"starts_at": None, "ends_at": None},
    "too many people": {"people": 9},
    "taken by another": {"venue_id": "hall"},
}


@pytest.mark.parametrize("changes", WISHES.values(), ids=WISHES.keys())
def test_it_foretells_what_accepting_says(asking: Asking, changes: dict[str, Any]) -> None:
    with prepared(asking.store) as db:
        make_scheduled(db, course=asking.fire, trainer=asking.bo, venue=asking.hall_a, starts_at=NINE)
    known = {name: getattr(asking, value) if isinstance(value, str) else value for name, value in changes.items()}
    filed = asking.file(**known)
    foretold = sorted(finding.code for finding in foresee(asking, filed).findings if finding.refuses)
    assert asking.request(filed).is_open
    if not foretold:
        assert asking.accept(filed).session_id
        return
    with pytest.raises(Refused) as refusal:
        asking.accept(filed)
    assert sorted(finding.code for finding in refusal.value.findings) == foretold


def test_ways_out_and_hours_belong_to_the_time_that_is_filled_in(asking: Asking) -> None:
    with prepared(asking.store) as db:
        make_scheduled(db, course=asking.fire, trainer=asking.ann, starts_at=NINE)
    filed = asking.file()
    foreseen = foresee(asking, filed)
    assert codes(foreseen) == ["trainer_busy"]
    assert asking.bo in [fix.facts.get("id") for fix in foreseen.findings[0].fixes]
    assert foreseen.loads[asking.ann].booked == 60
    moved = foresee(asking, filed, starts_at=TEN)
    assert (codes(moved), moved.card.starts_at) == ([], TEN)


def test_it_offers_the_sessions_of_the_course_that_people_can_join(asking: Asking) -> None:
    with prepared(asking.store) as db:
        coming = make_scheduled(db, course=asking.fire, starts_at=NINE)
        make_scheduled(db, course=asking.aid, starts_at=NINE)
        make_scheduled(db, course=asking.fire, starts_at=NINE, status=SessionStatus.COMPLETED)
        make_scheduled(db, course=asking.fire, starts_at=NINE.replace(month=6))
    foreseen = foresee(asking, asking.file())
    assert [card.id for card in foreseen.sessions] == [coming]
    assert asking.store.read(load_card, coming).version == 1


def test_of_a_request_that_is_not_there(asking: Asking) -> None:
    with pytest.raises(NotFound):
        foresee(asking, 4711)
