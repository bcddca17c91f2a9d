"""What can be done at the plain desk: each verb is what the rules say of it, and raises Refusal where they refuse."""

import datetime as dt
from collections.abc import Sequence

from tests.services.seats.machine.model import OPEN, SEATED, Held, Refusal, State

Said = tuple[str, str | None, int | None]
"""What a person is told: outcome, code, rank in the queue."""

GROUP_SEATS = 2


def enroll(desk: State, session: str, people: Sequence[str]) -> list[Said]:
    scope = desk.concerned([session])
    _require_open(desk, session)
    return _enroll(desk, scope, session, people)


def withdraw(desk: State, session: str, person: str) -> None:
    scope = desk.concerned([session], [person])
    _require_open(desk, session)
    if desk.state(session, person) is None:
        raise Refusal("not_found")
    desk.stands[session, person].stand("withdrawn")
    desk.settle(scope)


def hold(desk: State, session: str, seats: int, until: dt.datetime) -> None:
    scope = desk.concerned([session])
    _require_open(desk, session)
    desk.settle(scope)
    free = desk.free(session)
    if free is not None and free < seats:
        raise Refusal("session_full")
    desk.holds.append(Held(session, seats, until))


def release(desk: State, number: int) -> None:
    held = desk.holds[number]
    scope = desk.concerned([held.session])
    held.is_live = False
    desk.settle(scope)


def fill(desk: State, number: int, people: Sequence[str]) -> list[Said]:
    held = desk.holds[number]
    scope = desk.concerned([held.session])
    _require_open(desk, held.session)
    desk.settle(scope)
    if not held.is_live:
        raise Refusal("not_found")
    seated = {}
    for place, person in enumerate(people):
        if desk.state(held.session, person) in SEATED or not held.seats:
            continue
        if desk.why_not(held.session, person, seats=None) is None:
            held.seats -= 1
            desk.sit(held.session, person)
            seated[place] = ("enrolled", None, None)
    held.is_live = held.seats > 0
    others = [person for place, person in enumerate(people) if place not in seated]
    rest = iter(_enroll(desk, scope, held.session, others))
    return [seated.get(place) or next(rest) for place in range(len(people))]


def accept(desk: State, session: str, person: str) -> None:
    desk.settle(desk.concerned([session]))
    _require_offer(desk, session, person)
    desk.stands[session, person].stand("confirmed")


def decline(desk: State, session: str, person: str) -> None:
    scope = desk.concerned([session], [person])
    desk.sweep(scope)
    _require_offer(desk, session, person)
    desk.stands[session, person].stand("withdrawn")
    desk.settle(scope)


def replace(desk: State, session: str, out: str, into: str) -> None:
    if out == into:
        raise Refusal("bad_value")
    scope = desk.concerned([session], [out])
    _require_open(desk, session)
    desk.settle(scope)
    _give_up(desk, session, out)
    _sit(desk, session, into, 1)
    desk.settle(scope)


def move(desk: State, person: str, source: str, target: str) -> None:
    if source == target:
        raise Refusal("bad_value")
    scope = desk.concerned([source, target], [person])
    _require_open(desk, source)
    _require_open(desk, target)
    desk.settle(scope)
    _give_up(desk, source, person)
    _sit(desk, target, person, desk.free(target))
    desk.settle(scope)


def next_date(desk: State, course: str, people: Sequence[str]) -> list[tuple[str, str | None, str | None]]:
    coming = [(one.starts, key) for key, one in desk.sessions.items() if one.course == course]
    dates = [key for starts, key in sorted(coming) if starts > desk.now and desk.sessions[key].status == "SCHEDULED"]
    desk.settle(desk.concerned(dates))
    said: list[tuple[str, str | None, str | None]] = []
    for person in people:
        here = [key for key in dates if desk.state(key, person) not in (None, "withdrawn")]
        fits = [
            key
            for key in dates
            if desk.why_not(key, person, seats=desk.free(key)) is None and not desk.clashes(key, person, least="warn")
        ]
        if here:
            said.append(("already", "already_enrolled", here[0]))
        elif fits:
            desk.sit(fits[0], person)
            said.append(("enrolled", None, fits[0]))
        else:
            lacks = any(desk.lacks_intake(key, person) for key in dates)
            said.append(("refused", "intake_missing" if lacks else "session_full", None))
    return said


def settle_due(desk: State) -> None:
    desk.settle(desk.concerned(desk.due()))


def set_capacity(desk: State, session: str, capacity: int | None) -> None:
    scope = desk.concerned([session])
    desk.sweep(scope)
    _change_capacity(desk, session, capacity)
    desk.settle(scope)


def lower(desk: State, session: str, capacity: int) -> None:
    """Put the newest who no longer fit before everybody who waits."""
    scope = desk.concerned([session], desk.who(session, *SEATED))
    desk.sweep(scope)
    _require_open(desk, session)
    stands = {person: desk.stands[session, person] for person in desk.who(session, "confirmed")}
    newest = sorted(stands, key=lambda person: (stands[person].since, stands[person].row), reverse=True)
    too_many = max(0, desk.taken(session) - capacity)
    if too_many > len(newest):
        raise Refusal("capacity_below_people")
    places = [one.position for (key, _person), one in desk.stands.items() if key == session]
    head = min([1, *(position for position in places if position is not None)])
    for ahead, person in enumerate(newest[:too_many], start=1):
        stands[person].stand("waitlisted", position=head - ahead)
    _change_capacity(desk, session, capacity)
    desk.settle(scope)


