"""People sign up, wait, answer and withdraw for themselves, and only where and while they may (K13)."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.factories import make_account, prepared
from tests.logins import turn_clock
from tests.services.seats.desk import DAY, HALF_PAST, NINE, NOW, Desk, judge
from tests.services.seats.gate import WAYS, LoginDesk, opened_desk
from trainer_desk.models.enums import OverlapPolicy, Role, SessionStatus, WaitlistMode, WithdrawnWhy
from trainer_desk.services.accounts import logins
from trainer_desk.services.errors import NotAllowed, NotFound, Refused, WrongState
from trainer_desk.services.orchestration import signing_up
from trainer_desk.services.orchestration.signing_up import (
    accept_own_offer,
    cancel_sign_up,
    decline_own_offer,
    join_waitlist,
    sign_up,
)
from trainer_desk.services.orchestration.undoing import redo_last, undo_last
from trainer_desk.services.planning.drafts import delete_session
from trainer_desk.services.rows.seats import Settled
from trainer_desk.services.seats.enrolling import enroll
from trainer_desk.services.store.engine import Store

Verb = Callable[..., Any]
VERBS: tuple[Verb, ...] = (sign_up, join_waitlist, cancel_sign_up, accept_own_offer, decline_own_offer)
BY_NAME = pytest.mark.parametrize("desk", WAYS[:2], indirect=True)
OFF, ENROL, OFFER = WaitlistMode.OFF, WaitlistMode.ENROL, WaitlistMode.OFFER


@pytest.fixture(params=WAYS)
def desk(request: pytest.FixtureRequest) -> Iterator[Desk]:
    """Give a desk at which ann, bo and cy have logins of their own; seats are sound at the end."""
    with opened_desk(request, request.param) as desk:
        for name in ("ann", "bo", "cy"):
            desk.let_in(name, Role.REQUESTER, person_id=desk.person(name))
        yield desk
        assert judge(desk.store, desk.clock.instant) == []


def opened(desk: Desk, ref: str, confirmed: str = "", **columns: Any) -> None:
    """Make a session of a course in which people sign up; full, with a waitlist that seats, unless told otherwise."""
    policy = columns.pop("policy", OverlapPolicy.BLOCK)
    course = desk.course(policy, sign_up=True, **columns.pop("of_course", {}))
    desk.session(ref, confirmed, course=course, **columns)


def own(desk: Desk, verb: Verb, who: str, ref: str = "A") -> Any:
    return desk.do(verb, ref, actor=who)


def login(desk: Desk, who: str) -> str:
    return desk.stores[who].actor if isinstance(desk, LoginDesk) else who


def promoted(desk: Desk, settled: Settled, ref: str) -> tuple[str, ...]:
    """Give who came out of a queue; with a login of one's own nobody is told of others, so that is looked up."""
    if not isinstance(desk, LoginDesk):
        return settled.promoted[desk.id(ref)]
    assert settled == Settled()
    return tuple(name for name, seat in desk.seats(ref).items() if seat.promoted_at == desk.clock.instant)


def test_who_signs_up_has_a_seat_and_signing_up_twice_is_one(desk: Desk) -> None:
    opened(desk, "A", capacity=2)
    assert own(desk, sign_up, "ann").outcome == "enrolled"
    seat = desk.seats("A")["ann"]
    assert (seat.state.value, seat.enrolled_by, seat.enrolled_at) == ("confirmed", login(desk, "ann"), NOW)
    assert own(desk, sign_up, "ann").outcome == "already"
    assert desk.stands("A") == {"ann": "confirmed"}


@pytest.mark.parametrize(("mode", "ways"), [(OFF, []), (ENROL, ["join_waitlist"]), (OFFER, ["join_waitlist"])])
def test_a_full_session_queues_nobody_unasked(desk: Desk, mode: WaitlistMode, ways: list[str]) -> None:
    opened(desk, "A", "bo", waitlist=mode)
    with pytest.raises(Refused) as refusal:
        own(desk, sign_up, "ann")
    (finding,) = refusal.value.findings
    assert (finding.code, finding.facts) == ("session_full", {"people": 1, "capacity": 1})
    assert [fix.code for fix in finding.fixes] == ways
    assert desk.stands("A") == {"bo": "confirmed"}


