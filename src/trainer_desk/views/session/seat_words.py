"""What the panel says of seats: how many are left and why, what followed from a change, what settling would do."""

from collections.abc import Iterable, Mapping, Sequence

from trainer_desk.models.enums import SEATED, SessionStatus, WaitlistMode
from trainer_desk.services.errors import DeskError
from trainer_desk.services.orchestration.queues import QueueLook
from trainer_desk.services.rows.seats import Outcome, Settled
from trainer_desk.services.rules.capacity import available, is_full
from trainer_desk.texts import error_text, finding_text, people_text, spots_text
from trainer_desk.texts.facts import shown
from trainer_desk.texts.seats import outcome_text, seats_sentence
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.parts.meter_paint import HELD, INSIDE, OFFERED
from trainer_desk.views.session.facts import Facts

MOST_NAMED = 3


def spots_line(facts: Facts) -> tuple[str, str, str]:
    """Return words, icon and tone of the free seats: `3 spots left`, or `Session Full` and by whom (K2)."""
    card = facts.card
    left = available(card.capacity, card.seats_taken)
    said = spots_text(left) if left is not None else _("No limit of the session's own.")
    if left == 0 or card.held or card.offered:
        said = seats_sentence(card, facts.holds, facts.offers, facts.directory.settings.zone, now=facts.now)
    if left is None:
        return said, "users", "muted"
    if left == 0:
        return said, "octagon-alert", "danger"
    few = left <= max(1, (card.capacity or 0) // 5)
    return said, "triangle-alert" if few else "circle-check", "warn" if few else "ok"


def key_words(facts: Facts) -> dict[str, str]:
    """Return what each stretch of the meter stands for; empty words while the people alone take seats."""
    card = facts.card
    if not card.held and not card.offered:
        return dict.fromkeys((INSIDE, HELD, OFFERED), "")
    words = {INSIDE: (_("{n} enrolled"), card.enrolled), HELD: (_("{n} held"), card.held)}
    words[OFFERED] = (_("{n} offered"), card.offered)
    return {kind: text.format(n=n) if n else "" for kind, (text, n) in words.items()}


def run_line(facts: Facts) -> tuple[str, bool]:
    """Return `Run July batch: 18 of 18 people` and whether the run is full; empty outside a run (K8)."""
    run = facts.run
    if run is None:
        return "", False
    if run.max_people is None:
        return _("Run {name}: {people}").format(name=shown(run.name), people=people_text(run.people_taken)), False
    words = {"name": shown(run.name), "taken": run.people_taken, "limit": run.max_people}
    return _("Run {name}: {taken} of {limit} people").format_map(words), is_full(run.max_people, run.people_taken)


def names_text(names: Sequence[str]) -> str:
    """Return `Bo Kim and Cy Ray`; many are counted."""
    if len(names) > MOST_NAMED:
        return people_text(len(names))
    known = [shown(name) for name in names]
    if len(known) < 2:
        return "".join(known)
    return _("{some} and {last}").format(some=", ".join(known[:-1]), last=known[-1])


def followed(settled: Settled, facts: Facts) -> str:
    """Return who got a seat or an offer because of a change: `Bo Kim moved up from the waitlist.`; empty if nobody."""
    names = {seat.employee_no: seat.name for seat in facts.seats}
    own = [names.get(number, number) for number in settled.promoted.get(facts.card.id, ())]
    return _rose(own, facts, _others(settled, facts.card.id))


def rose(before: Facts, after: Facts) -> str:
    """Return who waited before and has a seat or an offer since; empty if nobody."""
    waited = {seat.person_id for seat in before.queue}
    return _rose([seat.name for seat in after.seats if seat.person_id in waited and seat.state in SEATED], after, 0)


def stillness(facts: Facts) -> str:
    """Return why a queue does not move by itself; empty when it does (K5)."""
    if facts.detail.waitlist == WaitlistMode.OFF.value:
        return _("The waitlist is off, so nobody moves up. Turn it on to give freed seats on.")
    if facts.status is SessionStatus.DRAFT:
        return _("Nobody moves up in a draft. The queue moves once the session is scheduled.")
    if facts.card.starts_at is None or facts.card.starts_at <= facts.now or facts.status is not SessionStatus.SCHEDULED:
        return _("Nobody moves up after the start. Add people one by one.")
    return ""


def look_text(look: QueueLook, facts: Facts) -> str:
    """Return what settling would do: who would move up, and who would be passed over and why (K5)."""
    names = {seat.employee_no: seat.name for seat in (*facts.seats, *look.waiting)}
    own = [names.get(number, number) for number in look.settled.promoted.get(facts.card.id, ())]
    said = [stillness(facts)]
    if own:
        is_asked = facts.detail.waitlist == WaitlistMode.OFFER.value
        text = _("{names} would be offered a seat.") if is_asked else _("{names} would move up.")
        said = [text.format(names=names_text(own))]
    elif not said[0]:
        said = [_("Nobody would move up: no seat is free.") if _is_taken(facts) else _("Nobody would move up.")]
    zone = facts.directory.settings.zone
    said += [
        _("{name} would be passed over: {reason}").format(
            name=shown(seat.name), reason=finding_text(look.reasons[seat.person_id], zone)
        )
        for seat in look.waiting
        if seat.person_id in look.reasons
    ]
    elsewhere = _others(look.settled, facts.card.id)
    if elsewhere:
        said.append(
            plural(
                "In other sessions {n} person would move up.", "In other sessions {n} people would move up.", elsewhere
            )
        )
    return "\n".join(part for part in said if part)


def outcomes_text(outcomes: Iterable[Outcome], names: Mapping[str, str], facts: Facts) -> str:
    """Return a sentence for everybody who did not simply get a seat, a line each (K11)."""
    told = [outcome for outcome in outcomes if outcome.outcome != "enrolled"]
    return "\n".join(f"{shown(names.get(one.employee_no, one.employee_no))}: {_fate(one, facts)}" for one in told)


def added_text(outcomes: Sequence[Outcome], names: Mapping[str, str], facts: Facts) -> str:
    """Return what became of people who were given a place, for a toast."""
    seated = [names.get(one.employee_no, one.employee_no) for one in outcomes if one.outcome == "enrolled"]
    parts = [_("{names} added.").format(names=names_text(seated))] if seated else []
    waiting = [one for one in outcomes if one.outcome == "waitlisted"]
    if len(waiting) == 1 and waiting[0].position is not None:
        name = shown(names.get(waiting[0].employee_no, waiting[0].employee_no))
        parts.append(_("{name} is on the waitlist, place {n}.").format(name=name, n=waiting[0].position))
    elif waiting:
        parts.append(_("{people} on the waitlist.").format(people=people_text(len(waiting))))
    rest = outcomes_text([one for one in outcomes if one.outcome in ("refused", "already")], names, facts)
    return " ".join([*parts, *rest.splitlines()])


def _fate(outcome: Outcome, facts: Facts) -> str:
    zone = facts.directory.settings.zone
    if outcome.outcome != "refused":
        return outcome_text(outcome, zone)
    reasons = [finding for finding in outcome.findings if finding.refuses]
    return error_text(DeskError(outcome.code or "session_full", findings=reasons), zone)


def _rose(names: Sequence[str], facts: Facts, elsewhere: int) -> str:
    said = []
    if names:
        is_asked = facts.detail.waitlist == WaitlistMode.OFFER.value
        text = _("{names} was offered a seat.") if is_asked else _("{names} moved up from the waitlist.")
        if is_asked and len(names) > 1:
            text = _("{names} were offered a seat.")
        said.append(text.format(names=names_text(names)))
    if elsewhere:
        text = plural("{n} person moved up in another session.", "{n} people moved up in other sessions.", elsewhere)
        said.append(text)
    return " ".join(said)


def _others(settled: Settled, session_id: int) -> int:
    return sum(len(numbers) for key, numbers in settled.promoted.items() if key != session_id)


def _is_taken(facts: Facts) -> bool:
    return is_full(facts.card.capacity, facts.card.seats_taken)
