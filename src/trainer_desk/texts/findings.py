"""Findings and their ways out as sentences."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from trainer_desk.services.findings import Finding, Fix, Waiver
from trainer_desk.services.rules.times import local
from trainer_desk.texts.facts import filled, prepared, shown
from trainer_desk.texts.formats import moment_text, short_day_text, time_text
from trainer_desk.texts.refusals import sentence
from trainer_desk.texts.sentences import FIXES, SENTENCES
from trainer_desk.texts.translate import _
from trainer_desk.texts.words import fields_text


def finding_text(finding: Finding, zone: ZoneInfo) -> str:
    """Return what a finding says, in the wall clock of `zone`; ways out are told by `fix_text`."""
    return sentence(finding.code, finding.facts, zone)


def findings_text(findings: Sequence[Finding], zone: ZoneInfo) -> str:
    """Return all findings one after the other; what is missing is told in one sentence."""
    missing = [finding for finding in findings if finding.code.startswith("missing_")]
    said = [finding_text(finding, zone) for finding in findings if finding not in missing]
    if missing:
        said.insert(0, _missing(missing))
    return " ".join(dict.fromkeys(said))


def fix_text(fix: Fix, zone: ZoneInfo) -> str:
    """Return what a way out says, for example `Training Room B is free.`; empty for one that has no words."""
    words = prepared(fix.facts, zone)
    starts_at, at = fix.facts.get("starts_at"), fix.facts.get("at")
    if starts_at is not None:
        is_same_day = at is not None and local(starts_at, zone).date() == local(at, zone).date()
        words["clock"] = time_text(starts_at, zone) if is_same_day else moment_text(starts_at, zone)
    templates = FIXES.get(fix.code)
    return filled(templates, words) if templates else ""


def waiver_text(waiver: Waiver, zone: ZoneInfo) -> str:
    """Return `Waived by Anna, 24 Nov: the chairs are there`; the day is that of `zone`."""
    said = _("Waived by {by}, {day}: {reason}")
    day = short_day_text(local(waiver.at, zone).date())
    return said.format(by=shown(waiver.by), day=day, reason=shown(waiver.reason))


def _missing(missing: Sequence[Finding]) -> str:
    if len(missing) == 1:
        return _(SENTENCES[missing[0].code][0])
    fields = [finding.field or finding.code.removeprefix("missing_") for finding in missing]
    return _("Set {fields} to schedule this session.").format(fields=fields_text(fields))
