"""A session made to recur in the window, an edit made of all of it, a day skipped and taken back, a run repeated."""

from PySide6.QtCore import Qt

from tests.factories import at, make_block, make_run, make_scheduled, prepared
from tests.journeys.conftest import CTRL, NOW, Workplace
from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.orchestration.repeating import make_series
from trainer_desk.services.orchestration.series_editing import skip_day
from trainer_desk.services.planning.runs import load_run, run_ids
from trainer_desk.services.planning.series import load_series, series_of
from trainer_desk.services.rows.previews import RemedyKind
from trainer_desk.services.rows.repeating import Series, SeriesWish
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.reason_sheet import ReasonSheet
from trainer_desk.views.repeating.clone_fields import CloneFields
from trainer_desk.views.repeating.section import SeriesSection
from trainer_desk.views.repeating.sheet import RepeatSheet


def sheet_of(place: Workplace) -> RepeatSheet:
    place.until(lambda: place.window.findChildren(RepeatSheet))
    (sheet,) = place.window.findChildren(RepeatSheet)
    place.until(sheet.go.isEnabled)
    return sheet


def open_section(place: Workplace, session: int) -> SeriesSection:
    place.assembly.open_session(session)
    panel = place.assembly.panel
    place.until(lambda: panel.facts is not None)
    section = panel.findChild(SeriesSection)
    assert section is not None
    place.until(lambda: section.shown is not None and section.isVisible())
    return section


def series_with(place: Workplace, session: int) -> Series:
    found = place.store.read(series_of, session)
    assert found is not None
    return place.store.read(load_series, found[0])


def test_a_series_from_its_first_day_to_the_last_undo(place: Workplace) -> None:
    place.store.clock = FixedClock(NOW)
    taught = place.centre.taught
    with prepared(place.store) as db:
        make_block(db, None, at("2026-07-21 00:00"), at("2026-07-22 00:00"), "Fair")
        make_scheduled(db, course=place.centre.loto, trainer=place.centre.john, starts_at=at("2026-07-28 10:00"))
    section = open_section(place, taught)
    place.press(section.repeat)
    sheet = sheet_of(place)
    sheet.fields.count.setValue(4)  # type: ignore[union-attr]
    place.until(lambda: len(sheet.table.rows) == 3)
    place.press(sheet.publish)
    place.until(lambda: [row.pill.words() for row in sheet.table.rows] == ["Goes through", "Left out", "Stays a draft"])
    assert sheet.table.rows[1].note.whole() == "Closed: Fair"
    clash = sheet.table.rows[2]
    clash.choose(RemedyKind.SHIFT)
    clash.changed.emit()
    place.until(lambda: sheet.table.rows[2].pill.words() == "Goes through" and sheet.go.isEnabled())
    place.press(sheet.go)
    place.until(lambda: place.store.read(series_of, taught) is not None)
    series = series_with(place, taught)
    made = [day.card.id for day in series.days if day.card is not None]
    assert [place.card(one).status for one in made] == [SessionStatus.SCHEDULED] * 3
    assert place.toast == "Lockout–Tagout: 2 sessions were made."

    place.until(lambda: section.skip.isVisible())
    assert section.rule.text() == "Every week on Tue, 4 sessions. This is 1 of 3."
    place.assembly.panel.saver.change("capacity", {"capacity": 9})
    place.until(lambda: section.following.isVisible())
    assert "capacity" in section.changed.text()
    place.press(section.following)
    place.until(lambda: [place.card(one).capacity for one in made] == [9, 9, 9])
    place.until(lambda: not section.following.isVisible())
    place.settled()

    section = open_section(place, made[1])
    place.until(lambda: section.shown is not None and section.shown.day == series.days[1].day)
    place.press(section.skip)
    place.until(lambda: place.window.findChildren(ReasonSheet))
    (ask,) = place.window.findChildren(ReasonSheet)
    ask.reason.setText("Strike")
    place.press(ask.go)
    place.until(lambda: place.card(made[1]).status is SessionStatus.CANCELLED)
    place.settled()
    place.assembly.panel.header.close_button.setFocus()
    place.key(Qt.Key.Key_Z, CTRL)
    place.until(lambda: place.card(made[1]).status is SessionStatus.SCHEDULED)


def taken_back(section: SeriesSection) -> list[str]:
    """Give the days of the series that are offered to be taken back."""
    return [button.accessibleName() for button in back_buttons(section)]


def back_buttons(section: SeriesSection) -> list[Button]:
    named = [one for one in section.findChildren(Button) if one.accessibleName().startswith("Take back")]
    return [one for one in named if one.isVisible()]


