"""What a card of a session offers to the person who looks at it, as a table of cases (K13)."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from tests.services.rules.plan import NOW
from trainer_desk.models.enums import EnrollmentState, SessionStatus, WaitlistMode
from trainer_desk.services.errors import DeskError
from trainer_desk.services.rows.signing_up import OwnPlace, PersonalSession
from trainer_desk.services.rules.signing_up import OwnDeed, deeds, require_own_deed

OFF, ENROL, OFFER = WaitlistMode.OFF, WaitlistMode.ENROL, WaitlistMode.OFFER
CONFIRMED, WAITLISTED = OwnPlace(EnrollmentState.CONFIRMED), OwnPlace(EnrollmentState.WAITLISTED, 2)
OFFERED = OwnPlace(EnrollmentState.OFFERED, offer_until=NOW + timedelta(hours=2))
SIGN_UP, JOIN, CANCEL, ASK = OwnDeed.SIGN_UP, OwnDeed.JOIN_WAITLIST, OwnDeed.CANCEL, OwnDeed.ASK
ANSWER = (OwnDeed.ACCEPT, OwnDeed.DECLINE)
OPEN = PersonalSession(
    session_id=1, ref="S-1", course_id=1, course="FIRE", title="Fire", description=None, hue=0,
    status=SessionStatus.SCHEDULED, starts_at=NOW + timedelta(days=1), ends_at=NOW + timedelta(days=1, hours=2),
    trainer="Tom", venue="Room 1", site="North", capacity=10, seats_taken=9, waiting=0, waitlist=ENROL, sign_up=True,
)  # fmt: skip
FULL = {"seats_taken": 10}

CASES = {
    "a free seat": ({}, (SIGN_UP,)),
    "no limit": ({"capacity": None, "seats_taken": 500}, (SIGN_UP,)),
    "a free seat that who waits cannot take": ({"waiting": 1}, (SIGN_UP,)),
    "full, with a queue that seats": (FULL, (JOIN,)),
    "full, with a queue that asks": (FULL | {"waitlist": OFFER}, (JOIN,)),
    "full, without a queue": (FULL | {"waitlist": OFF}, (ASK,)),
    "enrolled": (FULL | {"mine": CONFIRMED}, (CANCEL,)),
    "waiting": (FULL | {"mine": WAITLISTED}, (CANCEL,)),
    "waiting beside a free seat": ({"mine": WAITLISTED}, (CANCEL,)),
    "offered": (FULL | {"mine": OFFERED}, ANSWER),
    "withdrawn": ({"mine": OwnPlace(EnrollmentState.WITHDRAWN)}, (SIGN_UP,)),
    "on request": ({"sign_up": False}, (ASK,)),
    "on request and enrolled": ({"sign_up": False, "mine": CONFIRMED}, ()),
    "on request and offered": ({"sign_up": False, "mine": OFFERED}, ANSWER),
    "begun": ({"starts_at": NOW}, ()),
    "begun and enrolled": ({"starts_at": NOW, "mine": CONFIRMED}, ()),
    "in progress": ({"status": SessionStatus.IN_PROGRESS, "mine": CONFIRMED}, ()),
    "cancelled": ({"status": SessionStatus.CANCELLED}, ()),
}


@pytest.mark.parametrize(("changes", "expected"), CASES.values(), ids=CASES)
def test_what_a_card_offers(changes: dict[str, object], expected: tuple[OwnDeed, ...]) -> None:
    assert deeds(replace(OPEN, **changes), NOW) == expected  # type: ignore[arg-type]


def test_what_is_offered_is_never_refused_by_the_rule() -> None:
    """Over every state, start, course and place."""
    starts = (NOW - timedelta(hours=1), NOW, NOW + timedelta(hours=1))
    places = (None, CONFIRMED, WAITLISTED, OFFERED)
    for status, start, sign_up, mine, taken in product(SessionStatus, starts, (True, False), places, (9, 10)):
        session = replace(OPEN, status=status, starts_at=start, sign_up=sign_up, mine=mine, seats_taken=taken)
        for deed in set(OwnDeed) - {ASK}:
            try:
                require_own_deed(
                    deed, ref="S-1", title="Fire", status=status, starts_at=start, sign_up=sign_up, now=NOW
                )
            except DeskError:
                assert deed not in deeds(session, NOW)
