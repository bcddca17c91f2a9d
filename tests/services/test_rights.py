"""The one table of rights: who may do what, and that the store asks before it writes.

That it names every verb there is and nothing else stands in tests/test_architecture.py.
"""

import ast
import importlib
import inspect
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import trainer_desk.services
from tests.databases import StoreFactory
from tests.factories import at, make_account, prepared
from trainer_desk.models.enums import Role
from trainer_desk.services import rights
from trainer_desk.services.accounts import logins
from trainer_desk.services.errors import DatabaseTrouble, NotAllowed, NotSignedIn
from trainer_desk.services.exchange.importing.run import run_import
from trainer_desk.services.orchestration import queues, scheduling
from trainer_desk.services.planning import drafts
from trainer_desk.services.seats.occupancy import check_in
from trainer_desk.services.seats.presences import keep_alive
from trainer_desk.services.store.access import FRESH_SECONDS, Access
from trainer_desk.services.store.engine import Store

ROOT = Path(next(iter(trainer_desk.services.__path__)))


@pytest.mark.parametrize("room", ["views", "cli"])
def test_what_window_and_command_line_write_is_in_the_table(room: str) -> None:
    """Every name handed to `write` from there is a function that the table lists."""
    named = set()
    for path in sorted((ROOT.parent / room).rglob("*.py")):
        module = importlib.import_module(
            ".".join(("trainer_desk", *path.relative_to(ROOT.parent).with_suffix("").parts))
        )
        for node in ast.walk(ast.parse(path.read_text())):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "write"):
                continue
            for argument in node.args:
                value = resolved(module, argument)
                if inspect.isfunction(value) and value.__module__.startswith("trainer_desk.services."):
                    named.add(rights.verb_name(value))
    assert named
    assert named <= set(rights.RIGHTS)


def resolved(module: Any, node: ast.expr) -> Any:
    """Return what a name or `module.name` in a call means in its module; None for anything else."""
    if isinstance(node, ast.Name):
        return getattr(module, node.id, None)
    if isinstance(node, ast.Attribute):
        return getattr(resolved(module, node.value), node.attr, None)
    return None


NAMES = {
    "a function": (scheduling.publish, "orchestration.scheduling.publish"),
    "a partial": (partial(partial(drafts.create_draft), 1), "planning.drafts.create_draft"),
    "from elsewhere": (at, "tests.factories.at"),
}


@pytest.mark.parametrize(("verb", "name"), NAMES.values(), ids=NAMES.keys())
def test_a_verb_is_named_by_module_and_function(verb: Any, name: str) -> None:
    assert rights.verb_name(verb).startswith(name)


ROLES = {
    scheduling.publish: "supervisor administrator",
    check_in: "supervisor administrator trainer",
    keep_alive: "supervisor administrator trainer",
    logins.add: "administrator",
    run_import: "administrator",
    queues.settle_queue: "supervisor administrator",
}


@pytest.mark.parametrize(("verb", "roles"), ROLES.items())
def test_who_may_do_what(verb: Any, roles: str) -> None:
    assert {role for role in Role if rights.may(role, verb)} == set(roles.split())
    assert not rights.may(None, verb)


UNDOING = {
    "a door's change": ({"presences", "enrollments"}, "supervisor administrator trainer"),
    "a place given": ({"enrollments"}, "supervisor administrator"),
    "a session": ({"sessions", "presences"}, "supervisor administrator"),
    "an account": ({"accounts"}, "administrator"),
    "a setting": ({"settings", "sessions"}, "administrator"),
}


@pytest.mark.parametrize(("tables", "roles"), UNDOING.values(), ids=UNDOING.keys())
def test_who_may_take_back_what(tables: set[str], roles: str) -> None:
    assert rights.roles_for_undoing(tables) == set(roles.split())


def test_marks_are_taken_back_by_whoever_may_mark() -> None:
    assert rights.roles_for_undoing({"enrollments", "certificates"}, is_attendance=True) == rights.AT_THE_DOOR


def test_own_places_are_taken_back_by_everybody() -> None:
    assert rights.roles_for_undoing({"enrollments"}, is_own=True) == set(Role)
    assert rights.roles_for_undoing({"accounts"}, is_own=True) == {Role.ADMINISTRATOR}


# ---- the store asks ------------------------------------------------------------------------------------------------


def me(store: Store, role: Role, **columns: Any) -> None:
    """Give whoever runs the tests another role, as an administrator elsewhere would."""
    with prepared(store) as db:
        make_account(db, "boss", Role.ADMINISTRATOR)
        logins.add(db, store.actor, role, actor="boss", now=store.clock.now())
        if columns:
            logins.disable(db, store.actor, actor="boss", now=store.clock.now())


