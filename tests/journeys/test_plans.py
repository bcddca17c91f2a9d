"""The schedule goes on paper with Ctrl+P while nothing is selected, as it is on show, and into a PDF (X4)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt

from tests.databases import StoreFactory, postgres_organisation
from tests.factories import at, make_block, prepared
from tests.journeys.conftest import CTRL, Workplace, found
from tests.logins import make_login, open_as
from tests.postgres_server import Run
from trainer_desk.models.enums import Role
from trainer_desk.services.store.engine import Store
from trainer_desk.views.plans.document import Plan
from trainer_desk.views.plans.facts import Shape, Stretch, Wanted, load_plan
from trainer_desk.views.printing.options import layout_of
from trainer_desk.views.printing.preview_sheet import PreviewSheet
from trainer_desk.views.schedule.filters import Filters

NOW = at("2026-07-06 07:30")


class NoPrinters:
    """A computer without a printer."""

    def names(self) -> list[str]:
        return []

    def device(self, name: str, title: str, copies: int) -> object:
        raise KeyError(name)


def preview(place: Workplace, ask: Callable[[], object]) -> PreviewSheet:
    """Ask for the plan and wait for its preview."""
    plans = place.assembly.overview.plans
    plans.printers = NoPrinters()  # type: ignore[assignment]
    plans.preview = None
    ask()
    place.until(lambda: plans.preview is not None and plans.preview.isVisible())
    assert plans.preview is not None
    return plans.preview


def test_ctrl_p_puts_what_is_on_show_on_paper(place: Workplace, tmp_path: Path) -> None:
    place.page.focus_view()
    sheet = preview(place, lambda: place.key(Qt.Key.Key_P, CTRL))
    assert sheet.options.chosen()["shape"] == Shape.WEEK
    words = sheet.document.texts()
    assert "Lockout–Tagout" in words
    assert "Fire Warden" in words, "a draft with a date"
    assert "Printed Mon 6 Jul 2026 08:30 (Europe/London)" in " ".join(words) or "Printed Mon 6 Jul 2026" in " ".join(
        words
    )
    sheet.options.drops["shape"].setCurrentIndex(sheet.options.drops["shape"].findData(Shape.VENUES.value))
    sheet.options.boxes["drafts"].setChecked(False)
    words = sheet.document.texts()
    assert {"Training Room A", "Training Room B"} <= set(words)
    assert "Fire Warden" not in words
    place.press(sheet.save)
    place.until(lambda: sheet.saving is not None)
    assert sheet.saving is not None
    target = tmp_path / "plan.pdf"
    sheet.saving.path.setText(str(target))
    place.press(sheet.saving.save)
    place.until(target.exists)
    pages = PdfReader(target).pages
    assert len(pages) == sheet.document.pages
    assert "TrainingRoomB" in "".join(pages[0].extract_text().split())


def test_the_button_prints_the_lanes_on_show_and_a_selection_keeps_its_key(place: Workplace) -> None:
    place.key(Qt.Key.Key_R)
    place.settled()
    sheet = preview(place, lambda: place.press(place.page.bar.print))
    assert sheet.options.chosen()["shape"] == Shape.TRAINERS
    assert {"John Smith", "Aisha Rahman"} <= set(sheet.document.texts())
    sheet.dismiss()
    place.key(Qt.Key.Key_W)
    place.settled()
    place.page.select([place.centre.taught])
    place.page.focus_view()
    plans, paper = place.assembly.overview.plans, place.assembly.overview.paper
    plans.preview = None
    place.key(Qt.Key.Key_P, CTRL)
    place.until(lambda: paper.preview is not None and paper.preview.isVisible())
    assert plans.preview is None


@pytest.mark.usefixtures("centre")
def test_a_plan_is_read_alike_from_either_database(store: Store) -> None:
    with prepared(store) as db:
        make_block(db, None, at("2026-07-10 00:00"), at("2026-07-11 00:00"), "Founders’ Day")
    with store.reading() as db:
        told = load_plan(db, NOW.date(), Filters(), now=NOW, who="frank")
    assert told.change > 0
    quarter = Plan(told, Wanted(Shape.TRAINERS, Stretch.QUARTER), layout_of({"paper": "a3"}, "across")).texts()
    assert quarter.count("09:00") == 1
    assert "Founders’ Day" in quarter
    assert f"as of change {told.change}" in " ".join(quarter)


@pytest.mark.postgres
def test_a_trainers_own_login_prints_the_plan_that_it_sees(run: Run, postgres_server: str) -> None:
    with postgres_organisation(run, postgres_server) as url:
        owners = StoreFactory(url)
        store = owners()
        with prepared(store) as db:
            centre = found(db)
        login = open_as(store, make_login(store, Role.TRAINER, trainer_id=centre.john))
        with login.reading() as db:
            told = load_plan(db, NOW.date(), Filters(), now=NOW, who="john")
        login.close()
        owners.close()
    words = Plan(told, Wanted(Shape.TRAINERS), layout_of({"paper": "a4"}, "across")).texts()
    assert {"John Smith", "Lockout–Tagout"} <= set(words)
