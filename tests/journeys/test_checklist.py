"""The checklist of a course in its panel: added, reworded, put in order, removed; undo takes each step back."""

from tests.journeys.catalogue import Hands
from tests.journeys.conftest import Workplace
from trainer_desk.services.planning.checklists import checklist_of
from trainer_desk.views.catalogue.checklist import ChecklistSection


def listed(place: Workplace) -> list[tuple[str, int]]:
    return [(item.words, item.days_before) for item in place.store.read(checklist_of, place.centre.fire)]


def add(place: Workplace, more: ChecklistSection, words: str, days: str) -> None:
    place.press(more.add)
    more.words.setText(words)
    more.days.setText(days)
    place.press(more.go)
    place.settled()


def test_a_checklist_is_kept(place: Workplace) -> None:
    hands = Hands(place, "courses")
    hands.show(place.centre.fire)
    more = hands.panel.more
    assert isinstance(more, ChecklistSection)
    add(place, more, "Book the room", "14")
    add(place, more, "  ", "1")
    assert "empty" in more.trouble.verdict.text
    for days, reason in (("366", "Set a number from 0 to 365."), ("soon", "is not a whole number"), ("", "empty")):
        more.words.setText("Handouts")
        more.days.setText(days)
        place.press(more.go)
        place.settled()
        assert reason in more.trouble.verdict.text
        assert more.form.isVisible()
    more.days.setText("0")
    place.press(more.go)
    place.until(lambda: len(more.rows) == 2)
    assert listed(place) == [("Book the room", 14), ("Handouts", 0)]
    assert [row.words.text() for row in more.rows] == ["14 days before", "on the day"]
    place.store.read(checklist_of, place.centre.fire)
    item = place.store.read(checklist_of, place.centre.fire)[0]
    more.edit(item)
    more.words.setText("Book the yard")
    place.press(more.go)
    place.until(lambda: listed(place)[0] == ("Book the yard", 14))
    place.until(lambda: more.rows[0].title.text() == "Book the yard")
    place.press(more.rows[1].line.itemAt(2).widget())
    place.until(lambda: listed(place) == [("Handouts", 0), ("Book the yard", 14)])
    place.until(lambda: more.rows[0].title.text() == "Handouts")
    place.press(more.rows[0].remove)
    place.until(lambda: listed(place) == [("Book the yard", 14)])
    hands.undo()
    place.until(lambda: listed(place) == [("Handouts", 0), ("Book the yard", 14)])
    hands.undo()
    place.until(lambda: listed(place) == [("Book the yard", 14), ("Handouts", 0)])
