"""Fixtures for all tests: real SQLite files, real PostgreSQL servers, and a Qt application that needs no screen."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.postgres_server import Run, drop_postgres_database, postgres_database

if TYPE_CHECKING:
    from tests.databases import StoreFactory
    from trainer_desk.services.store.engine import Store

# Imports of tests.databases stand inside the fixtures: tests of pure rules and of single widgets start without
# loading SQLAlchemy.

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"  # nobody's own passwords are ever asked for

RUN_VARIABLE = "TRAINER_DESK_TEST_RUN"
SERVER_VARIABLE = "TRAINER_DESK_TEST_POSTGRES"
RUN = pytest.StashKey[Run]()
ON_16 = ("sqlite", pytest.param("postgres", marks=pytest.mark.postgres))
ON_18 = (pytest.mark.postgres, pytest.mark.postgres18)
BOTH = (*ON_16, pytest.param("postgres18", marks=[*ON_18, pytest.mark.nightly]))
"""Each kind of database; the newest server only nightly."""
ALL = (*ON_16, pytest.param("postgres18", marks=ON_18))
"""For claims, seats, rights and the catalog: the newest server in every run."""


def pytest_configure(config: pytest.Config) -> None:
    """Begin the run in the first process; the workers that it starts join it."""
    if hasattr(config, "workerinput"):
        config.stash[RUN] = Run(Path(os.environ[RUN_VARIABLE]))
        return
    run = config.stash[RUN] = Run.begin()
    os.environ[RUN_VARIABLE] = str(run.folder)
    if config.option.basetemp is None:
        config.option.basetemp = str(run.folder / "tmp")


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the run and with it the servers, after a failure too; leave nothing on a server that is not ours."""
    if hasattr(config, "workerinput") or RUN not in config.stash:
        return
    run = config.stash[RUN]
    template = run.folder / "template-postgres-16.ready"
    if SERVER_VARIABLE in os.environ and template.exists():
        drop_postgres_database(os.environ[SERVER_VARIABLE], template.read_text())
    run.end()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what long tests have to tell besides that they passed (`record_property("told", …)`)."""
    for report in terminalreporter.getreports("passed"):
        for name, told in report.user_properties:
            if name == "told":
                terminalreporter.write_line(f"{report.nodeid}: {told}")


def pytest_collection_finish() -> None:
    """Let the collector look over what thousands of tests are made of once, not with each of them."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what asks for PostgreSQL, so that `-m "not postgres"` leaves it out for who says so."""
    for item in items:
        names = getattr(item, "fixturenames", ())
        if any(name.startswith("postgres18_") for name in names):
            item.add_marker("postgres18")
        if any(name.startswith(("postgres_", "postgres18_")) for name in names):
            item.add_marker("postgres")


@pytest.fixture(autouse=True, scope="session")
def _own_folders(run: Run) -> Iterator[None]:
    """Keep tests out of the folders of whoever runs them."""
    home = run.folder / f"home-{os.getpid()}"
    with pytest.MonkeyPatch.context() as patch:
        for name in ("CONFIG", "DATA", "STATE", "CACHE"):
            patch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
        yield


@pytest.fixture(autouse=True, scope="session")
def _statements_made_once() -> Iterator[None]:
    """Keep the compiled form of a statement from one test to the next: each store would make it anew."""
    from sqlalchemy.engine import Dialect  # noqa: PLC0415
    from sqlalchemy.sql.elements import ClauseElement  # noqa: PLC0415

    make = ClauseElement._compile_w_cache
    kept: dict[Any, tuple[Dialect, dict[Any, Any]]] = {}

    def find_or_make(element: ClauseElement, dialect: Dialect, *, compiled_cache: Any, **named: Any) -> Any:
        kind = type(dialect), dialect.server_version_info
        first, cache = kept.setdefault(kind, (dialect, {}))
        return make(element, first, compiled_cache=None if compiled_cache is None else cache, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ClauseElement, "_compile_w_cache", find_or_make)
        yield


