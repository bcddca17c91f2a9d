"""A write is done exactly once whatever happens to its line: its key is looked up before it is done again."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session as Db

from tests.databases import StoreFactory
from tests.factories import make_course
from tests.faults.proxy import FOR_EVER, Fault, Proxy, bad_line
from tests.faults.workstations import Task, Workstations, submit
from trainer_desk.models import Change, Course, Person
from trainer_desk.services.errors import DatabaseTrouble, DeskError
from trainer_desk.services.exchange.importing.run import import_file
from trainer_desk.services.orchestration.undoing import undo_last
from trainer_desk.services.store import engine, outcome, patience
from trainer_desk.services.store.engine import Store

SECONDS = 30
WAITING = (
    "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid)"
    " WHERE NOT granted AND datname = current_database() AND locktype = 'transactionid'"
)


@pytest.fixture
def line(server_factory: StoreFactory) -> Iterator[Proxy]:
    """Lead through a line that can be bad to the organisation of `server_factory`."""
    with bad_line(server_factory.url) as proxy:
        yield proxy


@pytest.fixture
def store(line: Proxy) -> Iterator[Store]:
    """Open the organisation through the line, with connections that are warm."""
    factory = StoreFactory(line.url)
    store = factory()
    assert store.actor
    yield store
    factory.close()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give a server up soon."""
    monkeypatch.setattr(outcome, "RECONNECT_SECONDS", 0.3)


def add(db: Db, code: str = "FIRE", *, now: Any, actor: str) -> int:
    """Make a course; its code may be there twice as far as this test is concerned."""
    return make_course(db, f"{code}-{db.scalar(sa.select(sa.func.count()).select_from(Course))}")


def seen(factory: StoreFactory, label: str = "Add") -> tuple[int, int]:
    """Count courses and changes of that label, over a good line."""
    with factory().reading() as db:
        courses = db.scalar(sa.select(sa.func.count()).select_from(Course))
        changes = db.scalar(sa.select(sa.func.count()).where(Change.label == label))
    return int(courses or 0), int(changes or 0)


@pytest.mark.parametrize(
    ("faults", "away"),
    [
        ((Fault.EAT,), 0),
        ((Fault.CUT,), 0),
        ((Fault.EAT,), 3),
        ((Fault.CUT,), 3),
        ((Fault.CUT, Fault.EAT), 0),
        ((Fault.CUT, Fault.CUT), 1),
    ],
    ids=lambda value: "-".join(fault.name.lower() for fault in value) if isinstance(value, tuple) else f"away{value}",
)
def test_a_lost_answer_is_looked_up(
    store: Store, line: Proxy, server_factory: StoreFactory, faults: tuple[Fault, ...], away: int
) -> None:
    line.plan(*faults, away=away)
    written = store.write("Add", add)
    assert line.met == list(faults)
    assert line.turned_away == away
    assert not written.was_done
    assert written.changes.label == "Add"
    assert written.changes.keys == {"courses": frozenset({str(written.value)})}
    assert seen(server_factory) == (1, 1)
    with server_factory().reading() as db:
        assert db.scalar(sa.select(Change.id).where(Change.label == "Add")) == written.changes.change_id
        assert db.scalar(sa.select(Course.id)) == written.value


def test_a_commit_that_is_still_under_way_is_waited_for(
    store: Store, line: Proxy, server_factory: StoreFactory
) -> None:
    """The look finds nothing yet; the repetition waits at the key and then finds the first one done."""
    line.plan(Fault.HOLD)
    helper = threading.Thread(target=release_when_somebody_waits, args=(line, server_factory.url))
    helper.start()
    written = store.write("Add", add)
    helper.join(SECONDS)
    assert line.met == [Fault.HOLD]
    assert not written.was_done
    assert written.changes.keys == {"courses": frozenset({str(written.value)})}
    assert seen(server_factory) == (1, 1)


def release_when_somebody_waits(line: Proxy, url: str) -> None:
    deadline = time.monotonic() + SECONDS
    with psycopg.connect(url, autocommit=True) as server:
        while time.monotonic() < deadline and server.execute(WAITING).fetchone() == (0,):
            time.sleep(0.01)
    line.release()


def test_a_commit_that_stays_under_way_is_not_known(store: Store, line: Proxy, server_factory: StoreFactory) -> None:
    """The repetition gives up waiting at the key (5 s): then it may still come, and that is said."""
    line.plan(Fault.HOLD)
    with pytest.raises(DatabaseTrouble) as lost:
        store.write("Add", add)
    assert (lost.value.code, lost.value.facts.get("unknown")) == ("connection_lost", "Add")
    assert seen(server_factory) == (0, 0)
    line.release()
    deadline = time.monotonic() + SECONDS
    while seen(server_factory) == (0, 0) and time.monotonic() < deadline:
        time.sleep(0.01)
    again = store.write("Add", add, key=lost.value.facts["key"])
    assert again.was_done
    assert seen(server_factory) == (1, 1)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(("fault", "is_done"), [(Fault.EAT, True), (Fault.CUT, False)])
def test_a_server_that_stays_away_leaves_the_outcome_open(
    store: Store, line: Proxy, server_factory: StoreFactory, fault: Fault, is_done: bool
) -> None:
    line.plan(fault, away=FOR_EVER)
    with pytest.raises(DatabaseTrouble) as lost:
        store.write("Add", add)
    assert lost.value.code == "connection_lost"
    assert lost.value.facts["unknown"] == "Add"
    assert seen(server_factory) == ((1, 1) if is_done else (0, 0))
    line.cut(away=0)  # it is back, and the same is asked for once more
    again = store.write("Add", add, key=lost.value.facts["key"])
    assert again.was_done is is_done
    assert (again.value is None) is is_done
    assert len(again.changes.keys["courses"]) == 1
    assert seen(server_factory) == (1, 1)


