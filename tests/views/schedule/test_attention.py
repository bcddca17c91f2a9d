"""What needs attention: wrong scheduled sessions first, then clashing drafts, full rooms, missing parts."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from pytestqt.qtbot import QtBot

from tests.views.schedule import boards
from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.rows.schedule import Board, SessionCard, WaiverRow
from trainer_desk.views.schedule.attention import open_concerns
from trainer_desk.views.schedule.attention_list import AttentionList, icon_of


def coming() -> SessionCard:
    """Give a scheduled session that is still to come and stands alone."""
    return next(
        card
        for card in boards.busy_week().sessions
        if card.status is SessionStatus.SCHEDULED and card.starts_at and card.starts_at > boards.NOW
    )


def board(*cards: SessionCard) -> Board:
    return replace(boards.busy_week(), sessions=cards, blocks=())


def codes(*cards: SessionCard) -> list[tuple[int, str]]:
    found = open_concerns(board(*cards), boards.directory(), boards.NOW)
    return [(concern.card.id, concern.finding.code) for concern in found]


def test_a_sound_session_needs_nothing() -> None:
    assert codes(replace(coming(), seats_taken=0)) == []


def test_the_order_of_urgency() -> None:
    sound = replace(coming(), id=1, seats_taken=0)
    draft = replace(sound, id=2, status=SessionStatus.DRAFT)
    later = {"starts_at": sound.starts_at, "ends_at": sound.ends_at}
    bare = replace(sound, id=3, status=SessionStatus.DRAFT, trainer_id=None, co_trainer_ids=(), venue_id=None, **later)
    found = codes(sound, draft, bare)
    assert [key for key, _code in found] == [2, 2, 3, 3]
    assert {code for key, code in found if key == 2} == {"trainer_busy", "venue_busy"}
    assert {code for key, code in found if key == 3} == {"missing_trainer", "missing_venue"}


def test_a_room_that_is_too_small_is_named() -> None:
    full = replace(coming(), seats_taken=999)
    assert (full.id, "venue_capacity_exceeded") in codes(full)


def test_what_is_over_or_cancelled_asks_for_nothing() -> None:
    sound = replace(coming(), seats_taken=999)
    assert sound.starts_at is not None
    past = replace(sound, starts_at=boards.NOW - timedelta(hours=3), ends_at=boards.NOW - timedelta(hours=1))
    assert codes(past, replace(sound, id=99, status=SessionStatus.CANCELLED)) == []


def test_a_reason_that_is_long_takes_two_lines(qtbot: QtBot) -> None:
    sound = replace(coming(), id=1, seats_taken=0)
    found = open_concerns(
        board(sound, replace(sound, id=2, status=SessionStatus.DRAFT)), boards.directory(), boards.NOW
    )
    rows = AttentionList()
    qtbot.addWidget(rows)
    rows.show()
    heights = []
    for width in (240, 900):
        rows.resize(width, 200)
        rows.show_concerns(found, boards.directory())
        heights.append(rows.visualRect(rows.model().index(0, 0)).height())
    assert heights == [59, 42]


def short(**more: Any) -> SessionCard:
    """Give a scheduled session that lacks people, a day before it is decided."""
    decision = (boards.NOW + timedelta(days=1)).date()
    return replace(coming(), seats_taken=3, minimum=6, decision_on=decision, **more)


def waiver_for(card: SessionCard, code: str, subject: str = "") -> WaiverRow:
    return WaiverRow(
        1, card.id, code, subject, "Because", "anna", boards.NOW, card.starts_at, card.ends_at, card.trainer_id,
        card.venue_id, card.seats_taken,
    )  # fmt: skip


def test_too_few_people_are_named_while_something_can_be_done() -> None:
    assert codes(short()) == [(coming().id, "below_minimum")]
    assert codes(replace(short(), seats_taken=6)) == []
    assert codes(short(status=SessionStatus.DRAFT)) == []


def test_full_rooms_and_too_few_people_come_before_missing_parts_and_look_alike() -> None:
    bare = replace(coming(), id=9, status=SessionStatus.DRAFT, trainer_id=None, co_trainer_ids=(), seats_taken=0)
    found = open_concerns(board(bare, short(id=2)), boards.directory(), boards.NOW)
    soft = [concern for concern in found if concern.finding.code == "below_minimum"]
    assert found.index(soft[0]) < [concern.finding.code for concern in found].index("missing_trainer")
    assert icon_of(soft[0]) == ("triangle-alert", "warn")


def test_what_is_waived_asks_for_nothing_until_the_session_changes() -> None:
    full = replace(coming(), seats_taken=999)
    venue = boards.directory().venues[full.venue_id or 0].code
    for card, code, subject in ((short(), "below_minimum", ""), (full, "venue_capacity_exceeded", venue)):
        waived = replace(board(card), waivers={card.id: (waiver_for(card, code, subject),)})
        assert open_concerns(waived, boards.directory(), boards.NOW) == []
        changed = replace(waived, sessions=(replace(card, seats_taken=card.seats_taken + 1),))
        found = open_concerns(changed, boards.directory(), boards.NOW)
        assert [concern.finding.code for concern in found] == [code]
