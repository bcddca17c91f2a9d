"""Two people on one session: the second save gets both side by side, and nothing is overwritten unasked (U5)."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.views.session.conftest import Organisation, Stage
from trainer_desk.services.orchestration.scheduling import delete_session, edit_session
from trainer_desk.services.rows.comparing import Side
from trainer_desk.views.comparing.sheet import CompareSheet


def type_notes(stage: Stage, text: str) -> None:
    """Begin to type a note, and leave it standing in the field."""
    edit = stage.panel.form.notes.edit
    edit.setFocus()
    edit.insertPlainText(text)


def the_sheet(stage: Stage) -> CompareSheet:
    """Wait for the sheet, which first asks the journal for names."""
    stage.settle()
    sheet = stage.panel.comparing.sheet
    assert sheet is not None
    return sheet


@pytest.fixture
def contested(stage: Stage, organisation: Organisation) -> CompareSheet:
    """Both changed the notes."""
    stage.show(organisation.draft)
    type_notes(stage, "mine")
    organisation.write(edit_session, organisation.draft, {"notes": "hers", "minimum": 2})
    stage.leave()
    return the_sheet(stage)


def test_the_same_field_asks_and_says_whose_is_whose(
    contested: CompareSheet, stage: Stage, organisation: Organisation
) -> None:
    line = contested.contested[0]
    assert (line.buttons[Side.MINE].value, line.buttons[Side.THEIRS].value) == ("mine", "hers")
    assert organisation.who("marta") in line.buttons[Side.THEIRS].whose
    assert contested.beside[0].startswith("Minimum: nothing → 2")
    assert not contested.save.isEnabled()
    assert organisation.row(organisation.draft).notes == "hers"


def test_mine_is_saved_once_chosen(contested: CompareSheet, stage: Stage, organisation: Organisation) -> None:
    QTest.keyClick(contested.contested[0].buttons[Side.MINE], Qt.Key.Key_Space)
    stage.press(contested.save)
    row = organisation.row(organisation.draft)
    assert (row.notes, row.minimum) == ("mine", 2)
    assert stage.panel.comparing.sheet is None
    assert not stage.panel.saver.pending


def test_theirs_stands_once_chosen(contested: CompareSheet, stage: Stage, organisation: Organisation) -> None:
    stage.press(contested.contested[0].buttons[Side.THEIRS])
    stage.press(contested.save)
    assert organisation.row(organisation.draft).notes == "hers"
    assert stage.panel.form.notes.edit.toPlainText() == "hers"
    assert not stage.panel.saver.pending


def test_closed_with_esc_what_was_typed_stays_and_is_asked_again(
    contested: CompareSheet, stage: Stage, organisation: Organisation
) -> None:
    QTest.keyClick(contested, Qt.Key.Key_Escape)
    stage.settle()
    assert organisation.row(organisation.draft).notes == "hers"
    assert stage.panel.form.notes.edit.toPlainText() == "mine"
    stage.press(stage.link("notes", "Try again"))
    assert the_sheet(stage).contested[0].buttons[Side.THEIRS].value == "hers"
    assert organisation.row(organisation.draft).notes == "hers"


def test_what_a_third_change_made_while_the_sheet_was_open_is_asked_again(
    contested: CompareSheet, stage: Stage, organisation: Organisation
) -> None:
    organisation.write(edit_session, organisation.draft, {"notes": "third"})
    stage.panel.reload()
    stage.settle()
    stage.press(contested.contested[0].buttons[Side.MINE])
    stage.press(contested.save)
    assert organisation.row(organisation.draft).notes == "third"
    assert the_sheet(stage).contested[0].buttons[Side.THEIRS].value == "third"
    stage.press(the_sheet(stage).contested[0].buttons[Side.MINE])
    stage.press(the_sheet(stage).save)
    assert organisation.row(organisation.draft).notes == "mine"


def test_different_fields_merge_with_one_click(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.draft)
    type_notes(stage, "mine")
    organisation.write(edit_session, organisation.draft, {"minimum": 2})
    stage.leave()
    sheet = the_sheet(stage)
    assert not sheet.contested
    assert sheet.save.words() == "Save yours too"
    stage.press(sheet.save)
    row = organisation.row(organisation.draft)
    assert (row.notes, row.minimum) == ("mine", 2)


def test_the_same_change_of_both_asks_nothing(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.draft)
    type_notes(stage, "same")
    organisation.write(edit_session, organisation.draft, {"notes": "same"})
    stage.leave()
    assert stage.panel.comparing.sheet is None
    assert not stage.panel.saver.pending


def test_what_a_rule_refused_does_not_go_along_over_what_somebody_else_saved(
    stage: Stage, organisation: Organisation
) -> None:
    stage.show(organisation.draft)
    stage.retype(stage.panel.form.capacity.edit, "3")
    assert "seats are taken" in stage.said("capacity")
    organisation.write(edit_session, organisation.draft, {"capacity": 9})
    stage.panel.reload()
    stage.settle()
    type_notes(stage, "mine")
    stage.leave()
    assert organisation.row(organisation.draft).capacity == 9
    assert [one.group for one in the_sheet(stage).found.contested] == ["capacity"]


def test_closing_the_panel_lets_the_sheet_ask(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.draft)
    type_notes(stage, "mine")
    organisation.write(edit_session, organisation.draft, {"notes": "hers"})
    assert not stage.panel.close_session()
    stage.press(the_sheet(stage).drop)
    assert stage.panel.close_session()
    assert organisation.row(organisation.draft).notes == "hers"


def test_what_was_typed_is_told_when_the_session_went_into_the_trash(stage: Stage, organisation: Organisation) -> None:
    stage.show(organisation.undated)
    type_notes(stage, "mine")
    organisation.write(edit_session, organisation.undated, {"notes": "hers"})
    stage.leave()
    QTest.keyClick(the_sheet(stage), Qt.Key.Key_Escape)
    organisation.write(delete_session, organisation.undated)
    stage.panel.reload()
    stage.settle()
    assert "moved to the trash meanwhile. Not saved: Notes: mine." in stage.toasts[-1][0]
    assert stage.panel.session_id is None
