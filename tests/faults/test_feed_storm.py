"""Many write while the feed's line breaks again and again: what a window shows in the end is what is stored."""

import threading
import time
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from tests.databases import ZONE, StoreFactory
from tests.factories import make_course
from tests.faults.clusters import own_server, programs
from tests.faults.nursery import Nursery
from tests.faults.proxy import bad_line
from tests.postgres_server import make_postgres_database
from trainer_desk.models import Course
from trainer_desk.services.changes import Changes
from trainer_desk.services.store import feed_server
from trainer_desk.services.store.engine import Store, create_store, open_store
from trainer_desk.services.store.feed import Feed

WRITERS, EACH = 4, 25
SECONDS = 30.0


class Window:
    """Reads all courses whenever it is told of a change of theirs, and never otherwise."""

    def __init__(self, store: Store, truth: Store) -> None:
        self._truth = truth
        self.shown: set[str] = set()
        self.events: list[str] = []
        self._news = threading.Condition()
        self.feed = Feed(store, self._hear, lambda: self.events.append("lost"), lambda: self.events.append("found"))
        self.feed.start()

    def shows(self, codes: set[str], seconds: float = SECONDS) -> bool:
        """Wait until it shows these courses."""
        with self._news:
            return self._news.wait_for(lambda: self.shown == codes, seconds)

    def _hear(self, changes: Changes) -> None:
        if changes.touch("courses"):
            found = codes_of(self._truth)
            with self._news:
                self.shown = found
                self._news.notify_all()


def codes_of(store: Store) -> set[str]:
    """Give the codes of all courses."""
    return set(store.read(lambda db: db.scalars(sa.select(Course.code)).all()))


def write_courses(url: str, name: str) -> None:
    """Make courses one after the other, each in a transaction of its own."""
    store = open_store(url)
    for number in range(EACH):
        with store.writing("Add a course") as unit:
            make_course(unit.db, f"{name}{number}")
    store.close()


@pytest.fixture
def writers(nursery: Nursery) -> Iterator[list[int]]:
    """Give the processes that write; all have ended when the test has."""
    started: list[int] = []
    yield started
    for writer in started:
        nursery.wait(writer)


def test_nothing_is_missed_on_a_server_whose_line_breaks(
    server_factory: StoreFactory, nursery: Nursery, writers: list[int]
) -> None:
    with bad_line(server_factory.url) as line:
        store = StoreFactory(line.url)
        window = Window(store(), server_factory())
        writers += [nursery.start(write_courses, server_factory.url, f"W{number}-") for number in range(WRITERS)]
        wanted = WRITERS * EACH
        truth = server_factory()
        until = time.monotonic() + SECONDS
        while len(codes_of(truth)) < wanted and time.monotonic() < until:
            line.cut(away=1)
        assert window.shows(codes_of(truth))
        assert len(window.shown) == wanted
        assert {"lost", "found"} <= set(window.events)
        assert window.feed.close()
        store.close()


def test_nothing_is_missed_in_a_file(file_factory: StoreFactory, nursery: Nursery, writers: list[int]) -> None:
    window = Window(file_factory(), file_factory())
    writers += [nursery.start(write_courses, file_factory.url, f"W{number}-") for number in range(WRITERS)]
    truth = file_factory()
    until = time.monotonic() + SECONDS
    while len(codes_of(truth)) < WRITERS * EACH and time.monotonic() < until:
        pass
    assert window.shows(codes_of(truth))
    assert len(window.shown) == WRITERS * EACH
    assert not window.events
    assert window.feed.close()


@pytest.mark.nightly
@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_a_server_that_is_restarted_is_told_and_caught_up(mode: str) -> None:
    with programs() as place, own_server(place) as server:
        make_postgres_database(server.url(), "desk", "template0")
        create_store(server.url("desk"), zone=ZONE).close()
        factory = StoreFactory(server.url("desk"))
        window = Window(factory(), factory())
        write_courses(factory.url, "BEFORE")
        assert window.shows({f"BEFORE{number}" for number in range(EACH)})
        server.stop(mode)
        until = time.monotonic() + SECONDS
        while window.events != ["lost"] and time.monotonic() < until:
            pass
        server.start()
        write_courses(factory.url, "AFTER")
        assert window.shows({f"{when}{number}" for when in ("BEFORE", "AFTER") for number in range(EACH)})
        assert window.events == ["lost", "found"]
        assert window.feed.close()
        factory.close()


@pytest.mark.nightly
def test_a_line_that_falls_silent_is_given_up_for_another(
    server_factory: StoreFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is cut and nothing is refused, but what is sent goes nowhere: the sign of life finds out."""
    monkeypatch.setattr(feed_server, "SIGN_OF_LIFE", 0.2)
    with bad_line(server_factory.url) as line:
        store = StoreFactory(line.url)
        window = Window(store(), server_factory())
        write_courses(server_factory.url, "BEFORE")
        assert window.shows({f"BEFORE{number}" for number in range(EACH)})
        line.silence_now()
        write_courses(server_factory.url, "AFTER")
        assert window.shows({f"{when}{number}" for when in ("BEFORE", "AFTER") for number in range(EACH)})
        assert window.events == ["lost", "found"]
        assert window.feed.close()
        store.close()