def test_who_joins_the_waitlist_is_told_the_place(desk: Desk) -> None:
    opened(desk, "A", "bo", waiting="di")
    joined = own(desk, join_waitlist, "ann")
    assert (joined.outcome, joined.position) == ("waitlisted", 2)
    again = own(desk, join_waitlist, "ann")
    assert (again.outcome, again.position) == ("already", 2)
    assert desk.queue("A") == ["di", "ann"]


def test_a_seat_that_came_free_meanwhile_is_given_to_who_joins(desk: Desk) -> None:
    opened(desk, "A", "bo", capacity=2)
    assert own(desk, join_waitlist, "ann").outcome == "enrolled"


def test_where_there_is_no_waitlist_nobody_waits(desk: Desk) -> None:
    opened(desk, "A", "bo", waitlist=OFF)
    with pytest.raises(Refused) as refusal:
        own(desk, join_waitlist, "ann")
    assert refusal.value.code == "session_full"


def test_who_cancels_frees_the_seat_for_who_waits(desk: Desk) -> None:
    opened(desk, "A", "ann", waiting="bo")
    assert promoted(desk, own(desk, cancel_sign_up, "ann"), "A") == ("bo",)
    assert desk.stands("A") == {"ann": "withdrawn", "bo": "confirmed"}
    assert desk.seats("A")["ann"].withdrawn_by == login(desk, "ann")
    assert own(desk, cancel_sign_up, "ann") == Settled()
    with pytest.raises(NotFound):
        own(desk, cancel_sign_up, "cy")


def test_who_waits_leaves_the_queue_and_may_come_back_behind(desk: Desk) -> None:
    opened(desk, "A", "di", waiting="ann bo")
    own(desk, cancel_sign_up, "ann")
    assert desk.queue("A") == ["bo"]
    assert own(desk, join_waitlist, "ann").position == 2


@pytest.mark.parametrize("may_sign_up", [True, False])
def test_who_is_asked_answers(desk: Desk, may_sign_up: bool) -> None:
    """An offer is addressed to the person, whoever gives the places of the course."""
    course = desk.course(sign_up=may_sign_up)
    desk.session("A", offered="ann", waiting="bo", waitlist=OFFER, course=course)
    desk.session("B", offered="ann", waiting="bo", waitlist=OFFER, course=course, starts_at=NINE + DAY)
    own(desk, accept_own_offer, "ann")
    assert desk.stands("A") == {"ann": "confirmed", "bo": "waitlisted"}
    assert promoted(desk, own(desk, decline_own_offer, "ann", "B"), "B") == ("bo",)
    assert desk.stands("B") == {"ann": "withdrawn", "bo": "offered"}
    assert desk.seats("B")["ann"].withdrawn_why is WithdrawnWhy.DECLINED
    with pytest.raises(NotFound) as refusal:
        own(desk, accept_own_offer, "ann")
    assert refusal.value.facts["kind"] == "offer"


def test_an_answer_that_comes_too_late(desk: Desk) -> None:
    opened(desk, "A", offered="ann", waitlist=OFFER)
    desk.clock.instant = NOW + DAY
    for answer in (accept_own_offer, decline_own_offer):
        with pytest.raises(NotFound):
            own(desk, answer, "ann")


GUARDS: dict[str, dict[str, Any]] = {
    "intake_missing": {"of_course": {"requires_intake": True}, "starts_at": NINE + 2 * DAY},
    "attendee_busy": {"starts_at": HALF_PAST},
    "run_full": {"run_id": "full", "starts_at": NINE + 2 * DAY},
}


