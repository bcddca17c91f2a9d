"""What another process commits shows in this window by itself, while whoever works here keeps their place (U6)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from tests.databases import postgres_organisation
from tests.factories import at, make_account, make_people, prepared
from tests.faults.neighbour import Neighbour
from tests.journeys.conftest import NOW, Centre, Workplace, found
from tests.journeys.test_list_editing import begin, retype
from tests.logins import login_url, make_login
from tests.postgres_server import Run
from tests.views.schedule import pointer
from trainer_desk.models.enums import Role
from trainer_desk.services.accounts import logins
from trainer_desk.services.orchestration.catalogue import change
from trainer_desk.services.store.engine import Store, open_store
from trainer_desk.views.refresh import Refresh


@pytest.fixture(scope="module")
def neighbour() -> Iterator[Neighbour]:
    """Give another process with a program of its own."""
    other = Neighbour()
    yield other
    other.close()


@pytest.fixture
def live(place: Workplace, neighbour: Neighbour) -> Iterator[Workplace]:
    """Open the window with its feed, as the program does, and let the neighbour open the same database."""
    neighbour.open(address_of(place.store), NOW)
    refresh = Refresh(place.desk, place.store)
    yield place
    neighbour.leave()
    assert refresh.close()


def address_of(store: Store) -> str:
    """Give what another program opens the same database by."""
    return str(store.url.database) if store.is_file else store.url.render_as_string(hide_password=False)


def picture(place: Workplace) -> QImage:
    """What the calendar shows, pixel by pixel."""
    return place.canvas.viewport().grab().toImage()


def test_a_session_that_another_moves_is_painted_at_its_new_time(
    live: Workplace, centre: Centre, neighbour: Neighbour
) -> None:
    spot = pointer.centre(live.week, centre.taught, down=0.9)
    before = picture(live).pixelColor(spot)
    neighbour.edit(centre.taught, starts_at=at("2026-07-09 13:00"), ends_at=at("2026-07-09 16:00"))
    live.until(lambda: picture(live).pixelColor(spot) != before)
    there = pointer.centre(live.week, centre.taught, down=0.9)
    assert there.x() > spot.x()
    assert picture(live).pixelColor(there) == before


def test_the_selection_and_the_place_of_the_calendar_stay(
    live: Workplace, centre: Centre, neighbour: Neighbour
) -> None:
    live.click_session(centre.ready)
    bar = live.canvas.verticalScrollBar()
    bar.setValue(bar.maximum() // 3)
    kept = bar.value()
    neighbour.edit(centre.taught, starts_at=at("2026-07-09 13:00"), ends_at=at("2026-07-09 16:00"))
    live.until(lambda: live.page.source.cards[centre.taught].starts_at == at("2026-07-09 13:00"))
    assert bar.value() == kept
    assert live.canvas.selection.ids == [centre.ready]


def test_a_cell_that_is_being_edited_stays_open(live: Workplace, centre: Centre, neighbour: Neighbour) -> None:
    editing = begin(live, centre.taught, "time")
    retype(live, "10:30")
    neighbour.edit(centre.ready, capacity=5)
    live.until(lambda: live.page.source.cards[centre.ready].capacity == 5)
    assert editing.editor is not None
    live.key(Qt.Key.Key_Return)
    live.until(lambda: live.card(centre.taught).starts_at == at("2026-07-07 10:30"))


def test_a_list_keeps_its_place_and_what_is_chosen(live: Workplace, neighbour: Neighbour) -> None:
    with prepared(live.store) as db:
        people = make_people(db, 250)
    live.press(live.window.sidebar.items["people"])
    page = live.assembly.catalogue.pages["people"]
    live.until(lambda: page.table.model.rowCount() >= 100)
    view = page.table.table
    view.scrollToBottom()
    live.until(lambda: page.table.model.rowCount() >= 200)
    view.selectRow(160)
    view.verticalScrollBar().setValue(150)
    chosen = page.table.selected_keys()
    neighbour.write(change, "people", people[3], {"department": "Harbour"}, version=1)
    live.until(lambda: "Harbour" in [text for row in page.table.shown_rows()[1] for text in row])
    assert (page.table.selected_keys(), view.verticalScrollBar().value()) == (chosen, 150)


def test_another_role_is_told_and_the_window_follows(live: Workplace, neighbour: Neighbour) -> None:
    actor = live.store.actor
    with prepared(live.store) as db:
        make_account(db, "boss", Role.ADMINISTRATOR)
        logins.add(db, actor, Role.ADMINISTRATOR, actor="boss", now=NOW)
    neighbour.write(logins.add, actor, Role.TRAINER)
    live.until(lambda: live.desk.role is Role.TRAINER)
    assert live.toast == "An administrator gave you another role here: trainer. The window shows what it may do."
    assert live.window.sidebar.items["settings"].isHidden()


@pytest.fixture
def guest(
    qtbot: QtBot, run: Run, postgres_server: str, neighbour: Neighbour, tmp_path: Path
) -> Iterator[tuple[Workplace, Neighbour]]:
    """Open the window of a supervisor of a server; the neighbour is who rules it."""
    with postgres_organisation(run, postgres_server) as url:
        ruler = open_store(url)
        with prepared(ruler) as db:
            centre = found(db)
        store = open_store(login_url(url, make_login(ruler, Role.SUPERVISOR)))
        place = Workplace(qtbot, store, centre, tmp_path / "window.ini")
        refresh = Refresh(place.desk, store)
        neighbour.open(url, NOW)
        yield place, neighbour
        neighbour.leave()
        assert refresh.close()
        place.close()
        store.close()
        ruler.close()


def test_a_login_that_is_disabled_is_told(guest: tuple[Workplace, Neighbour]) -> None:
    """A server then answers it nothing any more, not even who it was; with the account it comes back by itself."""
    place, neighbour = guest
    place.until(lambda: place.desk.role is Role.SUPERVISOR)
    login = place.store.actor
    neighbour.write(logins.disable, login)
    place.until(lambda: place.desk.role is None)
    assert place.toast.startswith("An administrator disabled your account here.")
    neighbour.write(logins.add, login, Role.SUPERVISOR)
    place.until(lambda: place.desk.role is Role.SUPERVISOR)


def test_an_open_form_is_warned_and_what_is_typed_stays(live: Workplace, centre: Centre, neighbour: Neighbour) -> None:
    live.assembly.open_session(centre.ready)
    panel = live.assembly.panel
    live.until(lambda: panel.facts is not None)
    notes = panel.form.notes.edit
    notes.setFocus()
    notes.insertPlainText("Bring gloves")
    neighbour.edit(centre.ready, capacity=5, minimum=2)
    live.until(lambda: "meanwhile" in live.toast)
    assert live.toast == (
        f"{live.store.actor} changed capacity and minimum of Fire Warden meanwhile."
        " What you are typing is kept; when you save it, you choose."
    )
    assert notes.toPlainText() == "Bring gloves"
    assert notes.hasFocus()
    count = len(live.window.toasts.history)
    neighbour.edit(centre.taught, minimum=1)
    live.until(lambda: live.page.source.cards[centre.taught].minimum == 1)
    assert len(live.window.toasts.history) == count
