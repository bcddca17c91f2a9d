"""What a painted session shows, as one hashable value: the key under which its picture is kept."""

from dataclasses import dataclass

from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.views.parts.avatar import initials
from trainer_desk.views.schedule import wall, words


@dataclass(frozen=True, slots=True)
class Face:
    """The texts and marks of one block; `span` is its time on the clock, `where` what the view does not show."""

    title: str
    code: str
    hue: int
    status: SessionStatus
    start: str
    span: str
    venue: str
    trainer: str
    initials: str
    seats: str
    over: bool
    clash: bool
    named: bool
    """Whether the title is the session's own, so that its course's code would say less than a part of it."""
    waiting: int = 0
    """How many people are in the queue."""


def face_of(card: SessionCard, directory: Directory, *, clash: bool = False) -> Face:
    """Return the face of a session with names from the directory."""
    course = directory.courses.get(card.course_id)
    title = words.title_of(card, directory)
    start = span = ""
    if card.starts_at is not None and card.ends_at is not None:
        zone = directory.settings.zone
        start = words.clock(wall.to_wall(card.starts_at, zone))
        span = f"{start} – {words.clock(wall.to_wall(card.ends_at, zone))}"
    trainer = words.trainer_name(card.trainer_id, directory)
    return Face(
        title=title,
        code=(course.short_code or course.code) if course else title,
        hue=course.hue if course else 0,
        status=card.status,
        start=start,
        span=span,
        venue=words.venue_name(card.venue_id, directory),
        trainer=trainer,
        initials="" if card.trainer_id is None else initials(trainer),
        seats=words.seats_of(card, directory),
        over=words.over_capacity(card, directory),
        clash=clash,
        named=card.title is not None,
        waiting=card.waiting,
    )
