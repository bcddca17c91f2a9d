"""Twelve workstations change seats while one after the other is killed: no seat and no promotion is lost or doubled."""

import datetime as dt
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.databases import StoreFactory
from tests.factories import prepared
from tests.faults.nursery import Nursery
from tests.faults.seat_judge import judge
from tests.faults.seat_storm import Ground, live, make_ground
from trainer_desk.services.store.engine import Store

CLIENTS = 12
KILL_SECONDS = 0.12
JUDGE_SECONDS = 0.8
UNDERSTOOD = {
    "done", "nothing", "session_full", "run_full", "wrong_state", "not_found", "attendee_busy", "bad_value",
    "capacity_below_people", "already_enrolled", "stale",
}  # fmt: skip
"""What clients may be told: each says something about the people or sessions, and what to do."""

RARE = {"locked", "deadlock"}
MOST_RARE = 0.01
"""Of all answers; such a client need only ask again."""


@dataclass
class Storm:
    """The clients, who is in their place when one is killed, and what was found meanwhile."""

    store: Store
    url: str
    ground: Ground
    nursery: Nursery
    folder: Path
    chance: random.Random = field(default_factory=lambda: random.Random(4))
    clients: dict[int, int] = field(default_factory=dict)
    started: int = 0
    kills: int = 0
    inside: int = 0
    checks: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def flags(self) -> Path:
        return self.folder / "inside"

    def blow(self, seconds: float) -> None:
        """Let everybody work, kill one after the other, and look at all seats again and again."""
        self.flags.write_bytes(bytes(CLIENTS))
        try:
            for slot in range(CLIENTS):
                self.start(slot)
            self.storm(seconds)
        finally:
            for client in self.clients.values():
                self.nursery.kill(client)
        self.look()

    def storm(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        kill_at, look_at = time.monotonic() + KILL_SECONDS, time.monotonic() + JUDGE_SECONDS
        while time.monotonic() < end:
            if time.monotonic() >= kill_at:
                self.kill()
                kill_at = time.monotonic() + KILL_SECONDS
            if time.monotonic() >= look_at:
                self.look()
                look_at = time.monotonic() + JUDGE_SECONDS
            time.sleep(KILL_SECONDS / 10)

    def start(self, slot: int) -> None:
        self.started += 1
        log = str(self.folder / f"{slot}.log")
        words = (self.url, self.ground, self.started, str(self.flags), slot, log)
        self.clients[slot] = self.nursery.start(live, *words)

    def kill(self) -> None:
        """Kill somebody who is inside a transaction, if there is one, and put somebody else in the place."""
        slots = self.chance.sample(range(CLIENTS), CLIENTS)
        flags = self.flags.read_bytes()
        slot = next((slot for slot in slots if flags[slot]), slots[0])
        self.nursery.kill(self.clients.pop(slot))
        self.kills += 1
        self.inside += flags[slot]
        self.start(slot)

    def look(self) -> None:
        self.checks += 1
        self.wrong += [f"check {self.checks}: {line}" for line in judge(self.store)]

    def told(self) -> Counter[tuple[str, str]]:
        """Count what clients did and were told."""
        lines = [line for log in self.folder.glob("*.log") for line in log.read_text().splitlines()]
        return Counter((verb, said or "nothing") for verb, _, said in (line.partition(" ") for line in lines))


def blow(factory: StoreFactory, nursery: Nursery, folder: Path, seconds: float) -> Storm:
    """Let a storm blow over a fresh organisation."""
    store = factory()
    starts_at = (store.clock.now() + dt.timedelta(days=30)).replace(hour=9, minute=0, second=0)
    with prepared(store) as db:
        ground = make_ground(db, starts_at)
    storm = Storm(store, factory.url, ground, nursery, folder)
    storm.blow(seconds)
    return storm


def assert_stood(storm: Storm) -> str:
    """Nothing was wrong at any time, everybody was told what a user understands; give the line that says so."""
    assert storm.wrong == []
    told = storm.told()
    said: Counter[str] = Counter()
    for (_verb, code), times in told.items():
        said[code] += times
    assert set(said) <= UNDERSTOOD | RARE, told
    assert sum(said[code] for code in RARE) <= 1 + MOST_RARE * said.total(), told
    assert storm.inside > storm.kills / 2
    refused = {code: times for code, times in said.most_common() if code not in ("done", "nothing")}
    return (
        f"{said['done']} changes of {said.total() - said['nothing']} asked for, {storm.kills} kills"
        f" ({storm.inside} inside a transaction), {storm.checks} checks, nothing wrong; refused: {refused}"
    )


def test_a_storm_with_kills_leaves_every_seat_counted_once(
    store_factory: StoreFactory, nursery: Nursery, tmp_path: Path
) -> None:
    storm = blow(store_factory, nursery, tmp_path, 8)
    assert_stood(storm)
    done = {verb for verb, said in storm.told() if said == "done"}
    assert done >= {"enroll", "withdraw", "hold_seats", "edit_session"}, done


@pytest.mark.nightly
@pytest.mark.timeout(600)
def test_a_long_storm(
    each_factory: StoreFactory, nursery: Nursery, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    record_property("told", assert_stood(blow(each_factory, nursery, tmp_path, 60)))
