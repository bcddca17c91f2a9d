"""The store: one transaction for a write with its journal entry, one round trip for a question."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy import URL, Connection, Engine
from sqlalchemy.orm import Session

from trainer_desk.models.enums import ChangeKind, Role
from trainer_desk.services.changes import Changes
from trainer_desk.services.clock import Clock
from trainer_desk.services.errors import DatabaseTrouble, DeskError
from trainer_desk.services.findings import Finding
from trainer_desk.services.rights import Roles, roles_for, verb_name
from trainer_desk.services.store import opening
from trainer_desk.services.store.access import Access, load_role
from trainer_desk.services.store.address import is_file, path_of, read_address
from trainer_desk.services.store.engines import is_writable, make_reader, make_writer
from trainer_desk.services.store.feed import position_of
from trainer_desk.services.store.figures import Figures
from trainer_desk.services.store.login import os_user
from trainer_desk.services.store.outcome import OneWrite, Tries
from trainer_desk.services.store.own_changes import OwnChanges
from trainer_desk.services.store.trouble import is_broken, translated
from trainer_desk.services.store.turns import turn
from trainer_desk.services.store.unit import Unit, close_change, open_change, read_changes, server_clock

LOG = logging.getLogger(__name__)
T = TypeVar("T")
P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Written(Generic[T]):
    """What a verb answered and what its transaction changed.

    `was_done` says that the same was asked for before, with the same key: then `value` is None, whatever its type.
    `warnings` are orange findings of what was done after the commit, which stands all the same.
    """

    value: T
    changes: Changes
    was_done: bool = False
    warnings: tuple[Finding, ...] = ()


class Store:
    """An open database; the only thing in the program that commits."""

    def __init__(self, url: URL, clock: Clock | None = None, reader: Engine | None = None) -> None:
        self.url = url
        self.clock = clock or Clock()
        self.is_file = is_file(url)
        self._reader = reader or make_reader(url)
        self._writer = make_writer(url)
        self._turn = partial(turn, path_of(url).parent) if self.is_file else nullcontext
        self.figures = Figures()
        self._actor: str | None = None
        self.own = OwnChanges()
        """The changes that were written here, by id: nobody here has to be told of them by the database."""
        self.position: str | None = None
        """How far the journal went when the store was opened (`feed`); None when nobody looked."""
        self._access = Access(lambda login: self.read(load_role, login))

    @property
    def is_read_only(self) -> bool:
        """Whether it is a file that one may read and not write."""
        return self.is_file and not is_writable(path_of(self.url))

    @property
    def actor(self) -> str:
        """Who writes: the OS user on SQLite, the login (`session_user`) on PostgreSQL."""
        if self._actor is None:
            self._actor = os_user() if self.is_file else self.read(_login)
        return self._actor

    @property
    def role(self) -> Role | None:
        """The role of who writes, None for somebody who is not signed in; as of a few seconds ago at most."""
        return self._access.role_of(self.actor)

    def require(self, verb: str, *, allowed: Roles | None = None, actor: str | None = None) -> None:
        """Raise NotSignedIn or NotAllowed unless the actor may do a verb, by the table or by the roles given (U7).

        On PostgreSQL that is the login, whatever name is given: a name is only what a file is told.
        """
        login = (actor if self.is_file else None) or self.actor
        try:
            self._access.require(login, roles_for(verb) if allowed is None else allowed, verb)
        except DeskError as error:
            LOG.warning("refused: %s to %s: %s", verb, login, error.code)
            raise

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Lend a connection for questions; nothing stays open between two statements."""
        with translated(), self._reader.connect() as connection:
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """Lend a connection on which all questions see one and the same state."""
        with translated(), self._reader.connect() as connection:
            begin = "BEGIN" if self.is_file else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
            connection.exec_driver_sql(begin)
            try:
                yield connection
            finally:
                if not connection.invalidated:  # then there is nothing left to end, and the reason is on its way
                    connection.exec_driver_sql("ROLLBACK")

    @contextmanager
    def writing(
        self,
        label: str,
        *,
        actor: str | None = None,
        key: str | None = None,
        undoes: int | None = None,
        kind: ChangeKind = ChangeKind.DO,
    ) -> Iterator[Unit]:
        """Open the one transaction of a write and its change; commit at the end, or leave nothing at all.

        A change that touched no row is dropped. Raises DeskError for what a user can understand.
        """
        entry = {"label": label, "key": key, "undoes": undoes, "kind": kind.value}
        with (
            translated(),
            self._writer.connect() as connection,
            self._turn(),
            connection.begin() as transaction,
        ):
            change_id, server_now = open_change(connection, actor or self.actor, self.clock.now(), entry)
            self.own.add(change_id)  # before the commit, which others hear of as soon as it is made
            with Session(bind=connection, autoflush=False, expire_on_commit=False) as db:
                unit = Unit(db, self.clock.now(server_now), actor or self.actor, change_id)
                yield unit
            unit.changes = read_changes(connection, change_id, label)
            close_change(connection)
            if unit.is_discarded or not (unit.changes.keys or unit.changes.everything):
                transaction.rollback()
                return
            unit.is_sent = True
        LOG.info("%s by %s: %s (change %s, %s)", kind, unit.actor, label, change_id, ", ".join(unit.changes.keys))

    def write(
        self,
        label: str,
        verb: Callable[..., T],
        *args: Any,
        actor: str | None = None,
        key: str | None = None,
        undoes: int | None = None,
        kind: ChangeKind = ChangeKind.DO,
        first: Callable[..., T | None] | None = None,
        **kw: Any,
    ) -> Written[T]:
        """Run `verb(db, *args, actor=…, now=…, **kw)` in one write, exactly once; as `perform`.

        `first(db, *args)` may give the answer by a mere question: then nothing is written and nobody waits for a lock.
        Who may do the verb is asked before anything else.
        """
        self.require(verb_name(verb), actor=actor)
        answer = None if first is None else self.read(first, *args)
        if answer is not None:
            return Written(answer, Changes())

        def deed(unit: Unit) -> T:
            return verb(unit.db, *args, actor=unit.actor, now=unit.now, **kw)

        return self._carry_out(label, lambda: deed, actor=actor, key=key, undoes=undoes, kind=kind)

    def perform(
        self,
        label: str,
        prepare: Callable[[], Callable[[Unit], T]],
        *,
        actor: str | None = None,
        key: str | None = None,
        undoes: int | None = None,
        kind: ChangeKind = ChangeKind.DO,
    ) -> Written[T]:
        """Do one write exactly once: `prepare()`, outside any transaction, gives what each try does with its unit.

        A deadlock, a lost race and a lost connection are tried again, twice; `Again` up to ten times. The change
        carries `key` (a new one without): what is known by it is answered and not done again. The verb, by which is
        asked who may do this, is the function in which `prepare` is written.
        """
        self.require(verb_name(prepare), actor=actor)
        return self._carry_out(label, prepare, actor=actor, key=key, undoes=undoes, kind=kind)

    def _carry_out(
        self,
        label: str,
        prepare: Callable[[], Callable[[Unit], T]],
        *,
        actor: str | None,
        key: str | None,
        undoes: int | None,
        kind: ChangeKind,
    ) -> Written[T]:
        key = key or uuid4().hex
        opening = partial(self.writing, label, actor=actor, key=key, undoes=undoes, kind=kind)
        try:
            one = OneWrite[T](key, label, opening, self.reading)
            with self.figures.timed("write"):
                done = Written(*one.run(prepare))
        except DeskError as error:
            LOG.warning("refused: %s by %s: %s", label, actor or self._actor, error.code)
            raise
        if done.changes.touch("accounts"):
            self._access.forget()
        warnings = tuple(finding for deed in one.afterwards for finding in deed(self))
        return replace(done, warnings=warnings) if warnings else done

    def signal(self, verb: Callable[..., T], *args: Any, actor: str | None = None, **kw: Any) -> T:
        """Run `verb(db, *args, actor=…, now=…, **kw)` in a transaction without a journal entry: a sign of life.

        Only for what the journal leaves out and what may be written twice (`presences.lapses_at`, notices that were
        seen): there is nothing to undo, and no page hears of it. What else the verb touches is recorded as `direct`.
        """
        self.require(verb_name(verb), actor=actor)
        tries = Tries()
        while True:
            try:
                with (
                    translated(),
                    self._turn(),
                    self._writer.begin() as connection,
                    Session(connection, autoflush=False) as db,
                ):
                    now = self.clock.now(server_clock(connection))
                    return verb(db, *args, actor=actor or self.actor, now=now, **kw)
            except DeskError as error:
                if not tries.allow(error):
                    raise

    def read(self, query: Callable[Concatenate[Connection, P], T], *args: P.args, **kw: P.kwargs) -> T:
        """Run `query(db, *args, **kw)` on a connection for questions; once more on a new one where that broke."""
        try:
            with self.figures.timed("read"), self.reading() as connection:
                return query(connection, *args, **kw)
        except DatabaseTrouble as trouble:
            if not is_broken(trouble):
                raise
        with self.reading() as connection:
            return query(connection, *args, **kw)

    def line(self) -> Connection:
        """Lend a connection for questions that belongs to whoever asks, and is theirs to close."""
        with translated():
            connection = self._reader.connect()
            connection.detach()
        return connection

    def start_anew(self) -> None:
        """Connect anew for whatever comes next, and ask for every role again: the database is not what it was."""
        self._reader.dispose()
        self._writer.dispose()
        self._access.forget()

    def forget_roles(self) -> None:
        """Ask for every role again when it is next needed: somebody changed accounts."""
        self._access.forget()

    def sign_on(self, password: str) -> None:
        """Open further lines to the server with another password; those that are at work end when they are done."""
        self.url = self.url.set(password=password)
        before = self._reader, self._writer
        self._reader, self._writer = make_reader(self.url), make_writer(self.url)
        for engine in before:
            engine.dispose()

    def close(self) -> None:
        """Let go of every connection."""
        self.figures.tell()
        self._reader.dispose()
        self._writer.dispose()


def open_store(address: str, *, clock: Clock | None = None, check: bool = False) -> Store:
    """Open an existing database of today's schema; `check` also has SQLite look through its pages.

    Raises DatabaseTrouble when there is none, when it is damaged, older, newer or not ours.
    """
    url = read_address(address)
    return _at_work(Store(url, clock, opening.current_reader(url, check=check)))


def create_store(address: str, *, zone: str = "Europe/London", clock: Clock | None = None) -> Store:
    """Make an empty organisation in a new file or an empty server database, in an IANA time zone.

    Raises DatabaseTrouble when something is already there, BadValue for an unknown zone.
    """
    url = read_address(address)
    opening.create(url, zone)
    return _at_work(Store(url, clock))


def _at_work(store: Store) -> Store:
    store.position = store.read(position_of)
    return store


def _login(db: Connection) -> str:
    return str(db.scalar(sa.text("SELECT session_user")))
