"""Free times and substitutes from the command line (C7, C8)."""

from tests.cli.commands import Desk
from tests.cli.conftest import WHEN


def test_the_next_free_times_with_trainer_venue_and_reasons(scheduled: Desk) -> None:
    day = ("--start", "2027-07-05T08:30", "--end", "2027-07-05T10:00")
    scheduled.ok("draft", "--ref", "B", "--course", "FIRE", "--capacity", "20", *day)
    answer = scheduled.ok("slots", "B", "--limit", "2")
    assert answer == {
        "slots": [
            {
                "start": "2027-07-05T08:30:00+02:00",
                "end": "2027-07-05T10:00:00+02:00",
                "trainer": "UNA",
                "venue": "R2",
                "reasons": [
                    "Una is the only qualified trainer who is free, with 0h booked that week.",
                    "Room 2 is free and seats 20.",
                ],
                "booked_minutes": 0,
            },
            {
                "start": "2027-07-05T10:00:00+02:00",
                "end": "2027-07-05T11:30:00+02:00",
                "trainer": "UNA",
                "venue": "R2",
                "reasons": [
                    "Una has the least booked that week of 2 qualified trainers who are free: 0h.",
                    "Room 2 is free and seats 20.",
                ],
                "booked_minutes": 0,
            },
        ],
        "why": [],
    }
    said = scheduled.words("slots", "B", "--limit", "1")[1]
    assert said.startswith("Mon 5 Jul 08:30–10:00  Una  Room 2  Una is the only qualified trainer")
    assert len(scheduled.ok("slots", "B")["slots"]) == 10


def test_when_there_is_no_free_time_it_says_why(desk: Desk) -> None:
    desk.ok("draft", "--ref", "B", "--course", "FIRE", "--capacity", "41")
    assert desk.ok("slots", "B") == {
        "slots": [],
        "why": ["No venue seats 41. Lower the capacity, or add a larger venue."],
    }
    desk.ok("draft", "--ref", "C", "--course", "GAS", "--start", "2027-07-05T09:00", "--end", "2027-07-05T10:00")
    assert desk.words("slots", "C")[1] == "Nobody is qualified for Gas. Record a trainer's qualification first.\n"


def test_who_could_step_in(scheduled: Desk) -> None:
    answer = scheduled.ok("substitutes", "A")
    assert answer["substitutes"] == [
        {"code": "UNA", "name": "Una", "booked_minutes": 0, "text": "Una (0h booked this week)"}
    ]
    assert [one["code"] for one in answer["venues"]] == ["R2", "HALL"]
    assert scheduled.words("substitutes", "A")[1] == "Una (0h booked this week)\n"
    scheduled.ok("draft", "--ref", "U", "--course", "FIRE")
    assert scheduled.words("substitutes", "U")[1] == "The session has no time yet.\n"
    scheduled.ok("draft", "--ref", "G", "--course", "GAS", *WHEN)
    assert scheduled.words("substitutes", "G")[1] == "Nobody else who is qualified is free.\n"


def test_what_is_over_is_not_moved_any_more(scheduled: Desk) -> None:
    scheduled.ok("cancel", "A", "--reason", "Snow")
    for words in (("slots", "A"), ("substitutes", "A")):
        code, document = scheduled.json(*words)
        assert (code, document["error"]["code"]) == (1, "wrong_state")
    for words, found in ((("slots", "X"), "not_found"), (("slots", "A", "--limit", "0"), "bad_value")):
        code, document = scheduled.json(*words)
        assert (code, document["error"]["code"]) == (1, found)
    assert scheduled.words("slots", "A", "--limit", "many")[0] == 2
