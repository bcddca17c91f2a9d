"""What shows to a supervisor, a trainer and a requester, what is refused, and what an administrator sets (N3, U3)."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from tests.factories import at, make_account, make_person, prepared
from tests.journeys.conftest import LEFT, NOW, Workplace
from trainer_desk.models.enums import Role
from trainer_desk.services.accounts import logins
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.directory import load_settings
from trainer_desk.services.orchestration.scheduling import publish
from trainer_desk.services.planning.holidays import list_holidays
from trainer_desk.services.rows.settling import Way
from trainer_desk.services.store.engine import open_store
from trainer_desk.views.absences.sheet import AbsenceSheet
from trainer_desk.views.parts.confirm import Confirm
from trainer_desk.views.session.resource_combo import ResourceCombo
from trainer_desk.views.settings.handed_password import HandedPasswordSheet
from trainer_desk.views.settings.link_sheet import LinkSheet
from trainer_desk.views.settings.page import SettingsPage


def become(place: Workplace, role: Role) -> None:
    """Have an administrator elsewhere give whoever sits here another role."""
    actor = place.store.actor
    with prepared(place.store) as db:
        make_account(db, "boss", Role.ADMINISTRATOR)
        logins.add(db, actor, role, actor="boss", now=place.store.clock.now())
    place.assembly.standing.ask()
    place.until(lambda: place.desk.role is role)


def settings(place: Workplace) -> SettingsPage:
    """Open the settings by their item in the sidebar."""
    place.press(place.window.sidebar.items["settings"])
    page = place.assembly.settings
    place.until(lambda: page.facts is not None)
    return page


def enter(place: Workplace, line: QLineEdit, text: str) -> None:
    """Type a text into a line in place of what stands there, and leave it."""
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Tab)
    place.settled()


def line(page: SettingsPage, name: str) -> QLineEdit:
    editor = page.form.fields[name].first_editor()
    assert isinstance(editor, QLineEdit)
    return editor


SHOWN = {
    Role.ADMINISTRATOR: (True, True, True, True),
    Role.SUPERVISOR: (True, True, True, False),
    Role.TRAINER: (False, False, False, False),
    Role.REQUESTER: (False, False, False, False),
}


@pytest.mark.parametrize("role", SHOWN)
def test_what_each_role_is_shown(place: Workplace, role: Role) -> None:
    become(place, role)
    page = place.assembly.catalogue.pages["courses"]
    place.window.show_page("courses")
    shown = (place.window.sidebar.items["settings"], place.page.bar.new, page.new, page.bring)
    place.window.show_page("schedule")
    assert tuple(not one.isHidden() for one in shown) == SHOWN[role]
    assert place.window.sidebar.user.accessibleName() == f"{place.store.actor} · {role.value.capitalize()}"


def test_a_trainer_is_told_who_may_schedule(place: Workplace) -> None:
    become(place, Role.TRAINER)
    refused: list[Any] = []
    place.desk.write(place.page, "Schedule", publish, place.centre.ready, refused=refused.append)
    place.until(lambda: refused)
    assert refused[0].code == "not_allowed"
    assert place.card(place.centre.ready).status == "DRAFT"
    place.assembly.open_session(place.centre.ready)
    place.until(lambda: place.assembly.panel.facts is not None)
    assert not place.assembly.panel.form.capacity.first_editor().isEnabled()
    assert not place.assembly.panel.foot.isVisible()


def test_somebody_who_is_refused_is_shown_less_from_then_on(place: Workplace) -> None:
    """Another workstation made them a requester; the window hears of it when it is turned away."""
    with prepared(place.store) as db:
        make_account(db, "boss", Role.ADMINISTRATOR)
        logins.add(db, place.store.actor, Role.REQUESTER, actor="boss", now=place.store.clock.now())
    assert not place.page.bar.new.isHidden()
    other = open_store(place.store.url.render_as_string(hide_password=False))
    refused: list[Any] = []
    place.desk.apply(
        place.page,
        lambda _store, actor: other.require("planning.drafts.create_draft", actor=actor),
        refused=refused.append,
    )
    place.until(lambda: place.desk.role is Role.REQUESTER)
    other.close()
    assert refused[0].code == "not_allowed"
    assert place.page.bar.new.isHidden()


def test_a_supervisor_reads_the_settings_and_is_told_why_no_more(place: Workplace) -> None:
    become(place, Role.SUPERVISOR)
    page = settings(place)
    assert not line(page, "organisation").isEnabled()
    assert page.notice.isVisible()
    assert not page.holidays.add.isVisible()
    assert not page.accounts.add.isVisible()


def test_a_name_is_saved_as_one_goes_and_undone(place: Workplace) -> None:
    page = settings(place)
    enter(place, line(page, "organisation"), "North Works")
    assert place.store.read(load_settings).organisation == "North Works"
    place.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    place.until(lambda: place.store.read(load_settings).organisation == "My organisation")
    place.until(lambda: line(page, "organisation").text() == "My organisation")


def test_hours_upside_down_stay_with_their_reason_until_the_other_hour_fits(place: Workplace) -> None:
    page = settings(place)
    enter(place, line(page, "day_starts"), "18:00")
    field = page.form.fields["day_starts"]
    assert "cannot end at 17:00" in field.verdict.verdict.text
    assert place.store.read(load_settings).day_starts == dt.time(8)
    enter(place, line(page, "day_ends"), "22:30")
    after = place.store.read(load_settings)
    assert (after.day_starts, after.day_ends) == (dt.time(18), dt.time(22, 30))
    assert field.verdict.isHidden() or not field.verdict.verdict.text


def choose_zone(place: Workplace, page: SettingsPage, zone: str, press: Callable[[Confirm], QWidget] | None) -> None:
    """Type a zone, take it with Enter, and answer the question that comes, if one does."""

    def look() -> None:
        for box in QApplication.topLevelWidgets():
            if isinstance(box, Confirm) and box.isVisible() and press is not None:
                timer.stop()
                QTest.mouseClick(press(box), LEFT)

    timer = QTimer(place.window)
    timer.timeout.connect(look)
    timer.start(5)
    combo = page.form.fields["zone"].first_editor()
    assert isinstance(combo, ResourceCombo)
    combo.setFocus()
    line = combo.lineEdit()
    assert line is not None
    line.selectAll()
    QTest.keyClicks(line, zone)
    QTest.keyClick(combo, Qt.Key.Key_Return)
    place.settled()
    timer.stop()


def test_another_zone_is_asked_for_and_moves_the_calendar_not_the_sessions(place: Workplace) -> None:
    page = settings(place)
    before = place.card(place.centre.taught).starts_at
    choose_zone(place, page, "Mars/Olympus", None)
    choose_zone(place, page, "America/New_York", lambda box: box.back)
    assert place.store.read(load_settings).zone_name == "Europe/Berlin"
    assert page.form.fields["zone"].value == "Europe/Berlin"
    choose_zone(place, page, "America/New_York", lambda box: box.go)
    assert place.store.read(load_settings).zone_name == "America/New_York"
    assert place.card(place.centre.taught).starts_at == before
    place.window.show_page("schedule")
    place.until(lambda: shown_zone(place) == "America/New_York")


def shown_zone(place: Workplace) -> str:
    """Return the zone in which the calendar is painted."""
    directory = place.page.source.directory
    return directory.settings.zone_name if directory else ""


def test_a_holiday_over_a_session_is_added_told_and_removed(place: Workplace) -> None:
    place.store.clock = FixedClock(NOW)
    page = settings(place)
    box = page.holidays
    place.press(box.add)
    assert box.alert.sentence.text() == "Choose the first day of the holiday."
    enter(place, box.first, "7 Jul 2026")
    box.name.setFocus()
    QTest.keyClicks(box.name, "Works holiday")
    QTest.keyClick(box.name, Qt.Key.Key_Return)
    place.until(lambda: place.window.findChildren(AbsenceSheet))
    [sheet] = place.window.findChildren(AbsenceSheet)
    place.until(lambda: sheet.settling.lines)
    sheet.settling.choose_for_all(Way.KEEP)
    place.press(sheet.go)
    place.until(lambda: place.store.read(list_holidays))
    assert place.toast == "Added the holiday Works holiday; 1 session left, marked red."
    place.until(lambda: box.list.lines)
    assert place.card(place.centre.taught).starts_at == at("2026-07-07 09:00")
    (row,) = place.store.read(list_holidays)
    assert (row.first, row.last, row.standing) == (dt.date(2026, 7, 7), dt.date(2026, 7, 7), 1)
    remove = box.list.lines[str(row.id)].findChildren(type(box.add).__mro__[1])[-1]
    place.press(remove)
    place.until(lambda: not place.store.read(list_holidays))


def test_accounts_are_added_changed_and_the_last_administrator_stays(place: Workplace) -> None:
    page = settings(place)
    box, me = page.accounts, place.store.actor
    place.press(box.switches[me])
    place.settled()
    assert box.alert.sentence.text() == "An administrator must remain. Make somebody else administrator first."
    box.login.setFocus()
    amira = f"amira_{uuid4().hex[:8]}"
    QTest.keyClicks(box.login, amira)
    QTest.keyClick(box.login, Qt.Key.Key_Return)
    if not place.store.is_file:  # there somebody new needs a password, too
        place.until(lambda: place.window.findChildren(HandedPasswordSheet))
        place.press(place.window.findChildren(HandedPasswordSheet)[-1].go)
    place.until(lambda: amira in box.switches)
    assert place.store.read(logins.find_account, amira).role is Role.SUPERVISOR
    place.press(box.switches[amira])
    place.until(lambda: place.store.read(logins.find_account, amira).disabled_at is not None)
    place.until(lambda: box.switches[amira].words() == "Enable")
    place.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    place.until(lambda: place.store.read(logins.find_account, amira).disabled_at is None)


def linking(place: Workplace, page: SettingsPage) -> LinkSheet:
    """Open the sheet that says who sits here."""
    place.press(page.accounts.links[place.store.actor])
    sheet = place.window.findChildren(LinkSheet)[-1]
    place.until(lambda: sheet.save.isEnabled())
    return sheet


def test_a_login_is_linked_to_a_person_and_a_trainer_and_undone(place: Workplace) -> None:
    with prepared(place.store) as db:
        nora = make_person(db, "Nora Walker", employee_no="77")
    page, me = settings(place), place.store.actor
    sheet = linking(place, page)
    QTest.keyClicks(sheet.search, "nora")
    place.until(lambda: sheet.people.count() == 2)
    sheet.people.setCurrentRow(1)
    sheet.trainer.set_value(place.centre.john)
    place.press(sheet.save)
    place.until(lambda: place.store.read(logins.find_account, me).person_id == nora)
    account = place.store.read(logins.find_account, me)
    assert (account.trainer_id, account.role) == (place.centre.john, Role.ADMINISTRATOR)
    place.until(lambda: place.toast.startswith(f"{me} is Nora Walker · 77, John Smith"))
    place.until(lambda: "Nora Walker" in page.accounts.list.lines[me].accessibleName())
    place.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    place.until(lambda: place.store.read(logins.find_account, me).person_id is None)


def test_a_link_is_taken_away_again(place: Workplace) -> None:
    with prepared(place.store) as db:
        nora = make_person(db, "Nora Walker", employee_no="77")
        logins.add(db, place.store.actor, Role.ADMINISTRATOR, person_id=nora, actor="boss", now=place.store.clock.now())
    page = settings(place)
    sheet = linking(place, page)
    assert sheet.person_id == nora
    sheet.people.setCurrentRow(0)
    place.press(sheet.save)
    place.until(lambda: place.store.read(logins.find_account, place.store.actor).person_id is None)
