"""The people of the session: how full it is in words, who is in it, withdrawing, and how it is heard."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.factories import make_enrollment, make_people, prepared
from tests.views.accessibility import audit
from tests.views.session.conftest import Organisation, Stage
from trainer_desk.models.enums import EnrollmentState
from trainer_desk.services.planning.drafts import edit_session
from trainer_desk.services.seats.roster import load_seats
from trainer_desk.views.session.lines import ROW
from trainer_desk.views.theme import Look


def states(organisation: Organisation) -> dict[str, EnrollmentState]:
    return {seat.name: seat.state for seat in organisation.store.read(load_seats, organisation.draft)}


def test_the_most_urgent_come_first_with_their_words(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.draft)
    model = stage.panel.form.people.seated.list.lines
    shown = [model.index(place).data(ROW) for place in range(model.rowCount())]
    assert [(row.name, row.words, row.icon) for row in shown] == [
        ("Bruno Ali", "Expired 09 Jun 2026", "octagon-alert"),
        ("Nadia Costa", "Never trained", "octagon-alert"),
        ("Amara Rossi", "Result awaited", "triangle-alert"),
        ("Kofi Zahra", "Expires in 21 days", "clock"),
    ]
    assert "Enrolled by supervisor, Mon 1 Jun 2026 10:00" in shown[0].details
    assert stage.panel.form.people.count.text() == "People 5"


def test_the_rest_unfolds(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.draft)
    people = stage.panel.form.people
    assert people.seated.more.words() == "and 1 more"
    stage.press(people.seated.more)
    assert people.seated.list.lines.rowCount() == 5
    assert people.seated.list.height() >= 5 * 24


@pytest.mark.parametrize(
    ("capacity", "words", "icon"),
    [
        (20, "15 spots left", "circle-check"),
        (6, "1 spot left", "triangle-alert"),
        (5, "Session Full: 5 enrolled", "octagon-alert"),
        (None, "No limit of the session's own.", "users"),
    ],
)
def test_how_full_it_is_in_words(
    stage: Stage, organisation: Organisation, capacity: int | None, words: str, icon: str
) -> None:
    organisation.write(edit_session, organisation.draft, {"capacity": capacity})
    stage.show(organisation.draft)
    people = stage.panel.form.people
    assert people.spots.text() == words
    assert people._spots_icon._icon == icon
    assert people.meter.figure == f"5/{capacity or 20}"


def test_too_many_for_the_room_is_an_alert_and_refuses_nothing(stage: Stage, organisation: Organisation) -> None:
    organisation.write(edit_session, organisation.draft, {"venue_id": organisation.cabin})
    stage.show(organisation.draft)
    people = stage.panel.form.people
    assert people.alert.isVisible()
    assert people.alert.sentence.text() == "Venue Capacity Exceeded (5/2)."
    assert people.add.isEnabled()


def test_people_are_withdrawn_with_the_keys(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.draft)
    people = stage.panel.form.people
    seated = people.seated
    seated.list.setFocus()
    QTest.keyClick(seated.list, Qt.Key.Key_Home)
    QTest.keyClick(seated.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert seated.details.text() == "2 people chosen"
    QTest.keyClick(seated.list, Qt.Key.Key_Delete)
    stage.settle()
    stage.qtbot.waitUntil(lambda: people.count.text() == "People 3")
    found = states(organisation)
    assert found["Bruno Ali"] is found["Nadia Costa"] is EnrollmentState.WITHDRAWN
    assert stage.toasts == [("Bruno Ali and Nadia Costa withdrawn from Lockout–Tagout.", True)]


def test_one_person_is_withdrawn_with_the_mouse(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.draft)
    people = stage.panel.form.people
    seated = people.seated
    row = seated.list.visualRect(seated.list.lines.index(2))
    QTest.mouseClick(seated.list.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
    assert "Enrolled by supervisor" in seated.details.text()
    stage.press(seated.button("withdraw"))
    assert states(organisation)["Amara Rossi"] is EnrollmentState.WITHDRAWN
    assert stage.toasts == [("Amara Rossi withdrawn from Lockout–Tagout.", True)]


def test_people_added_elsewhere_appear(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.draft)
    with prepared(organisation.store) as db:
        for person in make_people(db, 300):
            make_enrollment(db, organisation.draft, person)
    stage.panel.reload()
    stage.settle()
    people = stage.panel.form.people
    assert people.seated.more.words() == "and 301 more"
    stage.press(people.seated.more)
    assert people.seated.list.lines.rowCount() == 305


def test_add_people_asks_for_the_picker(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.draft)
    with stage.qtbot.waitSignal(stage.panel.picker_requested) as asked:
        QTest.mouseClick(stage.panel.form.people.add, Qt.MouseButton.LeftButton)
    assert asked.args == [organisation.draft]


@pytest.mark.parametrize("percent", [90, 100, 150])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_everything_has_a_name_and_a_size(
    stage: Stage, organisation: Organisation, plain_look: Look, theme: str, percent: int
) -> None:
    plain_look.choose(theme, percent)
    stage.panel.setFixedWidth(plain_look.px(336))
    for session in (organisation.draft, organisation.undated, organisation.scheduled):
        stage.show(session)
        assert audit(stage.window) == []


def test_nothing_is_clipped_in_the_panels_width(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.draft)
    form = stage.panel.form
    assert form.widget().minimumSizeHint().width() <= form.viewport().width()
    day = form.when.day
    assert day.fontMetrics().horizontalAdvance("Wed 28 Nov 2026") <= day.width() - 26


def test_the_history_names_who_changed_what(stage: Stage, organisation: Organisation) -> None:
    organisation.write(edit_session, organisation.draft, {"notes": "x"})
    stage.show(organisation.draft)
    assert stage.panel.form.history.lines[0].endswith(f" · {organisation.who('marta')}: Changed elsewhere")
    assert re.match(r"\w{3} \d+ \w{3} \d\d:\d\d ·", stage.panel.form.history.lines[0])
    assert "made Mon 1 Jun 2026 10:00" in stage.panel.form.history.made.text()
