"""What a schedule says of seats besides their number: how many are left, who waits, which run (K2, K5, R1)."""

from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rules.capacity import available, is_full, is_nearly_full
from trainer_desk.services.rules.transitions import OPEN_FOR_PEOPLE
from trainer_desk.texts import spots_text
from trainer_desk.texts.seats import seats_sentence
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.row_model import Mark

FULL: Mark = ("octagon-alert", "danger")
FEW: Mark = ("triangle-alert", "warn")
FREE: Mark = ("circle-check", "ok")
WAITING: Mark = ("clock", "text2")


def is_told(card: SessionCard) -> bool:
    """Whether free seats are told at all: the session has a limit and its people can still change."""
    return card.capacity is not None and card.status in OPEN_FOR_PEOPLE


def full(card: SessionCard) -> bool:
    """Whether nobody more finds a seat in a session that could take people (K2)."""
    return is_told(card) and is_full(card.capacity, card.seats_taken)


def spots_words(card: SessionCard) -> str:
    """Return `Session Full` or `3 spots left`; empty where that is not told."""
    return spots_text(available(card.capacity, card.seats_taken)) if is_told(card) else ""


def scarce_words(card: SessionCard) -> str:
    """Return the same, but only where no or few seats are left."""
    scarce = full(card) or (is_told(card) and is_nearly_full(card.capacity, card.seats_taken))
    return spots_words(card) if scarce else ""


def spots_mark(card: SessionCard) -> Mark | None:
    """Return icon and tone of the free seats: never colour alone (K2)."""
    if not is_told(card):
        return None
    return FULL if full(card) else FEW if scarce_words(card) else FREE


def why(card: SessionCard, directory: Directory) -> str:
    """Return what the seats are taken by: `Session Full: 10 enrolled, 2 held, 3 waiting`; empty if people alone do."""
    if card.status not in OPEN_FOR_PEOPLE or not (full(card) or card.held or card.offered or card.waiting):
        return ""
    return seats_sentence(card, (), (), directory.settings.zone)


def waiting_words(number: int) -> str:
    """Return `+3 waiting`."""
    return _("+{n} waiting").format(n=number)


def run_words(card: SessionCard, directory: Directory) -> str:
    """Return the run and the number of the day in it: `July batch · Day 2`; empty outside a run (R1)."""
    run = None if card.run_id is None else directory.runs.get(card.run_id)
    if run is None:
        return ""
    return run.name if card.day is None else _("{run} · Day {n}").format(run=run.name, n=card.day)
