"""What another process commits shows in this window by itself, while whoever works here keeps their place (U6)."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QImage

from tests.factories import at
from tests.faults.neighbour import Neighbour
from tests.journeys.conftest import NOW, Centre, Workplace
from tests.views.schedule import pointer
from trainer_desk.services.store.engine import Store
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
