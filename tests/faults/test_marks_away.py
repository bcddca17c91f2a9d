"""Marks survive whatever happens to the line and to the program: each arrives once, and in order (A2, ADR 14)."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import StoreFactory
from tests.faults.proxy import FOR_EVER, Fault, Proxy, bad_line
from tests.services.attendance.conftest import Sheet, made_sheet
from trainer_desk.models.enums import Attendance
from trainer_desk.services.dossiers.attendance import load_sheet
from trainer_desk.services.errors import DatabaseTrouble
from trainer_desk.services.journal.history import history_of_session
from trainer_desk.services.orchestration.outgoing import payload_of, send_next
from trainer_desk.services.rows.attendance import Deed, Mark
from trainer_desk.services.store import outcome
from trainer_desk.services.store.engine import Store
from trainer_desk.services.store.outbox import Outbox

ATTENDED, NO_SHOW = Attendance.ATTENDED, Attendance.NO_SHOW


def kept(sheet: Sheet, path: Path) -> tuple[Outbox, list[str]]:
    """Keep six marks of one session, two for each person; return their labels in order."""
    store = sheet.store
    shown = store.read(load_sheet, sheet.session, store.actor, now=store.clock.now())
    outbox, labels = Outbox(path), []
    for turn, attendance in enumerate((ATTENDED, NO_SHOW)):
        for person in shown.people:
            seen = Mark() if turn == 0 else Mark(ATTENDED)
            deed = Deed(shown.uuid, (person.employee_no,), {"attendance": attendance}, seen, (person.name,), "Fire")
            labels.append(f"Mark {person.name} {attendance}")
            outbox.keep(labels[-1], payload_of(deed))
    return outbox, labels


def marked(sheet: Sheet) -> list[str]:
    """Return what the journal says was marked, the oldest first."""
    changes = sheet.store.read(history_of_session, sheet.session)
    return [one.label for one in reversed(changes) if one.label.startswith("Mark")]


def send_all(store: Store, outbox: Outbox) -> int:
    """Send until nothing waits; return how often the database could not take it."""
    troubles = 0
    while True:
        try:
            if send_next(store, outbox).value is None:
                return troubles
        except DatabaseTrouble:
            troubles += 1
            assert troubles < 50


@pytest.fixture
def line(server_factory: StoreFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Proxy]:
    """Lead through a line that can be bad, to a server that is given up soon."""
    monkeypatch.setattr(outcome, "RECONNECT_SECONDS", 0.3)
    with bad_line(server_factory.url) as proxy:
        yield proxy


@pytest.mark.parametrize("fault", [Fault.EAT, Fault.CUT])
def test_a_line_that_breaks_at_a_commit(
    fault: Fault, line: Proxy, server_factory: StoreFactory, tmp_path: Path
) -> None:
    """Whether the server did it before the line broke or never heard of it: nobody is marked twice, or not at all."""
    sheet = made_sheet(server_factory())
    outbox, labels = kept(sheet, tmp_path / "marks.kept")
    far = StoreFactory(line.url)
    store = far()
    assert store.actor
    send_next(store, outbox)
    line.plan(fault, fault)
    send_all(store, outbox)
    far.close()
    assert line.met[0] is fault
    assert marked(sheet) == labels
    assert outbox.entries() == []


def test_a_server_that_stays_away_and_comes_back(line: Proxy, server_factory: StoreFactory, tmp_path: Path) -> None:
    sheet = made_sheet(server_factory())
    outbox, labels = kept(sheet, tmp_path / "marks.kept")
    far = StoreFactory(line.url)
    store = far()
    assert store.actor
    line.plan(Fault.EAT, away=FOR_EVER)
    with pytest.raises(DatabaseTrouble) as trouble:
        send_next(store, outbox)
    assert trouble.value.code == "connection_lost"
    assert len(outbox.entries()) == len(labels), "nobody has heard that the first one arrived"
    line.cut(away=0)
    send_all(store, outbox)
    far.close()
    assert marked(sheet) == labels


KILLED = """
import os, sys
from pathlib import Path
from trainer_desk.services.orchestration.outgoing import send_next
from trainer_desk.services.store.engine import open_store
from trainer_desk.services.store.outbox import Outbox

class Dying(Outbox):
    def remove(self, numbers):
        if int(sys.argv[3]) <= list(numbers)[0]:
            os._exit(9)  # the database has it, and this file does not know yet
        super().remove(numbers)

store, outbox = open_store(sys.argv[1]), Dying(Path(sys.argv[2]))
while send_next(store, outbox).value is not None:
    pass
"""


@pytest.mark.parametrize("factory_name", ["file_factory", "server_factory"])
def test_a_program_that_is_killed_between_the_commit_and_forgetting(
    factory_name: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    factory: StoreFactory = request.getfixturevalue(factory_name)
    sheet = made_sheet(factory())
    path = tmp_path / "marks.kept"
    outbox, labels = kept(sheet, path)
    outbox.close()
    for number in (2, 4):
        died = subprocess.run([sys.executable, "-c", KILLED, factory.url, str(path), str(number)], check=False)
        assert died.returncode == 9
        assert marked(sheet) == labels[:number]
    assert [entry.id for entry in outbox.entries()] == [4, 5, 6]
    send_all(sheet.store, outbox)
    assert marked(sheet) == labels
    assert outbox.entries() == []
