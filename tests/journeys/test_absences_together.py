"""Two people on one absence or one holiday: side by side, nothing overwritten unasked; each has a history (U4, U5)."""

import datetime as dt

import pytest

from tests.factories import at, make_block, prepared
from tests.journeys.catalogue import Hands
from tests.journeys.conftest import NOW, Workplace
from tests.journeys.test_absences import section, sheet_of
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.orchestration.absences import change_absence
from trainer_desk.services.planning.absences import load_absence
from trainer_desk.services.planning.holidays import add_holiday, list_holidays, rename_holiday
from trainer_desk.services.rows.absences import Wanted
from trainer_desk.services.rows.comparing import Side
from trainer_desk.views.absences.sheet import AbsenceSheet
from trainer_desk.views.comparing.forms import FormAsking
from trainer_desk.views.comparing.sheet import CompareSheet
from trainer_desk.views.settings.holidays import Holidays

SPAN = at("2026-08-03 00:00"), at("2026-08-08 00:00")
LATER = at("2026-08-03 00:00"), at("2026-08-15 00:00")


@pytest.fixture
def summer(place: Workplace) -> int:
    """Leave of John in August, where nothing stands."""
    place.store.clock = FixedClock(NOW)
    with prepared(place.store) as db:
        return make_block(db, place.centre.john, *SPAN, "Summer")


@pytest.fixture
def sheet(place: Workplace, summer: int) -> AbsenceSheet:
    """The sheet that changes that leave, opened from the panel of the trainer."""
    hands = Hands(place, "trainers")
    place.until(lambda: hands.page.things)
    hands.show(place.centre.john)
    place.until(lambda: section(hands).rows)
    place.press(section(hands).rows[0].edit)
    return sheet_of(place)


def compared(place: Workplace, asking: FormAsking) -> CompareSheet:
    """Wait for the side-by-side."""
    place.until(lambda: asking.sheet is not None and asking.sheet.isVisible())
    assert asking.sheet is not None
    return asking.sheet


def by_marta(place: Workplace) -> dict[str, str]:
    """Whose change it is: on a server everybody here is one login."""
    return {"actor": "marta"} if place.store.is_file else {}


def longer_elsewhere(place: Workplace, summer: int, reason: str) -> None:
    wanted = Wanted(place.centre.john, *LATER, reason)
    place.store.write("Elsewhere", change_absence, summer, wanted, {}, **by_marta(place))


def test_other_fields_of_an_absence_are_saved_too_with_one_click(
    place: Workplace, summer: int, sheet: AbsenceSheet
) -> None:
    longer_elsewhere(place, summer, "Summer")
    sheet.reason.setText("Honeymoon")
    place.press(sheet.go)
    asked = compared(place, sheet.asking)
    assert not asked.contested
    assert asked.beside[1].startswith("When: 3 – 7 Aug 2026 → 3 – 14 Aug 2026 · ")
    place.press(asked.save)
    place.until(lambda: place.store.read(load_absence, summer).reason == "Honeymoon")
    stored = place.store.read(load_absence, summer)
    assert (stored.starts_at, stored.ends_at) == LATER
    place.until(lambda: not place.window.findChildren(AbsenceSheet))


def test_the_same_field_of_an_absence_asks_who_is_right(place: Workplace, summer: int, sheet: AbsenceSheet) -> None:
    longer_elsewhere(place, summer, "Sabbatical")
    sheet.reason.setText("Honeymoon")
    place.press(sheet.go)
    asked = compared(place, sheet.asking)
    [line] = asked.contested
    who = by_marta(place).get("actor", place.store.actor)
    assert line.buttons[Side.THEIRS].value == "Sabbatical"
    assert line.buttons[Side.THEIRS].whose.startswith(f"{who} at ")
    assert place.store.read(load_absence, summer).reason == "Sabbatical"
    place.press(line.buttons[Side.MINE])
    place.press(asked.save)
    place.until(lambda: place.store.read(load_absence, summer).reason == "Honeymoon")


def test_dropping_mine_closes_the_sheet_and_keeps_theirs(place: Workplace, summer: int, sheet: AbsenceSheet) -> None:
    longer_elsewhere(place, summer, "Sabbatical")
    sheet.reason.setText("Honeymoon")
    place.press(sheet.go)
    place.press(compared(place, sheet.asking).drop)
    place.until(lambda: not place.window.findChildren(AbsenceSheet))
    assert place.store.read(load_absence, summer).reason == "Sabbatical"


def test_an_absence_has_a_history_of_its_own(place: Workplace, summer: int) -> None:
    hands = Hands(place, "trainers")
    place.until(lambda: hands.page.things)
    longer_elsewhere(place, summer, "Sabbatical")
    hands.show(place.centre.john)
    place.until(lambda: section(hands).rows)
    button = section(hands).rows[0].history
    assert button is not None
    place.press(button)
    history = place.assembly.history
    place.until(lambda: history.sheet is not None and history.sheet.history is not None)
    assert history.sheet is not None
    assert history.sheet.title.text() == "History of 3 – 14 Aug 2026"
    assert "Reason: Summer → Sabbatical" in history.sheet.lines


# ---- holidays ------------------------------------------------------------------------------------------------------


@pytest.fixture
def holidays(place: Workplace) -> Holidays:
    """The holidays of the settings, one of them about to be renamed."""
    place.store.clock = FixedClock(NOW)
    day = dt.date(2026, 8, 3)
    place.store.write("Feast", add_holiday, day, day, "Feast")
    place.press(place.window.sidebar.items["settings"])
    shown = place.assembly.settings.holidays
    [feast] = place.store.read(list_holidays)
    place.until(lambda: str(feast.id) in shown.list.lines)
    shown._begin_rename(feast)
    return shown


def rename_elsewhere(place: Workplace, name: str) -> None:
    [feast] = place.store.read(list_holidays)
    place.store.write("Elsewhere", rename_holiday, feast.id, name, version=feast.version, **by_marta(place))


def name_now(place: Workplace) -> str:
    [feast] = place.store.read(list_holidays)
    return feast.name


def test_two_names_of_a_holiday_stand_side_by_side(place: Workplace, holidays: Holidays) -> None:
    rename_elsewhere(place, "Fair")
    holidays.name.setText("Fête")
    place.press(holidays.add)
    asked = compared(place, holidays.asking)
    [line] = asked.contested
    assert (line.buttons[Side.MINE].value, line.buttons[Side.THEIRS].value) == ("Fête", "Fair")
    assert name_now(place) == "Fair"
    place.press(line.buttons[Side.MINE])
    place.press(asked.save)
    place.until(lambda: name_now(place) == "Fête")
    place.until(lambda: holidays.add.words() == "Add holiday")


def test_their_name_of_a_holiday_may_stand(place: Workplace, holidays: Holidays) -> None:
    rename_elsewhere(place, "Fair")
    holidays.name.setText("Fête")
    place.press(holidays.add)
    place.press(compared(place, holidays.asking).drop)
    place.until(lambda: holidays.add.words() == "Add holiday")
    assert (name_now(place), holidays.name.text(), holidays.alert.isVisible()) == ("Fair", "", False)
