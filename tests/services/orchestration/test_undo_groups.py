"""What is done to groups goes back and comes again in one step, and never puts anybody where they cannot be (K10)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from tests.databases import StoreFactory
from tests.factories import make_account, make_enrollment, make_people, make_scheduled, prepared
from trainer_desk.models import Group, GroupMember, Session
from trainer_desk.models.enums import Role
from trainer_desk.services.errors import DeskError, Stale
from trainer_desk.services.orchestration.undoing import redo_last, undo_last
from trainer_desk.services.seats.enrolling import enroll, withdraw
from trainer_desk.services.seats.groups import (
    assign,
    edit_group,
    load_groups,
    make_group,
    remove_group,
    spread,
    unassign,
)
from trainer_desk.services.store.engine import Store, open_store
from trainer_desk.texts import error_text


@dataclass
class Stage:
    """A scheduled session with four people of whom two are in the first of two groups for two."""

    store: Store
    other: Store
    session: int
    people: list[int]
    red: int
    blue: int

    def do(self, verb: Callable[..., object], *arguments: object, **named: object) -> None:
        self.store.write("Deed", verb, *arguments, actor="me" if self.store.is_file else None, **named)

    def let_other(self, verb: Callable[..., object], *arguments: object) -> None:
        """Have somebody else do it: on a server that is another login."""
        self.other.write("Other deed", verb, *arguments, actor="other" if self.store.is_file else None)

    def back(self, step: Callable[..., Any]) -> object:
        """Undo or redo what was done last by the one, not by the other."""
        return step(self.store, actor="me" if self.store.is_file else None).value

    def state(self) -> list[tuple[str, int | None, tuple[int, ...]]]:
        found = self.store.read(load_groups, self.session)
        return [(group.name, group.capacity, group.members) for group in found]

    def require_sound(self) -> None:
        """Every member is counted once, and in a group that is there."""
        with self.store.reading() as db:
            taken = sa.select(Group.id, Group.members_taken).where(Group.members_taken > 0)
            members = sa.select(GroupMember.group_id, sa.func.count()).group_by(GroupMember.group_id)
            counted, rows = dict(db.execute(taken).all()), dict(db.execute(members).all())
        assert counted == rows
        live = {group.id for group in self.store.read(load_groups, self.session)}
        assert rows.keys() <= live

    def version(self) -> int:
        with self.store.reading() as db:
            return int(db.scalar(sa.select(Session.version).where(Session.id == self.session)) or 0)


@pytest.fixture
def other(store: Store, store_factory: StoreFactory) -> Iterator[Store]:
    """Open the database for somebody else."""
    if store.is_file:
        yield store_factory()
        return
    name = f"other_{id(store)}"
    with prepared(store) as made:
        make_account(made, name, Role.SUPERVISOR)
    with psycopg.connect(store.url.set(drivername="postgresql").render_as_string(), autocommit=True) as db:
        db.execute(f'CREATE ROLE "{name}" LOGIN SUPERUSER')  # type: ignore[arg-type]
        opened = open_store(store.url.set(username=name).render_as_string(hide_password=False))
        yield opened
        opened.close()
        db.execute(f'DROP ROLE "{name}"')  # type: ignore[arg-type]


@pytest.fixture
def stage(store: Store, other: Store) -> Stage:
    with prepared(store) as db:
        session, people = make_scheduled(db), make_people(db, 4)
        for person in people:
            make_enrollment(db, session, person)
    red, blue = (other.write("Made", make_group, session, name, 2).value for name in ("Red", "Blue"))
    made = Stage(store, other, session, people, red, blue)
    made.let_other(assign, red, people[:2])
    return made


DEEDS: dict[str, Callable[[Stage], object]] = {
    "make": lambda stage: stage.do(make_group, stage.session, "Green", 3),
    "rename": lambda stage: stage.do(edit_group, stage.red, name="Crimson"),
    "resize": lambda stage: stage.do(edit_group, stage.red, capacity=5),
    "remove": lambda stage: stage.do(remove_group, stage.red),
    "assign": lambda stage: stage.do(assign, stage.blue, stage.people[2:]),
    "move": lambda stage: stage.do(assign, stage.blue, stage.people[:1]),
    "unassign": lambda stage: stage.do(unassign, stage.session, stage.people),
    "spread": lambda stage: stage.do(spread, stage.session),
    "withdraw": lambda stage: stage.do(withdraw, stage.session, stage.people[0]),
}


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS.keys())
def test_undo_redo_and_undo_again(stage: Stage, deed: Callable[[Stage], object]) -> None:
    before = stage.state()
    deed(stage)
    after = stage.state()
    assert after != before
    for wanted, step in ((before, undo_last), (after, redo_last), (before, undo_last)):
        assert stage.back(step) is not None
        assert stage.state() == wanted
        stage.require_sound()


@pytest.mark.parametrize("deed", ["make", "assign", "move", "unassign", "remove"])
def test_the_session_keeps_its_version(stage: Stage, deed: str) -> None:
    version = stage.version()
    DEEDS[deed](stage)
    stage.back(undo_last)
    assert stage.version() == version


def test_an_undone_group_takes_nobody_with_it(stage: Stage) -> None:
    """Somebody else has put people into it meanwhile: they are in no group then, and come back with it."""
    stage.do(make_group, stage.session, "Green")
    green = stage.store.read(load_groups, stage.session)[-1].id
    stage.let_other(assign, green, stage.people[2:])
    full = stage.state()
    stage.back(undo_last)
    assert [name for name, *_ in stage.state()] == ["Red", "Blue"]
    stage.require_sound()
    stage.let_other(assign, stage.blue, stage.people[2:3])
    undo_last(stage.other, actor="other" if stage.store.is_file else None)
    stage.back(redo_last)
    assert stage.state() == full
    stage.require_sound()


def test_whose_enrolment_is_undone_leaves_the_group(stage: Stage) -> None:
    with prepared(stage.store) as db:
        [newcomer] = make_people(db, 1)
    stage.do(enroll, stage.session, [newcomer])
    stage.let_other(assign, stage.blue, [newcomer])
    stage.back(undo_last)
    assert stage.state()[1] == ("Blue", 2, ())
    stage.require_sound()


SINCE: dict[str, tuple[str, Callable[[Stage], object], str, str]] = {
    "the person has left": (
        "unassign",
        lambda stage: stage.let_other(withdraw, stage.session, stage.people[0]),
        "stale",
        "Nothing was undone: the same thing was changed meanwhile. Look at it and change it by hand.",
    ),
    "the group has gone": (
        "unassign",
        lambda stage: stage.let_other(remove_group, stage.red),
        "stale",
        "Nothing was undone: the same thing was changed meanwhile. Look at it and change it by hand.",
    ),
    "others took the place": (
        "unassign",
        lambda stage: stage.let_other(assign, stage.red, stage.people[2:]),
        "group_full",
        "Group full (2/2).",
    ),
    "the name is taken": (
        "remove",
        lambda stage: stage.let_other(make_group, stage.session, "Red"),
        "duplicate_ref",
        "That code is already used. Choose another one.",
    ),
    "more are in it": (
        "resize",
        lambda stage: stage.let_other(assign, stage.red, stage.people),
        "group_full",
        "Group full. Choose another group.",
    ),
}


@pytest.mark.parametrize(("deed", "since", "code", "sentence"), SINCE.values(), ids=SINCE.keys())
def test_what_cannot_come_back_is_refused_and_nothing_changes(
    stage: Stage, deed: str, since: Callable[[Stage], object], code: str, sentence: str
) -> None:
    DEEDS[deed](stage)
    since(stage)
    before = stage.state()
    with pytest.raises(DeskError) as refusal:
        stage.back(undo_last)
    assert (refusal.value.code, error_text(refusal.value)) == (code, sentence)
    assert stage.state() == before
    stage.require_sound()


def test_who_was_moved_on_meanwhile_is_left_there(stage: Stage) -> None:
    DEEDS["assign"](stage)
    stage.let_other(unassign, stage.session, stage.people[2:3])
    with pytest.raises(Stale) as refusal:
        stage.back(undo_last)
    assert "Other deed" in str(refusal.value.facts["label"])
