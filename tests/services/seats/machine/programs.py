"""Random programs of steps, each taken at the real desk and at the plain one and compared there (K2–K15)."""

import copy
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.services.seats.desk import lost_promotions
from tests.services.seats.machine import verbs
from tests.services.seats.machine.model import Refusal, State
from tests.services.seats.machine.reading import differences
from tests.services.seats.machine.world import GROUPED, HOUR, PEOPLE, Names, Opening, plain
from trainer_desk.services.errors import DeskError
from trainer_desk.services.orchestration import scheduling
from trainer_desk.services.orchestration.lowering import lower_capacity
from trainer_desk.services.rows.seats import Outcome, Settled
from trainer_desk.services.seats import enrolling, groups, holds, moving, next_date, offers, settling

SESSIONS = st.sampled_from("ABCDEF")
PERSON = st.sampled_from(PEOPLE)
SOME = st.lists(PERSON, min_size=1, max_size=3)
HOURS = st.sampled_from([1, 3, 13, 25, 49])
ANY = st.integers(0, 999)
TURNS = {verb.__name__: verb for verb in (verbs.publish, verbs.unpublish, verbs.cancel, verbs.reinstate)}


class Programs(RuleBasedStateMachine):
    """One program; `opening` gives every program a world of its own."""

    opening: ClassVar[Opening]  # each test hangs in its own, as a static method

    def __init__(self) -> None:
        super().__init__()
        self.world = ExitStack()
        self.store, self.clock = self.world.enter_context(self.opening())
        self.names = Names.read(self.store)
        self.desk = plain()
        self.holds: list[int] = []

    def teardown(self) -> None:
        self.world.close()

    # ---- the steps

    @initialize(people=st.permutations(PEOPLE))
    def fill_the_sessions(self, people: list[str]) -> None:
        """Begin with full sessions, queues, held seats and a full run: that is where things can go wrong."""
        self.hold("A", 1, 12)
        self.hold("F", 2, 60)
        for session, wanted in (("A", people[:4]), ("B", people[2:]), ("C", people[1:4]), ("D", people[3:])):
            self.enroll_some(session, wanted)

    @rule(session=SESSIONS, person=PERSON)
    def enroll_one(self, session: str, person: str) -> None:
        self.enroll_some(session, [person])

    @rule(session=SESSIONS, people=SOME)
    def enroll_some(self, session: str, people: list[str]) -> None:
        self.same(
            lambda desk: verbs.enroll(desk, session, people), said, enrolling.enroll, self.id(session), self.ids(people)
        )

    @precondition(lambda self: self.desk.stands)
    @rule(any_one=ANY)
    def withdraw(self, any_one: int) -> None:
        session, person = list(self.desk.stands)[any_one % len(self.desk.stands)]
        self.same(
            promoting(lambda desk: verbs.withdraw(desk, session, person)), self.promoted,
            enrolling.withdraw, self.id(session), self.id(person),
        )  # fmt: skip

    @rule(session=SESSIONS, seats=st.integers(1, 2), hours=st.sampled_from([2, 12, 60]))
    def hold(self, session: str, seats: int, hours: int) -> None:
        until = self.desk.now + hours * HOUR
        held = self.same(
            lambda desk: verbs.hold(desk, session, seats, until), lambda _hold: None,
            holds.hold_seats, self.id(session), seats, "Held", until,
        )  # fmt: skip
        self.holds.extend([] if held is None else [held.id])

    @precondition(lambda self: self.holds)
    @rule(any_one=ANY)
    def release(self, any_one: int) -> None:
        number = any_one % len(self.holds)
        self.same(
            promoting(lambda desk: verbs.release(desk, number)), self.promoted, holds.release_hold, self.holds[number]
        )

    @precondition(lambda self: self.holds)
    @rule(any_one=ANY, people=SOME)
    def fill(self, any_one: int, people: list[str]) -> None:
        number = any_one % len(self.holds)
        self.same(
            lambda desk: verbs.fill(desk, number, people), said, holds.fill_hold, self.holds[number], self.ids(people)
        )

    @precondition(lambda self: self.offered())
    @rule(any_one=ANY)
    def accept(self, any_one: int) -> None:
        self.answer(any_one, verbs.accept, offers.accept_offer)

    @precondition(lambda self: self.offered())
    @rule(any_one=ANY)
    def decline(self, any_one: int) -> None:
        self.answer(any_one, verbs.decline, offers.decline_offer)

    @precondition(lambda self: self.desk.due())
    @rule()
    def settle_due(self) -> None:
        self.same(promoting(verbs.settle_due), self.promoted, settling.settle_due)

    @rule(hours=HOURS)
    def wait(self, hours: int) -> None:
        """Let time pass while nobody is connected; whoever comes next finds what ended meanwhile."""
        self.desk.now += hours * HOUR
        self.clock.instant = self.desk.now

    @rule(hours=HOURS)
    def wait_and_look(self, hours: int) -> None:
        self.wait(hours)
        if self.desk.due():
            self.settle_due()

    @rule(session=SESSIONS, capacity=st.sampled_from([1, 2, 3, 4, None]))
    def set_capacity(self, session: str, capacity: int | None) -> None:
        self.same(
            lambda desk: verbs.set_capacity(desk, session, capacity), nothing,
            scheduling.edit_session, self.id(session), {"capacity": capacity},
        )  # fmt: skip

    @rule(session=SESSIONS, capacity=st.integers(1, 2))
    def lower(self, session: str, capacity: int) -> None:
        self.same(
            lambda desk: verbs.lower(desk, session, capacity), nothing, lower_capacity, self.id(session), capacity
        )

    @rule(
        session=SESSIONS,
        waitlist=st.sampled_from(["off", "enrol", "offer"]),
        order=st.sampled_from(["joined", "urgent"]),
    )
    def set_waitlist(self, session: str, waitlist: str, order: str) -> None:
        self.same(
            lambda desk: verbs.set_waitlist(desk, session, waitlist, order), nothing,
            scheduling.edit_session, self.id(session), {"waitlist": waitlist, "waitlist_order": order},
        )  # fmt: skip

    @precondition(lambda self: self.desk.stands)
    @rule(any_one=ANY, into=PERSON)
    def replace(self, any_one: int, into: str) -> None:
        session, out = list(self.desk.stands)[any_one % len(self.desk.stands)]
        self.same(
            promoting(lambda desk: verbs.replace(desk, session, out, into)), lambda found: self.promoted(found[1]),
            moving.replace_person, self.id(session), self.id(out), self.id(into),
        )  # fmt: skip

    @precondition(lambda self: self.desk.stands)
    @rule(any_one=ANY, to=SESSIONS)
    def move(self, any_one: int, to: str) -> None:
        source, person = list(self.desk.stands)[any_one % len(self.desk.stands)]
        self.same(
            promoting(lambda desk: verbs.move(desk, person, source, to)), lambda found: self.promoted(found[1]),
            moving.move_person, self.id(person), self.id(source), self.id(to),
        )  # fmt: skip

    @rule(course=st.sampled_from(["fire", "aid", "talk"]), people=SOME)
    def next_date(self, course: str, people: list[str]) -> None:
        self.same(
            lambda desk: verbs.next_date(desk, course, people),
            lambda outcomes: [(one.outcome, one.code, one.session) for one in outcomes],
            next_date.enroll_next, self.names.courses[course], self.ids(people),
        )  # fmt: skip

    @precondition(lambda self: not self.desk.due())
    @rule(session=SESSIONS, turn=st.sampled_from(sorted(TURNS)))
    def turn(self, session: str, turn: str) -> None:
        words = ["Storm"] if turn == "cancel" else []
        self.same(lambda desk: TURNS[turn](desk, session), nothing, getattr(scheduling, turn), self.id(session), *words)

    @precondition(lambda self: not verbs.is_group_full(self.desk, GROUPED))
    @rule(person=PERSON)
    def group(self, person: str) -> None:
        self.same(
            lambda desk: verbs.group(desk, GROUPED, person), lambda outcomes: outcomes[0].outcome,
            groups.assign, self.names.group, self.ids([person]),
        )  # fmt: skip

    # ---- what must hold

    @invariant()
    def both_desks_are_alike(self) -> None:
        wrong = differences(self.store, self.desk, self.names) + lost_promotions(self.store, self.desk.now)
        assert not wrong, "; ".join(wrong)

    # ---- how a step is taken

    def answer(self, any_one: int, mine: Callable[[State, str, str], None], verb: Callable[..., Any]) -> None:
        session, person = self.offered()[any_one % len(self.offered())]
        self.same(
            promoting(lambda desk: mine(desk, session, person)),
            self.promoted,
            verb,
            self.id(session),
            self.id(person),
        )

    def same(
        self, mine: Callable[[State], Any], words: Callable[[Any], Any], verb: Callable[..., Any], *args: Any
    ) -> Any:
        """Take one step at both desks: they answer alike, in the `words` of the plain one, or refuse with one code."""
        before = copy.deepcopy(self.desk)
        self.desk.promoted = {}
        try:
            expected = mine(self.desk)
        except Refusal as refusal:
            expected, self.desk = refusal, before
        try:
            written = self.store.write("Step", verb, *args)
        except DeskError as error:
            refused: DeskError | None = error
        else:
            refused = None
        if isinstance(expected, Refusal) or refused is not None:
            assert refused is not None, f"expected a refusal with {expected}"
            assert isinstance(expected, Refusal), f"refused with {refused.code} {refused.facts}, expected {expected}"
            assert refused.code == str(expected)
            return None
        assert words(written.value) == expected
        if not written.changes.keys:
            self.desk = before  # reasons alone are not a change, and so are not kept
        return written.value

    def promoted(self, settled: Settled) -> dict[str, list[str]]:
        refs = {key: ref for ref, key in self.names.sessions.items()}
        return {refs[key]: list(numbers) for key, numbers in settled.promoted.items()}

    def offered(self) -> list[tuple[str, str]]:
        return [key for key, stand in self.desk.stands.items() if stand.state == "offered"]

    def id(self, name: str) -> int:
        return (self.names.sessions | self.names.people)[name]

    def ids(self, names: Sequence[str]) -> list[int]:
        return [self.names.people[name] for name in names]


def said(outcomes: Sequence[Outcome]) -> list[verbs.Said]:
    return [(one.outcome, one.code, one.position) for one in outcomes]


def promoting(mine: Callable[[State], None]) -> Callable[[State], dict[str, list[str]]]:
    """Give who was promoted where as the answer of a verb."""

    def told(desk: State) -> dict[str, list[str]]:
        mine(desk)
        return desk.promoted

    return told


def nothing(_answer: object) -> None:
    return None
