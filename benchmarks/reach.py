"""How many workstations one server carries: processes that look, change and hear of each other, as an office does.

`python -m benchmarks.reach --clients 10,30,100`. Each workstation looks at a week every few seconds, changes a session
every half minute, and reads its week again whenever another one changed something, with a login of its role.
"""

import argparse
import contextlib
import random
import statistics
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier, Event
from typing import Any

import psutil
import psycopg
import sqlalchemy as sa

from benchmarks.place import Place, opened
from benchmarks.scale import cache_folder
from benchmarks.server import kept_server
from tests import postgres_server
from tests.logins import login_url, make_login
from trainer_desk.models import Session
from trainer_desk.models.enums import Role
from trainer_desk.services.changes import Changes
from trainer_desk.services.errors import DeskError
from trainer_desk.services.planning.board import load_board
from trainer_desk.services.planning.drafts import edit_session
from trainer_desk.services.store.engine import Store, open_store
from trainer_desk.services.store.feed import Feed

CONTEXT = get_context("spawn")
IN_ONE_PROCESS = 10
LOOK_EVERY, CHANGE_EVERY = 5.0, 30.0
COALESCED = 0.15
"""Seconds that a window waits for further changes before it reads again."""


@dataclass
class Seen:
    """What the workstations of one process measured, in seconds; instants are of the machine's own clock."""

    looks: list[float] = field(default_factory=list)
    changes: list[float] = field(default_factory=list)
    committed: list[tuple[str, float]] = field(default_factory=list)
    heard: list[tuple[str, float]] = field(default_factory=list)
    refused: int = 0


class Workstation:
    """One window without its window."""

    def __init__(self, url: str, place: tuple[Any, Any, list[int]], seen: Seen, over: Event) -> None:
        self.store: Store = open_store(url)
        self.begins, self.ends, self.sessions = place
        self.seen, self.over = seen, over
        self.hint = threading.Event()
        self.feed = Feed(self.store, self._hear)
        self.store.read(load_board, self.begins, self.ends)
        self.feed.start()

    def work(self, chance: random.Random) -> None:
        """Look and change until it is over."""
        next_look = time.monotonic() + chance.random() * LOOK_EVERY
        next_change = time.monotonic() + chance.random() * CHANGE_EVERY
        while not self.over.is_set():
            now = time.monotonic()
            self.hint.wait(max(0.0, min(next_look, next_change) - now))
            if self.hint.is_set():
                time.sleep(COALESCED)
                self.hint.clear()
                self._look()
            elif time.monotonic() >= next_change:
                self._change(chance)
                next_change = time.monotonic() + chance.uniform(0.5, 1.5) * CHANGE_EVERY
            else:
                self._look()
                next_look = time.monotonic() + chance.uniform(0.5, 1.5) * LOOK_EVERY

    def close(self) -> None:
        """End it."""
        self.feed.close()
        self.store.close()

    def _look(self) -> None:
        began = time.monotonic()
        self.store.read(load_board, self.begins, self.ends)
        self.seen.looks.append(time.monotonic() - began)

    def _change(self, chance: random.Random) -> None:
        began, session = time.monotonic(), chance.choice(self.sessions)
        try:
            self.store.write("Reach", edit_session, session, {"notes": f"seen at {began}"})
        except DeskError:
            self.seen.refused += 1
            return
        ended = time.monotonic()
        self.seen.changes.append(ended - began)
        self.seen.committed.append((str(session), ended))

    def _hear(self, changes: Changes) -> None:
        now = time.monotonic()
        self.seen.heard += [(key, now) for key in changes.keys.get("sessions", ())]
        self.hint.set()


def run(number: int, urls: list[str], place: Any, ready: Barrier, over: Event, answers: Any) -> None:
    """Be a workstation of each login, until it is over."""
    seen = Seen()
    stations = [Workstation(url, place, seen, over) for url in urls]
    threads = [
        threading.Thread(target=station.work, args=(random.Random(number * 1000 + turn),))
        for turn, station in enumerate(stations)
    ]
    ready.wait()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for station in stations:
        station.close()
    answers.put(seen)


