"""The go / no-go list on both databases: the condition of the query says what the rule says of a card (S10)."""

import datetime as dt

import pytest

from tests.factories import at, make_draft, make_enrollment, make_hold, make_people, make_scheduled, prepared
from trainer_desk.models.enums import EnrollmentState, SessionStatus
from trainer_desk.services.planning.drafts import delete_session
from trainer_desk.services.planning.listing import SessionFilter, list_sessions
from trainer_desk.services.planning.shelves import Shelf, load_shelf
from trainer_desk.services.rules.minimum import is_undecided
from trainer_desk.services.store.engine import Store

NOW = at("2026-07-06 09:00")
WHEN = {"past": at("2026-07-06 08:00"), "now": NOW, "coming": at("2026-07-20 09:00")}


@pytest.fixture
def made(store: Store) -> dict[str, int]:
    """Make sessions of every state with two confirmed people, an offer, a hold, and one who waits."""
    found: dict[str, int] = {}
    with prepared(store) as db:
        people = make_people(db, 4)
        for when, starts_at in WHEN.items():
            for minimum in (None, 0, 2, 3):
                found[f"{when} {minimum}"] = make_scheduled(db, starts_at=starts_at, minimum=minimum)
        found["draft"] = make_draft(db, starts_at=at("2026-07-21 09:00"), minimum=5, decision_on=dt.date(2026, 7, 8))
        found["undated"] = make_draft(db, minimum=5, decision_on=dt.date(2026, 7, 8))
        found["running"] = make_scheduled(db, starts_at=WHEN["coming"], minimum=5, status=SessionStatus.IN_PROGRESS)
        found["cancelled"] = make_draft(
            db, starts_at=WHEN["coming"], minimum=5, status=SessionStatus.CANCELLED, cancel_reason="Ill"
        )
        found["gone"] = make_draft(db, starts_at=WHEN["coming"], minimum=5)
        states = (EnrollmentState.CONFIRMED, EnrollmentState.CONFIRMED, EnrollmentState.OFFERED)
        for session in found.values():
            for person, state in zip(people, (*states, EnrollmentState.WAITLISTED), strict=True):
                make_enrollment(db, session, person, state)
            make_hold(db, session, 2, until_at=at("2026-07-30 09:00"))
    store.write("Delete", delete_session, found["gone"])
    return found


def test_the_query_says_what_the_rule_says(store: Store, made: dict[str, int]) -> None:
    by_query = {detail.card.id for detail in store.read(list_sessions, SessionFilter(below_minimum=True), now=NOW)}
    everything = store.read(list_sessions, SessionFilter(), now=NOW)
    assert by_query == {detail.card.id for detail in everything if is_undecided(detail.card, NOW)}
    assert by_query == {made["coming 3"], made["draft"]}


def test_the_shelf_shows_the_next_decision_first(store: Store, made: dict[str, int]) -> None:
    page = store.read(load_shelf, Shelf.UNDECIDED, now=NOW)
    assert [card.id for card in page.cards] == [made["draft"], made["coming 3"]]
    assert page.total == 2
    day = dt.date(2026, 7, 20)
    assert [card.id for card in store.read(load_shelf, Shelf.UNDECIDED, now=NOW, first=day, last=day).cards] == [
        made["coming 3"]
    ]


def test_it_needs_to_know_the_time(store: Store) -> None:
    with pytest.raises(ValueError, match="instant"):
        store.read(list_sessions, SessionFilter(below_minimum=True))
