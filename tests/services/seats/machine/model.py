"""A desk of plain dictionaries: where everybody stands, who may sit, and what a change gives to whom.

It is written from the rules, not from the program, of which it uses nothing; what can be done at it is in `verbs`.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

SEATED = ("confirmed", "offered")
OPEN = ("DRAFT", "SCHEDULED")
STRICT = {"ignore": 0, "warn": 1, "block": 2}
OFFER = dt.timedelta(hours=48)

Reason = tuple[str | None, frozenset[str]]
"""Why a waiter was passed over: the code, and the sessions any of which may be named."""

NO_REASON: Reason = (None, frozenset())


class Refusal(Exception):
    """Nothing may have changed; the first argument is the code."""


@dataclass
class Course:
    policy: str
    needs_intake: bool = False


@dataclass
class Session:
    course: str
    status: str
    starts: dt.datetime
    ends: dt.datetime
    capacity: int | None
    waitlist: str
    order: str = "joined"
    run: str | None = None
    last: int = 0


@dataclass
class Stand:
    """How a person stands in a session; `row` counts the rows as they were made, `since` is when the seat was given."""

    row: int
    state: str = "withdrawn"
    position: int | None = None
    until: dt.datetime | None = None
    since: dt.datetime | None = None
    is_grouped: bool = False
    skip: Reason = NO_REASON

    def stand(self, state: str, *, position: int | None = None, until: dt.datetime | None = None) -> None:
        self.state, self.position, self.until, self.skip = state, position, until, NO_REASON
        self.is_grouped = self.is_grouped and state == "confirmed"


@dataclass
class Held:
    session: str
    seats: int
    until: dt.datetime
    is_live: bool = True


@dataclass
class State:
    """All that there is; `needs` ranks people in a course, the most urgent lowest."""

    now: dt.datetime
    courses: dict[str, Course]
    sessions: dict[str, Session]
    caps: dict[str, int]
    needs: dict[tuple[str, str], int]
    without_intake: frozenset[str]
    stands: dict[tuple[str, str], Stand] = field(default_factory=dict)
    holds: list[Held] = field(default_factory=list)
    promoted: dict[str, list[str]] = field(default_factory=dict)

    # ---- who is where

    def state(self, session: str, person: str) -> str | None:
        found = self.stands.get((session, person))
        return None if found is None else found.state

    def who(self, session: str, *states: str) -> list[str]:
        return [p for (s, p), found in self.stands.items() if s == session and found.state in states]

    def held(self, session: str) -> int:
        return sum(hold.seats for hold in self.holds if hold.session == session and hold.is_live)

    def taken(self, session: str) -> int:
        return len(self.who(session, *SEATED)) + self.held(session)

    def free(self, session: str) -> int | None:
        """Count the seats for newcomers; where people wait for a draft, nobody passes them."""
        one = self.sessions[session]
        if one.status == "DRAFT" and one.waitlist != "off" and self.who(session, "waitlisted"):
            return 0
        return None if one.capacity is None else max(0, one.capacity - self.taken(session))

    def on_run(self, run: str) -> set[str]:
        days = [key for key, one in self.sessions.items() if one.run == run and one.status != "CANCELLED"]
        return {person for day in days for person in self.who(day, *SEATED)}

    def queue(self, session: str) -> list[str]:
        return self.in_order(session, self.who(session, "waitlisted"))

    def rank(self, session: str, person: str) -> int | None:
        queue = self.queue(session)
        return queue.index(person) + 1 if person in queue else None

    def in_order(self, session: str, people: Iterable[str]) -> list[str]:
        """Sort waiters and, behind them, newcomers; who was put back comes before everybody."""

        def place(person: str) -> tuple[float, ...]:
            position = self.stands[session, person].position if self.state(session, person) == "waitlisted" else None
            behind = float("inf") if position is None else position
            if self.sessions[session].order == "joined":
                return (behind,)
            return (behind >= 1, self.needs.get((person, self.sessions[session].course), 9), behind)

        return sorted(people, key=place)

    # ---- who may sit

    def lacks_intake(self, session: str, person: str) -> bool:
        return self.courses[self.sessions[session].course].needs_intake and person in self.without_intake

    def clashes(self, session: str, person: str, *, least: str) -> frozenset[str]:
        """Name the sessions at the same time in which a person sits, whose policies come to `least` at least."""
        here = self.sessions[session]
        found = set()
        for (key, somebody), stand in self.stands.items():
            there = self.sessions[key]
            is_over = stand.state == "offered" and stand.until is not None and stand.until <= self.now
            if somebody != person or key == session or stand.state not in SEATED or is_over:
                continue
            policy = max(STRICT[self.courses[one.course].policy] for one in (here, there))
            if there.status == "SCHEDULED" and here.starts < there.ends and there.starts < here.ends:
                found.update([key] if policy >= STRICT[least] else [])
        return frozenset(found)

    def obstacle(self, session: str, person: str) -> Reason | None:
        """Say what speaks against the person, seats or no seats."""
        if self.lacks_intake(session, person):
            return "intake_missing", frozenset()
        clashes = self.clashes(session, person, least="block")
        return ("attendee_busy", clashes) if clashes and self.sessions[session].status != "DRAFT" else None

    def run_is_full(self, session: str, person: str) -> bool:
        run = self.sessions[session].run
        if run is None or run not in self.caps:
            return False
        return person not in self.on_run(run) and len(self.on_run(run)) >= self.caps[run]

    def why_not(self, session: str, person: str, *, seats: int | None) -> Reason | None:
        """Say why a person gets none of so many free seats; None: there is one."""
        obstacle = self.obstacle(session, person)
        if obstacle is not None or seats == 0:
            return obstacle or NO_REASON
        return ("run_full", frozenset()) if self.run_is_full(session, person) else None

    # ---- what changes

    def sit(self, session: str, person: str) -> None:
        """Give a person a confirmed seat."""
        stand = self.stands.setdefault((session, person), Stand(len(self.stands)))
        stand.stand("confirmed")
        stand.since = self.now

    def join(self, session: str, person: str, reason: Reason) -> None:
        """Put a person at the end of the queue."""
        self.sessions[session].last += 1
        stand = self.stands.setdefault((session, person), Stand(len(self.stands)))
        stand.stand("waitlisted", position=self.sessions[session].last)
        stand.skip, stand.since = reason, self.now

    def moves(self, session: str) -> bool:
        one = self.sessions[session]
        return one.status == "SCHEDULED" and one.starts > self.now and one.waitlist != "off"

    def concerned(self, sessions: Iterable[str], freed: Collection[str] = ()) -> set[str]:
        """Name the sessions that a change concerns: sisters in capped runs, and wherever somebody freed waits."""
        known: set[str] = set()
        wider = set(sessions)
        while wider != known:
            known = set(wider)
            runs = {self.sessions[key].run for key in known} & set(self.caps)
            wider |= {key for key, one in self.sessions.items() if one.run in runs}
            free = {p for (s, p), one in self.stands.items() if s in known and self._is_over(one)} | set(freed)
            wider |= {s for (s, p), one in self.stands.items() if p in free and one.state == "waitlisted"}
        return known

    def due(self) -> set[str]:
        """Name the sessions in which a hold or an offer ended and nobody has looked since."""
        holds = {hold.session for hold in self.holds if hold.is_live and hold.until <= self.now}
        return holds | {s for (s, _p), stand in self.stands.items() if self._is_over(stand)}

    def sweep(self, sessions: Collection[str]) -> None:
        for hold in self.holds:
            if hold.session in sessions and hold.until <= self.now:
                hold.is_live = False
        for (session, _person), stand in self.stands.items():
            if session in sessions and self._is_over(stand):
                stand.stand("withdrawn")

    def settle(self, sessions: Collection[str], at: str = "", newcomers: Sequence[str] = ()) -> dict[str, Reason]:
        """Sweep, seat those who come next, and return the newcomers `at` a session who got no seat."""
        self.sweep(sessions)
        left: dict[str, Reason] = {}
        for session in sorted(sessions, key=lambda key: (self.sessions[key].starts, key)):
            waiting = self.queue(session) if self.moves(session) else []
            for person in self.in_order(session, [*waiting, *(newcomers if session == at else ())]):
                reason = self.why_not(session, person, seats=self.free(session))
                if person in waiting:
                    self._promote(session, person, reason)
                elif reason is None:
                    self.sit(session, person)
                else:
                    left[person] = reason
        return {person: left[person] for person in newcomers if person in left}

    def _promote(self, session: str, person: str, reason: Reason | None) -> None:
        stand = self.stands[session, person]
        if reason is not None:
            stand.skip = reason
            return
        self.promoted.setdefault(session, []).append(person)
        if self.sessions[session].waitlist == "enrol":
            self.sit(session, person)
            return
        until = min(self.now + OFFER, self.sessions[session].starts)
        stand.stand("offered", position=stand.position, until=until)
        stand.since = self.now

    def _is_over(self, stand: Stand) -> bool:
        return stand.state == "offered" and stand.until is not None and stand.until <= self.now