def measure(place: Place, urls: list[str], seconds: float) -> str:
    """Let a workstation of each login work for so long; return the line of the table."""
    week = (place.instant(7), place.instant(14), sessions_of(place))
    shares = [urls[begin : begin + IN_ONE_PROCESS] for begin in range(0, len(urls), IN_ONE_PROCESS)]
    ready, over, answers = CONTEXT.Barrier(len(shares) + 1), CONTEXT.Event(), CONTEXT.Queue()
    processes = [
        CONTEXT.Process(target=run, args=(number, share, week, ready, over, answers))
        for number, share in enumerate(shares)
    ]
    for process in processes:
        process.start()
    ready.wait()
    before, began = spent(place), time.monotonic()
    time.sleep(seconds)
    used, took, memory = spent(place) - before, time.monotonic() - began, held(place)
    over.set()
    found = [answers.get() for _ in processes]
    for process in processes:
        process.join()
    return line(len(urls), found, used / took, memory)


def line(clients: int, found: list[Seen], cores: float, memory: int) -> str:
    """Return what was measured as a line of the table."""
    looks, changes = ([value for one in found for value in getattr(one, name)] for name in ("looks", "changes"))
    committed: dict[str, list[float]] = defaultdict(list)
    for key, at in (pair for one in found for pair in one.committed):
        committed[key].append(at)
    heard = [late for one in found for key, at in one.heard for late in delays(committed[key], at)]
    cells = [str(clients), str(len(looks)), *both(looks), str(len(changes)), *both(changes), *both(heard)]
    return "| " + " | ".join([*cells, f"{cores:.2f}", f"{memory / 2**20:.0f} MiB"]) + " |"


def delays(committed: list[float], heard: float) -> list[float]:
    """Return how long ago the newest commit of a session was; some are heard before their writer has the answer."""
    newest = max((at for at in committed if at - 0.2 < heard), default=None)
    return [] if newest is None else [max(0.0, heard - newest)]


def both(values: list[float]) -> tuple[str, str]:
    """Return the median and what 99 of 100 stay under, in milliseconds."""
    if not values:
        return "–", "–"
    ordered = sorted(values)
    return f"{statistics.median(ordered) * 1000:.0f}", f"{ordered[int(len(ordered) * 0.99)] * 1000:.0f}"


def sessions_of(place: Place) -> list[int]:
    """Return sessions of the week that is looked at."""
    within = (Session.starts_at >= place.instant(7)) & (Session.starts_at < place.instant(14))
    query = sa.select(Session.id).where(within)
    return place.store.read(lambda db: list(db.scalars(query)))


def backends(place: Place) -> list[psutil.Process]:
    """Return the processes of the server."""
    with psycopg.connect(place.address) as db:
        (own,) = db.execute("SELECT pg_backend_pid()").fetchone() or (0,)
        main = psutil.Process(own).parent()
    return [main, *main.children()] if main is not None else []


def spent(place: Place) -> float:
    """Return the seconds of processor that the server's processes have used."""
    used = 0.0
    for process in backends(place):
        with contextlib.suppress(psutil.NoSuchProcess):
            used += sum(process.cpu_times()[:4])
    return used


def held(place: Place) -> int:
    """Return the bytes of memory that the server's processes hold, what they share counted once."""
    found = 0
    for process in backends(place):
        with contextlib.suppress(psutil.NoSuchProcess):
            found += process.memory_full_info().pss
    return found


def main() -> None:
    """Measure each number of workstations that was asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cache")
    parser.add_argument("--size", default="small", choices=("small", "full"))
    parser.add_argument("--clients", default="10,30,100")
    parser.add_argument("--seconds", type=float, default=40)
    given = parser.parse_args()
    cache = cache_folder(given.cache)
    postgres_server.SETTINGS["max_connections"] = "1000"
    print("| workstations | looks | median | 99 % | changes | median | 99 % | heard | 99 % | cores | memory |")
    print("|" + " --: |" * 11)
    with kept_server(cache) as server, opened("postgresql", given.size, cache, server) as place:
        counts = [int(count) for count in given.clients.split(",")]
        urls = [login_url(place.address, make_login(place.store, Role.SUPERVISOR)) for _ in range(max(counts))]
        for count in counts:
            print(measure(place, urls[:count], given.seconds), flush=True)


if __name__ == "__main__":
    main()
