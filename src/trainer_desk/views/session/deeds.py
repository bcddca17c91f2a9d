"""What can be done with chosen people of a session, by how they stand in it; pure (K3, K4, K5, K15)."""

from collections.abc import Sequence
from dataclasses import dataclass

from trainer_desk.models.enums import EnrollmentState
from trainer_desk.services.rules.transitions import OPEN_FOR_PEOPLE
from trainer_desk.texts.facts import shown
from trainer_desk.texts.translate import _
from trainer_desk.views.session.facts import Facts
from trainer_desk.views.session.people_rows import PersonRow

OPEN = "open"
"""The verb that shows a person's page."""
RECORD = "record_training"
"""The verb that records the training for want of which somebody waits."""

MOST_HOLDS = 3
"""Holds from which somebody who waits is given a seat by one click."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One verb with its button; `hold_id` names the held seats it takes from."""

    verb: str
    text: str
    icon: str = ""
    hold_id: int | None = None


def deeds_for(rows: Sequence[PersonRow], facts: Facts) -> list[Deed]:
    """Return what can be done with these people, the usual first, their page last.

    Once the session's people are fixed they can only be looked at (K3).
    """
    states = {row.state for row in rows}
    looks = [Deed(OPEN, _("Open person"), "circle-user-round")] if len(rows) == 1 else []
    if not rows or facts.status not in OPEN_FOR_PEOPLE or (len(states) > 1 and EnrollmentState.WITHDRAWN in states):
        return looks
    if len(states) > 1:
        return [_withdraw(len(rows))]
    return [*_OF_STATE[next(iter(states))](rows, facts), *looks]


def _of_confirmed(rows: Sequence[PersonRow], facts: Facts) -> list[Deed]:
    return [_withdraw(len(rows)), *(_swaps() if len(rows) == 1 else [])]


def _of_offered(rows: Sequence[PersonRow], facts: Facts) -> list[Deed]:
    if len(rows) > 1:
        return [_withdraw(len(rows))]
    return [Deed("accept", _("Accept the offer"), "check"), Deed("decline", _("Decline it"), "x"), *_swaps()]


def _of_waiting(rows: Sequence[PersonRow], facts: Facts) -> list[Deed]:
    text = _("Take off the waitlist") if len(rows) == 1 else _("Take {n} off the waitlist").format(n=len(rows))
    given = [
        Deed("fill", _("Give a seat held for {name}").format(name=shown(hold.label)), "user-plus", hold.id)
        for hold in facts.holds[:MOST_HOLDS]
    ]
    return [*_ways_out(rows, facts), Deed("withdraw", text, "user-x"), *given]


def _ways_out(rows: Sequence[PersonRow], facts: Facts) -> list[Deed]:
    """Return the way out of what keeps all of these people from a seat: not on the run, no intake or training."""
    ways = {
        "not_on_run": Deed("put_on_run", _("Put on the run"), "user-plus"),
        "intake_missing": Deed("intake", _("Record the intake…"), "clipboard-check"),
        "prerequisite_missing": Deed(RECORD, _("Record the training…"), "graduation-cap"),
    }
    codes = {seat.person_id: seat.skip_code for seat in facts.queue}
    return [way for code, way in ways.items() if all(codes.get(row.person_id) == code for row in rows)]


def _of_withdrawn(rows: Sequence[PersonRow], facts: Facts) -> list[Deed]:
    text = _("Add again") if len(rows) == 1 else _("Add {n} again").format(n=len(rows))
    return [Deed("add_again", text, "user-plus")]


def _withdraw(count: int) -> Deed:
    return Deed("withdraw", _("Withdraw") if count == 1 else _("Withdraw {n}").format(n=count), "user-x")


def _swaps() -> list[Deed]:
    return [Deed("replace", _("Replace by…"), "users"), Deed("move", _("Move to another date…"), "calendar-days")]


_OF_STATE = {
    EnrollmentState.CONFIRMED: _of_confirmed,
    EnrollmentState.OFFERED: _of_offered,
    EnrollmentState.WAITLISTED: _of_waiting,
    EnrollmentState.WITHDRAWN: _of_withdrawn,
}
