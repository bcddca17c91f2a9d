"""Who steps in where, when one trainer's sessions are shared out (C8)."""

from dataclasses import replace

from tests.services.rules.plan import at, card, directory
from trainer_desk.services.rows.directory import QualificationRow, TrainerRow
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rows.settling import Substitute
from trainer_desk.services.rows.substitutes import StandIn
from trainer_desk.services.rules.stepping_in import share_out

TRAINERS = {
    1: TrainerRow(1, "T1", "Ann", 30),
    2: TrainerRow(2, "T2", "Bo", 4),
    3: TrainerRow(3, "T3", "Cy", None),
}
PLAN = directory(trainers=TRAINERS, qualifications={(key, 1): (QualificationRow(key, 1),) for key in (1, 2, 3)})
BO, CY = Substitute(2, "T2", "Bo", 0), Substitute(3, "T3", "Cy", 60)


def session(number: int, starts: str, ends: str) -> SessionCard:
    return card(id=number, ref=f"S-{number}", starts_at=at(starts), ends_at=at(ends))


def told(found: tuple[StandIn, ...]) -> list[tuple[str | None, list[str]]]:
    return [(one.proposed and one.proposed.name, [reason.code for reason in one.reasons]) for one in found]


def test_the_load_of_what_is_given_counts_for_the_next() -> None:
    cards = [session(1, "08:00", "10:00"), session(2, "10:00", "12:00"), session(3, "12:00", "14:00")]
    found = share_out(cards, dict.fromkeys((1, 2, 3), (BO, CY)), PLAN)
    assert told(found) == [("Bo", ["least_booked"]), ("Cy", ["least_booked"]), ("Bo", ["least_booked"])]
    assert [one.booked_minutes for one in found[2].options] == [120, 180]


def test_nobody_leads_two_at_a_time() -> None:
    cards = [session(1, "08:00", "10:00"), session(2, "09:00", "11:00"), session(3, "09:30", "11:00")]
    found = share_out(cards, dict.fromkeys((1, 2, 3), (BO, CY)), PLAN)
    assert told(found) == [("Bo", ["least_booked"]), ("Cy", ["only_trainer"]), (None, ["others_taken"])]
    assert found[2].reasons[0].facts == {"others": 2}
    again = share_out(cards, dict.fromkeys((1, 2, 3), (BO, CY)), PLAN, chosen={1: 3})
    assert told(again)[:2] == [("Bo", ["least_booked"]), ("Bo", ["only_trainer"])], "what somebody chose counts"


def test_who_would_be_over_the_target_comes_last() -> None:
    cards = [session(1, "08:00", "10:00")]
    over = replace(BO, booked_minutes=150)
    assert told(share_out(cards, {1: (over, replace(CY, booked_minutes=600))}, PLAN)) == [("Cy", ["under_target"])]
    assert told(share_out(cards, {1: (over,)}, PLAN)) == [("Bo", ["only_trainer", "over_target"])]


def test_why_nobody_steps_in() -> None:
    nobody_else = directory(qualifications={(1, 1): (QualificationRow(1, 1),)})
    assert told(share_out([card()], {}, nobody_else)) == [(None, ["nobody_else_qualified"])]
    assert told(share_out([card(starts_at=None, ends_at=None)], {}, PLAN)) == [(None, ["no_time"])]
