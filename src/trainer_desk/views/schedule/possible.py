"""What whoever sits here may do with sessions of a calendar or a list: by the table of moves, and by their role."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from trainer_desk.models.enums import Role
from trainer_desk.services.orchestration.scheduling import edit_session
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rules.labels import is_over
from trainer_desk.services.rules.transitions import moves_for
from trainer_desk.services.seats.enrolling import enroll
from trainer_desk.services.seats.occupancy import check_in
from trainer_desk.views.desk import Desk


@dataclass(frozen=True, slots=True)
class Possible:
    """`moves` are the verbs that at least one of the sessions can make; the others say what the role may do."""

    moves: frozenset[str]
    plans: bool = True
    enrols: bool = True
    checks_in: bool = True
    prints: bool = True


def possible(desk: Desk, cards: Sequence[SessionCard], now: datetime) -> Possible:
    """Return what may be done with these sessions at `now` (UTC); several at once are moved by those who plan."""
    plans = desk.may(edit_session)
    moves = {
        move.verb
        for card in (cards if plans or len(cards) == 1 else ())
        for move in moves_for(desk.role, card.status, is_own=_is_own(desk, card), is_over=is_over(card, now))
    }
    return Possible(frozenset(moves), plans, desk.may(enroll), desk.may(check_in), _prints(desk, cards))


def _prints(desk: Desk, cards: Sequence[SessionCard]) -> bool:
    """Whether names may go to paper: who plans prints of all sessions, a trainer of own ones."""
    return desk.may(check_in) and (desk.may(edit_session) or all(_is_own(desk, card) for card in cards))


def _is_own(desk: Desk, card: SessionCard) -> bool:
    """Whether a trainer teaches the session; whose request made it, a card does not know."""
    teaching = (card.trainer_id, *card.co_trainer_ids)
    return desk.role is Role.TRAINER and desk.trainer_id is not None and desk.trainer_id in teaching
