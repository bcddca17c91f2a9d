"""What is said of seats: why a session is full, what became of a person, and why somebody still waits (K2, K5)."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rows.seats import Hold, Outcome, Seat
from trainer_desk.services.rules.capacity import available
from trainer_desk.services.rules.times import local
from trainer_desk.services.rules.transitions import OPEN_FOR_PEOPLE
from trainer_desk.texts.facts import shown
from trainer_desk.texts.formats import moment_text, time_text, weekday_name
from trainer_desk.texts.refusals import sentence
from trainer_desk.texts.translate import _, plural
from trainer_desk.texts.words import outcome_word, spots_text

MOST_NAMED = 3
"""Holds or offers that are told one by one; the rest is counted."""

SOON = timedelta(days=6)
"""Up to here the name of the weekday says which day is meant."""


def seats_sentence(
    card: SessionCard, holds: Sequence[Hold], offers: Sequence[Seat], zone: ZoneInfo, *, now: datetime | None = None
) -> str:
    """Return how full a session is and by what, in the wall clock of `zone`; plain text, one line.

    `Session Full: 10 enrolled, 1 held (Acme, until Fri 14:05), 1 offered (Bo Kim, until Fri 09:00), 3 waiting`.
    `holds` are the live ones, `offers` the people with an open offer; with `now` (UTC) days close by need no date.
    A session whose people cannot change any more has no spots left to tell.
    """
    parts = [_("{n} enrolled").format(n=card.enrolled)]
    if card.held:
        parts.append(_("{n} held").format(n=card.held) + _listed(_hold(one, holds, zone, now) for one in holds))
    if card.offered:
        parts.append(_("{n} offered").format(n=card.offered) + _listed(_offer(one, zone, now) for one in offers))
    if card.waiting:
        parts.append(_("{n} waiting").format(n=card.waiting))
    said = ", ".join(parts)
    if card.status not in OPEN_FOR_PEOPLE:
        return said
    return f"{spots_text(available(card.capacity, card.seats_taken))}: {said}"


def outcome_text(outcome: Outcome, zone: ZoneInfo) -> str:
    """Return what became of a person: `enrolled`, `on the waitlist, place 2`, and what is in the way of a seat.

    Refusals without findings are told by `error_text`.
    """
    said = outcome_word(outcome.outcome)
    if outcome.position is not None:
        said = _("{outcome}, place {position}").format(outcome=said, position=outcome.position)
    in_the_way = next((one for one in outcome.findings if one.refuses), None)
    return said if in_the_way is None else f"{said}: {sentence(in_the_way.code, in_the_way.facts, zone)}"


def skip_text(name: str, code: str, ref: str | None, zone: ZoneInfo) -> str:
    """Return why somebody could not be seated when the queue was last looked at, from what was recorded (K5).

    `code` is that of the finding, `ref` the session in the way.
    """
    return sentence(code, {"name": name, "ref": ref}, zone)


def until_text(instant: datetime, zone: ZoneInfo, now: datetime | None = None) -> str:
    """Return `Fri 14:05` within the days after `now` (UTC), else `Fri 4 Dec 14:05`; seconds are left out."""
    instant = instant.replace(second=0)
    if now is None or not now.replace(second=0) <= instant <= now + SOON:
        return moment_text(instant, zone, year=now is not None and instant.year != now.year)
    return f"{weekday_name(local(instant, zone).weekday())} {time_text(instant, zone)}"


def rank_text(rank: int) -> str:
    """Return the place in a queue: `1st`, `2nd`, `13th`."""
    endings = {1: _("{n}st"), 2: _("{n}nd"), 3: _("{n}rd")}
    is_teen = rank // 10 % 10 == 1
    return (_("{n}th") if is_teen else endings.get(rank % 10, _("{n}th"))).format(n=rank)


def seat_count(seats: int) -> str:
    """Return `1 seat`, `3 seats`."""
    return plural("{n} seat", "{n} seats", seats)


def _hold(hold: Hold, holds: Sequence[Hold], zone: ZoneInfo, now: datetime | None) -> str:
    words = {"name": shown(hold.label), "until": until_text(hold.until_at, zone, now), "n": hold.seats}
    return (_("{name}, until {until}") if len(holds) == 1 else _("{n} {name}, until {until}")).format_map(words)


def _offer(seat: Seat, zone: ZoneInfo, now: datetime | None) -> str:
    if seat.offer_until is None:
        return shown(seat.name)
    return _("{name}, until {until}").format(name=shown(seat.name), until=until_text(seat.offer_until, zone, now))


def _listed(parts: Iterable[str]) -> str:
    """Return the first few in brackets, with the number of the others."""
    known = list(parts)
    if not known:
        return ""
    if len(known) > MOST_NAMED:
        known[MOST_NAMED:] = [plural("{n} more", "{n} more", len(known) - MOST_NAMED)]
    return f" ({'; '.join(known)})"
