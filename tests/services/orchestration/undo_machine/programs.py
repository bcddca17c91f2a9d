"""Random programs of two actors in turn: what is undone leaves the database as it was, whatever was done (U4, V4)."""

from contextlib import ExitStack
from dataclasses import dataclass, replace
from random import Random
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from tests.services.orchestration.undo_machine.deeds import Deed, Hand, any_deed
from tests.services.orchestration.undo_machine.reading import Rows, difference, everything
from tests.services.seats.desk import lost_promotions
from tests.services.seats.machine.world import Opening
from trainer_desk.services.errors import DeskError
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.orchestration.undoing import redo_last, revert, undo_last

ACTORS = ("ann", "bo")
SEED = st.integers(0, 2**32 - 1)


@dataclass(frozen=True)
class Done:
    """One change: by whom, and the database before and after it; `change_id` is that of its newest redo."""

    actor: str
    label: str
    change_id: int
    before: Rows
    after: Rows


class Programs(RuleBasedStateMachine):
    """One program; it ends by undoing everything that was done, the newest first."""

    opening: ClassVar[Opening]
    actors: ClassVar[tuple[str, ...]] = ACTORS
    """Nobody in particular means the login that connects: on a server everybody is that one."""

    def __init__(self) -> None:
        super().__init__()
        self.world = ExitStack()
        self.store, self.clock = self.world.enter_context(self.opening())
        self.by = self.actors or (self.store.actor,)
        self.done: list[Done] = []
        self.undone: list[Done] = []
        self.told: list[str] = []
        self.is_reordered = False
        """Whether an older change was taken back and done again: that is somebody's newest step by now."""
        self.state = everything(self.store)

    def teardown(self) -> None:
        try:
            while self.done:
                self.take_back()
        finally:
            self.world.close()

    # ---- the steps

    @rule(who=st.integers(0, 9), seed=SEED)
    def do(self, who: int, seed: int) -> None:
        """Do anything; a refusal changes nothing."""
        deed = any_deed(Hand(self.store, Random(seed)))
        if deed is None:
            return
        actor = self.by[who % len(self.by)]
        before, said = self.state, f"{actor}: {named(deed)}"
        verb, *arguments = deed
        label = f"{len(self.told)} {verb.__name__}"
        try:
            written = self.store.write(label, verb, *arguments, actor=actor)
        except DeskError as error:
            self.told.append(f"{len(self.told)} {said} refused {error.code}")
            self.require(before, "a refusal")
            return
        self.told.append(f"{len(self.told)} {said}")
        self.state = everything(self.store)
        self.require_sound()
        if written.changes.keys:
            change_id = written.changes.change_id
            assert change_id is not None
            self.done.append(Done(actor, label, change_id, before, self.state))
            self.undone.clear()

    @precondition(lambda self: self.done)
    @rule()
    def undo(self) -> None:
        self.undone.append(self.take_back())

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        again = self.undone.pop()
        self.told.append(f"redo {again.label}")
        again = self.did_again(again)
        self.require(again.after, "a redo")
        self.done.append(again)

    @precondition(lambda self: self.below() is not None)
    @rule()
    def undo_below(self) -> None:
        """Undo what somebody did before the newest change of the other: it is refused, or goes through and back."""
        one = self.below()
        assert one is not None
        before = self.state
        self.told.append(f"undo below {one.label}")
        try:
            self.back(one)
        except DeskError as error:
            self.told.append(f"refused {error.code}")
            self.require(before, "a refused undo")
            return
        self.state = everything(self.store)
        self.require_sound()
        self.done[self.done.index(one)] = self.did_again(one)
        self.require(before, "an undo and its redo")
        self.undone.clear()

    @precondition(lambda self: len(self.done) > 1)
    @rule(who=st.integers(0, 9), which=st.integers(0, 10**6))
    def take_back_from_history(self, who: int, which: int) -> None:
        """Take any older change back, one's own or not: refused, or through, and back again by the redo."""
        one, actor, before = self.done[which % (len(self.done) - 1)], self.by[who % len(self.by)], self.state
        self.told.append(f"{actor} reverts {one.label}")
        try:
            assert revert(self.store, one.change_id, actor=actor).value == one.label, self.trail
        except DeskError as error:
            self.told.append(f"refused {error.code}")
            self.require(before, "a refused revert")
            return
        self.state = everything(self.store)
        self.require_sound()
        self.done[self.done.index(one)] = self.did_again(replace(one, actor=actor))
        self.is_reordered = True
        self.require(before, "a revert and its redo")
        self.undone.clear()

    # ---- what must hold

    def back(self, one: Done) -> str | None:
        """Take a change back: by Ctrl+Z, or from its history where that would mean another one by now."""
        if self.is_reordered:
            return revert(self.store, one.change_id, actor=one.actor).value
        return undo_last(self.store, actor=one.actor).value

    def did_again(self, one: Done) -> Done:
        """Do again what was just taken back."""
        again = redo_last(self.store, actor=one.actor)
        assert again.value == one.label, self.trail
        assert again.changes.change_id is not None
        return replace(one, change_id=again.changes.change_id)

    def take_back(self) -> Done:
        newest = self.done.pop()
        self.told.append(f"undo {newest.label}")
        try:
            said = self.back(newest)
        except DeskError as error:
            raise AssertionError(f"{error.code} {error.facts} after {self.trail}") from error
        assert said == newest.label, f"{said} instead of {newest.label} after {self.trail}"
        self.require(newest.before, "an undo")
        return newest

    def require(self, wanted: Rows, after: str) -> None:
        """Hold the database against how it was."""
        self.state = everything(self.store)
        wrong = difference(wanted, self.state)
        assert not wrong, f"{after} left\n{wrong}\nafter {self.trail}"
        self.require_sound()

    def require_sound(self) -> None:
        with self.store.snapshot() as db:
            wrong = [
                f"{one.code} {one.subject} {dict(one.facts)}" for one in check_database(db, now=self.clock.instant)
            ]
        wrong += lost_promotions(self.store, self.clock.instant)
        assert not wrong, f"{wrong} after {self.trail}"

    def below(self) -> Done | None:
        """Return the newest change of whoever did not do the newest of all."""
        if not self.done:
            return None
        return next((one for one in reversed(self.done) if one.actor != self.done[-1].actor), None)

    @property
    def trail(self) -> str:
        return "\n  ".join(["", *self.told])


def named(deed: Deed) -> str:
    """Name a deed so that it can be told apart from the others."""
    verb, *arguments = deed
    words: list[Any] = [getattr(verb, "__name__", verb), *arguments]
    return " ".join(map(str, words))[:300]
