"""Random programs of whatever changes sessions end where they began once all is undone; planted faults do not."""

import logging
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.postgres_server import Run
from tests.services.orchestration.undo_machine.programs import Programs
from tests.services.orchestration.undo_machine.world import furnish
from tests.services.seats.machine.world import Opening, databases, files
from trainer_desk.services.journal import images
from trainer_desk.services.orchestration import undoing

TWO, ALONE = ("ann", "bo"), ("ann",)


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    """Hundreds of refusals are part of these programs."""
    caplog.set_level(logging.ERROR, "trainer_desk")


@pytest.fixture
def on_files(run: Run, tmp_path: Path) -> Iterator[Opening]:
    with files(run, tmp_path, furnish) as opening:
        yield opening


@pytest.fixture
def on_databases(run: Run, postgres_server: str) -> Iterator[Opening]:
    with databases(run, postgres_server, furnish) as opening:
        yield opening


def take(opening: Opening, actors: tuple[str, ...], programs: int, steps: int, *, beginning: int | None) -> None:
    """Run so many programs of so many steps: the same ones for the same beginning, others every time without one."""
    machine = type("Opened", (Programs,), {"opening": staticmethod(opening), "actors": actors})
    asked = settings(
        max_examples=programs,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        report_multiple_bugs=False,
        phases=[Phase.generate, *([Phase.shrink] if beginning is None else [])],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine if beginning is None else seed(beginning)(machine), settings=asked)


@pytest.mark.parametrize("actors", [TWO, ALONE], ids=["in-turn", "alone"])
def test_programs_on_files(on_files: Opening, actors: tuple[str, ...]) -> None:
    take(on_files, actors, 3, 14, beginning=len(actors))


@pytest.mark.postgres
def test_programs_on_a_server(on_databases: Opening) -> None:
    take(on_databases, (), 2, 12, beginning=3)


def claims_are_not_made_again(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(undoing, "take_again", lambda *_: None)


def one_table_is_forgotten(name: str) -> Callable[[pytest.MonkeyPatch], None]:
    """Undo passes over the rows of a table."""
    whole = images.net_rows

    def plant(patch: pytest.MonkeyPatch) -> None:
        patch.setattr(images, "net_rows", lambda *args: [row for row in whole(*args) if row.table != name])

    return plant


FAULTS: Collection[Any] = [
    pytest.param(claims_are_not_made_again, id="claims"),
    pytest.param(one_table_is_forgotten("enrollments"), id="enrollments"),
    pytest.param(one_table_is_forgotten("run_members"), id="run_members", marks=pytest.mark.nightly),
    pytest.param(one_table_is_forgotten("blocks"), id="blocks"),
    pytest.param(one_table_is_forgotten("session_resources"), id="resources", marks=pytest.mark.nightly),
]


@pytest.mark.parametrize("plant", FAULTS)
def test_a_planted_fault_is_found(
    on_files: Opening, monkeypatch: pytest.MonkeyPatch, plant: Callable[[pytest.MonkeyPatch], None]
) -> None:
    plant(monkeypatch)
    with pytest.raises(AssertionError):
        take(on_files, TWO, 60, 12, beginning=0)


@pytest.mark.nightly
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("actors", [TWO, ALONE], ids=["in-turn", "alone"])
def test_many_programs_on_files(on_files: Opening, actors: tuple[str, ...]) -> None:
    take(on_files, actors, 100, 30, beginning=None)


@pytest.mark.nightly
@pytest.mark.postgres
@pytest.mark.timeout(3600)
def test_many_programs_on_a_server(on_databases: Opening) -> None:
    take(on_databases, (), 100, 30, beginning=None)
