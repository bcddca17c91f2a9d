"""A course's checklist that two people change at one time (S12, U5)."""

import pytest

from tests.factories import make_checklist_item, make_course, prepared
from trainer_desk.services.errors import Stale
from trainer_desk.services.planning.checklists import change_item, checklist_of, remove_item
from trainer_desk.services.store.engine import Store


def test_what_somebody_else_changed_meanwhile_is_not_overwritten_unseen(store: Store) -> None:
    with prepared(store) as db:
        course = make_course(db)
        item = make_checklist_item(db, course, "Book the room")
    [shown] = store.read(checklist_of, course)
    store.write("Theirs", change_item, item, "Book two rooms", 7)
    with pytest.raises(Stale):
        store.write("Mine", change_item, item, "Book the hall", 7, seen=shown)
    with pytest.raises(Stale):
        store.write("Off", remove_item, item, seen=shown)
    store.write("Other days", change_item, item, "Book the room", 3, seen=shown)
    [both] = store.read(checklist_of, course)
    assert (both.words, both.days_before) == ("Book two rooms", 3)
    store.write("Mine after all", change_item, item, "Book the hall", 3, seen=both)
    assert store.read(checklist_of, course)[0].words == "Book the hall"