@pytest.mark.parametrize(("code", "plan"), GUARDS.items(), ids=GUARDS)
def test_the_same_guards_stand_underneath(desk: Desk, code: str, plan: dict[str, Any]) -> None:
    plan = dict(plan)
    if plan.get("run_id"):
        plan["run_id"] = desk.run(1)
        opened(desk, "C", "cy", starts_at=NINE + DAY, run_id=plan["run_id"])
    opened(desk, "B", "ann")
    opened(desk, "A", capacity=5, **plan)
    with pytest.raises(Refused) as refusal:
        own(desk, sign_up, "ann")
    assert refusal.value.code == code
    assert desk.stands("A") == {}


def test_what_is_only_warned_of_is_told(desk: Desk) -> None:
    opened(desk, "B", "ann", policy=OverlapPolicy.WARN)
    opened(desk, "A", capacity=2, starts_at=HALF_PAST, policy=OverlapPolicy.WARN)
    outcome = own(desk, sign_up, "ann")
    assert (outcome.outcome, [one.code for one in outcome.findings]) == ("enrolled", ["attendee_busy"])


def test_a_clash_keeps_from_a_seat_but_not_from_the_queue(desk: Desk) -> None:
    opened(desk, "B", "ann")
    opened(desk, "A", capacity=2, starts_at=HALF_PAST)
    outcome = own(desk, join_waitlist, "ann")
    assert (outcome.outcome, outcome.code, outcome.position) == ("waitlisted", "attendee_busy", 1)


# ---- who, where and when ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.__name__)
def test_a_login_that_stands_for_nobody_has_no_place(desk: Desk, verb: Verb) -> None:
    opened(desk, "A", capacity=2)
    desk.let_in("nobody", Role.REQUESTER)
    with pytest.raises(NotAllowed) as refusal:
        own(desk, verb, "nobody")
    assert refusal.value.facts["why"] == "no_person"


def test_every_role_may_act_on_its_own_places(desk: Desk) -> None:
    opened(desk, "A", capacity=9)
    for role in Role:
        person = desk.person(f"p-{role.value}")
        desk.let_in(f"l-{role.value}", role, person_id=person)
        assert own(desk, sign_up, f"l-{role.value}").employee_no == f"p-{role.value}"
    assert desk.seated("A") == {f"p-{role.value}" for role in Role}


@pytest.mark.parametrize(
    ("verb", "why"), [(sign_up, "no_sign_up"), (join_waitlist, "no_sign_up"), (cancel_sign_up, "kept_place")]
)
def test_where_a_course_does_not_let_people_sign_up(desk: Desk, verb: Verb, why: str) -> None:
    desk.session("A", "ann" if verb is cancel_sign_up else "", capacity=2)
    with pytest.raises(NotAllowed) as refusal:
        own(desk, verb, "ann")
    assert refusal.value.facts["why"] == why
    assert desk.seated("A") == ({"ann"} if verb is cancel_sign_up else set())


CLOSED = [status for status in SessionStatus if status is not SessionStatus.SCHEDULED]


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.__name__)
@pytest.mark.parametrize("status", CLOSED)
def test_only_a_scheduled_session_is_open(desk: Desk, verb: Verb, status: SessionStatus) -> None:
    reason = {"cancel_reason": "Snow"} if status is SessionStatus.CANCELLED else {}
    opened(desk, "A", "ann", status=status, capacity=3, **reason)
    with pytest.raises(WrongState) as refusal:
        own(desk, verb, "ann")
    assert (refusal.value.facts["why"], refusal.value.facts["state"]) == ("not_open", status)
    assert desk.stands("A") == {"ann": "confirmed"}


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.__name__)
def test_from_the_start_on_places_stay_as_they_are(desk: Desk, verb: Verb) -> None:
    opened(desk, "A", "ann", capacity=3)
    desk.clock.instant = NINE
    with pytest.raises(WrongState) as refusal:
        own(desk, verb, "ann")
    assert refusal.value.facts["why"] == "has_begun"
    assert desk.stands("A") == {"ann": "confirmed"}


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.__name__)
def test_a_session_that_is_not_there(desk: Desk, verb: Verb) -> None:
    opened(desk, "A", status=SessionStatus.DRAFT)
    desk.do(delete_session, "A")
    for session in (desk.id("A"), 999):
        with pytest.raises(NotFound):
            desk.do(verb, session, actor="ann")


