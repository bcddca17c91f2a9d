"""Another date for each who loses one, the most urgent first, as a table of cases (R7)."""

import datetime as dt
from collections.abc import Sequence

from trainer_desk.models.enums import EnrollmentState, OverlapPolicy, SessionStatus, WaitlistMode, WaitlistOrder
from trainer_desk.services.rows.rehoming import NewPlace
from trainer_desk.services.rules.queue import Place, Room, Seeker
from trainer_desk.services.rules.rehoming import Date, Leaver, Proposal, propose
from trainer_desk.services.rules.seating import Occasion, Sitter

START = dt.datetime(2026, 7, 6, 9, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
CONFIRMED, WAITLISTED = EnrollmentState.CONFIRMED, EnrollmentState.WAITLISTED
RED, GREEN = 1, 4


def occasion(session: int, hour: float, *, policy: OverlapPolicy = OverlapPolicy.BLOCK, **more: bool) -> Occasion:
    starts = START + hour * HOUR
    return Occasion(
        session, f"S{session}", "Fire", "Fire", SessionStatus.SCHEDULED, starts, starts + HOUR, policy, **more
    )


def date(session: int, hour: float, free: int | None = 1, *, queues: bool = False, **more: object) -> Date:
    run = more.pop("run", None)
    place = Place(occasion(session, hour, **more), free, WaitlistMode.ENROL, WaitlistOrder.JOINED, run)  # type: ignore[arg-type]
    return Date(1, place, queues)


def leaver(
    person: int, group: int = GREEN, *, lost: int = 90, state: EnrollmentState = CONFIRMED, **more: object
) -> Leaver:
    sitter = Sitter(person, f"P{person}", f"Person {person}", has_intake=bool(more.pop("intake", True)))
    urgency = (group, "", f"person {person}", person)
    return Leaver(lost, 1, Seeker(lost, sitter, state=state), urgency, **more)  # type: ignore[arg-type]


def proposed(proposals: Sequence[Proposal]) -> list[tuple[int, int | None]]:
    return [
        (one.leaver.seeker.sitter.person_id, one.proposed.session_id if one.proposed else None) for one in proposals
    ]


def options(proposal: Proposal) -> list[NewPlace]:
    return [option.place for option in proposal.options]


def test_the_most_urgent_are_served_first_and_those_with_a_seat_before_those_who_wait() -> None:
    people = [leaver(1), leaver(2, state=WAITLISTED), leaver(3, RED, state=WAITLISTED), leaver(4, RED)]
    assert proposed(propose(people, [date(10, 24), date(11, 48)], {}, {})) == [(4, 10), (3, 11), (1, None), (2, None)]


def test_a_date_on_which_somebody_sits_already_is_no_other_date() -> None:
    (one,) = propose([leaver(1, here=frozenset({10}))], [date(10, 24), date(11, 48)], {}, {})
    assert (proposed([one]), options(one)) == ([(1, 11)], [NewPlace(11)])


def test_nothing_is_proposed_to_whoever_is_served_but_all_can_be_chosen() -> None:
    (one,) = propose([leaver(1, is_served=True)], [date(10, 24)], {}, {})
    assert (proposed([one]), options(one)) == ([(1, None)], [NewPlace(10)])


def test_two_places_lost_by_one_person_never_lead_to_one_date_nor_to_two_at_once() -> None:
    people = [leaver(1, lost=90), leaver(1, lost=91), leaver(1, lost=92)]
    dates = [date(10, 24, 5), date(11, 24.5, 5), date(12, 48, 5)]
    assert proposed(propose(people, dates, {}, {})) == [(1, 10), (1, 12), (1, None)]


def test_a_clash_refuses_and_one_that_is_only_warned_of_is_an_option() -> None:
    busy = {1: [occasion(50, 24)], 2: [occasion(51, 24, policy=OverlapPolicy.WARN)]}
    first, second = propose([leaver(1), leaver(2)], [date(10, 24, 5, policy=OverlapPolicy.WARN)], busy, {})
    assert (first.proposed, options(first)) == (None, [])
    assert first.reason is not None
    assert first.reason.code == "attendee_busy"
    assert (second.proposed, [finding.code for finding in second.options[0].findings]) == (None, ["attendee_busy"])


def test_a_full_date_is_an_option_to_wait_where_there_is_a_queue() -> None:
    (one,) = propose([leaver(1)], [date(10, 24, 0), date(11, 48, 0, queues=True)], {}, {})
    assert (one.proposed, options(one)) == (None, [NewPlace(11, waits=True)])


def test_whoever_lacks_what_is_asked_for_cannot_even_wait() -> None:
    (one,) = propose([leaver(1, intake=False)], [date(10, 24, 0, queues=True, requires_intake=True)], {}, {})
    assert (one.proposed, options(one)) == (None, [])


def test_a_capped_run_takes_only_those_for_whom_it_has_room() -> None:
    rooms = {7: Room("R", 1, 3, {3})}
    people = [leaver(1), leaver(2), leaver(3)]
    assert proposed(propose(people, [date(10, 24, 5, run=7)], {}, rooms)) == [(1, 10), (2, None), (3, 10)]
    assert rooms[7].left == 1, "what was given stays as it was"
