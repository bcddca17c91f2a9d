"""Sessions as rows of a table: which texts carry an icon."""

import pytest

from trainer_desk.models.enums import SessionLabel
from trainer_desk.texts import label_word
from trainer_desk.views.schedule.session_rows import seats_mark, state_mark


@pytest.mark.parametrize(("seats", "is_marked"), [("25/20", True), ("20/20", False), ("9", False), ("0/1", False)])
def test_more_people_than_seats_are_marked(seats: str, is_marked: bool) -> None:
    assert (seats_mark(seats) is not None) is is_marked


def test_every_state_has_a_shape_of_its_own() -> None:
    marks = [state_mark(label_word(state)) for state in SessionLabel]
    assert None not in marks
    assert len(set(marks)) == len(marks)