def test_whoever_makes_a_database_is_its_administrator(store: Store) -> None:
    (account,) = store.read(logins.list_accounts)
    assert (account.login, account.role, store.role) == (store.actor, Role.ADMINISTRATOR, Role.ADMINISTRATOR)


def test_rights_come_before_everything_else(store: Store) -> None:
    """A session that does not exist is not looked for on behalf of somebody who may not write (U7)."""
    me(store, Role.TRAINER)
    with pytest.raises(NotAllowed) as refusal:
        store.write("Schedule", scheduling.publish, 999)
    assert refusal.value.facts["roles"] == (Role.SUPERVISOR, Role.ADMINISTRATOR)
    with pytest.raises(NotAllowed):
        queues.settle_queue(store, "Look", 999)
    me_again = store.read(logins.find_account, store.actor)
    assert me_again.role is Role.TRAINER


def test_a_requester_gives_no_sign_of_life(store: Store) -> None:
    me(store, Role.REQUESTER)
    with pytest.raises(NotAllowed):
        store.signal(keep_alive, [1])


def test_a_disabled_account_is_not_signed_in(store: Store) -> None:
    me(store, Role.SUPERVISOR, disabled=True)
    assert store.role is None
    with pytest.raises(NotSignedIn):
        store.write("Draft", drafts.create_draft, {})


def test_somebody_without_an_account(store: Store) -> None:
    """On a file that is an administrator, on a server nobody; a server without any account was upgraded."""
    with prepared(store) as db:
        logins.add(db, "boss", Role.ADMINISTRATOR, actor="boss", now=store.clock.now())
        db.execute(logins.TABLE.update().where(logins.TABLE.c.login == store.actor).values(login="somebody", version=2))
    if store.is_file:
        assert store.role is Role.ADMINISTRATOR
    else:
        with pytest.raises(NotSignedIn):
            store.write("Draft", drafts.create_draft, {})


def test_on_a_file_a_name_counts_and_on_a_server_the_login(store: Store) -> None:
    with prepared(store) as db:
        make_account(db, "tom", Role.TRAINER)
    if store.is_file:
        with pytest.raises(NotAllowed):
            store.write("Publish", scheduling.publish, 1, actor="tom")
    else:
        store.require("planning.drafts.create_draft", actor="tom")


def test_an_account_that_changes_here_counts_at_once_and_elsewhere_too_when_it_allows(
    store: Store, store_factory: StoreFactory
) -> None:
    other = store_factory()
    assert other.role is Role.ADMINISTRATOR
    store.write("Add", logins.add, "boss", Role.ADMINISTRATOR)
    store.write("Lower me", logins.add, store.actor, Role.REQUESTER)
    assert store.role is Role.REQUESTER
    assert store_factory().role is Role.REQUESTER
    with prepared(store) as db:
        logins.add(db, store.actor, Role.SUPERVISOR, actor="boss", now=store.clock.now())
    store.require("planning.drafts.create_draft")


# ---- remembered ----------------------------------------------------------------------------------------------------


class Desk:
    """Answers who is who, and counts how often it was asked."""

    def __init__(self) -> None:
        self.asked, self.seconds = 0, 0.0
        self.role: Role | None = Role.SUPERVISOR
        self.trouble: DatabaseTrouble | None = None
        self.access = Access(self.answer, lambda: self.seconds)

    def answer(self, _login: str) -> Role | None:
        self.asked += 1
        if self.trouble is not None:
            raise self.trouble
        return self.role


def test_a_role_is_read_once_and_again_after_a_few_seconds() -> None:
    desk = Desk()
    for _ in range(100):
        desk.access.require("ana", rights.PLANNERS, "verb")
    assert desk.asked == 1
    desk.seconds, desk.role = FRESH_SECONDS, Role.TRAINER
    with pytest.raises(NotAllowed):
        desk.access.require("ana", rights.PLANNERS, "verb")


def test_nobody_is_turned_away_for_what_was_so_a_moment_ago() -> None:
    desk = Desk()
    desk.role = None
    with pytest.raises(NotSignedIn):
        desk.access.require("ana", rights.PLANNERS, "verb")
    desk.role = Role.SUPERVISOR
    desk.access.require("ana", rights.PLANNERS, "verb")


def test_a_database_that_does_not_answer_leaves_it_to_the_write() -> None:
    desk = Desk()
    desk.access.require("ana", rights.PLANNERS, "verb")
    desk.seconds, desk.trouble = FRESH_SECONDS, DatabaseTrouble("connection_lost", why="connection_lost")
    desk.access.require("ana", rights.PLANNERS, "verb")
    with pytest.raises(DatabaseTrouble):
        desk.access.require("ben", rights.PLANNERS, "verb")
