"""From a session to paper: three actions, the panel, the attendance sheet and a trainer's day (X4)."""

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from tests.factories import at, make_account, make_run, make_scheduled, prepared
from tests.journeys.conftest import CTRL, NOW, Centre, Workplace
from tests.views.printing.test_press import PdfPrinters
from trainer_desk.models.enums import Role
from trainer_desk.services.accounts import logins
from trainer_desk.services.store.engine import Store
from trainer_desk.views.paper.kinds import KINDS
from trainer_desk.views.printing.preview_sheet import PreviewSheet
from trainer_desk.views.schedule.possible import possible


def shown(place: Workplace) -> PreviewSheet:
    """Return the preview, once it is open."""
    room = place.assembly.overview.paper
    place.until(lambda: room.preview is not None and room.preview.isVisible())
    assert room.preview is not None
    return room.preview


def test_a_sign_in_sheet_takes_three_actions(place: Workplace, tmp_path: Path) -> None:
    room = place.assembly.overview.paper
    room.printers = PdfPrinters(tmp_path, "Office")
    place.click_session(place.centre.taught)
    place.key(Qt.Key.Key_P, CTRL)
    preview = shown(place)
    assert preview.title.text() == "Print the sign-in sheet"
    assert "Lockout–Tagout" in preview.document.texts()
    place.key(Qt.Key.Key_Return)
    place.until(lambda: "Office" in place.toast)
    assert place.toast == "Sent 1 page to Office."
    [page] = PdfReader(BytesIO((tmp_path / "Office.pdf").read_bytes())).pages
    assert "Training\tRoom\tA" in page.extract_text().replace(" ", "\t")


def test_everything_that_goes_to_paper_is_in_the_panel_too(place: Workplace) -> None:
    place.assembly.open_session(place.centre.taught)
    panel = place.assembly.panel
    place.until(lambda: panel.facts is not None)
    place.press(panel.header.out)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    words = [action.text() for action in menu.actions()]
    assert words[:6] == ["Save the roster as CSV", "Save as a calendar", "Print the sign-in sheet", "Print the roster",
                         "Print the door sheet", "Print badges"]  # fmt: skip
    assert "Print the certificates" not in words, "it was not held yet"
    menu.actions()[5].trigger()
    menu.close()
    preview = shown(place)
    assert preview.title.text() == "Print badges"
    preview.options.drops["size"].setCurrentIndex(2)
    assert preview.document.pages == 1
    preview.finish()


def test_the_attendance_sheet_prints_over_itself(place: Workplace) -> None:
    place.assembly.open_attendance(place.centre.taught)
    views = place.assembly.attendance.views
    place.until(lambda: views and next(iter(views.values())).sheet is not None)
    [view] = views.values()
    QTest.keyClick(view.parts.people, Qt.Key.Key_P, CTRL)
    preview = shown(place)
    assert preview.window() is view
    preview.finish()
    view.close()


def test_a_trainer_prints_own_sessions_from_the_day_and_no_others(
    qtbot: QtBot, sqlite_store: Store, tmp_path: Path
) -> None:
    from tests.journeys.conftest import found  # noqa: PLC0415

    store = sqlite_store
    with prepared(store) as db:
        centre: Centre = found(db)
        other = make_scheduled(db, course=centre.fire, trainer=centre.aisha, venue=centre.room_b,
                               starts_at=at("2026-07-09 10:00"))  # fmt: skip
        make_account(db, "boss", Role.ADMINISTRATOR)
        logins.add(db, store.actor, Role.TRAINER, trainer_id=centre.john, actor="boss", now=NOW)
    day = Workplace(qtbot, store, centre, tmp_path / "window.ini", page="")
    page = day.assembly.my_day.page
    day.until(lambda: page.my_day is not None)
    day.press(page.next.print)
    preview = shown(day)
    assert "John Smith" in preview.document.texts()
    preview.finish()
    cards = {key: day.card(key) for key in (centre.taught, other)}
    assert possible(day.desk, [cards[centre.taught]], NOW).prints
    assert not possible(day.desk, list(cards.values()), NOW).prints
    day.assembly.overview.take_out("print_badges", [other])
    day.until(lambda: day.toast)
    assert "only in sessions that you teach" in day.toast
    day.close()


def test_all_days_of_a_run_go_to_paper(place: Workplace) -> None:
    with prepared(place.store) as db:
        run = make_run(db, "JULY", course=place.centre.loto)
        for day in ("2026-07-13", "2026-07-14"):
            make_scheduled(db, course=place.centre.loto, starts_at=at(f"{day} 09:00"), run_id=run)
    runs = place.assembly.runs
    runs.open(run)
    place.until(lambda: runs.panel.one is not None and runs.panel.out.isVisible())
    runs.panel.out.wanted.emit("print_sign_in")
    preview = shown(place)
    assert preview.document.title == "Sign-in sheets 2026-07-13 to 2026-07-14"
    assert preview.document.pages == 2
    preview.finish()


@pytest.mark.parametrize("what", sorted(set(KINDS) - {"print_certificates"}))
def test_every_kind_opens_for_several_sessions(place: Workplace, what: str) -> None:
    place.assembly.overview.take_out(what, [place.centre.taught, place.centre.ready, place.centre.undated])
    preview = shown(place)
    assert preview.document.pages >= 1
    preview.finish()


def test_certificates_of_sessions_without_any_are_refused_in_words(place: Workplace) -> None:
    place.assembly.overview.take_out("print_certificates", [place.centre.taught])
    place.until(lambda: place.toast)
    assert place.toast.startswith("No certificate")