def set_waitlist(desk: State, session: str, waitlist: str, order: str) -> None:
    one = desk.sessions[session]
    scope = desk.concerned([session])
    desk.sweep(scope)
    if (one.waitlist, one.order) != (waitlist, order) and one.status == "CANCELLED":
        raise Refusal("wrong_state")
    one.waitlist, one.order = waitlist, order
    desk.settle(scope)


def publish(desk: State, session: str) -> None:
    scope = desk.concerned([session])
    if desk.sessions[session].status != "DRAFT":
        raise Refusal("wrong_state")
    if any(desk.clashes(session, person, least="block") for person in desk.who(session, *SEATED)):
        raise Refusal("attendee_busy")
    desk.sessions[session].status = "SCHEDULED"
    desk.settle(scope)


def unpublish(desk: State, session: str) -> None:
    _turn(desk, session, ("SCHEDULED",), "DRAFT")


def reinstate(desk: State, session: str) -> None:
    _turn(desk, session, ("CANCELLED",), "DRAFT")
    run = desk.sessions[session].run
    if run in desk.caps and len(desk.on_run(run)) > desk.caps[run]:
        raise Refusal("run_full")


def cancel(desk: State, session: str) -> None:
    """End its holds and offers; whoever was asked is in the queue again."""
    scope = desk.concerned([session], desk.who(session, *SEATED))
    if desk.sessions[session].status not in OPEN:
        raise Refusal("wrong_state")
    desk.sessions[session].status = "CANCELLED"
    for held in desk.holds:
        held.is_live = held.is_live and held.session != session
    for person in desk.who(session, "offered"):
        stand = desk.stands[session, person]
        stand.stand("waitlisted", position=stand.position)
    desk.settle(scope)


def group(desk: State, session: str, person: str) -> str:
    """Put a person into the only group of a session."""
    _require_open(desk, session)
    if desk.state(session, person) != "confirmed":
        return "refused"
    if desk.stands[session, person].is_grouped:
        return "already"
    if is_group_full(desk, session):
        return "refused"
    desk.stands[session, person].is_grouped = True
    return "assigned"


def is_group_full(desk: State, session: str) -> bool:
    return len([p for (s, p), one in desk.stands.items() if s == session and one.is_grouped]) >= GROUP_SEATS


def _enroll(desk: State, scope: set[str], session: str, people: Sequence[str]) -> list[Said]:
    desk.sweep(scope)
    here = {person for person in people if desk.state(session, person) not in (None, "withdrawn")}
    wanted = [p for p in dict.fromkeys(people) if p not in here and not desk.lacks_intake(session, p)]
    known = set(desk.stands)
    left = desk.settle(scope, session, wanted)
    _as_written(desk, session, [p for p in wanted if p not in left and (session, p) not in known])
    one = desk.sessions[session]
    has_queue = desk.moves(session) or (one.status == "DRAFT" and one.waitlist != "off")
    for person, reason in left.items() if has_queue else ():
        desk.join(session, person, reason)
    said: list[Said] = []
    for person in people:
        if person in here:
            said.append(("already", "already_enrolled", desk.rank(session, person)))
        elif person not in wanted:
            said.append(("refused", "intake_missing", None))
        elif person not in left:
            said.append(("enrolled", None, None))
        elif has_queue:
            said.append(("waitlisted", left[person][0], desk.rank(session, person)))
        else:
            said.append(("refused", left[person][0] or "session_full", None))
        here.update([person] if said[-1][0] != "refused" else [])
    return said


def _as_written(desk: State, session: str, people: Sequence[str]) -> None:
    """Number the new rows in the order in which the people were named, not in that of their need."""
    rows = sorted(desk.stands[session, person].row for person in people)
    for person, row in zip(people, rows, strict=True):
        desk.stands[session, person].row = row


def _sit(desk: State, session: str, person: str, seats: int | None) -> None:
    if desk.state(session, person) in SEATED:
        raise Refusal("already_enrolled")
    reason = desk.why_not(session, person, seats=seats)
    if reason is not None:
        raise Refusal(reason[0] or "session_full")
    desk.sit(session, person)


def _give_up(desk: State, session: str, person: str) -> None:
    if desk.state(session, person) not in SEATED:
        raise Refusal("not_found")
    desk.stands[session, person].stand("withdrawn")


def _change_capacity(desk: State, session: str, capacity: int | None) -> None:
    one = desk.sessions[session]
    if one.capacity == capacity:
        return
    if one.status == "CANCELLED":
        raise Refusal("wrong_state")
    if capacity is not None and capacity < desk.taken(session):
        raise Refusal("capacity_below_people")
    one.capacity = capacity


def _turn(desk: State, session: str, sources: Sequence[str], target: str) -> None:
    scope = desk.concerned([session], desk.who(session, *SEATED))
    if desk.sessions[session].status not in sources:
        raise Refusal("wrong_state")
    desk.sessions[session].status = target
    desk.settle(scope)


def _require_open(desk: State, session: str) -> None:
    if desk.sessions[session].status not in OPEN:
        raise Refusal("wrong_state")


def _require_offer(desk: State, session: str, person: str) -> None:
    _require_open(desk, session)
    if desk.state(session, person) != "offered":
        raise Refusal("not_found")
