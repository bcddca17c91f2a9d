"""Marks that are kept on the computer: once, in order, after a crash too, and never over somebody else's (A2)."""

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.services.attendance.conftest import Sheet
from trainer_desk.models.enums import Attendance, Result, SessionStatus
from trainer_desk.services.dossiers.attendance import load_sheet
from trainer_desk.services.errors import DatabaseTrouble
from trainer_desk.services.journal.history import history_of_session
from trainer_desk.services.orchestration.outgoing import Sent, payload_of, read_deed, send_next
from trainer_desk.services.rows.attendance import Deed, Mark
from trainer_desk.services.store.engine import open_store
from trainer_desk.services.store.outbox import Entry, Outbox, outbox_file
from trainer_desk.texts import error_text

ATTENDED, NO_SHOW = Attendance.ATTENDED, Attendance.NO_SHOW
UNMARKED = Mark()


@pytest.fixture
def outbox(tmp_path: Path) -> Outbox:
    return Outbox(tmp_path / "outbox" / "marks.kept")


class Sender:
    """Somebody who marks at a window, with the box beside it."""

    def __init__(self, sheet: Sheet, outbox: Outbox) -> None:
        self.sheet, self.outbox = sheet, outbox
        shown = sheet.store.read(load_sheet, sheet.session, sheet.store.actor, now=sheet.store.clock.now())
        self.uuid = shown.uuid
        self.numbers = {one.name: one.employee_no for one in shown.people}

    def keep(self, name: str, attendance: Attendance, seen: Mark = UNMARKED, **fields: object) -> Entry:
        deed = Deed(self.uuid, (self.numbers[name],), {"attendance": attendance} | fields, seen, (name,), "Fire")
        return self.outbox.keep(f"Mark {name} {attendance}", payload_of(deed))

    def keep_rest(self, *names: str) -> Entry:
        people = tuple(self.numbers[name] for name in names)
        deed = Deed(self.uuid, people, {"attendance": ATTENDED}, None, names, "Fire")
        return self.outbox.keep("Mark all attended", payload_of(deed))

    def send(self) -> Sent | None:
        return send_next(self.sheet.store, self.outbox).value

    def send_all(self) -> list[Sent]:
        sent = []
        while (one := self.send()) is not None:
            sent.append(one)
        return sent

    def labels(self) -> list[str]:
        """Return what the journal says was marked, the oldest first."""
        changes = self.sheet.store.read(history_of_session, self.sheet.session)
        return [one.label for one in reversed(changes) if one.label.startswith("Mark")]


@pytest.fixture
def sender(sheet: Sheet, outbox: Outbox) -> Sender:
    return Sender(sheet, outbox)


def test_a_deed_is_read_back_as_it_was_kept(outbox: Outbox) -> None:
    deed = Deed("u", ("P1",), {"attendance": ATTENDED, "result": Result.PASSED, "remarks": None, "score": 3},
                Mark(NO_SHOW, "Late", None, None), ("Ann",), "Fire")  # fmt: skip
    outbox.keep("Mark", payload_of(deed))
    [entry] = outbox.entries()
    assert read_deed(entry.payload) == deed


def test_what_is_kept_is_sent_in_order_and_then_forgotten(sender: Sender) -> None:
    sender.keep("Ann", ATTENDED)
    sender.keep("Bo", ATTENDED)
    sender.keep("Ann", NO_SHOW, Mark(ATTENDED))
    sender.keep_rest("Ann", "Bo", "Cy")
    sent = sender.send_all()
    assert [one.refusal for one in sent] == [None] * 4
    assert [one.mark and one.mark.attendance for one in sent] == [ATTENDED, ATTENDED, NO_SHOW, None]
    assert sender.sheet.marks() == {"Ann": "no_show", "Bo": "attended", "Cy": "attended"}
    assert sender.labels() == ["Mark Ann attended", "Mark Bo attended", "Mark Ann no_show", "Mark all attended"]
    assert sender.outbox.entries() == []


def test_what_arrived_although_nobody_heard_of_it_is_not_done_again(sender: Sender) -> None:
    """The answer to the COMMIT was lost, and the program with it; meanwhile somebody else marked otherwise."""
    entry = sender.keep("Ann", ATTENDED)
    sender.send()
    sender.sheet.mark("Ann", "no_show")
    with sqlite3.connect(sender.outbox.path) as file:
        words = (entry.id, entry.key, entry.label, json.dumps(dict(entry.payload)))
        file.execute("INSERT INTO kept (id, key, label, payload) VALUES (?, ?, ?, ?)", words)
    file.close()
    [sent] = sender.send_all()
    assert (sent.refusal, sent.mark) == (None, None)
    assert sender.sheet.marks()["Ann"] == "no_show"
    assert sender.labels() == ["Mark Ann attended", "Mark Ann"]


