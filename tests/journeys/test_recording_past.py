"""A supervisor records a session from paper in one form, by keys and clicks, and takes it back with Ctrl+Z (R8)."""

from dataclasses import dataclass

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from tests.factories import make_person, prepared
from tests.journeys.conftest import CTRL, Workplace
from tests.journeys.test_rights import become
from trainer_desk.models import Certificate, Course, Enrollment, Session
from trainer_desk.models.enums import Role, SessionStatus
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.planning.shelves import Shelf
from trainer_desk.views.parts.search_combo import SearchCombo
from trainer_desk.views.past.sheet import PastSheet
from trainer_desk.views.sessions.page import SessionsPage


@dataclass
class Hands:
    """The form, filled in as a person does."""

    place: Workplace
    sheet: PastSheet

    def choose(self, combo: SearchCombo, typed: str) -> None:
        self.come_back()
        combo.setFocus()
        self.place.type(typed)
        QTest.keyClick(combo, Qt.Key.Key_Return)
        self.come_back()
        QApplication.processEvents()  # a list that closes gives its field the focus back, and not at once

    def type(self, line: QLineEdit, text: str) -> None:
        self.come_back()
        line.setFocus()
        line.selectAll()
        self.place.type(text)
        self.place.key(Qt.Key.Key_Tab)

    def paste(self, *lines: str) -> None:
        self.sheet.text.setFocus()
        self.sheet.text.setPlainText("\n".join(lines))
        self.place.until(lambda: self.sheet.is_settled)

    def fill(self, course: str = "fire", trainer: str = "aisha") -> None:
        """A Friday before the week on show, nine o'clock; the end comes by itself."""
        fields = self.sheet.fields
        self.choose(fields.course, course)
        self.type(fields.day, "3 Jul 2026")
        self.type(fields.start, "9:00")
        self.choose(fields.trainer, trainer)
        self.choose(fields.venue, "room b")

    def record(self) -> None:
        self.place.press(self.sheet.go)
        self.place.settled()

    def come_back(self) -> None:
        """Give the window the focus back when a list has gone; without a screen nobody else does."""
        self.place.window.activateWindow()
        self.place.until(self.place.window.isActiveWindow)


@pytest.fixture
def people(place: Workplace) -> list[int]:
    names = (("P1", "Ada Boss"), ("P2", "Bo Led"), ("P3", "Cy Young"), ("P4", "Cy Young"))
    with prepared(place.store) as db:
        return [make_person(db, name, employee_no=number) for number, name in names]


def opened(place: Workplace) -> Hands:
    """Open the form from the page Sessions."""
    place.window.may_close = None  # a test that fails has nobody who answers
    place.press(place.window.sidebar.items["sessions"])
    place.settled()
    place.press(place.assembly.sessions.past)
    past = place.assembly.past
    place.until(lambda: past.sheet is not None and past.sheet.isVisible())
    assert past.sheet is not None
    return Hands(place, past.sheet)


def marks(place: Workplace) -> list[tuple[str, str, str]]:
    """Give status, attendance and result of everybody who sits in a session of the third of July."""
    query = (
        sa.select(Session.status, Enrollment.attendance, Enrollment.result)
        .join(Session, Session.id == Enrollment.session_id)
        .where(Session.starts_at < sa.bindparam("before", place.card(place.centre.taught).starts_at))
        .order_by(Enrollment.person_id)
    )
    with place.store.reading() as db:
        return [tuple(row) for row in db.execute(query)]  # type: ignore[misc]


def certificates(place: Workplace) -> list[int]:
    with place.store.reading() as db:
        live = sa.select(Certificate.person_id).where(Certificate.withdrawn_at.is_(None))
        return sorted(db.execute(live).scalars())


