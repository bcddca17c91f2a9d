"""Hooks of other packages: told after the commit, once, of what stands; whoever fails undoes nothing (S11)."""

import json
import logging
import os
import subprocess
import sys
import zipfile
from importlib.metadata import EntryPoint
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.databases import StoreFactory
from tests.factories import BERLIN, make_enrollment, make_person, make_scheduled, prepared
from tests.services.planning.world import NINE, TEN, World, make_world
from trainer_desk.models.enums import Attendance, EnrollmentState, SessionStatus
from trainer_desk.services import hooks
from trainer_desk.services.errors import DeskError
from trainer_desk.services.orchestration import completing
from trainer_desk.services.planning.placing import for_each
from trainer_desk.services.rows.hooks import CompletedPerson, SessionCompleted
from trainer_desk.services.store.engine import Store
from trainer_desk.texts import finding_text

SAMPLE = Path(__file__).parent.parent / "data" / "sample_add_on"


@pytest.fixture
def told() -> list[SessionCompleted]:
    return []


@pytest.fixture
def world(store_factory: StoreFactory, told: list[SessionCompleted], monkeypatch: pytest.MonkeyPatch) -> World:
    """Give the organisation in which one package listens, another falls over, and a third one leaves the program."""

    def falls(_session: SessionCompleted) -> None:
        raise ZeroDivisionError

    def leaves(_session: SessionCompleted) -> None:
        raise SystemExit("bye")

    module = SimpleNamespace(
        falling=SimpleNamespace(on_session_completed=falls),
        leaving=SimpleNamespace(on_session_completed=leaves),
        listening=SimpleNamespace(on_session_completed=told.append),
    )
    monkeypatch.setitem(sys.modules, "some_package", module)  # type: ignore[arg-type]
    names = ("falling", "leaving", "listening")
    points = [EntryPoint(name, f"some_package:{name}", hooks.GROUP) for name in names]
    monkeypatch.setattr(hooks, "installed", lambda: points)
    made = make_world(store_factory)
    made.clock.instant = TEN
    return made


def running(world: World, **columns: Any) -> int:
    with prepared(world.store) as db:
        plan = {"course": world.fire, "trainer": world.ann, "venue": world.room, "co_trainers": [world.bo]}
        session = make_scheduled(db, status=SessionStatus.IN_PROGRESS, began_at=NINE, **(plan | columns))
        for name, mark in (("Bea", Attendance.NO_SHOW), ("Abel", Attendance.ATTENDED)):
            make_enrollment(db, session, make_person(db, name, employee_no=f"{name}-{session}"), attendance=mark)
        make_enrollment(db, session, make_person(db, "Gone"), EnrollmentState.WITHDRAWN)
    return session


def test_every_hook_is_told_once_and_those_that_fail_are_named(
    world: World, told: list[SessionCompleted], caplog: pytest.LogCaptureFixture
) -> None:
    session = running(world)
    with caplog.at_level(logging.ERROR):
        done = world.store.write("Complete", completing.complete, session)
    assert world.card(session).status is SessionStatus.COMPLETED
    assert [(one.code, one.subject, one.refuses) for one in done.warnings] == [
        ("hook_failed", "falling", False),
        ("hook_failed", "leaving", False),
    ]
    assert finding_text(done.warnings[1], BERLIN) == (
        "The session is completed, but the add-on leaving did not do its part (bye). What happened stands in the log."
    )
    assert [record.exc_info[0] for record in caplog.records if record.exc_info] == [ZeroDivisionError, SystemExit]
    detail = world.detail(session)
    number = told[0].people[0].certificate
    assert told == [
        SessionCompleted(
            uuid=detail.uuid,
            ref=detail.card.ref,
            course="FIRE",
            title="Course FIRE",
            run=None,
            trainer="ANN",
            co_trainers=("BO",),
            venue="ROOM",
            starts_at=NINE,
            ends_at=TEN,
            began_at=NINE,
            finished_at=TEN,
            completed_by=world.store.actor,
            people=(
                CompletedPerson(f"Abel-{session}", "Abel", Attendance.ATTENDED, None, None, number),
                CompletedPerson(f"Bea-{session}", "Bea", Attendance.NO_SHOW, None, None, None),
            ),
        )
    ]


def test_nobody_is_told_of_what_did_not_come_to_be(world: World, told: list[SessionCompleted]) -> None:
    """A refusal, a rehearsal, and a change of several sessions that is given up at the last moment."""
    session, other = running(world), running(world, trainer=world.cy, venue=world.other_room, co_trainers=[])
    with pytest.raises(DeskError):
        world.store.write("Complete", completing.complete, session, version=7)

    def rehearse() -> Any:
        def deed(unit: Any) -> None:
            completing.complete(unit.db, session, actor=unit.actor, now=unit.now)
            unit.discard()

        return deed

    world.store.perform("Rehearse", rehearse)

    def first_both_then_neither(db: Any, *, actor: str, now: Any) -> None:
        for_each(db, [session, other], completing.complete, actor=actor, now=now)
        raise DeskError("bad_value")

    with pytest.raises(DeskError):
        world.store.write("Both", first_both_then_neither)

    def complete_in_vain(db: Any, session_id: int, *, actor: str, now: Any) -> None:
        completing.complete(db, session_id, actor=actor, now=now)
        if session_id == other:
            raise DeskError("bad_value")

    assert told == []
    world.store.write("One of two", for_each, [session, other], complete_in_vain)
    assert [one.ref for one in told] == [world.ref(session)], "the savepoint of the other one was given up"


def test_who_is_completed_again_is_told_again(world: World, told: list[SessionCompleted]) -> None:
    session = running(world)
    world.do(completing.complete, session)
    world.do(completing.reopen, session)
    world.do(completing.complete, session)
    assert len(told) == 2


# ---- a package that is really installed ----------------------------------------------------------------------------


@pytest.fixture
def installed(tmp_path: Path) -> dict[str, str]:
    """Build the sample package and install it as its wheel says; give the environment in which it is found."""
    wheels, site = tmp_path / "wheels", tmp_path / "site"
    build = "import sys; from hatchling.build import build_wheel; build_wheel(sys.argv[1])"
    subprocess.run([sys.executable, "-c", build, str(wheels)], cwd=SAMPLE, check=True, capture_output=True)
    with zipfile.ZipFile(next(wheels.glob("*.whl"))) as wheel:
        wheel.extractall(site)
    path = os.pathsep.join([str(site), *filter(None, [os.environ.get("PYTHONPATH")])])
    return os.environ | {"PYTHONPATH": path, "SAMPLE_ADD_ON": str(tmp_path / "lines")}


def test_a_package_of_others_hooks_in(store: Store, store_url: str, installed: dict[str, str]) -> None:
    with prepared(store) as db:
        session = make_scheduled(db, ref="A", status=SessionStatus.IN_PROGRESS)
        make_enrollment(db, session, make_person(db, "Ada", employee_no="7"), attendance=Attendance.ATTENDED)
    command = [sys.executable, "-m", "trainer_desk", "--database", store_url, "--json", "complete", "A"]
    done = subprocess.run(command, env=installed, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["session"]["status"] == "COMPLETED"
    assert {one["subject"]: one["severity"] for one in answer["findings"]} == {
        "came_to_nothing": "orange",
        "falls_over": "orange",
    }
    assert "no line to head office for A" in answer["findings"][1]["message"]
    [line] = Path(installed["SAMPLE_ADD_ON"]).read_text(encoding="utf-8").splitlines()
    told = json.loads(line)
    assert (told["ref"], told["by"], told["marks"]) == ("A", store.actor, {"7": "attended"})
