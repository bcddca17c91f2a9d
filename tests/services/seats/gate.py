"""A desk at whose server everybody works with a login of their own, and which believes the tests' clock."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.conftest import RUN
from tests.databases import StoreFactory, copy_of_sqlite_template, postgres_organisation
from tests.logins import make_login, open_as, turn_clock
from tests.services.seats.desk import NOW, Desk
from trainer_desk.models.enums import Role
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.store.engine import Store

WAYS = (
    "sqlite",
    pytest.param("postgres", marks=pytest.mark.postgres),
    pytest.param("logins", marks=pytest.mark.postgres),
)
"""A file and a server at which the program decides, and a server at which people work with logins of their own."""


@dataclass
class LoginDesk(Desk):
    """A desk whose people are let in with logins; what they do goes through the functions of the server."""

    stores: dict[str, Store] = field(default_factory=dict)

    def let_in(self, name: str, role: Role, **of: Any) -> None:
        login = make_login(self.store, role, name=name.replace("-", "_"), **of)
        self.stores[name] = open_as(self.store, login, clock=self.clock)

    def store_of(self, name: str) -> Store:
        turn_clock(self.store, self.clock)
        return self.stores.get(name, self.store)

    def do(self, verb: Callable[..., Any], *args: Any, actor: str = "marta", **more: Any) -> Any:
        if actor not in self.stores:
            return super().do(verb, *args, actor=actor, **more)
        return self.store_of(actor).write("Test", verb, *self.ids(args), **more).value

    def close(self) -> None:
        for store in self.stores.values():
            store.close()


@contextmanager
def opened_desk(request: pytest.FixtureRequest, way: str) -> Iterator[Desk]:
    """Lend a desk by one of the `WAYS`."""
    run, clock = request.config.stash[RUN], FixedClock(NOW)
    if way == "sqlite":
        factory = StoreFactory(copy_of_sqlite_template(run, request.getfixturevalue("tmp_path") / "desk.desk"))
        yield Desk(factory(clock), clock)
        factory.close()
        return
    server = request.getfixturevalue("postgres_server")
    with postgres_organisation(run, server) as url:
        factory = StoreFactory(url)
        desk = (LoginDesk if way == "logins" else Desk)(factory(clock), clock)
        yield desk
        if isinstance(desk, LoginDesk):
            desk.close()
        factory.close()
