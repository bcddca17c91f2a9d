"""Real logins of a server for tests: each with a role here, made as an administrator makes them."""

from urllib.parse import urlsplit
from uuid import uuid4

from trainer_desk.models.enums import Role
from trainer_desk.services.accounts.server_logins import add_with_login
from trainer_desk.services.clock import Clock, FixedClock
from trainer_desk.services.store.engine import Store, open_store

PASSWORD = "only-for-these-tests"


def login_url(url: str, login: str) -> str:
    """Give the URL by which a login opens the database of another one's URL."""
    parts = urlsplit(url)
    address = parts.netloc.rsplit("@", 1)[-1]
    return parts._replace(netloc=f"{login}:{PASSWORD}@{address}").geturl()


def make_login(
    store: Store, role: Role, *, person_id: int | None = None, trainer_id: int | None = None, name: str = ""
) -> str:
    """Make a login that no other test has, with a role here; return its name."""
    login = f"{name or role.value}_{uuid4().hex[:10]}"
    store.write(f"Add {login}", add_with_login, login, role, PASSWORD, person_id=person_id, trainer_id=trainer_id)
    return login


def open_as(store: Store, login: str, *, clock: Clock | None = None) -> Store:
    """Open the database of a store once more, as a login that was made here."""
    address = store.url.set(drivername="postgresql").render_as_string(hide_password=False)
    return open_store(login_url(address, login), clock=clock)


def turn_clock(store: Store, clock: FixedClock) -> None:
    """Let the functions of a server believe a test's clock, which they ask nobody else for."""
    moved = (
        "CREATE OR REPLACE FUNCTION gate_now() RETURNS timestamptz LANGUAGE sql SECURITY DEFINER"
        f" AS $$ SELECT '{clock.instant.isoformat()}'::timestamptz $$"
    )
    with store.reading() as db:
        db.exec_driver_sql(moved)
