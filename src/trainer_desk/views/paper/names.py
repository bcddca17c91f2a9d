"""What prints of sessions are called: the name of a print job, of a PDF and of its file."""

from trainer_desk.services.rows.on_paper import OnPaper
from trainer_desk.services.rules.times import local
from trainer_desk.texts.translate import _


def title_of(one: str, many: str, found: OnPaper) -> str:
    """Return `Sign-in sheet FIRE 2026-07-06`; of several sessions the days of the first and the last."""
    days = [local(session.starts_at, found.zone).date() for session in found.sessions if session.starts_at]
    if len(found.sessions) == 1:
        [session] = found.sessions
        day = days[0].isoformat() if days else session.ref
        return _("{kind} {course} {day}").format(kind=one, course=session.course, day=day)
    if not days:
        return many
    first, last = min(days).isoformat(), max(days).isoformat()
    span = first if first == last else _("{first} to {last}").format(first=first, last=last)
    return _("{kind} {span}").format(kind=many, span=span)
