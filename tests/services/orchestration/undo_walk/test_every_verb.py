"""Each verb of the table of rights is done once, undone, redone and undone: the rows are the same again (U4, V4)."""

import importlib
import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest

from tests.conftest import BOTH
from tests.postgres_server import Run
from tests.services.orchestration.undo_walk import scenes_planning, scenes_rest, scenes_seats
from tests.services.orchestration.undo_walk.reading import difference, everything
from tests.services.orchestration.undo_walk.world import NOW, World, furnish
from tests.services.seats.machine.world import Opening, databases, files
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.errors import DeskError
from trainer_desk.services.orchestration.undoing import redo_last, undo_last
from trainer_desk.services.rights import RIGHTS
from trainer_desk.services.store.engine import Store
from trainer_desk.texts import error_text

SCENES: Mapping[str, Callable[[World], tuple[Any, ...]]] = {
    **scenes_planning.SCENES,
    **scenes_seats.SCENES,
    **scenes_rest.SCENES,
}

INSIDE = {
    "membership.add_members": "seats.on_run.put_on_run",
    "orchestration.catalogue.write_row": "orchestration.catalogue.change",
    "orchestration.certifying.certify": "orchestration.completing.complete",
    "orchestration.certifying.certify_after": "orchestration.completing.reopen",
    "orchestration.certifying.certify_courses": "orchestration.catalogue.change",
    "orchestration.certifying.certify_run": "orchestration.run_days.change_run",
    "orchestration.retiring.give_up_places": "orchestration.retiring.retire",
    "orchestration.settling.settle_session": "orchestration.absences.enter_absence",
    "people.intakes.follow_people": "orchestration.intakes.record_intakes",
    "planning.lifecycle.complete": "orchestration.completing.complete",
    "planning.lifecycle.reopen": "orchestration.completing.reopen",
    "planning.series.create_series": "orchestration.repeating.make_series",
    "planning.series.end_rule": "orchestration.series_editing.end_series",
    "planning.series.leave_out": "orchestration.series_editing.skip_day",
    "planning.series.take_in": "orchestration.series_editing.take_back",
    "seats.lapsing.sweep": "seats.enrolling.enroll",
    "seats.settling.settle": "seats.enrolling.withdraw",
    "seats.settling.settle_sessions": "orchestration.run_days.change_run",
    "seats.settling.settle_stuck": "orchestration.intakes.record_intakes",
    "seats.settling.settle_with": "seats.enrolling.enroll",
    "seats.settling.sweep_lapsed": "seats.arriving.arrive",
}
"""Verbs that are only ever a part of another one, with one of these, which is walked."""

NO_STEP = {
    "accounts.own_password.change_own_password": "a password is in no journal",
    "accounts.server_logins.set_password": "a password is in no journal",
    "notices.seeing.see": "notices are in no journal: that one was looked at is nobody's change",
    "orchestration.announcing.announce": "runs after the commit and tells hooks; it writes nothing",
    "orchestration.attending.look_at_contact": "a look is kept for ever",
    "people.contacts.look_at": "a look is kept for ever",
    "orchestration.repairing.repair": "puts right what follows from other rows",
    "orchestration.queues.settle_queue": "looks at a queue again and does what was due anyway",
    "orchestration.undoing.reverse": "the undo itself",
    "seats.presences.keep_alive": "a sign of life, in no journal",
    "seats.settling.settle_due": "what ran out by itself",
}
"""Verbs whose change, if there is one, is no step of anybody's, and why."""

FOR_GOOD = {"people.contacts.set_contact": "cannot_be_undone"}
"""What cannot be undone, with the reason that is told: the journal keeps a contact secret."""


def verb_of(name: str) -> Callable[..., Any]:
    module, function = name.rsplit(".", 1)
    verb: Callable[..., Any] = getattr(importlib.import_module(f"trainer_desk.services.{module}"), function)
    return verb


Opened = tuple[Opening, World]
"""What opens one more copy of the organisation, and the ids in it."""


@pytest.fixture(scope="module", params=BOTH)
def furnished(request: pytest.FixtureRequest, run: Run, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """Furnish one organisation per kind of database, of which each scene gets a copy."""
    made: list[World] = []
    folder = tmp_path_factory.mktemp("walk")

    def furnish_once(store: Store) -> None:
        store.clock = FixedClock(NOW)
        made.append(furnish(store, folder))

    if request.param == "sqlite":
        copies = files(run, folder, furnish_once)
    else:
        copies = databases(run, request.getfixturevalue("postgres_server"), furnish_once)
    with copies as opening:
        yield opening, made[0]


@pytest.fixture
def world(furnished: Opened) -> Iterator[World]:
    opening, made = furnished
    with opening() as (store, clock):
        clock.instant = NOW
        yield replace(made, store=store)


def test_every_verb_of_the_table_is_walked_or_said_to_be_no_step_of_its_own() -> None:
    listed = [*SCENES, *INSIDE, *NO_STEP, *FOR_GOOD]
    assert sorted(listed) == sorted(RIGHTS)
    assert set(INSIDE.values()) <= set(SCENES)


def carry_out(world: World, name: str) -> Callable[[], Any]:
    """Prepare a scene and return its deed."""
    verb, arguments = verb_of(name), SCENES[name](world)
    named = arguments[-1] if is_named(verb, arguments) else {}
    given = arguments[:-1] if named else arguments
    if next(iter(inspect.signature(verb).parameters)) == "store":
        return lambda: verb(world.store, *given, **named)
    return lambda: world.store.write("Deed", verb, *given, **named)


def is_named(verb: Callable[..., Any], arguments: tuple[Any, ...]) -> bool:
    """Whether the last argument is a mapping of keywords of the verb."""
    last = arguments[-1]
    keywords = {
        key for key, one in inspect.signature(verb).parameters.items() if one.kind is inspect.Parameter.KEYWORD_ONLY
    }
    return isinstance(last, dict) and bool(last) and last.keys() <= keywords


@pytest.mark.parametrize("name", sorted(SCENES))
def test_a_verb_is_undone_redone_and_undone(world: World, name: str) -> None:
    deed = carry_out(world, name)
    before = everything(world.store)
    deed()
    after = everything(world.store)
    assert after != before, "the scene does nothing"
    assert undo_last(world.store).value is not None
    assert difference(before, everything(world.store)) == ""
    assert world.wrong() == []
    assert redo_last(world.store).value is not None
    assert difference(after, everything(world.store)) == ""
    assert world.wrong() == []
    assert redo_last(world.store).value is None
    undo_last(world.store)
    assert difference(before, everything(world.store)) == ""


@pytest.mark.parametrize(("name", "why"), FOR_GOOD.items())
def test_what_cannot_be_undone_says_so(world: World, name: str, why: str) -> None:
    world.store.write("Deed", verb_of(name), world.people[1], "Eve", "112")
    before = everything(world.store)
    with pytest.raises(DeskError) as refusal:
        undo_last(world.store)
    assert refusal.value.facts["why"] == why
    assert error_text(refusal.value).endswith(".")
    assert everything(world.store) == before