def test_a_session_from_paper_in_one_form_and_one_step(place: Workplace, people: list[int]) -> None:
    hands = opened(place)
    hands.fill()
    assert hands.sheet.fields.end.text() == "10:00", "the course lasts an hour"
    hands.paste("Ada Boss", "P2", "Cy Young")
    assert len(hands.sheet.people.marks) == 3
    hands.record()
    assert hands.sheet.trouble.sentence.text() == (
        "1 line of the list names nobody yet. Choose who is meant, or take it out of the list."
    )
    who = hands.sheet.people.combos[0]
    who.setFocus()
    place.key(Qt.Key.Key_Down)
    no_show = next(one for one in hands.sheet.people.marks if "Bo Led" in one.accessibleName())
    no_show.setFocus()
    place.key(Qt.Key.Key_Down)
    assert hands.sheet.go.text() == "Record 3 people"
    hands.record()
    assert place.toast == "Recorded Fire Warden: 2 attended, 1 no-show."
    assert marks(place) == [
        ("COMPLETED", "attended", None),
        ("COMPLETED", "no_show", None),
        ("COMPLETED", "attended", None),
    ]
    assert certificates(place) == [people[0], people[2]]
    place.until(lambda: place.assembly.panel.facts is not None)
    facts = place.assembly.panel.facts
    assert facts is not None
    assert facts.card.status is SessionStatus.COMPLETED, "the panel shows what was recorded"
    place.assembly.sessions.show_shelf(Shelf.PAST)
    place.settled()
    listed = place.assembly.sessions.table.model.keys()
    assert facts.card.id in listed
    place.key(Qt.Key.Key_Z, CTRL)
    place.until(lambda: not certificates(place))
    assert place.card(facts.card.id).status is SessionStatus.DRAFT
    with place.store.snapshot() as db:
        assert check_database(db) == []


def test_who_passed_is_told_where_the_course_asks(place: Workplace, people: list[int]) -> None:
    with prepared(place.store) as db:
        asks = sa.update(Course).where(Course.id == place.centre.fire)
        db.execute(asks.values(requires_result=True, version=Course.version + 1))
    hands = opened(place)
    hands.fill()
    hands.paste("P1", "P2", "P3")
    hands.sheet.all.combo.setFocus()
    QTest.keyClick(hands.sheet.all.combo, Qt.Key.Key_P)  # Passed, for everybody
    assert {combo.currentText() for combo in hands.sheet.people.marks} == {"Passed"}
    failed = hands.sheet.people.marks[1]
    failed.setFocus()
    place.key(Qt.Key.Key_Down)
    hands.paste("P1", "P2", "P4")
    assert [combo.currentText() for combo in hands.sheet.people.marks] == ["Passed", "Failed", "Attended, result open"]
    hands.sheet.text.setFocus()
    place.key(Qt.Key.Key_Return, CTRL)
    place.settled()
    assert [(attendance, result) for _status, attendance, result in marks(place)] == [
        ("attended", "passed"), ("attended", "failed"), ("attended", None)
    ]  # fmt: skip
    assert certificates(place) == people[:1]


def test_everything_that_is_missing_or_wrong_is_told_and_nothing_typed_is_lost(
    place: Workplace, people: list[int]
) -> None:
    hands = opened(place)
    hands.record()
    said = hands.sheet.trouble.sentence
    assert said.text() == "Nobody is on the list. Paste the names or numbers of those who were there."
    hands.paste("Ada Boss")
    hands.record()
    assert said.text() == "The course is missing. Fill it in."
    assert place.focus is hands.sheet.fields.course
    hands.choose(hands.sheet.fields.course, "lock")
    hands.record()
    assert said.text() == "Set trainer, venue, start and end to schedule this session."
    hands.fill("lock", "aisha")
    hands.record()
    assert said.text().startswith("Aisha Rahman is not qualified for Lockout–Tagout")
    hands.choose(hands.sheet.fields.trainer, "john")
    hands.type(hands.sheet.fields.day, "31 Dec 2026")
    hands.record()
    assert said.text().startswith("A past session is over, and this one ends Thu 31 Dec 2026 12:00.")
    assert place.focus is hands.sheet.fields.end
    assert marks(place) == []
    hands.type(hands.sheet.fields.day, "2 Jul 2026")
    hands.record()
    assert place.toast == "Recorded Lockout–Tagout: 1 attended."


def test_who_may_not_plan_is_not_offered_it(place: Workplace) -> None:
    page: SessionsPage = place.assembly.sessions
    button: QWidget = page.past
    assert not button.isHidden()
    become(place, Role.TRAINER)
    assert button.isHidden()
