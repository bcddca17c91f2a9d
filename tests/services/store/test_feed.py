"""The feed: every commit of another workstation is told once, own ones are not, and no word harms it."""

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa

from tests.databases import StoreFactory, copy_of_sqlite_template, postgres_organisation
from tests.factories import make_course, make_people
from tests.logins import login_url, make_login
from tests.postgres_server import Run
from trainer_desk.models import Course
from trainer_desk.models.enums import Role
from trainer_desk.services.changes import Changes
from trainer_desk.services.store import feed_server
from trainer_desk.services.store.engine import Store
from trainer_desk.services.store.feed import Feed

SECONDS = 10.0
END_LISTENERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND query LIKE '%changed_since%' AND pid <> pg_backend_pid()
"""
AT_WORK = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND query LIKE '%changed_since%' AND state = 'active' AND pid <> pg_backend_pid()
"""
Listen = Callable[[Store], "Ear"]


class Ear:
    """Keeps what a feed tells, and waits for more."""

    def __init__(self, store: Store) -> None:
        self.heard: list[Changes] = []
        self.events: list[str] = []
        self._news = threading.Condition()
        self.feed = Feed(store, self._hear, lambda: self._note("lost"), lambda: self._note("found"))
        self.feed.start()

    def until(self, so: Callable[["Ear"], object]) -> None:
        """Wait until what was told makes something so."""
        with self._news:
            assert self._news.wait_for(lambda: so(self), SECONDS), (self.events, self.heard)

    def keys(self, table: str) -> list[str]:
        """Give the keys of a table in the order in which they were told, as often as they were."""
        return [key for changes in self.heard for key in sorted(changes.keys.get(table, ()), key=int)]

    @property
    def everything(self) -> int:
        """How often everything counted as changed."""
        return sum(changes.everything for changes in self.heard)

    def _hear(self, changes: Changes) -> None:
        with self._news:
            self.heard.append(changes)
            self._news.notify_all()

    def _note(self, event: str) -> None:
        with self._news:
            self.events.append(event)
            self._news.notify_all()


@pytest.fixture
def listen() -> Iterator[Listen]:
    """Give what makes somebody listen to a store."""
    ears: list[Ear] = []

    def begin(store: Store) -> Ear:
        ears.append(Ear(store))
        return ears[-1]

    yield begin
    assert all(ear.feed.close() for ear in ears)


def add_course(store: Store, code: str) -> str:
    """Make a course and give its id."""
    with store.writing(f"Add {code}", key=uuid4().hex) as unit:
        return str(make_course(unit.db, code))


def test_what_another_commits_is_told_by_table_and_key(each_factory: StoreFactory, listen: Listen) -> None:
    here, there = each_factory(), each_factory()
    ear = listen(here)
    first = add_course(there, "A")
    ear.until(lambda ear: ear.keys("courses") == [first])
    second = add_course(there, "B")
    ear.until(lambda ear: ear.keys("courses") == [first, second])
    assert not ear.everything


def test_what_was_committed_since_the_store_was_opened_is_told_too(each_factory: StoreFactory, listen: Listen) -> None:
    """A page that was read before the feed began misses nothing."""
    here, there = each_factory(), each_factory()
    made = add_course(there, "A")
    listen(here).until(lambda ear: ear.keys("courses") == [made])


def test_own_changes_are_not_told_again(each_factory: StoreFactory, listen: Listen) -> None:
    here, there = each_factory(), each_factory()
    ear = listen(here)
    add_course(here, "OWN")
    theirs = add_course(there, "THEIRS")
    ear.until(lambda ear: ear.keys("courses"))
    assert ear.keys("courses") == [theirs]


def test_a_change_of_many_rows_is_everything(each_factory: StoreFactory, listen: Listen) -> None:
    here, there = each_factory(), each_factory()
    ear = listen(here)
    with there.writing("Import") as unit:
        make_people(unit.db, 501)
    ear.until(lambda ear: ear.everything == 1)
    assert len(ear.heard) == 1


def test_an_own_import_is_not_told_again(each_factory: StoreFactory, listen: Listen) -> None:
    here, there = each_factory(), each_factory()
    ear = listen(here)
    with here.writing("Import") as unit:
        make_people(unit.db, 501)
    theirs = add_course(there, "THEIRS")
    ear.until(lambda ear: ear.keys("courses") == [theirs])
    assert not ear.everything


def test_a_transaction_that_ends_after_a_later_one_is_told(server: StoreFactory, listen: Listen) -> None:
    """Ids are given before the commit: whoever asks for ids above the last one would miss it for good."""
    here, slow, quick = server(), server(), server()
    ear = listen(here)
    with slow.writing("Slow") as unit:
        first = str(make_course(unit.db, "SLOW"))
        second = add_course(quick, "QUICK")
        ear.until(lambda ear: ear.keys("courses") == [second])
    ear.until(lambda ear: ear.keys("courses") == [second, first])


@pytest.fixture
def server(run: Run, postgres_server: str) -> Iterator[StoreFactory]:
    """Open a fresh organisation on a server as often as it has workstations; a file has no words to send."""
    with postgres_organisation(run, postgres_server) as url:
        factory = StoreFactory(url)
        yield factory
        factory.close()


