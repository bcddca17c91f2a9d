"""The windows of a supervisor and of an administrator on a real server, each with a login of their own (U1, U2)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.databases import StoreFactory, postgres_template
from tests.factories import make_person, prepared
from tests.journeys.conftest import Workplace, found
from tests.logins import login_url, make_login
from tests.postgres_server import Run, postgres_database
from trainer_desk.models.enums import Role, SessionStatus
from trainer_desk.services.orchestration.undoing import undo_last
from trainer_desk.services.people.numbers import find_person
from trainer_desk.services.seats.enrolling import enroll

pytestmark = pytest.mark.postgres


@pytest.fixture(params=[Role.SUPERVISOR, Role.ADMINISTRATOR])
def planner(
    request: pytest.FixtureRequest, qtbot: QtBot, run: Run, postgres_server: str, tmp_path: Path
) -> Iterator[Workplace]:
    """Give the window of somebody who plans, with a login that rules nothing of the server."""
    with postgres_database(postgres_server, postgres_template(run, postgres_server, 16)) as url:
        owners = StoreFactory(url)
        store = owners()
        with prepared(store) as db:
            centre = found(db)
            make_person(db, "Newly Here", employee_no="N1")
        logins = StoreFactory(login_url(url, make_login(store, request.param)))
        place = Workplace(qtbot, logins(), centre, tmp_path / "window.ini", page="")
        yield place
        place.close()
        logins.close()
        owners.close()


def test_every_page_opens_and_a_session_is_planned_filled_and_called_off(planner: Workplace) -> None:
    planner.until(lambda: planner.window.page)
    assert planner.window.page == "today"
    for page, item in planner.window.sidebar.items.items():
        if not item.isHidden():
            planner.press(item)
            planner.settled()
            assert planner.window.page == page
    taught = planner.centre.taught
    planner.assembly.open_session(taught)
    planner.until(lambda: planner.assembly.panel.facts is not None)
    planner.settled()
    assert [toast.text for toast in planner.window.toasts.history] == []
    before = planner.card(taught).seats_taken
    planner.store.write("Add", enroll, taught, [planner.store.read(find_person, "N1")])
    planner.until(lambda: planner.card(taught).seats_taken == before + 1)
    undo_last(planner.store)
    assert planner.card(taught).seats_taken == before
    assert planner.card(taught).status is SessionStatus.SCHEDULED
