"""Sixteen workstations, started once for all races of a test process."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import StoreFactory, copy_of_sqlite_template, postgres_organisation
from tests.faults.nursery import Nursery
from tests.faults.workstations import Workstations
from tests.postgres_server import Run

COUNT = 16


@pytest.fixture(scope="package")
def workstations() -> Iterator[Workstations]:
    """Give sixteen processes that wait for their tasks."""
    started = Workstations(COUNT)
    yield started
    started.close()


@pytest.fixture
def server_factory(run: Run, postgres_server: str) -> Iterator[StoreFactory]:
    """Open a fresh organisation on a server as often as it has workstations."""
    with postgres_organisation(run, postgres_server) as url:
        factory = StoreFactory(url)
        yield factory
        factory.close()


@pytest.fixture
def file_factory(run: Run, tmp_path: Path) -> Iterator[StoreFactory]:
    """Open a fresh organisation in a file as often as it has workstations."""
    factory = StoreFactory(copy_of_sqlite_template(run, tmp_path / "organisation.desk"))
    yield factory
    factory.close()


@pytest.fixture(scope="package")
def nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    """Give a warm process that forks clients."""
    started = Nursery(tmp_path_factory.mktemp("nursery"))
    yield started
    started.close()
