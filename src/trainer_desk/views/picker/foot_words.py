"""What the foot of the picker says of a choice before it is made: who gets a seat, waits, is refused (K1, P4)."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from trainer_desk.services.findings import Finding
from trainer_desk.services.rows.directory import VenueRow
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rows.seats import Foresight, RunRoom
from trainer_desk.services.rules.capacity import available, venue_capacity_exceeded
from trainer_desk.texts import finding_text, people_text
from trainer_desk.texts.translate import _, plural

Said = tuple[str, str]
"""A sentence and its remark, both empty where there is nothing to say."""
NOTHING: Said = ("", "")
FULL = "session_full"


def roughly(card: SessionCard, chosen: int, known: Foresight | None) -> Foresight:
    """Return what follows from the free seats alone, until the rule has answered; `known` is its last answer."""
    left = available(card.capacity, card.seats_taken)
    seated = chosen if left is None else min(chosen, left)
    rest = chosen - seated
    if known is None or not known.queues:
        return Foresight(queues=False, seated=seated, refused={FULL: rest} if rest else {}, run=_idle(known))
    places = (card.waiting + 1, card.waiting + rest) if rest else None
    return Foresight(queues=True, seated=seated, waiting=rest, places=places, run=_idle(known))


def limit_of(card: SessionCard, venue: VenueRow | None) -> int | None:
    """Return what the meter measures against: the tighter of the session's capacity and the venue's."""
    limits = [limit for limit in (card.capacity, venue.capacity if venue else None) if limit is not None]
    return min(limits, default=None)


def venue_alert(card: SessionCard, venue: VenueRow | None, seen: Foresight, zone: ZoneInfo) -> Said:
    """Return the yellow sentence and its remark, both empty while the venue is large enough (K1).

    Whoever gets no seat in the session does not crowd the venue.
    """
    finding = venue_capacity_exceeded(card.seats_taken + seen.seated, venue)
    if finding is None:
        return NOTHING
    takes_all = not seen.waiting and not seen.refused and available(card.capacity, card.seats_taken) != 0
    return finding_text(finding, zone), _("You can still add everyone.") if takes_all else ""


def full_alert(card: SessionCard, seen: Foresight, zone: ZoneInfo) -> Said:
    """Return that the session is full, and what becomes of those for whom no seat is left; empty while all fit."""
    if card.capacity is None:
        return NOTHING
    if not _waits_for_a_seat(seen) and not seen.refused.get(FULL) and available(card.capacity, card.seats_taken):
        return NOTHING
    facts = {"people": max(card.seats_taken, card.capacity), "capacity": card.capacity}
    return finding_text(Finding(FULL, facts=facts), zone), _fate_of_the_rest(seen)


def run_alert(seen: Foresight) -> Said:
    """Return `Run July batch: 17 of 18 people.` where the run does not take everybody (K8)."""
    kept, refused = seen.kept.get("run_full", 0), seen.refused.get("run_full", 0)
    if seen.run is None or not kept + refused:
        return NOTHING
    remark = plural(
        "{n} person would go beyond it and will wait.", "{n} people would go beyond it and will wait.", kept
    )
    if refused:
        remark = plural("{n} person will not fit.", "{n} people will not fit.", refused)
    return _("{run}.").format(run=run_text(seen, joining=0)), remark


def run_text(seen: Foresight, joining: int | None = None) -> str:
    """Return `Run July batch: 17 of 18 people` with those who would join it; empty without a limited run."""
    if seen.run is None:
        return ""
    more = seen.run.joining if joining is None else joining
    people = people_text(seen.run.limit)
    return _("Run {name}: {n} of {people}").format(name=seen.run.name, n=seen.run.people + more, people=people)


def reason_alert(seen: Foresight) -> Said:
    """Return who cannot take a seat however many are free: busy then, or without what must come first (C6, K12, N5)."""
    said = []
    busy, blocked = seen.kept.get("attendee_busy", 0), seen.refused.get("attendee_busy", 0)
    if blocked:
        words = ("{n} person is busy then and will be refused.", "{n} people are busy then and will be refused.")
        said.append(plural(*words, blocked))
    outside = seen.refused.get("not_on_run", 0)
    if outside:
        words = (
            "{n} person is not on the run and will be refused.",
            "{n} people are not on the run and will be refused.",
        )
        said.append(plural(*words, outside))
    missing = seen.refused.get("intake_missing", 0)
    if missing:
        words = (
            "{n} person has no intake on file and will be refused.",
            "{n} people have no intake on file and will be refused.",
        )
        said.append(plural(*words, missing))
    lacking = seen.refused.get("prerequisite_missing", 0)
    if lacking:
        words = (
            "{n} person lacks the course that must come first and will be refused.",
            "{n} people lack the course that must come first and will be refused.",
        )
        said.append(plural(*words, lacking))
    if busy:
        words = (
            "{n} person is busy then and will wait{{places}}.",
            "{n} people are busy then and will wait{{places}}.",
        )
        said.append(plural(*words, busy).format(places="" if _waits_for_a_seat(seen) else _places(seen)))
    return (said[0], " ".join(said[1:])) if said else NOTHING


def add_text(seen: Foresight, chosen: int) -> str:
    """Return what the button says: `Add 13 people`, or `Add 2 to the waitlist` where nothing else can come of it."""
    if not chosen:
        return _("Add")
    if seen.waiting and not seen.seated:
        return plural("Add {n} to the waitlist", "Add {n} to the waitlist", seen.waiting)
    return _("Add {people}").format(people=people_text(chosen))


def _waits_for_a_seat(seen: Foresight) -> bool:
    """Whether somebody would wait because none is free, and not only for a reason of their own."""
    return seen.waiting > sum(seen.kept.values())


def _fate_of_the_rest(seen: Foresight) -> str:
    waiting, refused = seen.waiting, seen.refused.get(FULL, 0)
    if waiting and seen.seated:
        added = plural("{n} person will be added", "{n} people will be added", seen.seated)
        return _("{added}; {n} will wait{places}.").format(added=added, n=waiting, places=_places(seen))
    if waiting:
        said = plural("{n} person will wait{{places}}.", "{n} people will wait{{places}}.", waiting)
        return said.format(places=_places(seen))
    if refused and seen.seated:
        text = plural("{n} person will not fit", "{n} people will not fit", refused)
        return _("{over}; the first {left} chosen will.").format(over=text, left=seen.seated)
    if refused:
        return plural("{n} person will not fit.", "{n} people will not fit.", refused)
    return _("Whoever is added will wait.") if seen.queues else _("Nobody more will fit.")


def _places(seen: Foresight) -> str:
    """Return the ranks in brackets: those of everybody who will wait, whatever for."""
    if seen.places is None:
        return _(" (most urgent first)")
    first, last = seen.places
    if first == last:
        return _(" (place {first})").format(first=first)
    return _(" (places {first}–{last})").format(first=first, last=last)


def _idle(known: Foresight | None) -> RunRoom | None:
    """Return the run of the last answer with nobody joining: who of the choice would, only the rule knows."""
    return None if known is None or known.run is None else replace(known.run, joining=0)
