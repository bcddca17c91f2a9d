"""A desk with a clock of its own: people by first name, sessions by letter, and what a test wants to know of them."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from tests.factories import (
    MADE,
    at,
    make_account,
    make_course,
    make_draft,
    make_enrollment,
    make_hold,
    make_person,
    make_run,
    make_scheduled,
    prepared,
)
from tests.services.store.recount import miscounted
from trainer_desk.models import Enrollment, Session
from trainer_desk.models.enums import EnrollmentState, OverlapPolicy, Role, SessionStatus, WaitlistMode
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.rows.seats import Outcome, Seat, Settled
from trainer_desk.services.seats.enrolling import enroll, withdraw
from trainer_desk.services.seats.lapsing import sessions_due
from trainer_desk.services.seats.roster import load_seats
from trainer_desk.services.seats.scope import read_scope
from trainer_desk.services.seats.settling import look
from trainer_desk.services.store.engine import Store

NOW = at("2026-07-01 12:00")
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
NINE, HALF_PAST, TEN = (at(f"2026-07-06 {clock}") for clock in ("09:00", "09:30", "10:00"))


@dataclass
class Desk:
    """One organisation; it is noon on 1 July, and sessions are on Monday the 6th from nine to ten."""

    store: Store
    clock: FixedClock
    _people: dict[str, int] = field(default_factory=dict)
    _sessions: dict[str, int] = field(default_factory=dict)

    def person(self, name: str, **columns: Any) -> int:
        """Give a person by name, who is made when first named."""
        if name not in self._people:
            with prepared(self.store) as db:
                self._people[name] = make_person(db, name, employee_no=name, **columns)
        return self._people[name]

    def people(self, names: str) -> list[int]:
        return [self.person(name) for name in names.split()]

    def course(self, policy: OverlapPolicy = OverlapPolicy.BLOCK, **columns: Any) -> int:
        with prepared(self.store) as db:
            return make_course(db, overlap_policy=policy, **columns)

    def run(self, max_people: int | None) -> int:
        with prepared(self.store) as db:
            return make_run(db, max_people=max_people)

    def session(self, ref: str, confirmed: str = "", *, waiting: str = "", offered: str = "", **columns: Any) -> int:
        """Make a session that enrols from its waitlist and is full, unless `columns` say otherwise.

        Takes a policy for a course of its own, and a start; nobody is settled.
        """
        seats = len([*confirmed.split(), *offered.split()])
        policy = columns.pop("policy", OverlapPolicy.BLOCK)
        usual = {"capacity": max(1, seats), "waitlist": WaitlistMode.ENROL, "starts_at": NINE}
        plan: dict[str, Any] = {"ref": ref} | usual | columns
        if "course" not in plan:
            plan["course"] = self.course(policy)
        is_draft = plan.get("status") == SessionStatus.DRAFT
        ids = {state: self.people(names) for state, names in _states(confirmed, offered, waiting).items()}
        with prepared(self.store) as db:
            session = make_draft(db, **plan) if is_draft else make_scheduled(db, **plan)
            for state, people in ids.items():
                for person in people:
                    make_enrollment(db, session, person, state, **_queued(state))
        self._sessions[ref] = session
        return session

    def hold(self, ref: str, seats: int = 1, *, until: dt.datetime = NOW + HOUR) -> int:
        with prepared(self.store) as db:
            return make_hold(db, self._sessions[ref], seats, until_at=until)

    def do(self, verb: Callable[..., Any], *args: Any, actor: str = "marta", **more: Any) -> Any:
        """Carry out a verb as one write and return what it answers; names of people and sessions become ids."""
        return self.store.write("Test", verb, *self.ids(args), actor=actor, **more).value

    def ids(self, words: Sequence[Any]) -> list[Any]:
        """Give ids for the names of people and sessions among words."""
        known = self._people | self._sessions
        return [known.get(word, word) if isinstance(word, str) else word for word in words]

    def let_in(self, name: str, role: Role, **of: Any) -> None:
        """Give somebody an account."""
        with prepared(self.store) as db:
            make_account(db, name, role, **of)

    def enroll(self, ref: str, names: str, **more: Any) -> list[Outcome]:
        outcomes: list[Outcome] = self.do(enroll, ref, self.people(names), **more)
        return outcomes

    def withdraw(self, ref: str, name: str, **more: Any) -> Settled:
        settled: Settled = self.do(withdraw, ref, name, **more)
        return settled

    def id(self, ref: str) -> int:
        return self._sessions[ref]

    def seats(self, ref: str) -> dict[str, Seat]:
        return {seat.employee_no: seat for seat in self.store.read(load_seats, self._sessions[ref])}

    def stands(self, ref: str) -> dict[str, str]:
        """Give how everybody stands who ever was in a session."""
        return {name: seat.state.value for name, seat in self.seats(ref).items()}

    def seated(self, ref: str) -> set[str]:
        return {name for name, state in self.stands(ref).items() if state in ("confirmed", "offered")}

    def queue(self, ref: str) -> list[str]:
        """Give the names of those who wait, the next one first."""
        ranks = {name: seat.position for name, seat in self.seats(ref).items() if seat.position is not None}
        assert sorted(ranks.values()) == list(range(1, len(ranks) + 1))
        return sorted(ranks, key=ranks.__getitem__)

    def position(self, ref: str, name: str) -> int | None:
        """Give the stored place in the queue, which joining alone sets."""
        mine = (Enrollment.session_id == self._sessions[ref], Enrollment.person_id == self._people[name])
        return self.store.read(lambda db: db.scalar(sa.select(Enrollment.position).where(*mine)))

    def skip(self, ref: str, name: str) -> tuple[str | None, str | None]:
        seat = self.seats(ref)[name]
        return seat.skip_code, seat.skip_ref


def told(outcomes: Sequence[Outcome]) -> list[tuple[str, str | None, int | None]]:
    """Give what each person was told: outcome, code, rank."""
    return [(outcome.outcome, outcome.code, outcome.position) for outcome in outcomes]


def judge(store: Store, now: dt.datetime) -> list[str]:
    """Say what is wrong with the seats of a whole organisation: counters, and free seats that somebody waits for."""
    return [f"miscounted: {row}" for row in miscounted(store)] + lost_promotions(store, now)


def lost_promotions(store: Store, now: dt.datetime) -> list[str]:
    """Name who waits for a seat that they could have; nothing is lost where a hold or an offer just ended."""
    with store.snapshot() as db:
        if sessions_due(db, now):
            return []
        scope = read_scope(db, list(db.scalars(sa.select(Session.id))), now)
        lost = [fate.seeker for fate in look(db, scope, [], now) if fate.seated]
    return [f"lost promotion: {seeker.sitter.name} in {seeker.session_id}" for seeker in lost]


def late_promotions(store: Store) -> int:
    """Count those who came out of a queue after their session had started."""
    late = sa.select(sa.func.count()).select_from(Enrollment).join(Session, Session.id == Enrollment.session_id)
    return store.read(lambda db: int(db.scalar(late.where(Enrollment.promoted_at >= Session.starts_at)) or 0))


def _states(confirmed: str, offered: str, waiting: str) -> dict[EnrollmentState, str]:
    return {
        EnrollmentState.CONFIRMED: confirmed,
        EnrollmentState.OFFERED: offered,
        EnrollmentState.WAITLISTED: waiting,
    }


def _queued(state: EnrollmentState) -> dict[str, Any]:
    """Whoever has an offer was promoted out of the queue; the offers of these tests end on 2 July, at noon."""
    if state is not EnrollmentState.OFFERED:
        return {}
    return {"offer_until": NOW + DAY, "promoted_at": MADE, "promoted_by": "jo"}
