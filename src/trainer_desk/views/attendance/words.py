"""The words of the attendance sheet (A2, A4)."""

from zoneinfo import ZoneInfo

from trainer_desk.models.enums import Result
from trainer_desk.services.errors import DeskError
from trainer_desk.services.rows.attendance import AttendanceSheet, Attendee, EarlierTime, Mark, PendingPerson
from trainer_desk.services.rules.times import local
from trainer_desk.texts import attendance_word, date_text, day_text, error_text, span_text, time_text
from trainer_desk.texts.attendance import mark_text, result_word
from trainer_desk.texts.facts import shown
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.attendance.lines import Counts, Kept, Line


def subtitle_of(sheet: AttendanceSheet, zone: ZoneInfo) -> str:
    """Return `Tue 24 Nov · 13:30–16:30 · Training Room A · John Smith`."""
    when = ""
    if sheet.starts_at is not None and sheet.ends_at is not None:
        span = span_text(sheet.starts_at, sheet.ends_at, zone)
        when = span if " – " in span else f"{day_text(local(sheet.starts_at, zone).date())} · {span}"
    return " · ".join(part for part in (when, sheet.venue, sheet.trainer, sheet.ref) if part)


def details_of(line: Line) -> str:
    """Return the second line of a row: department, number, remark, and what is to be known at a glance."""
    person = line.person
    parts = [person.department, person.employee_no]
    if line.mark.remarks:
        parts.append(f"“{shown(line.mark.remarks)}”")
    if line.mark.score is not None:
        parts.append(_("score {score}").format(score=line.mark.score))
    parts += known_of(person)
    return " · ".join(part for part in parts if part)


def known_of(person: Attendee) -> list[str]:
    """Return what a facilitator should know of a person before the training, in a few words each."""
    parts = []
    if person.no_shows:
        parts.append(plural("{n} no-show before", "{n} no-shows before", person.no_shows))
    if person.earlier and person.earlier[0].result is Result.FAILED:
        parts.append(_("failed last time"))
    if person.intake_note:
        parts.append(_("intake note"))
    return parts


def pending_details(person: PendingPerson) -> str:
    """Return the second line of somebody who has no seat yet."""
    stands = _("offered a seat") if person.offered else _("on the waitlist")
    return " · ".join(part for part in (stands, person.department, person.employee_no) if part)


def clash_words(line: Line, kept: Kept, zone: ZoneInfo) -> str:
    """Return who marked otherwise, and what was wanted here."""
    refusal = kept.refusal
    by, at = (refusal.by, refusal.at) if refusal is not None else (None, None)
    words = _("{by} marked {name} at {clock}: {theirs}. Yours was: {mine}.")
    if not by or at is None:
        words = _("Somebody else marked {name}: {theirs}. Yours was: {mine}.")
    mine = mark_text(line.wanted or line.mark)
    clock = "" if at is None else time_text(at.replace(second=0, microsecond=0), zone)
    theirs, name = mark_text(line.mark), shown(line.person.name)
    return words.format(by=shown(by or ""), name=name, clock=clock, theirs=theirs, mine=mine)


def refused_words(kept: Kept, zone: ZoneInfo) -> str:
    """Return which marks were not taken, and why."""
    refusal = kept.refusal
    code, why = (None, None) if refusal is None else (refusal.code, refusal.why)
    said = error_text(DeskError(code, why=why), zone)
    return _("“{label}” was not taken. {said}").format(label=shown(kept.label), said=said)


def mark_label(person: Attendee, mark: Mark) -> str:
    """Return the name of a mark in the undo list: `Mark Ann Keller: Attended`."""
    return _("Mark {name}: {mark}").format(name=person.name, mark=mark_text(mark))


def foot_words(counts: Counts, waiting: int, *, is_away: bool) -> str:
    """Return what is still to do, and where what was done is."""
    if counts.unmarked:
        said = plural("{n} person still to mark.", "{n} people still to mark.", counts.unmarked)
    else:
        said = _("Everybody is marked.")
    if not is_away:
        return f"{said} {_('Saved as you go.')}"
    kept = plural("{n} mark is kept on this computer.", "{n} marks are kept on this computer.", waiting)
    return f"{said} {kept}" if waiting else said


def earlier_words(earlier: EarlierTime, zone: ZoneInfo) -> str:
    """Return `03 Mar 2026 · Attended · Failed · 12`."""
    parts = [date_text(local(earlier.starts_at, zone).date()), attendance_word(earlier.attendance)]
    if earlier.result is not None:
        parts.append(result_word(earlier.result))
    if earlier.score is not None:
        parts.append(str(earlier.score))
    return " · ".join(parts)


def spoken_line(line: Line) -> str:
    """Return what a screen reader says for a row."""
    parts = [line.person.name, mark_text(line.mark), line.person.employee_no, line.person.department]
    parts += known_of(line.person)
    if line.aside:
        parts.append(_("somebody else marked otherwise"))
    if line.is_waiting:
        parts.append(_("kept on this computer"))
    return ", ".join(part for part in parts if part)


def spoken_pending(person: PendingPerson) -> str:
    """Return what a screen reader says for somebody without a seat."""
    return f"{person.name}, {pending_details(person)}"