@pytest.mark.usefixtures("impatient")
def test_a_server_that_stays_away_before_anything_was_sent_has_done_nothing(
    store: Store, line: Proxy, server_factory: StoreFactory
) -> None:
    def add_and_lose(db: Db, **named: Any) -> int:
        line.cut(away=FOR_EVER)
        return add(db, **named)

    with pytest.raises(DatabaseTrouble) as lost:
        store.write("Add", add_and_lose)
    assert lost.value.code == "connection_lost"
    assert "unknown" not in lost.value.facts
    assert seen(server_factory) == (0, 0)


@pytest.mark.usefixtures("impatient")
def test_a_server_that_takes_connections_and_never_answers_is_given_up(
    store: Store, line: Proxy, server_factory: StoreFactory
) -> None:
    def add_and_silence(db: Db, **named: Any) -> int:
        line.cut()
        line.silence()
        return add(db, **named)

    before = line.taken
    with pytest.raises(DatabaseTrouble) as lost:
        store.write("Add", add_and_silence)
    assert lost.value.code == "connection_lost"
    assert line.taken > before
    assert seen(server_factory) == (0, 0)


def test_a_line_that_falls_silent_at_commit_is_given_up_and_the_change_is_found(
    store: Store, line: Proxy, server_factory: StoreFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "PATIENCE_SECONDS", 0.5)
    line.plan(Fault.SILENCE)
    written = store.write("Add", add)
    assert line.met == [Fault.SILENCE]
    assert written.changes.keys == {"courses": frozenset({str(written.value)})}
    assert seen(server_factory) == (1, 1)


def test_a_line_that_breaks_in_the_middle_is_begun_again(
    store: Store, line: Proxy, server_factory: StoreFactory
) -> None:
    breaks = iter([True])

    def add_two(db: Db, **named: Any) -> tuple[int, int]:
        first = add(db, **named)
        if next(breaks, False):
            line.cut(away=2)
        return first, add(db, **named)

    written = store.write("Add", add_two)
    assert line.turned_away == 2
    assert written.changes.keys == {"courses": frozenset(str(one) for one in written.value)}
    assert seen(server_factory) == (2, 1)


def test_connections_that_broke_in_the_night_are_not_noticed(
    store: Store, line: Proxy, server_factory: StoreFactory
) -> None:
    store.write("Add", add)
    line.cut()
    assert store.write("Add", add).value is not None
    line.cut()
    store.signal(lambda db, **_: db.execute(sa.text("SELECT 1")).scalar())
    assert seen(server_factory) == (2, 2)


def test_an_undo_whose_answer_is_lost_is_undone_once(store: Store, line: Proxy, server_factory: StoreFactory) -> None:
    store.write("Add", add)
    line.plan(Fault.EAT)
    undone = undo_last(store)
    assert line.met == [Fault.EAT]
    assert undone.value == "Add"
    assert set(undone.changes.keys) == {"courses"}
    assert undo_last(store).value is None
    assert seen(server_factory) == (1, 2)


@pytest.mark.parametrize("fault", [Fault.EAT, Fault.CUT])
def test_an_import_whose_answer_is_lost_is_written_once(
    store: Store, line: Proxy, server_factory: StoreFactory, tmp_path: Path, fault: Fault
) -> None:
    file = tmp_path / "people.csv"
    file.write_text("employee_no,name\nE1,Ana\nE2,Ben\n", encoding="utf-8")
    line.plan(fault)
    report = import_file(store, "people", file)
    assert line.met == [fault]
    assert (report.rows, report.added, report.written) == (2, 2, True)
    with server_factory().reading() as db:
        assert db.scalar(sa.select(sa.func.count()).select_from(Person)) == 2
        assert db.scalar(sa.select(sa.func.count()).where(Change.label == "people.csv")) == 1


def test_sixteen_workstations_that_ask_for_the_same_do_it_once(
    workstations: Workstations, each_factory: StoreFactory
) -> None:
    answers = workstations.do([Task(each_factory.url, submit, ("one and the same",))] * 16)
    assert sorted(answer.log for answer in answers) == [("did it",), *[("was done",)] * 15]
    assert len({answer.facts["change"] for answer in answers}) == 1
    assert seen(each_factory, "Submit") == (1, 1)


# ---- planted faults ------------------------------------------------------------------------------------------------


def test_without_a_key_the_same_fault_does_it_twice(
    store: Store, line: Proxy, server_factory: StoreFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_change: Callable[..., Any] = engine.open_change

    def keyless(connection: Any, actor: str, now: Any, entry: Any) -> Any:
        return open_change(connection, actor, now, entry | {"key": None})

    monkeypatch.setattr(engine, "open_change", keyless)
    line.plan(Fault.EAT)
    store.write("Add", add)
    assert seen(server_factory) == (2, 2)


def test_without_the_look_what_was_done_is_refused(
    store: Store, line: Proxy, server_factory: StoreFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outcome.OneWrite, "_look_up", lambda *_: None)
    line.plan(Fault.EAT)
    with pytest.raises(DeskError):
        store.write("Add", add)
    assert seen(server_factory) == (1, 1)
