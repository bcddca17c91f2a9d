"""Soft findings that somebody accepted: what one is called, whether a waiver still holds, and which it quiets (S9)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from trainer_desk.services.findings import SOFT_CODES, Finding, Waiver
from trainer_desk.services.rows.schedule import SessionCard, WaiverRow

CODE = re.compile(r"[a-z][a-z_]*\Z")


def finding_id(ref: str, code: str, subject: str | None = None) -> str:
    """Return `REF:code`, with a subject `REF:code:subject`: what a finding of a stored session is called."""
    return f"{ref}:{code}:{subject}" if subject else f"{ref}:{code}"


def readings(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield what an id may mean as ref, code and subject (empty: none); refs and subjects may hold colons, too."""
    parts = text.strip().split(":")
    for place in range(1, len(parts)):
        if CODE.match(parts[place]):
            yield ":".join(parts[:place]), parts[place], ":".join(parts[place + 1 :])


def is_waivable(finding: Finding) -> bool:
    """Whether somebody may accept the finding: it is soft, and it does not refuse (S9)."""
    return finding.code in SOFT_CODES and not finding.refuses


def is_void(waiver: WaiverRow, card: SessionCard) -> bool:
    """Whether time, trainer, venue or headcount of the session differ from those that the waiver was given for."""
    given_for = (waiver.starts_at, waiver.ends_at, waiver.trainer_id, waiver.venue_id, waiver.headcount)
    now = (card.starts_at, card.ends_at, card.trainer_id, card.venue_id, headcount(card, waiver.code))
    return given_for != now


def headcount(card: SessionCard, code: str) -> int:
    """Return the people whom a finding of that code counts: held and offered seats help no session to its minimum."""
    return card.enrolled if code == "below_minimum" else card.seats_taken


def marked(findings: Iterable[Finding], card: SessionCard, waivers: Sequence[WaiverRow]) -> list[Finding]:
    """Return the findings of a session, those with a waiver that holds told so; the newest waiver counts."""
    holding = {
        (waiver.code, waiver.subject): waiver
        for waiver in sorted(waivers, key=lambda waiver: waiver.id)
        if waiver.session_id == card.id and not is_void(waiver, card)
    }
    return [_marked(finding, holding.get((finding.code, finding.subject or ""))) for finding in findings]


def _marked(finding: Finding, waiver: WaiverRow | None) -> Finding:
    if waiver is None or not is_waivable(finding):
        return finding
    return replace(finding, waived=Waiver(waiver.by, waiver.at, waiver.reason))
