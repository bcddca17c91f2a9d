"""Each role opens the window with a real login of a server, and sees its own pages (U1, N3)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.factories import prepared
from tests.journeys.conftest import Centre, found
from tests.logins import login_url, make_login
from trainer_desk.models.enums import Role
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.store.engine import Store, create_store
from trainer_desk.views.crash import CrashHandler
from trainer_desk.views.program import Program
from trainer_desk.views.roles import has_page

pytestmark = pytest.mark.postgres
SECONDS = 20_000


@pytest.fixture
def centre(postgres_url: str) -> Iterator[tuple[Store, Centre]]:
    store = create_store(postgres_url)
    with prepared(store) as db:
        made = found(db)
    yield store, made
    store.close()


@pytest.mark.parametrize("role", list(Role))
def test_the_window_opens_for_a_role_and_every_page_of_it_shows(
    role: Role, centre: tuple[Store, Centre], postgres_url: str, qtbot: QtBot, tmp_path: Path
) -> None:
    chief, made = centre
    trainer = made.john if role is Role.TRAINER else None
    login = make_login(chief, role, trainer_id=trainer)
    crash = CrashHandler()
    told: list[str] = []
    crash.raised.connect(told.append)
    program = Program(tmp_path / "window.ini", tmp_path, crash, FixedClock(chief.clock.now()))
    program.window.show()
    program.open(login_url(postgres_url, login))
    qtbot.waitUntil(lambda: program.assembly is not None, timeout=SECONDS)
    window, desk = program.window, program.desk
    assert desk is not None
    crashes: list[str] = []
    desk.crashed.connect(crashes.append)
    failures: list[object] = []
    desk.failed.connect(failures.append)
    qtbot.waitUntil(lambda: desk.role is role and not desk.is_busy and not window.awaits_role, timeout=SECONDS)
    pages = [page for page in window.sidebar.items if window.has_page(page)]
    assert pages == [page for page in window.sidebar.items if has_page(role, page)]
    for page in pages:
        window.go_to_page(page)
        qtbot.waitUntil(lambda: not desk.is_busy, timeout=SECONDS)
    assert (crashes, told, [str(error) for error in failures]) == ([], [], [])
    assert login in window.sidebar.user.accessibleName()
    window.may_close = None
    window.close()
