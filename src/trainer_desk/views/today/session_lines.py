"""What sessions need a decision for: clashes, marks, people, trainers, rooms, and what is to be seen to."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from trainer_desk.services.findings import Finding
from trainer_desk.services.rows.checklists import SessionItem
from trainer_desk.services.rows.dashboard import Errands, Today, Unmarked
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rules.alternatives import free_venues
from trainer_desk.services.rules.emptiness import is_nearly_empty
from trainer_desk.services.rules.times import local
from trainer_desk.texts import day_text, finding_text, fix_text, people_text, time_text
from trainer_desk.texts.translate import _, plural
from trainer_desk.texts.words import fields_text
from trainer_desk.views.schedule import words
from trainer_desk.views.schedule.attention import Concern, open_concerns
from trainer_desk.views.schedule.occupancy import Occupancy
from trainer_desk.views.schedule.phrases import fix_word
from trainer_desk.views.schedule.verdict import clashing
from trainer_desk.views.schedule.ways_out import with_alternatives
from trainer_desk.views.today.lines import DecisionLine, Deed, Kind, Task

CHANGES = {"use_trainer": "trainer_id", "use_venue": "venue_id"}
"""The ways out that one press can take: which field of the session gets what is free."""
CHOOSE = {"trainer": "Choose a trainer", "venue": "Choose a venue", "start": "Choose a time"}


class Around(Protocol):
    """What a page knows around its sessions: names, the day, and the zone whose day that is."""

    @property
    def directory(self) -> Directory: ...

    @property
    def day(self) -> date: ...

    @property
    def zone(self) -> ZoneInfo: ...


def when_of(instant: datetime, zone: ZoneInfo, today: date) -> str:
    """Return `today 13:30`, else `Thu 26 Nov 15:00`."""
    day, clock = local(instant, zone).date(), time_text(instant, zone)
    return _("today {clock}").format(clock=clock) if day == today else f"{day_text(day)} {clock}"


def headline(card: SessionCard, today: Around) -> str:
    """Return `Lockout–Tagout, Thu 26 Nov 15:00`."""
    title = words.title_of(card, today.directory)
    if card.starts_at is None:
        return title
    return f"{title}, {when_of(card.starts_at, today.zone, today.day)}"


def concern_lines(today: Today) -> Iterator[DecisionLine]:
    """Return a line for each session that clashes, is too full, too empty or lacks something (D1, S9)."""
    occupancy = Occupancy(today.board, today.directory)
    wrong = clashing(today.board, occupancy, today.directory, today.now)
    by_session: dict[int, list[Concern]] = {}
    for concern in open_concerns(today.board, today.directory, today.now, (occupancy, wrong)):
        by_session.setdefault(concern.card.id, []).append(concern)
    for concerns in by_session.values():
        card, findings = concerns[0].card, [concern.finding for concern in concerns]
        hard = [one for one in findings if one.code not in SOFT and not one.code.startswith("missing_")]
        if hard:
            yield _wrong(card, hard, today, urgent=concerns[0].urgent)
        for finding in findings:
            if finding.code in SOFT:
                yield SOFT[finding.code](card, finding, today)
    yield from _missing(today)


def marking_lines(unmarked: Iterable[Unmarked], today: Around) -> Iterator[DecisionLine]:
    """Return a line for each session that is over and was not completed (S8)."""
    for one in unmarked:
        title = words.title_of(one.card, today.directory)
        said = plural("{n} person is not marked yet.", "{n} people are not marked yet.", one.people)
        yield DecisionLine(
            Kind.UNMARKED,
            one.card.id,
            _("{session} awaits attendance").format(session=headline(one.card, today)),
            said if one.people else _("Everybody is marked. Complete it, so that it counts."),
            Task(Deed.OPEN, one.card.id, "people"),
            _("Mark") if one.people else _("Complete"),
            help=Task(Deed.MARK, one.card.id, name=title),
        )


def errand_lines(errands: Iterable[Errands], today: Today) -> Iterator[DecisionLine]:
    """Return a line for each session before which something is to be seen to now (S12)."""
    for one in errands:
        many = len(one.items) > 1
        listed = ", ".join(f"{item.words} ({due_text(item, today.day)})" for item in one.items)
        opens = Task(Deed.OPEN, one.card.id, "checklist")
        yield DecisionLine(
            Kind.ERRANDS,
            one.card.id,
            headline(one.card, today),
            _("To be seen to: {items}").format(items=listed),
            opens,
            _("Open") if many else _("Done"),
            help=opens if many else Task(Deed.TICK, one.items[0].id, name=one.items[0].words),
        )


def nearly_empty_lines(today: Today) -> Iterator[DecisionLine]:
    """Return a line for each session of the next week that has next to nobody in it, the next one first."""
    for card in today.board.sessions:
        if not is_nearly_empty(card, today.now):
            continue
        enough = _("Set a minimum if so few are enough.")
        limited = _("{people} of {limit} places. {enough}")
        said = _("{people} so far. {enough}") if card.capacity is None else limited
        yield DecisionLine(
            Kind.NEARLY_EMPTY,
            card.id,
            _("{session} is nearly empty").format(session=headline(card, today)),
            said.format(people=people_text(card.enrolled), limit=card.capacity, enough=enough),
            Task(Deed.OPEN, card.id, "minimum"),
            _("Add people"),
            help=Task(Deed.PEOPLE, card.id),
        )


def due_text(item: SessionItem, today: date) -> str:
    """Return `today`, `by Thu 26 Nov`, `2 days late`."""
    if item.due_on is None:
        return _("no date yet")
    late = (today - item.due_on).days
    if late > 0:
        return plural("{n} day late", "{n} days late", late)
    return _("today") if late == 0 else _("by {day}").format(day=day_text(item.due_on))


def _wrong(card: SessionCard, findings: Sequence[Finding], today: Today, *, urgent: bool) -> DecisionLine:
    """A scheduled session that cannot stand, or a draft that could not be scheduled, with the first way out."""
    shown = with_alternatives(findings, card, today.board, today.directory)
    finding = shown[0]
    fix = next((one for one in finding.fixes if one.code in CHANGES), None)
    cause = finding_text(finding, today.zone)
    if fix is not None:
        cause = f"{cause} {fix_text(fix, today.zone)}"
    title = _("{session} cannot stand") if urgent else _("{session}: the draft clashes")
    name = words.title_of(card, today.directory)
    opens = Task(Deed.OPEN, card.id, finding.field or "start")
    return DecisionLine(
        Kind.INVALID if urgent else Kind.CLASH,
        card.id,
        title.format(session=headline(card, today)),
        cause,
        opens,
        fix_word(fix) if fix is not None else _("Open"),
        help=opens if fix is None else Task(Deed.EDIT, card.id, {CHANGES[fix.code]: fix.facts["id"]}, name),
    )


def _over(card: SessionCard, finding: Finding, today: Today) -> DecisionLine:
    venue = today.directory.venues.get(card.venue_id or 0)
    where = f" · {venue.name}." if venue else "."
    larger = _larger(card, today)
    return DecisionLine(
        Kind.OVER_CAPACITY,
        card.id,
        finding_text(finding, today.zone),
        f"{headline(card, today)}{where} {larger}".strip(),
        Task(Deed.OPEN, card.id, "venue"),
        _("Change venue"),
        help=Task(Deed.OPEN, card.id, "venue"),
    )


def _larger(card: SessionCard, today: Today) -> str:
    """Return `Canteen Hall (60) is free.`, the smallest free venue that seats everybody; empty without one."""
    if card.starts_at is None or card.ends_at is None:
        return ""
    occupancy, venues = Occupancy(today.board, today.directory), today.directory.venues
    taken = occupancy.claims(venues, card.starts_at, card.ends_at, without=card.id)
    blocks = occupancy.blocks_over(venues, card.starts_at, card.ends_at)
    free = [row for row in free_venues(card, today.directory, taken, blocks) if row.capacity is not None]
    if not free:
        return ""
    return _("{venue} ({seats}) is free.").format(venue=free[0].name, seats=free[0].capacity)


def _short(card: SessionCard, finding: Finding, today: Today) -> DecisionLine:
    lacking = int(finding.facts["missing"])
    return DecisionLine(
        Kind.SHORT,
        card.id,
        _("{session} lacks {people}").format(session=headline(card, today), people=people_text(lacking)),
        finding_text(finding, today.zone),
        Task(Deed.OPEN, card.id, "minimum"),
        _("Add people"),
        help=Task(Deed.PEOPLE, card.id),
    )


SOFT = {"venue_capacity_exceeded": _over, "below_minimum": _short}
"""The soft findings of a board that have a line of their own."""


def _missing(today: Today) -> Iterator[DecisionLine]:
    """Return a line for each draft of the next days without trainer, venue or time, the next one first."""
    dated = [card for card in today.board.sessions if card.status.value == "DRAFT" and _is_coming(card, today.now)]
    soon = [card for card in today.board.undated if _is_decided_soon(card, today)]
    for card in (*dated, *soon):
        lacks = [name for name, value in _parts(card) if value is None]
        if not lacks:
            continue
        said = _("Without {fields} it cannot be scheduled. {people} in it so far.")
        yield DecisionLine(
            Kind.MISSING,
            card.id,
            _("{session}: a draft").format(session=headline(card, today)),
            said.format(fields=fields_text(lacks), people=people_text(card.enrolled)),
            Task(Deed.OPEN, card.id, lacks[0]),
            _(CHOOSE.get(lacks[0], CHOOSE["start"])),
            help=Task(Deed.OPEN, card.id, lacks[0]),
        )


def _parts(card: SessionCard) -> tuple[tuple[str, object], ...]:
    return ("trainer", card.trainer_id), ("venue", card.venue_id), ("start", card.starts_at), ("end", card.ends_at)


def _is_coming(card: SessionCard, now: datetime) -> bool:
    return card.starts_at is not None and card.starts_at > now


def _is_decided_soon(card: SessionCard, today: Today) -> bool:
    return card.decision_on is not None and card.decision_on <= local(today.board.ends_at, today.zone).date()