@pytest.fixture(autouse=True)
def _application_for_what_paints(request: pytest.FixtureRequest) -> None:
    """Give every test of the window a QApplication, and every command: one that prints would make a lesser one."""
    if {"views", "journeys", "cli", "guide", "test_app.py"} & set(request.path.parts):
        request.getfixturevalue("qapp")


@pytest.fixture(scope="session")
def run(request: pytest.FixtureRequest) -> Run:
    """Give this test run, shared by all its processes."""
    return request.config.stash[RUN]


@pytest.fixture(scope="session")
def postgres_server(run: Run) -> str:
    """Give the URL of a PostgreSQL 16 server, or of the one that the environment names."""
    return os.environ.get(SERVER_VARIABLE) or run.server_url(16)


@pytest.fixture(scope="session")
def postgres18_server(run: Run) -> str:
    """Give the URL of a PostgreSQL 18 server."""
    return run.server_url(18)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """Give the address of a SQLite file that does not exist yet: its path."""
    return str(tmp_path / "empty.desk")


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """Give the URL of an empty PostgreSQL database, dropped at the end."""
    with postgres_database(postgres_server) as url:
        yield url


@pytest.fixture
def postgres18_url(postgres18_server: str) -> Iterator[str]:
    """Give the URL of an empty PostgreSQL 18 database, dropped at the end."""
    with postgres_database(postgres18_server) as url:
        yield url


@pytest.fixture(params=BOTH)
def empty_url(request: pytest.FixtureRequest) -> str:
    """Give the address of an empty database without any schema, once on each kind of database."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(params=BOTH)
def store_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Give the address of a database with a fresh, empty organisation, once on each kind of database."""
    yield from _organisation(request)


@pytest.fixture(params=ALL)
def each_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Like `store_url`, and once more on PostgreSQL 18: for claims, triggers and the catalog."""
    yield from _organisation(request)


@pytest.fixture
def store_factory(store_url: str) -> Iterator["StoreFactory"]:
    """Open the test's database as often as it has workstations; `.url` is for other processes."""
    yield from _workstations(store_url)


@pytest.fixture
def each_factory(each_url: str) -> Iterator["StoreFactory"]:
    """Like `store_factory`, and once more on PostgreSQL 18."""
    yield from _workstations(each_url)


@pytest.fixture
def store(store_factory: "StoreFactory") -> "Store":
    """Open a fresh, empty organisation, once on each kind of database."""
    return store_factory()


@pytest.fixture
def each_store(each_factory: "StoreFactory") -> "Store":
    """Like `store`, and once more on PostgreSQL 18."""
    return each_factory()


@pytest.fixture
def sqlite_store(run: Run, tmp_path: Path) -> Iterator["Store"]:
    """Open a fresh, empty organisation in a SQLite file: for what does not depend on the database (views)."""
    from tests.databases import StoreFactory, copy_of_sqlite_template  # noqa: PLC0415

    factory = StoreFactory(copy_of_sqlite_template(run, tmp_path / "organisation.desk"))
    yield factory()
    factory.close()


def _organisation(request: pytest.FixtureRequest) -> Iterator[str]:
    from tests.databases import copy_of_sqlite_template, postgres_organisation  # noqa: PLC0415

    run = request.config.stash[RUN]
    if request.param == "sqlite":
        yield copy_of_sqlite_template(run, request.getfixturevalue("tmp_path") / "organisation.desk")
        return
    server = request.getfixturevalue(f"{request.param}_server")
    major = 18 if request.param == "postgres18" else 16
    with postgres_organisation(run, server, major) as url:
        yield url


def _workstations(url: str) -> Iterator["StoreFactory"]:
    from tests.databases import StoreFactory  # noqa: PLC0415

    factory = StoreFactory(url)
    yield factory
    factory.close()
