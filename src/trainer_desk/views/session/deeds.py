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
    return [*_intake(rows, facts), Deed("withdraw", text, "user-x"), *given]


def _intake(rows: Sequence[PersonRow], facts: Facts) -> list[Deed]:
    """Return the way out of a missing intake, where it keeps all of these people from a seat (K12)."""
    lacking = {seat.person_id for seat in facts.queue if seat.skip_code == "intake_missing"}
    is_way_out = all(row.person_id in lacking for row in rows)
    return [Deed("intake", _("Record the intake…"), "clipboard-check")] if is_way_out else []


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
