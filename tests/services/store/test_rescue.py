"""For a damaged file the newest sound backup is found, wherever it lies; damaged ones are passed over (O4)."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.databases import copy_of_sqlite_template
from tests.postgres_server import Run
from tests.services.store.test_opening import as_sql, cut, rotten
from trainer_desk.services.orchestration.settings import set_setting
from trainer_desk.services.store import rescue
from trainer_desk.services.store.engine import open_store
from trainer_desk.services.store.rescue import newest_sound


@pytest.fixture
def desk(run: Run, tmp_path: Path) -> Path:
    """Give a file with four backups: two scheduled, one of an upgrade, one of another file."""
    path = Path(copy_of_sqlite_template(run, tmp_path / "organisation.desk"))
    folder = tmp_path / "organisation.backups"
    folder.mkdir()
    shutil.copy(path, folder / "organisation-20261126T130500Z.desk")
    shutil.copy(path, folder / "organisation-20261127T130500Z.desk")
    shutil.copy(path, tmp_path / "organisation.before-0005-20261120T231501Z.desk")
    shutil.copy(path, folder / "school-20261128T130500Z.desk")
    return path


def name(path: Path) -> str | None:
    kept = newest_sound(str(path))
    return None if kept is None else Path(kept.path).name


def test_the_newest_that_is_sound(desk: Path) -> None:
    rotten(desk)
    folder = desk.with_name("organisation.backups")
    expected = ["organisation-20261127T130500Z.desk", "organisation-20261126T130500Z.desk"]
    for one, spoil in zip(expected, (rotten, cut(0.5)), strict=True):
        assert name(desk) == one
        spoil(folder / one)
    assert name(desk) == "organisation.before-0005-20261120T231501Z.desk"
    as_sql("UPDATE alembic_version SET version_num = '9999'")(desk.with_name(name(desk) or ""))
    assert name(desk) is None


def test_the_folder_that_the_damaged_file_names(desk: Path, tmp_path: Path) -> None:
    store = open_store(str(desk))
    store.write("Set", set_setting, "backup_folder", str(tmp_path / "stick"))
    store.close()
    (tmp_path / "stick").mkdir()
    newest = tmp_path / "stick" / "organisation-20261128T130500Z.desk"
    (desk.with_name("organisation.backups") / "organisation-20261127T130500Z.desk").rename(newest)
    with closing(sqlite3.connect(desk)) as db:
        (page,) = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'waivers'").fetchone()
    with desk.open("r+b") as file:
        file.seek(4096 * (page - 1))
        file.write(b"x" * 4096)
    assert name(desk) == newest.name


def test_nothing_is_offered_for_a_server_or_where_a_backup_does_not_help(desk: Path) -> None:
    assert newest_sound("postgresql://db.example/desk") is None
    assert {"damaged", "not_a_database"} == rescue.DAMAGES
