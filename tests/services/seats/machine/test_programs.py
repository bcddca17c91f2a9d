"""Programs of random steps leave the real desk as they leave the plain one; faults planted in the code are found."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.postgres_server import Run
from tests.services.seats.machine.programs import Programs
from tests.services.seats.machine.world import Opening, databases, files
from tests.services.seats.test_planted_faults import (
    lapses_are_not_swept,
    own_session_only,
    promotion_after_the_start,
    waiter_costs_a_seat,
)


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    """Thousands of refusals are part of these programs."""
    caplog.set_level(logging.ERROR, "trainer_desk")


@pytest.fixture
def on_files(run: Run, tmp_path: Path) -> Iterator[Opening]:
    with files(run, tmp_path) as opening:
        yield opening


@pytest.fixture
def on_databases(run: Run, postgres_server: str) -> Iterator[Opening]:
    with databases(run, postgres_server) as opening:
        yield opening


def take(opening: Opening, programs: int, steps: int, *, beginning: int | None) -> None:
    """Run so many programs of so many steps: the same ones for the same beginning, others every time without one."""
    machine = type("Opened", (Programs,), {"opening": staticmethod(opening)})
    shrinking = [Phase.shrink] if beginning is None else []
    asked = settings(
        max_examples=programs,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        report_multiple_bugs=False,
        phases=[Phase.generate, *shrinking],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine if beginning is None else seed(beginning)(machine), settings=asked)


@pytest.mark.parametrize("beginning", range(4))
def test_programs_on_files(on_files: Opening, beginning: int) -> None:
    take(on_files, 15, 25, beginning=beginning)


@pytest.mark.postgres
@pytest.mark.parametrize("beginning", range(2))
def test_programs_on_a_server(on_databases: Opening, beginning: int) -> None:
    take(on_databases, 6, 25, beginning=beginning)


@pytest.mark.parametrize(
    "plant", [own_session_only, waiter_costs_a_seat, promotion_after_the_start, lapses_are_not_swept]
)
def test_a_planted_fault_is_found(
    on_files: Opening, monkeypatch: pytest.MonkeyPatch, plant: Callable[[pytest.MonkeyPatch], None]
) -> None:
    plant(monkeypatch)
    with pytest.raises(AssertionError):
        take(on_files, 200, 25, beginning=0)


@pytest.mark.nightly
@pytest.mark.timeout(3600)
def test_many_programs_on_files(on_files: Opening) -> None:
    take(on_files, 400, 30, beginning=None)


@pytest.mark.nightly
@pytest.mark.postgres
@pytest.mark.timeout(3600)
def test_many_programs_on_a_server(on_databases: Opening) -> None:
    take(on_databases, 400, 30, beginning=None)