def test_a_day_that_was_skipped_and_one_that_was_closed_are_taken_back(place: Workplace) -> None:
    place.store.clock = FixedClock(NOW)
    taught = place.centre.taught
    with prepared(place.store) as db:
        make_block(db, None, at("2026-07-21 00:00"), at("2026-07-22 00:00"), "Fair")
    wish = SeriesWish(taught, "FREQ=WEEKLY;COUNT=4")
    place.store.write("Repeat", make_series, wish)
    skipped = series_with(place, taught).days[1]
    assert skipped.card is not None
    place.store.write("Skip", skip_day, skipped.card.id, "Strike")
    section = open_section(place, taught)
    place.until(lambda: len(back_buttons(section)) == 2)
    assert taken_back(section) == ["Take back 14 Jul 2026, taken out", "Take back 21 Jul 2026, closed"]
    place.press(back_buttons(section)[0])
    place.until(lambda: place.toast == "14 Jul 2026 is a draft again.")
    place.until(lambda: len(back_buttons(section)) == 1)
    assert place.card(skipped.card.id).status is SessionStatus.DRAFT
    place.press(back_buttons(section)[0])
    place.until(lambda: place.toast == "21 Jul 2026 is a draft again.")
    place.until(lambda: not back_buttons(section))
    closed = series_with(place, taught).days[2].card
    assert closed is not None
    assert (closed.starts_at, closed.trainer_id) == (at("2026-07-21 09:00"), place.centre.john)
    place.assembly.panel.header.close_button.setFocus()
    place.key(Qt.Key.Key_Z, CTRL)
    place.until(lambda: place.toast == "Undone: Take back 21 Jul 2026.")
    place.until(lambda: taken_back(section) == ["Take back 21 Jul 2026, closed"])


def test_a_run_is_repeated_from_its_panel(place: Workplace) -> None:
    place.store.clock = FixedClock(NOW)
    with prepared(place.store) as db:
        run = make_run(db, "JULY", name="July batch", course=place.centre.loto)
        make_scheduled(db, course=place.centre.loto, starts_at=at("2026-07-13 09:00"), run_id=run)
    place.press(place.window.sidebar.items["runs"])
    runs = place.assembly.runs
    place.until(lambda: run in runs.page.table.model.keys())  # noqa: SIM118 - a model
    runs.page.select(run)
    button = runs.panel.buttons["repeat"]
    place.until(button.isVisible)
    assert button.words() == "Repeat run…"
    place.press(button)
    sheet = sheet_of(place)
    assert sheet.title.text() == "Repeat July batch"
    fields = sheet.fields
    assert isinstance(fields, CloneFields)
    fields.day.setFocus()
    fields.day.selectAll()
    place.type("2026-12-07")
    place.key(Qt.Key.Key_Return)
    place.until(lambda: sheet.table.rows[0].when.whole() == "Mon 7 Dec · 09:00–10:00" and sheet.go.isEnabled())
    place.press(sheet.go)
    place.until(lambda: place.toast == "July batch: 1 session was made.")
    assert "JULY-2" in place.store.read(run_ids)
    runs.page.setFocus()
    place.key(Qt.Key.Key_Z, CTRL)
    place.until(lambda: place.toast == "Undone: Repeat the run July batch.")
    assert "JULY-2" not in place.store.read(run_ids)


def test_a_run_is_repeated_and_taken_back(place: Workplace) -> None:
    place.store.clock = FixedClock(NOW)
    with prepared(place.store) as db:
        run = make_run(db, "JULY", name="July batch", course=place.centre.loto)
        for day in (13, 14):
            make_scheduled(db, course=place.centre.loto, starts_at=at(f"2026-07-{day} 09:00"), run_id=run)
    place.assembly.schedule.source.reload()
    place.settled()
    place.assembly.runs.repeat_wanted.emit("JULY")
    sheet = sheet_of(place)
    assert [row.when.whole() for row in sheet.table.rows] == ["Mon 13 Jul · 09:00–10:00", "Tue 14 Jul · 09:00–10:00"]
    fields = sheet.fields
    fields.day.setFocus()  # type: ignore[union-attr]
    fields.day.selectAll()  # type: ignore[union-attr]
    place.type("2026-12-07")
    place.key(Qt.Key.Key_Return)
    place.until(lambda: sheet.table.rows[0].when.whole() == "Mon 7 Dec · 09:00–10:00" and sheet.go.isEnabled())
    place.press(sheet.go)
    place.until(lambda: "JULY-2" in place.store.read(run_ids))
    again = place.store.read(load_run, "JULY-2", now=NOW)
    assert [one.card.starts_at for one in again.sessions] == [at("2026-12-07 09:00"), at("2026-12-08 09:00")]
    place.settled()
    place.window.focus_page()
    place.key(Qt.Key.Key_Z, CTRL)
    place.until(lambda: "JULY-2" not in place.store.read(run_ids))