# ---- undone --------------------------------------------------------------------------------------------------------


def as_login(desk: Desk, who: str) -> None:
    """Make whoever runs the tests the requester of a name: on a server an undo asks for the login, not for a name."""
    if isinstance(desk, LoginDesk):
        return
    with prepared(desk.store) as db:
        make_account(db, "boss", Role.ADMINISTRATOR)
    desk.store.write("Lower", logins.add, desk.store.actor, Role.REQUESTER, person_id=desk.person(who))
    if not desk.store.is_file:
        turn_clock(desk.store, desk.clock)


def place_of_work(desk: Desk) -> Store:
    return desk.store_of("ann") if isinstance(desk, LoginDesk) else desk.store


def mine(desk: Desk, verb: Verb, ref: str = "A") -> Any:
    return place_of_work(desk).write("Mine", verb, desk.id(ref)).value


@pytest.mark.parametrize(("verb", "before"), [(sign_up, ""), (join_waitlist, "bo"), (cancel_sign_up, "ann")])
def test_who_thought_better_of_it_undoes_and_redoes_it(desk: Desk, verb: Verb, before: str) -> None:
    opened(desk, "A", before)
    stood = desk.stands("A")
    as_login(desk, "ann")
    mine(desk, verb)
    changed = desk.stands("A")
    assert changed != stood
    undo_last(place_of_work(desk))
    assert {name: state for name, state in desk.stands("A").items() if state != "withdrawn"} == stood
    redo_last(place_of_work(desk))
    assert desk.stands("A") == changed


def test_who_left_a_queue_by_mistake_has_the_old_place_again(desk: Desk) -> None:
    opened(desk, "A", "bo", waiting="ann cy")
    as_login(desk, "ann")
    mine(desk, cancel_sign_up)
    assert [desk.position("A", who) for who in ("ann", "cy")] == [None, 2]
    undo_last(place_of_work(desk))
    assert [desk.position("A", who) for who in ("ann", "cy")] == [1, 2]


def test_a_seat_that_went_on_is_not_taken_back(desk: Desk) -> None:
    opened(desk, "A", "ann", waiting="bo")
    as_login(desk, "ann")
    mine(desk, cancel_sign_up)
    with pytest.raises(NotAllowed):
        undo_last(place_of_work(desk))
    assert desk.stands("A") == {"ann": "withdrawn", "bo": "confirmed"}


def test_nothing_is_undone_once_it_has_begun(desk: Desk) -> None:
    opened(desk, "A", "ann", waitlist=OFF)
    as_login(desk, "ann")
    mine(desk, cancel_sign_up)
    desk.clock.instant = NINE
    with pytest.raises(NotAllowed):
        undo_last(place_of_work(desk))
    assert desk.stands("A") == {"ann": "withdrawn"}


@BY_NAME
def test_who_was_lowered_does_not_take_back_what_they_did_for_others(desk: Desk) -> None:
    opened(desk, "A", capacity=3)
    desk.store.write("For bo", enroll, desk.id("A"), [desk.person("bo")])
    as_login(desk, "ann")
    with pytest.raises(NotAllowed):
        undo_last(place_of_work(desk))
    assert desk.seated("A") == {"bo"}


def test_every_verb_of_the_module_is_tried_here() -> None:
    public = {
        name for name, value in vars(signing_up).items() if getattr(value, "__module__", "") == signing_up.__name__
    }
    assert {name for name in public if not name.startswith("_")} == {verb.__name__ for verb in VERBS}
