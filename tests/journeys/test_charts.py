"""The charts: a report is chosen, cut and narrowed; its numbers stand beside it (D2)."""

import csv
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.factories import at, make_enrollment, make_person, make_scheduled, prepared
from tests.journeys.conftest import Centre, Workplace
from tests.views.accessibility import audit
from trainer_desk.services.orchestration import scheduling
from trainer_desk.services.rows.reports import Split, Step
from trainer_desk.services.store.engine import Store
from trainer_desk.views.charts.saving import NumbersSheet
from trainer_desk.views.charts.view import ChartsView
from trainer_desk.views.parts.search_combo import SearchCombo


def arrive(place: Workplace) -> ChartsView:
    """Go to the page by its item in the sidebar, and wait for the report of last time."""
    place.press(place.window.sidebar.items["reports"])
    view = place.assembly.overview.reports.charts.view
    assert view is not None
    place.until(lambda: view.report is not None)
    return view


def choose(place: Workplace, view: ChartsView, combo: SearchCombo, value: object) -> None:
    """Choose in a field as its list does, and wait for the answer."""
    asked = view.report
    combo.activated.emit(combo._values.index(value))
    place.until(lambda: view.report is not asked)


def cells(view: ChartsView) -> list[list[str]]:
    assert view.sides.table is not None
    return view.sides.table.shown_rows()[1]


def test_a_report_is_chosen_cut_and_narrowed(qtbot: QtBot, store: Store, centre: Centre, tmp_path: Path) -> None:
    with prepared(store) as db:
        late = make_scheduled(db, course=centre.fire, starts_at=at("2026-05-04 09:00"), capacity=4)
        for _number in range(3):
            make_enrollment(db, late, make_person(db))
    place = Workplace(qtbot, store, centre, tmp_path / "window.ini", page="today")
    view = arrive(place)
    audit(place.window)
    assert view.names.currentItem().text() == "Compliance over time"
    shown = view.report
    view.names.setFocus()
    for _press in range(2):
        QTest.keyClick(view.names, Qt.Key.Key_Down)
    place.until(lambda: view.report is not shown and view.report and view.report.name == "fill-rate")
    by_month = {row[0]: row[1:] for row in cells(view)}
    assert (len(by_month), by_month["May 2026"]) == (12, ["75 %", "1", "0", "4", "3"])
    choose(place, view, view.choices.split, Split.COURSE)
    choose(place, view, view.choices.step, Step.WHOLE)
    figure = view.sides.chart.figure
    assert figure is not None
    assert (figure.labels[0], figure.series[0].values[0]) == ("Fire Warden", 0.75)
    place.until(lambda: view.sides.chart.painted.spots)
    box, said = view.sides.chart.painted.spots[0]
    assert view.sides.chart.told_at(box.center().x(), box.center().y()) == said == "Fire Warden\nFill rate: 75 %"
    choose(place, view, view.choices.course, centre.loto)
    assert "Fire Warden" not in [row[0] for row in cells(view)]
    place.desk.write(view, "Cancel", scheduling.cancel, centre.taught, "ill")
    place.until(lambda: cells(view) == [])
    place.close()
    again = Workplace(qtbot, store, centre, tmp_path / "window.ini", page="today")
    view = arrive(again)
    assert (view.choices.step.value, view.choices.split.value) == (Step.WHOLE, Split.COURSE)
    again.close()


def test_a_chart_is_saved_as_a_picture_and_its_numbers_as_files(
    qtbot: QtBot, store: Store, centre: Centre, tmp_path: Path
) -> None:
    place = Workplace(qtbot, store, centre, tmp_path / "window.ini", page="today")
    view = arrive(place)
    room = place.assembly.overview.reports.charts
    view.show_report("trainer-hours")
    place.until(lambda: view.report and view.report.name == "trainer-hours")
    choose(place, view, view.choices.span, "last")
    assert not view.picture.isEnabled(), "nothing is to be seen"
    choose(place, view, view.choices.span, "next")
    place.press(view.picture)
    sheet = room.sheet
    assert sheet is not None
    picture = tmp_path / "hours.png"
    sheet.path.setText(str(picture))
    QTest.keyClick(sheet.path, Qt.Key.Key_Return)
    place.until(picture.exists)
    assert QImage(str(picture)).width() == 2560
    for ending, name in ((".xlsx", "hours.xlsx"), (".csv", "hours.csv")):
        place.press(view.numbers)
        sheet = room.sheet
        assert isinstance(sheet, NumbersSheet)
        audit(place.window)
        place.press(sheet.kind.buttons[ending])
        assert sheet.path.text().endswith(ending)
        sheet.path.setText(str(tmp_path / name))
        QTest.keyClick(sheet.path, Qt.Key.Key_Return)
        place.until((tmp_path / name).exists)
    [row] = csv.DictReader((tmp_path / "hours.csv").read_text(encoding="utf-8-sig").splitlines())
    assert (row["trainer"], row["taught_hours"], row["sessions"]) == ("JS", "3", "1")
    place.until(lambda: "hours.csv" in place.toast)
    place.close()


def test_what_cannot_be_asked_is_said_and_asked_again(
    qtbot: QtBot, store: Store, centre: Centre, tmp_path: Path
) -> None:
    """Days the wrong way round, too many periods, then days without anything."""
    place = Workplace(qtbot, store, centre, tmp_path / "window.ini", page="today")
    view = arrive(place)
    last = view.choices.last
    last.setText("1 Jan 2020")
    last.editingFinished.emit()
    place.until(lambda: "before the first" in view.empty.sentence())
    assert not view.numbers.isEnabled()
    view.choices.first.setText("1 Jan 2000")
    view.choices.first.editingFinished.emit()
    place.until(lambda: view.report is not None)
    assert view.choices.span.value == "own"
    combo = view.choices.step
    combo.activated.emit(combo._values.index(Step.WEEK))
    place.until(lambda: "600 periods" in view.empty.sentence())
    choose(place, view, view.choices.step, Step.YEAR)
    assert view.empty.sentence() == "There is nothing to count in these days."
    assert view.numbers.isEnabled()
    place.close()