@pytest.mark.parametrize("word", ["", "-1", "9" * 30, "x'; DROP TABLE changes; --", "ä" * 3999, "y" * 7999])
def test_a_forged_word_harms_nothing(server: StoreFactory, listen: Listen, word: str) -> None:
    here, there = server(), server()
    ear = listen(here)
    with there.reading() as db:
        db.execute(sa.text("SELECT pg_notify('trainer_desk', :word)"), {"word": word})
    made = add_course(there, "A")
    ear.until(lambda ear: ear.keys("courses") == [made])
    assert len(ear.heard) == 1


def test_a_word_that_comes_with_the_answer_to_a_question_is_heard(
    server: StoreFactory, listen: Listen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The driver takes it from the line together with the answer, and nothing more arrives that would wake anybody."""
    slow = feed_server.SINCE.text.replace(" AS position", " AS position, pg_sleep(0.3)")
    monkeypatch.setattr(feed_server, "SINCE", sa.text(slow))
    here, there = server(), server()
    ear = listen(here)
    made = []
    with there.reading() as db:
        while not db.scalar(sa.text(AT_WORK)):
            pass
        made.append(add_course(there, "A"))
    ear.until(lambda ear: ear.keys("courses") == made)


def test_words_that_are_lost_are_caught_up(
    server: StoreFactory, listen: Listen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_server, "SIGN_OF_LIFE", 0.1)
    here, there = server(), server()
    with there.reading() as db:
        db.exec_driver_sql("ALTER TABLE changes DISABLE TRIGGER tell_change")
    ear = listen(here)
    made = add_course(there, "A")
    ear.until(lambda ear: ear.keys("courses") == [made])


def test_a_line_that_broke_comes_back_and_everything_is_read_again(server: StoreFactory, listen: Listen) -> None:
    here, there = server(), server()
    ear = listen(here)
    first = add_course(there, "A")
    ear.until(lambda ear: ear.keys("courses") == [first])
    with there.reading() as db:
        assert db.scalars(sa.text(END_LISTENERS)).all() == [True]
    ear.until(lambda ear: ear.events == ["lost", "found"] and ear.everything == 1)
    second = add_course(there, "B")
    ear.until(lambda ear: ear.keys("courses") == [first, second])


@pytest.mark.parametrize("role", list(Role))
def test_every_login_hears_of_others_and_only_planners_hear_which_rows(
    server: StoreFactory, listen: Listen, role: Role
) -> None:
    there = server()
    login = StoreFactory(login_url(server.url, make_login(there, role)))
    ear = listen(login())
    made = add_course(there, "A")
    ear.until(lambda ear: any("courses" in changes.keys for changes in ear.heard))
    plans = role in (Role.ADMINISTRATOR, Role.SUPERVISOR)
    assert [set(changes.keys.get("courses", ())) for changes in ear.heard if "courses" in changes.keys] == [
        {made} if plans else {""}
    ]
    login.close()


@pytest.fixture
def file(run: Run, tmp_path: Path) -> Iterator[StoreFactory]:
    """Open a fresh organisation in a file as often as it has workstations."""
    factory = StoreFactory(copy_of_sqlite_template(run, tmp_path / "organisation.desk"))
    yield factory
    factory.close()


def put_back(backup: Path, file: Path) -> None:
    """Write a backup over the pages of a file that others have open, as SQLite's own tool does."""
    with closing(sqlite3.connect(backup)) as source, closing(sqlite3.connect(file)) as target:
        source.backup(target)


@pytest.mark.parametrize("later", [0, 2], ids=["fewer changes", "as many other changes"])
def test_a_backup_that_was_put_back_is_everything(
    file: StoreFactory, listen: Listen, tmp_path: Path, later: int
) -> None:
    here, there, backup = file(), file(), tmp_path / "backup.desk"
    add_course(there, "KEPT")
    with closing(sqlite3.connect(file.url)) as source, closing(sqlite3.connect(backup)) as target:
        source.backup(target)
    other = StoreFactory(str(backup))
    for number in range(later):
        add_course(other(), f"OTHER{number}")
    other.close()
    ear = listen(here)
    for number in range(2):
        add_course(there, f"GONE{number}")
    ear.until(lambda ear: len(ear.keys("courses")) == 3)
    put_back(backup, Path(file.url))
    ear.until(lambda ear: ear.everything == 1)
    made = add_course(there, "NEW")
    ear.until(lambda ear: ear.keys("courses")[3:] == [made])


def test_another_file_in_the_place_of_this_one_is_opened_anew(
    file: StoreFactory, listen: Listen, tmp_path: Path
) -> None:
    """Questions and changes go to the file that stands there now, not to the one that was taken away."""
    here, copy = file(), tmp_path / "copy.desk"
    ear = listen(here)
    first = add_course(file(), "HERE")
    ear.until(lambda ear: ear.keys("courses") == [first])
    with closing(sqlite3.connect(file.url)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    there = StoreFactory(str(copy))
    add_course(there(), "THERE")
    there.close()
    os.replace(copy, file.url)
    for rest in ("-wal", "-shm"):
        Path(file.url + rest).unlink(missing_ok=True)
    ear.until(lambda ear: ear.events == ["lost", "found"] and ear.everything == 1)
    assert here.read(lambda db: db.scalars(sa.select(Course.code).order_by(Course.id)).all()) == ["HERE", "THERE"]
