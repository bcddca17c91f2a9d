"""Throw-away databases for tests: the schema is built once per run and server, every test gets a copy of its own."""

import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.postgres_server import Run, make_postgres_database, postgres_database, url_of
from trainer_desk.services.clock import Clock
from trainer_desk.services.store.engine import Store, create_store, open_store

ZONE = "Europe/Berlin"
"""The zone of the organisation in every prepared database: it has a summer time."""


def made_once(run: Run, name: str, make: Callable[[], str]) -> str:
    """Give what `make` returned in whichever process of the run came first; a failure there is a failure here."""
    if run.is_first(f"{name}.begun"):
        made = None
        try:
            made = make()
        finally:
            if made is None:
                run.tell(f"{name}.failed", f"Another process of this run could not make {name}; see its error.")
        run.tell(f"{name}.ready", made)
    return run.answer(name)


def copy_of_sqlite_template(run: Run, target: Path) -> str:
    """Put a copy of the empty organisation's file at `target`; its path is its address."""
    template = run.folder / "template.sqlite"

    def build() -> str:
        create_store(str(template), zone=ZONE).close()
        leftovers = [path.name for path in run.folder.glob("template.sqlite-*") if path.stat().st_size]
        assert not leftovers, f"a closed store left {leftovers}"
        return str(template)

    shutil.copyfile(made_once(run, "template-sqlite", build), target)
    return str(target)


def postgres_template(run: Run, server_url: str, major: int) -> str:
    """Give the name of the database that holds an empty organisation; it is built on first use."""

    def build() -> str:
        name = f"desk_template_{uuid.uuid4().hex}"
        make_postgres_database(server_url, name, "template0")
        create_store(url_of(server_url, name), zone=ZONE).close()
        return name

    return made_once(run, f"template-postgres-{major}", build)


@contextmanager
def postgres_organisation(run: Run, server_url: str, major: int = 16) -> Iterator[str]:
    """Give the URL of a fresh, empty organisation on a server, dropped at the end whoever is still connected."""
    with postgres_database(server_url, postgres_template(run, server_url, major)) as url:
        yield url


@dataclass
class StoreFactory:
    """Opens the test's database as further workstations would; `url` is a server's URL or a file's path."""

    url: str
    opened: list[Store] = field(default_factory=list)

    def __call__(self, clock: Clock | None = None) -> Store:
        """Open one more store on the same database, with a clock of its own; it is closed when the test ends."""
        store = open_store(self.url, clock=clock)
        self.opened.append(store)
        return store

    def close(self) -> None:
        """Close every store that was opened here."""
        for store in self.opened:
            store.close()
