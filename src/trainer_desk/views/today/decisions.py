"""Puts everything that needs a decision into one list, the most pressing first (D1, ux 3)."""

from collections.abc import Iterable, Iterator

from trainer_desk.services.rows.dashboard import Elsewhere, Needs, Overload, Today
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rules.capacity import available
from trainer_desk.services.rules.load import hours_text
from trainer_desk.services.rules.times import local
from trainer_desk.texts import day_text, people_text, spots_text
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.schedule import words
from trainer_desk.views.today.lines import DecisionLine, Deed, Kind, Task
from trainer_desk.views.today.session_lines import (
    concern_lines,
    errand_lines,
    headline,
    marking_lines,
    nearly_empty_lines,
    when_of,
)


def decisions(today: Today) -> list[DecisionLine]:
    """Return the lines by kind; those of one kind as they come, which is the next or the oldest first."""
    lines = [
        *concern_lines(today),
        *marking_lines(today.unmarked, today),
        *_requests(today),
        *_to_tell(today),
        *errand_lines(today.errands, today),
        *nearly_empty_lines(today),
        *_elsewhere(today.elsewhere, today),
        *_overloads(today.overloads, today),
        *_undated(today),
    ]
    return in_order(lines)


def in_order(lines: Iterable[DecisionLine]) -> list[DecisionLine]:
    """Return the most pressing kinds first; lines of one kind stay as they came."""
    return sorted(lines, key=lambda line: line.kind)


def _requests(today: Today) -> Iterator[DecisionLine]:
    asked = today.asked
    if not asked.count or asked.oldest_at is None:
        return
    days = (today.day - local(asked.oldest_at, today.zone).date()).days
    waited = plural("The oldest has waited for {n} day.", "The oldest has waited for {n} days.", days)
    page = Task(Deed.PAGE, value="requests")
    title = plural("{n} request waits for a decision", "{n} requests wait for a decision", asked.count)
    said = waited if days else _("All of them came today.")
    yield DecisionLine(Kind.REQUESTS, 0, title, said, page, _("Decide"), help=page)


def _to_tell(today: Today) -> Iterator[DecisionLine]:
    if not today.to_tell:
        return
    title = plural("{n} person is to be told of a place", "{n} people are to be told of a place", today.to_tell)
    cause = _("They were enrolled, moved or cancelled, and nobody has told them.")
    tell = Task(Deed.TELL)
    yield DecisionLine(Kind.TO_TELL, 0, title, cause, tell, _("Tell them"), help=tell)


def need_lines(needs: Needs, today: Today) -> Iterator[DecisionLine]:
    """Return a line for each course that people lack, or will soon, without having a place in it."""
    for need in sorted(needs.courses, key=lambda one: -one.unbooked):
        course = needs.directory.courses.get(need.course_id)
        if not need.unbooked or course is None:
            continue
        opens = Task(Deed.THING, course.id, "courses")
        if need.next is not None:
            cause, verb, helps = _next(need.next, today), _("Add people"), Task(Deed.PEOPLE, need.next.id)
        else:
            cause, verb = _("No date that is scheduled has a place left."), _("New session")
            helps = Task(Deed.DRAFT, course.id, name=course.title)
        title = _("{course}: {people} without a place").format(course=course.title, people=people_text(need.unbooked))
        yield DecisionLine(Kind.NEED, course.id, title, cause, opens, verb, help=helps)


def _next(card: SessionCard, today: Today) -> str:
    assert card.starts_at is not None
    when, free = when_of(card.starts_at, today.zone, today.day), available(card.capacity, card.seats_taken)
    if free is None:
        return _("Next date with places: {when}.").format(when=when)
    return _("Next date with places: {when}, {spots}.").format(when=when, spots=spots_text(free))


def _elsewhere(found: Iterable[Elsewhere], today: Today) -> Iterator[DecisionLine]:
    for one in found:
        said = _("{session}: {people} on the waitlist")
        yield DecisionLine(
            Kind.ELSEWHERE,
            one.card.id,
            said.format(session=headline(one.card, today), people=people_text(one.card.waiting)),
            _next(one.free, today),
            Task(Deed.OPEN, one.card.id, "people"),
            _("See who waits"),
            help=Task(Deed.OPEN, one.card.id, "people"),
        )


def _overloads(found: Iterable[Overload], today: Today) -> Iterator[DecisionLine]:
    for one in found:
        trainer = today.directory.trainers[one.trainer_id]
        said = _("{name}: {hours} booked this week, target {target}")
        title = said.format(name=trainer.name, hours=hours_text(one.minutes), target=hours_text(one.norm_minutes))
        week = Task(Deed.WEEK, one.trainer_id)
        cause = _still_to_come(one.trainer_id, today)
        yield DecisionLine(Kind.OVERLOAD, one.trainer_id, title, cause, week, _("See week"), help=week)


def _still_to_come(trainer_id: int, today: Today) -> str:
    """Return `Still to come: First Aid at Work on Tue 24 Nov, …` for the rest of the week."""
    left = 6 - today.day.weekday()
    said = []
    for card in today.board.sessions:
        if card.starts_at is None or card.starts_at <= today.now or trainer_id not in card.trainer_ids:
            continue
        day = local(card.starts_at, today.zone).date()
        if (day - today.day).days <= left and card.status.value == "SCHEDULED":
            title = words.title_of(card, today.directory)
            said.append(_("{title} on {day}").format(title=title, day=day_text(day)))
    return _("Still to come: {sessions}.").format(sessions=", ".join(said)) if said else _("All of it is taught.")


def _undated(today: Today) -> Iterator[DecisionLine]:
    undated = today.undated
    if not undated.count or undated.oldest_at is None:
        return
    title = plural(
        "{n} draft has had no date for two weeks",
        "{n} drafts have had no date for two weeks",
        undated.count,
    )
    since = _("The oldest was made on {day}.").format(day=day_text(local(undated.oldest_at, today.zone).date()))
    page = Task(Deed.PAGE, value="schedule")
    yield DecisionLine(Kind.UNDATED, 0, title, since, page, _("Place them"), help=page)
