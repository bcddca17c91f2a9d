"""The list of sessions to settle: proposals, choices for all, what is kept, and how many lines it makes."""

import datetime as dt
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from tests.views.schedule import boards
from trainer_desk.services.rows.settling import Choice, Concerned, OtherTime, Substitute, Way
from trainer_desk.views.settling.lines import SHOWN, Manner, Settling
from trainer_desk.views.theme import look

MANNER = Manner("trainer", lambda way, _card: way.value)
START = boards.instant(boards.MONDAY, 9)
HOUR = dt.timedelta(hours=1)
TIME = OtherTime(START + 24 * HOUR, START + 25 * HOUR, 102, 201)
WAYS = (Way.REPLACE, Way.TIME, Way.DRAFT, Way.CANCEL, Way.KEEP)


def concerned(number: int, ways: tuple[Way, ...] = WAYS) -> Concerned:
    card = replace(boards.card(number, "Fire Warden", START, START + HOUR), seats_taken=3)
    people = tuple(Substitute(key, f"T{key}", f"Trainer {key}", 60) for key in (102, 103))
    return Concerned(card, ways, people if Way.REPLACE in ways else (), (TIME,) if Way.TIME in ways else ())


@pytest.fixture
def settling(qtbot: QtBot) -> Settling:
    look().start("light")
    widget = Settling()
    qtbot.addWidget(widget)
    return widget


def test_each_line_proposes_the_first_way_and_says_who_and_when(settling: Settling) -> None:
    settling.show_sessions([concerned(1)], MANNER, boards.directory())
    [line] = settling.lines
    assert line.choice == Choice(Way.REPLACE, 102)
    assert line.ways.texts() == [
        "Trainer 102 (1h booked this week)",
        "Trainer 103 (1h booked this week)",
        "Tue 24 Nov · 09:00–10:00",
        "draft",
        "cancel",
        "keep",
    ]
    assert line.note.whole() == "Fire Warden · Scheduled · 3 people"


def test_a_way_for_all_leaves_those_that_do_not_have_it(settling: Settling) -> None:
    settling.show_sessions([concerned(1), concerned(2, (Way.KEEP, Way.CANCEL))], MANNER, boards.directory())
    settling.choose_for_all(Way.TIME)
    assert settling.choices() == {1: Choice(Way.TIME, time=TIME), 2: Choice(Way.KEEP)}
    assert settling.shared_ways() == (Way.CANCEL, Way.KEEP)


def test_what_was_chosen_stays_while_the_session_has_that_way(settling: Settling) -> None:
    settling.show_sessions([concerned(1), concerned(2)], MANNER, boards.directory())
    settling.choose_for_all(Way.DRAFT)
    settling.show_sessions([concerned(1), concerned(2, (Way.KEEP, Way.CANCEL))], MANNER, boards.directory())
    assert settling.choices() == {1: Choice(Way.DRAFT), 2: Choice(Way.KEEP)}


def test_of_very_many_the_rest_follows_what_is_chosen_for_all(settling: Settling) -> None:
    settling.show_sessions([concerned(n) for n in range(1, SHOWN + 11)], MANNER, boards.directory())
    assert len(settling.lines) == SHOWN
    assert len(settling.choices()) == SHOWN + 10
    assert set(settling.choices().values()) == {Choice(Way.REPLACE, 102)}
    settling.choose_for_all(Way.KEEP)
    assert set(settling.choices().values()) == {Choice(Way.KEEP)}