def test_somebody_elses_mark_is_kept_aside_and_what_follows_goes_on(sender: Sender) -> None:
    sender.keep("Ann", ATTENDED)
    sender.keep("Bo", ATTENDED)
    sender.sheet.mark("Ann", "no_show")
    clash, other = sender.send_all()
    assert clash.refusal is not None
    assert clash.refusal.code == "stale"
    assert other.refusal is None
    assert sender.sheet.marks() == {"Ann": "no_show", "Bo": "attended", "Cy": "registered"}
    [aside] = sender.outbox.entries()
    assert aside.refusal is not None
    assert (aside.refusal["code"], aside.refusal["why"], aside.refusal["mark"]["attendance"]) == (
        "stale",
        "marked_since",
        "no_show",
    )
    assert aside.refusal["by"] == sender.sheet.store.actor
    assert aside.refusal["at"] is not None


def test_the_same_decision_by_two_is_no_clash(sender: Sender) -> None:
    sender.keep("Ann", ATTENDED)
    sender.sheet.mark("Ann", "attended")
    [sent] = sender.send_all()
    assert sent.refusal is None
    assert sender.outbox.entries() == []


def test_all_attended_leaves_whom_somebody_marked_meanwhile(sender: Sender) -> None:
    sender.keep_rest("Ann", "Bo", "Cy")
    sender.sheet.mark("Bo", "no_show")
    sender.send_all()
    assert sender.sheet.marks() == {"Ann": "attended", "Bo": "no_show", "Cy": "attended"}


def test_a_session_that_was_cancelled_meanwhile_refuses_and_blocks_nobody(sender: Sender) -> None:
    sender.keep("Ann", ATTENDED)
    sender.sheet.become(SessionStatus.CANCELLED)
    [sent] = sender.send_all()
    assert sent.refusal is not None
    assert sent.refusal.code == "wrong_state"
    sender.outbox.remove([sent.entry.id])
    assert sender.outbox.entries() == []


def test_a_session_of_another_database_is_not_marked(sender: Sender) -> None:
    deed = Deed("somebody-else", ("P1",), {"attendance": ATTENDED}, UNMARKED, ("Ann",), "Fire")
    sender.outbox.keep("Mark", payload_of(deed))
    [sent] = sender.send_all()
    assert sent.refusal is not None
    assert sent.refusal.code == "not_found"


# ---- the file ------------------------------------------------------------------------------------------------------


def test_nothing_is_made_until_something_is_kept(outbox: Outbox) -> None:
    assert (outbox.entries(), outbox.first()) == ([], None)
    assert not outbox.path.exists()
    outbox.keep("Mark", {})
    if sys.platform != "win32":
        assert outbox.path.stat().st_mode & 0o077 == 0


def test_every_database_and_login_has_a_file_of_its_own(tmp_path: Path) -> None:
    from sqlalchemy import make_url  # noqa: PLC0415

    one, other = make_url("postgresql://a:secret@h/desk"), make_url("postgresql://a:secret@h/other")
    files = {outbox_file(tmp_path, url, login) for url in (one, other) for login in ("ana", "ben")}
    assert len(files) == 4
    assert outbox_file(tmp_path, one, "ana") == outbox_file(tmp_path, one.set(password="new"), "ana")


CRASH = """
import os, sys
from pathlib import Path
from trainer_desk.services.store.outbox import Outbox
outbox = Outbox(Path(sys.argv[1]))
for number in range(20):
    outbox.keep(f"Mark {number}", {"number": number})
os._exit(9)
"""


def test_what_was_kept_is_there_after_the_program_was_killed(outbox: Outbox) -> None:
    died = subprocess.run([sys.executable, "-c", CRASH, str(outbox.path)], check=False)
    assert died.returncode == 9
    assert [entry.payload["number"] for entry in outbox.entries()] == list(range(20))
    outbox.keep("Mark 20", {"number": 20})
    assert [entry.id for entry in outbox.entries()] == list(range(1, 22))


def test_a_file_that_cannot_be_used_says_so(tmp_path: Path) -> None:
    broken = tmp_path / "broken.kept"
    broken.write_bytes(b"no database at all, but long enough to be taken for one" * 40)
    with pytest.raises(DatabaseTrouble) as refusal:
        Outbox(broken).entries()
    assert error_text(refusal.value).startswith("Marks cannot be kept on this computer")
    newer = Outbox(tmp_path / "newer.kept")
    newer.keep("Mark", {})
    newer.close()
    with sqlite3.connect(newer.path) as file:
        file.execute("PRAGMA user_version = 2")
    file.close()
    with pytest.raises(DatabaseTrouble):
        Outbox(newer.path).keep("Mark", {})


def test_two_windows_send_from_one_box_without_overtaking(sender: Sender, store_url: str) -> None:
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

    names = ("Ann", "Bo", "Cy")
    seen = dict.fromkeys(names, UNMARKED)
    for turn in range(12):
        name = names[turn % 3]
        attendance = ATTENDED if turn % 2 else NO_SHOW
        sender.keep(name, attendance, seen[name])
        seen[name] = Mark(attendance)
    wanted = [f"Mark {entry.label.split(' ', 1)[1]}" for entry in sender.outbox.entries()]

    def window(_number: int) -> None:
        store, box = open_store(store_url), Outbox(sender.outbox.path)
        while send_next(store, box).value is not None:
            pass
        box.close()
        store.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(window, range(2)))
    assert sender.labels() == wanted
    assert sender.outbox.entries() == []
