"""Answers in words, for people at a terminal."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from trainer_desk import texts
from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.errors import DeskError
from trainer_desk.services.findings import Finding
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rules.capacity import available
from trainer_desk.services.rules.transitions import OPEN_FOR_PEOPLE


def error_lines(error: DeskError, zone: ZoneInfo) -> str:
    """Return what happened, one line per problem, with the ways out below each."""
    if error.findings:
        return finding_lines(error.findings, zone)
    problems = (error, *error.facts.get("also", ()))
    return "\n".join(texts.error_text(problem, zone) for problem in problems)


def finding_lines(findings: Sequence[Finding], zone: ZoneInfo) -> str:
    """Return findings, one line each, with their ways out indented below."""
    lines = []
    for finding in findings:
        said = texts.finding_text(finding, zone)
        lines.append(said if finding.waived is None else f"{said} {texts.waiver_text(finding.waived, zone)}")
        lines += [f"    {said}" for fix in finding.fixes if (said := texts.fix_text(fix, zone))]
    return "\n".join(lines)


def session_line(card: SessionCard, directory: Directory) -> str:
    """Return a session on one line: ref, time, state, title, trainer, venue and seats."""
    trainer = directory.trainers.get(card.trainer_id or 0)
    venue = directory.venues.get(card.venue_id or 0)
    parts = (
        card.ref,
        _when(card, directory.settings.zone),
        texts.state_word(SessionStatus(card.status)),
        card.title or directory.courses[card.course_id].title,
        trainer.name if trainer else "no trainer",
        venue.name if venue else "no venue",
        _seats(card),
    )
    return "  ".join(parts)


def _when(card: SessionCard, zone: ZoneInfo) -> str:
    if card.starts_at is None:
        return "no date"
    start = texts.moment_text(card.starts_at, zone, year=True)
    if card.ends_at is None:
        return start
    is_one_day = card.starts_at.astimezone(zone).date() == card.ends_at.astimezone(zone).date()
    end = texts.time_text(card.ends_at, zone) if is_one_day else texts.moment_text(card.ends_at, zone, year=True)
    return f"{start} – {end}"


def _seats(card: SessionCard) -> str:
    seats = texts.seats_text(card.seats_taken, card.capacity)
    if card.capacity is None or card.status not in OPEN_FOR_PEOPLE:
        return seats
    return f"{seats}  {texts.spots_text(available(card.capacity, card.seats_taken))}"


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return rows in columns that stand below each other."""
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))] if rows else []
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)
