"""The command line of a trainer with a login of their own: own sessions go, everything else is refused (U2)."""

import datetime as dt
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.commands import Desk
from tests.databases import StoreFactory, postgres_organisation
from tests.factories import (
    make_course,
    make_enrollment,
    make_person,
    make_requirement,
    make_run,
    make_scheduled,
    make_trainer,
    prepared,
)
from tests.logins import login_url, make_login
from tests.postgres_server import Run
from trainer_desk.models.enums import Role
from trainer_desk.services.clock import Clock
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.people.compliance import recompute

pytestmark = pytest.mark.postgres


@dataclass
class Desks:
    """The command line of the trainer Tom, and that of whoever owns the database."""

    tom: Desk
    owner: Desk


@pytest.fixture
def desks(run: Run, postgres_server: str, capsys: pytest.CaptureFixture[str]) -> Iterator[Desks]:
    """Tom's session is under way with Ann and Bo, Una's with Cy; Di is in none."""
    with postgres_organisation(run, postgres_server) as url:
        factory = StoreFactory(url)
        store, now = factory(), Clock().now()
        with prepared(store) as db:
            fire = make_course(db, "FIRE", title="Fire safety", validity_months=12)
            make_requirement(db, fire)
            batch = make_run(db, "R1", course=fire)
            for code, name, numbers in (("OWN", "Tom", "12"), ("OTHER", "Una", "3")):
                trainer = make_trainer(db, name.upper(), name=name, courses=[fire])
                session = make_scheduled(
                    db, ref=code, course=fire, trainer=trainer, starts_at=now - dt.timedelta(minutes=20), capacity=5,
                    run_id=batch,
                )  # fmt: skip
                for number in numbers:
                    make_enrollment(db, session, make_person(db, f"Person {number}", employee_no=number))
                if code == "OWN":
                    tom = trainer
            make_person(db, "Person 4", employee_no="4")
            recompute(db)
        login = make_login(store, Role.TRAINER, trainer_id=tom)
        yield Desks(Desk(login_url(url, login), capsys), Desk(url, capsys))
        with store.snapshot() as snapshot:
            assert check_database(snapshot, now=Clock().now()) == []
        factory.close()


def test_an_own_session_from_its_start_to_its_end(desks: Desks) -> None:
    tom = desks.tom
    assert [one["ref"] for one in tom.ok("sessions", "list")["sessions"]] == ["OWN"]
    assert [one["ref"] for one in tom.ok("sessions", "list", "--mine")["sessions"]] == ["OWN"]
    assert tom.ok("start", "OWN")["session"]["status"] == "IN_PROGRESS"
    tom.ok("mark", "OWN", "1", "attended", "--remark", "Left early")
    tom.ok("checkin", "OWN", "2")
    tom.ok("checkout", "OWN", "2")
    code, said = tom.json("complete", "OWN")
    assert (code, said["error"]["code"]) == (1, "not_marked")
    assert tom.ok("complete", "OWN", "--rest-no-show")["session"]["status"] == "COMPLETED"
    shown = desks.owner.ok("sessions", "show", "OWN")["sessions"][0]
    assert [one["attendance"] for one in shown["enrollments"]] == ["attended", "no_show"]
    tom.ok("mark", "OWN", "2", "attended")
    tom.ok("undo")
    tom.ok("redo")


READS = (
    "sessions list", "sessions list --available", "sessions show OWN", "courses list", "courses list --available",
    "runs list", "runs show R1", "load --week 2026-W48", "findings", "schedule", "notices", "history session OWN",
    "waitlist OWN", "groups OWN", "slots OWN", "substitutes OWN", "suggest OWN", "requests list", "standing 1",
    "db status", "users list", "export roster --session OWN", "export sessions --session OWN", "doctor",
    "sessions show OTHER", "export ics --session OWN", f"export sign-in --session OWN --output {os.devnull}",
    "certificates list --session OWN",
)  # fmt: skip


@pytest.mark.parametrize("command", READS)
def test_every_question_is_answered_or_refused_in_words(desks: Desks, command: str) -> None:
    code, out, err = desks.tom.words(*command.split())
    assert code in (0, 1, 2), err
    for said in (out, err):
        assert "could not finish" not in said
        assert "permission denied" not in said


WRITES = (
    "draft --course FIRE", "edit OWN --title New", "duplicate OWN", "publish OWN", "unpublish OWN",
    "cancel OWN --reason So",
    "reinstate OWN", "delete OWN", "restore OWN", "reopen OWN", "enroll OWN 4", "withdraw OWN 1", "replace OWN 1 4",
    "move 1 OWN OTHER", "hold OWN 1 --label X --until 2030-01-01T09:00", "offer accept OWN 1", "groups OWN spread",
    "intake 1", "runs clone R1 --start 2030-01-01", "repeat OWN --rule FREQ=WEEKLY;COUNT=2",
    "requests file --course FIRE --people 3", "users add someone --role trainer", "users disable postgres",
    "start OTHER",
    "complete OTHER", "mark OTHER 3 attended", "checkin OTHER 3",
)  # fmt: skip


@pytest.mark.parametrize("command", WRITES)
def test_what_is_for_others_is_refused_as_such(desks: Desks, command: str) -> None:
    code, said = desks.tom.json(*command.split())
    assert code == 1, said
    refusals = said.get("error") or next(one["error"] for one in said["results"] if "error" in one)
    assert refusals["code"] in ("not_allowed", "not_found"), said


def test_an_import_is_refused(desks: Desks, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("employee_no,name\n9,Nine\n", encoding="utf-8")
    code, said = desks.tom.json("import", "people", str(file))
    assert (code, said["error"]["code"]) == (1, "not_allowed")
