"""Windows of a trainer on a file, and on a server at which the trainer has a login that may what is theirs (U2)."""

from collections.abc import Iterator
from contextlib import contextmanager

from tests.logins import login_url, make_login
from tests.services.seats.gate import turn_clock
from trainer_desk.models.enums import Role
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.store.engine import Store, open_store


@contextmanager
def working_at(owners: Store, trainer: int, clock: FixedClock) -> Iterator[Store]:
    """Lend the store that the window works with: the owner's own file, or a server as a trainer's login sees it."""
    if owners.is_file:
        yield owners
        return
    turn_clock(owners, clock)
    url = owners.url.render_as_string(hide_password=False)
    used = open_store(login_url(url, make_login(owners, Role.TRAINER, trainer_id=trainer)), clock=clock)
    yield used
    used.close()
