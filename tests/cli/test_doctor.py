"""`doctor` says how program, computer and database are, and never breaks on what it finds (O6, U3)."""

import datetime as dt
import logging
import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.commands import Desk
from tests.databases import StoreFactory, copy_of_sqlite_template, postgres_organisation
from tests.factories import at, make_scheduled, prepared
from tests.logins import PASSWORD, login_url, make_login
from tests.postgres_server import Run
from tests.services.store.test_opening import rotten
from trainer_desk.log_figures import read_log
from trainer_desk.models.enums import Role
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.dashboard.figures import stays
from trainer_desk.services.orchestration import completing
from trainer_desk.services.store.engine import open_store
from trainer_desk.services.store.figures import Figures, line_of, read_line, share


def test_a_database_is_examined(scheduled: Desk) -> None:
    document = scheduled.ok("doctor")
    database = document["database"]
    assert (document["ok"], database["problem"], database["role"]) == (True, None, Role.ADMINISTRATOR.value)
    assert database["size"] > 100_000
    assert 0 < database["latency_ms"] < 5_000
    assert database["software"].split()[0] == ("SQLite" if database["kind"] == "file" else "PostgreSQL")
    assert "protect" in database["protection"] or "rights of each login" in database["protection"]
    assert [day["count"] for day in document["figures"]["sessions_created"]] == [1]
    states = {one["status"]: one for one in document["figures"]["states"]}
    assert (states["SCHEDULED"]["now"], states["DRAFT"]["left"]) == (1, 1)
    code, said, _ = scheduled.words("doctor")
    assert code == 0
    assert database["software"] in said


def test_backups_and_protection_of_a_file(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = Path(copy_of_sqlite_template(run, tmp_path / "organisation.desk"))
    path.chmod(0o666)
    database = Desk(str(path), capsys).ok("doctor")["database"]
    assert "Everybody on this computer may." in database["protection"]
    assert "666" in database["protection"]
    assert database["backup"]["newest"] is None
    assert database["integrity"] == "sound"
    folder = tmp_path / "organisation.backups"
    folder.mkdir()
    copy_of_sqlite_template(run, folder / "organisation-20261127T130500Z.desk")
    newest = Desk(str(path), capsys).ok("doctor")["database"]["backup"]["newest"]
    assert newest["at"] == "2026-11-27T14:05:00+01:00"


def test_what_cannot_be_opened_is_told(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    damaged = Path(copy_of_sqlite_template(run, tmp_path / "damaged.desk"))
    rotten(damaged)
    newer = Path(copy_of_sqlite_template(run, tmp_path / "newer.desk"))
    with sqlite3.connect(newer) as db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")
    for path in (damaged, newer, tmp_path / "nothing.desk"):
        code, document = Desk(str(path), capsys).json("doctor")
        assert (code, document["ok"]) == (1, False)
        assert document["database"]["problem"].endswith(".")
        assert document["program"]["version"]
        assert Desk(str(path), capsys).words("doctor")[0] == 1


def test_time_in_each_state(store_factory: StoreFactory) -> None:
    begin = at("2026-07-01 08:00")
    clock = FixedClock(begin)
    store = store_factory(clock)
    with prepared(store) as db:
        session = make_scheduled(db)
    store.write("Begin", completing.start, session, version=None)
    clock.instant = begin + dt.timedelta(hours=3)
    store.write("End", completing.complete, session, version=None)
    with store.reading() as db:
        found = {one.state.value: one for one in stays(db, begin - dt.timedelta(days=1))}
        later = {one.state.value: one for one in stays(db, begin + dt.timedelta(days=9_999))}
    hours = 3.0 if store.is_file else 0.0  # a server's journal goes by its own clock
    assert (found["IN_PROGRESS"].left, found["IN_PROGRESS"].median_hours) == (1, hours)
    assert (found["COMPLETED"].there, found["COMPLETED"].left) == (1, 0)
    assert later["IN_PROGRESS"].left == 0


def test_how_long_things_took_goes_into_the_log_and_comes_out(caplog: pytest.LogCaptureFixture) -> None:
    now = [0.0]
    figures = Figures(lambda: now[0])
    with caplog.at_level(logging.INFO, "trainer_desk"):
        for milliseconds in (0.4, 1.5, 1.6, 30, 99_999):
            figures.add("read", milliseconds / 1000)
        with pytest.raises(ZeroDivisionError), figures.timed("write"):
            raise ZeroDivisionError
        assert not caplog.messages
        now[0] = 601
        figures.add("write", 0.004)
    assert caplog.messages == ["figures: read 1=1 2=2 50=1 60000=1; write 1=1 5=1"]
    told = read_line(caplog.messages[0].removeprefix("figures: "))
    assert line_of(told) == caplog.messages[0].removeprefix("figures: ")
    assert (share(told["read"], 0.5), share(told["read"], 0.95), share(Counter(), 0.5)) == (2, 60_000, None)


LOG = """\
2026-11-27 14:00:00,001 INFO trainer_desk.services.store.engine do by ana: Schedule S-1 (change 7, sessions)
2026-11-27 14:00:01,001 WARNING trainer_desk.services.store.engine refused: seats.enrolling.enroll to bo: not_allowed
2026-11-27 14:00:02,001 WARNING trainer_desk.services.store.engine refused: Enrol by ana: session_full
2026-11-27 14:00:03,001 WARNING trainer_desk.services.store.trouble connection lost: server closed the connection
2026-11-27 14:00:04,001 INFO trainer_desk.services.store.figures figures: read 1=10 5=2; write 20=1
2026-11-27 14:00:05,001 INFO trainer_desk.services.store.figures figures: nonsense=1=2
2026-11-27 14:00:06,001 ERROR trainer_desk.views.crash unexpected:
Traceback (most recent call last):
"""


def test_the_log_is_read_with_all_its_older_files(tmp_path: Path) -> None:
    (tmp_path / "trainer-desk.log").write_text(LOG)
    (tmp_path / "trainer-desk.log.1").write_text(LOG.replace("2026-11-27", "2026-11-26"))
    (tmp_path / "trainer-desk.log.2").mkdir()
    found = read_log(tmp_path)
    assert (found.since, found.until) == ("2026-11-26 14:00:00", "2026-11-27 14:00:06")
    assert (found.refused, found.lost, found.unexpected) == (2, 2, 2)
    assert found.times["read"] == {1: 20, 5: 4}
    assert read_log(tmp_path / "nothing").since is None


@pytest.mark.parametrize("role", [Role.TRAINER, Role.REQUESTER])
def test_whoever_may_see_little_is_told_what_they_see(
    postgres_url_of_organisation: str, role: Role, capsys: pytest.CaptureFixture[str]
) -> None:
    store = open_store(postgres_url_of_organisation)
    address = login_url(postgres_url_of_organisation, make_login(store, role))
    store.close()
    database = Desk(address, capsys).ok("doctor")["database"]
    assert (database["role"], database["problem"]) == (role.value, None)
    assert PASSWORD not in str(database)


@pytest.fixture
def postgres_url_of_organisation(run: Run, postgres_server: str) -> Iterator[str]:
    """Give the URL of an organisation on a server."""
    with postgres_organisation(run, postgres_server) as url:
        yield url
