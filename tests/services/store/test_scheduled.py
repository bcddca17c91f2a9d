"""Copies of a file are made when they are due, by one of all windows; the newest stay, and trouble is told (O4)."""

import datetime as dt
import os
import sqlite3
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path

import pytest
from sqlalchemy import URL

from tests.factories import make_people, prepared
from tests.rights import as_nobody, open_folder
from tests.services.store.test_opening import rotten
from trainer_desk.services.errors import DatabaseTrouble
from trainer_desk.services.orchestration.keeping import keep_backup, load_keeping
from trainer_desk.services.orchestration.settings import set_setting
from trainer_desk.services.store.address import path_of, read_address
from trainer_desk.services.store.engine import Store, open_store
from trainer_desk.services.store.scheduled import Plan, is_due, keep, kept_backups
from trainer_desk.texts import error_text

NOW = dt.datetime(2026, 11, 27, 13, 5, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
DAILY = Plan(24, 3)


@pytest.fixture
def url(sqlite_store: Store) -> URL:
    """Give the address of a file with three people."""
    with prepared(sqlite_store) as db:
        make_people(db, 3)
    return sqlite_store.url


def test_one_a_day_and_the_newest_stay(url: URL) -> None:
    for day in range(5):
        now = NOW + day * DAY
        assert is_due(url, DAILY, now)
        made = keep(url, DAILY, now)
        assert made is not None
        assert (made.made_at, kept_backups(url, DAILY)[0]) == (now, made)
        assert keep(url, DAILY, now + dt.timedelta(hours=23)) is None
    assert [kept.made_at for kept in kept_backups(url, DAILY)] == [NOW + day * DAY for day in (4, 3, 2)]
    folder = path_of(url).with_name("organisation.backups")
    assert sorted(path.name for path in folder.iterdir()) == [
        f"organisation-202611{day}T130500Z.desk" for day in ("29", "30")
    ] + ["organisation-20261201T130500Z.desk"]
    with closing(sqlite3.connect(folder / "organisation-20261201T130500Z.desk")) as db:
        assert db.execute("SELECT count(*) FROM people").fetchone() == (3,)
    open_store(str(folder / "organisation-20261201T130500Z.desk"), check=True).close()


def test_never_is_never_and_wanted_is_now(url: URL) -> None:
    never = Plan(0, 3)
    assert keep(url, never, NOW) is None
    assert keep(url, never, NOW, wanted=True) is not None


def test_a_clock_that_ran_ahead_keeps_nothing_from_being_made(url: URL) -> None:
    keep(url, DAILY, NOW + 400 * DAY)
    assert keep(url, DAILY, NOW) is not None


def test_what_is_not_ours_stays(url: URL) -> None:
    keep(url, DAILY, NOW)
    folder = DAILY.folder_of(url)
    others = ["organisation-20200101T000000Z.desk.bak", "school-20200101T000000Z.desk", "organisation.desk"]
    for name in others:
        (folder / name).write_bytes(b"x")
    (folder / "organisation-20200101T000000Z.desk.part").write_bytes(b"left by a cut")
    os.utime(folder / "organisation-20200101T000000Z.desk.part", (1_600_000_000, 1_600_000_000))
    for day in range(1, 5):
        keep(url, DAILY, NOW + day * DAY)
    names = {path.name for path in folder.iterdir()}
    assert names >= set(others)
    assert not {name for name in names if name.endswith(".part")}
    assert len(names) == len(others) + 3


def at_once(address: str, barrier: object) -> None:
    barrier.wait()  # type: ignore[attr-defined]
    keep(read_address(address), DAILY, NOW)


def test_of_several_windows_one_makes_it(url: URL) -> None:
    context = get_context("spawn")
    barrier = context.Barrier(4)
    crowd = [context.Process(target=at_once, args=(str(path_of(url)), barrier)) for _ in range(4)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join(60)
    assert [one.exitcode for one in crowd] == [0] * 4
    assert len(kept_backups(url, DAILY)) == 1


def test_trouble_is_told_and_every_copy_stays(url: URL, tmp_path: Path) -> None:
    keep(url, DAILY, NOW)
    missing = Plan(24, 3, tmp_path / "no" / "such")
    taken = tmp_path / "taken"
    taken.write_text("a file")
    for plan in (missing, Plan(24, 3, taken)):
        with pytest.raises(DatabaseTrouble) as refusal:
            keep(url, plan, NOW + DAY)
        assert refusal.value.facts["why"] == "backup_missed"
        assert str(plan.folder) in error_text(refusal.value)
    with open_folder() as folder, as_nobody():
        folder_of_others = Plan(24, 3, folder)
        with pytest.raises(DatabaseTrouble):
            keep(url, folder_of_others, NOW + DAY)
    assert len(kept_backups(url, DAILY)) == 1


def test_a_damaged_file_lets_no_good_copy_go(url: URL, sqlite_store: Store) -> None:
    for day in range(3):
        keep(url, DAILY, NOW + day * DAY)
    before = kept_backups(url, DAILY)
    sqlite_store.close()
    rotten(path_of(url))
    with pytest.raises(DatabaseTrouble):
        keep(url, DAILY, NOW + 3 * DAY)
    assert kept_backups(url, DAILY) == before
    assert not list(DAILY.folder_of(url).glob("*.part"))


def test_the_settings_say_how_many_how_often_and_where(sqlite_store: Store, tmp_path: Path) -> None:
    address = str(path_of(sqlite_store.url))
    keeping = sqlite_store.read(load_keeping, address)
    assert (keeping.hours, keeping.most, keeping.newest) == (24, 14, None)
    assert keeping.folder == str(tmp_path / "organisation.backups")
    for key, value in (("backup_hours", 2), ("backup_most", "1"), ("backup_folder", str(tmp_path / "stick"))):
        sqlite_store.write("Set", set_setting, key, value)
    for hours in (0, 3):
        assert sqlite_store.read(keep_backup, address, NOW + dt.timedelta(hours=hours)) is not None
    keeping = sqlite_store.read(load_keeping, address)
    assert (keeping.folder, keeping.number) == (str(tmp_path / "stick"), 1)
    assert keeping.newest is not None
    assert keeping.newest.made_at == NOW + dt.timedelta(hours=3)
