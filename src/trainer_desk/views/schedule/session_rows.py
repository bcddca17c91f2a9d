"""Sessions as rows of a table: columns, texts, sorting and what a search looks at (V3)."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

from trainer_desk.models.enums import SessionLabel
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rules.labels import label
from trainer_desk.services.rules.names import search_key, sort_name
from trainer_desk.texts import day_text, label_word, span_text, spots_text
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.row_model import Column, Mark, Row
from trainer_desk.views.schedule import spots, wall, words

FAR = datetime.max.replace(tzinfo=UTC)
NUMBERS: dict[str, Callable[[SessionCard], int]] = {
    "seats": lambda card: card.seats_taken,
    "waiting": lambda card: card.waiting,
}
"""The columns that are sorted by number."""
LOOKS: dict[SessionLabel, Mark] = {
    SessionLabel.CANCELLED: ("ban", "text2"),
    SessionLabel.COMPLETED: ("circle-check", "ok"),
    SessionLabel.AWAITING_ATTENDANCE: ("clock", "warn"),
    SessionLabel.IN_PROGRESS: ("circle-dashed", "ok"),
    SessionLabel.DRAFT: ("pencil-line", "text2"),
    SessionLabel.FULL: ("octagon-alert", "danger"),
    SessionLabel.ACTIVE: ("users", "text2"),
    SessionLabel.UPCOMING: ("calendar-check", "text2"),
}
"""Icon and tone of each derived state in a table."""


def columns() -> tuple[Column, ...]:
    """Return the columns of every table of sessions."""
    return (
        Column("day", _("Day"), 96, fixed=True, fits=True),
        Column("time", _("Time"), 104, fits=True),
        Column("title", _("Session"), 150, fixed=True, wide=True),
        Column("trainer", _("Trainer"), 132),
        Column("venue", _("Venue"), 136),
        Column("seats", _("Seats"), 76, mark=seats_mark, fits=True),
        Column("state", _("State"), 108, mark=state_mark, fits=True),
        Column("waiting", _("Waiting"), 72, mark=waiting_mark),
        Column("run", _("Run"), 96, fits=True),
        Column("ref", _("Ref"), 96, shown=False),
        Column("course", _("Course"), 110, shown=False),
    )


def row_of(card: SessionCard, directory: Directory, now: datetime) -> Row:
    """Return the key and one text per column; `now` is UTC."""
    zone = directory.settings.zone
    day = span = ""
    if card.starts_at is not None and card.ends_at is not None:
        date = wall.to_wall(card.starts_at, zone).date()
        day = day_text(date, year=date.year != wall.to_wall(now, zone).year)
        span = span_text(card.starts_at, card.ends_at, zone)
    course = directory.courses.get(card.course_id)
    return (
        card.id,
        day or _("No date yet"),
        span,
        words.title_of(card, directory),
        words.trainers_of(card, directory) if card.trainer_ids else "",
        words.venue_name(card.venue_id, directory) if card.venue_id is not None else "",
        seats_of(card, directory),
        state_of(card, now),
        str(card.waiting or ""),
        spots.run_words(card, directory),
        card.ref,
        course.code if course else "",
    )


def seats_of(card: SessionCard, directory: Directory) -> str:
    """Return `18/20`; where hardly any is left also how many: `19/20 · 1 spot left`, `20/20 · Session Full` (K2)."""
    return " · ".join(filter(None, [words.seats_of(card, directory), spots.scarce_words(card)]))


def seats_mark(seats: str) -> Mark | None:
    """Mark more people than seats, as `25/20`, full sessions and those that are nearly full: never by colour alone."""
    figure, _dot, said = seats.partition(" · ")
    taken, _of, limit = figure.partition("/")
    if limit and int(taken) > int(limit):
        return spots.FEW
    if said:
        return spots.FULL if said == spots_text(0) else spots.FEW
    return None


def waiting_mark(number: str) -> Mark | None:
    """Mark a queue by its icon."""
    return spots.WAITING if number else None


def state_mark(word: str) -> Mark | None:
    """Return icon and tone of a derived state by its word: shape and word, never colour alone (S8, K2)."""
    return {label_word(state): look for state, look in LOOKS.items()}.get(word)


def state_of(card: SessionCard, now: datetime) -> str:
    """Return the derived word of a session (S8)."""
    return label_word(label(card, now))


def matching(cards: Iterable[SessionCard], directory: Directory, text: str) -> list[SessionCard]:
    """Return the sessions in whose title, course, trainer, venue, run or ref every typed word occurs."""
    wanted = search_key(text).split()
    return [card for card in cards if all(word in _searched(card, directory) for word in wanted)]


def in_order(
    cards: Sequence[SessionCard], directory: Directory, now: datetime, sort: tuple[str, bool] | None
) -> list[SessionCard]:
    """Return the sessions sorted by a column (id and whether descending); by start without one, undated last."""
    by_start = sorted(cards, key=lambda card: (card.starts_at or FAR, card.id))
    if sort is None or sort[0] == "day":
        return by_start[::-1] if sort is not None and sort[1] else by_start
    column, descending = sort
    if column in NUMBERS:
        return sorted(by_start, key=NUMBERS[column], reverse=descending)
    if column == "run":
        return sorted(by_start, key=lambda card: _run_key(card, directory), reverse=descending)
    if column == "time":
        zone = directory.settings.zone
        clock = {card.id: wall.to_wall(card.starts_at, zone).time() for card in by_start if card.starts_at}
        return sorted(by_start, key=lambda card: str(clock.get(card.id, "~")), reverse=descending)
    place = [each.id for each in columns()].index(column) + 1
    texts = {card.id: sort_name(row_of(card, directory, now)[place]) for card in by_start}
    return sorted(by_start, key=lambda card: (not texts[card.id], texts[card.id]), reverse=descending)


def _run_key(card: SessionCard, directory: Directory) -> tuple[bool, str, int, int]:
    """Sort by the name of the run, then by the day in it; sessions outside a run come last."""
    run = None if card.run_id is None else directory.runs.get(card.run_id)
    return run is None, sort_name(run.name) if run else "", run.id if run else 0, card.day or 0


def _searched(card: SessionCard, directory: Directory) -> str:
    course = directory.courses.get(card.course_id)
    names = [words.title_of(card, directory), card.ref, course.code if course else "", spots.run_words(card, directory)]
    if card.trainer_ids:
        names.append(words.trainers_of(card, directory))
    if card.venue_id is not None:
        names.append(words.venue_name(card.venue_id, directory))
    return search_key(" ".join(names))
