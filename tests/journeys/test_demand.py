"""Demand: a month that lacks sessions is chosen, its run of drafts made with one press, and taken back by one undo."""

import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.factories import make_item, make_people, prepared
from tests.journeys.conftest import Workplace
from tests.views.accessibility import audit
from trainer_desk.models import Run, Session
from trainer_desk.models.enums import ComplianceStatus
from trainer_desk.views.demand.model import BEFORE


def runs(place: Workplace) -> list[tuple[str, int]]:
    drafts = sa.select(sa.func.count()).where(Session.run_id == Run.id, Session.deleted_at.is_(None)).scalar_subquery()
    with place.store.reading() as db:
        return [tuple(row) for row in db.execute(sa.select(Run.code, drafts).where(Run.deleted_at.is_(None)))]


def test_the_run_of_drafts_that_a_month_lacks(place: Workplace) -> None:
    with prepared(place.store) as db:
        for person in make_people(db, 25):
            make_item(db, person, place.centre.loto, ComplianceStatus.NON_COMPLIANT)
    reports = place.assembly.overview.reports
    reports.open("demand")
    place.until(lambda: reports.demand.view is not None and bool(reports.demand.view.model.lines))
    view = reports.demand.view
    assert view is not None
    audit(view)
    index = view.model.index(0, BEFORE)
    assert index.data().startswith("25 · +")
    assert not view.make.isEnabled()
    QTest.mouseClick(
        view.table.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        view.table.visualRect(index).center(),
    )
    assert view.make.isEnabled()
    lacking = view.wishes()[0].sessions
    QTest.mouseClick(view.make, Qt.MouseButton.LeftButton)
    place.until(lambda: runs(place) == [("LOTO-2026-07", lacking)])
    place.until(lambda: place.window.page == "runs")
    reports.open("demand")
    place.until(lambda: view.model.lines[0].cells[0].sessions == 0)
    place.window.undo_wanted.emit()
    place.until(lambda: runs(place) == [])
    place.until(lambda: view.model.lines[0].cells[0].sessions == lacking)
