"""What is said beside each field of the panel: the fact, how bad it is, and the ways out; pure."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.errors import DeskError
from trainer_desk.services.findings import SOFT_CODES, Finding, Fix
from trainer_desk.services.rows.directory import Settings
from trainer_desk.services.rules.times import local
from trainer_desk.services.rules.waiving import is_waivable
from trainer_desk.texts import error_text, finding_text, findings_text, time_text, waiver_text
from trainer_desk.texts.formats import moment_text, weekday_name
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.editing.pending import Entry
from trainer_desk.views.editing.verdict import SILENT, Verdict
from trainer_desk.views.session.facts import Facts
from trainer_desk.views.session.groups_of_fields import GROUP_OF_FIELD

USABLE = (
    "use_trainer", "use_venue", "use_equipment", "free_from", "set_capacity", "newest_to_waitlist", "rehome_newest",
    "take_time", "next_day", "record_qualification", "free_times",
)  # fmt: skip
"""The ways out that a click in the panel can take."""
OFFERED = 4
FREE_TIMES = Fix("free_times")
"""The way out of every clash: look for another time."""
CLASHES = frozenset({"trainer_busy", "venue_busy", "equipment_busy", "trainer_away", "venue_closed"})
ABOUT_PEOPLE = ("venue_capacity_exceeded", "attendee_busy", "prerequisite_missing")
"""Soft findings that are told beside the people, whatever field they name."""
NOT_OVER = (SessionStatus.DRAFT, SessionStatus.SCHEDULED, SessionStatus.IN_PROGRESS)


def is_hard(finding: Finding) -> bool:
    """Whether a finding would refuse to be scheduled, also where a draft is only told of it (S9)."""
    return finding.code not in SOFT_CODES


def group_of(finding: Finding) -> str:
    """Return the group of the panel in which a finding is told."""
    return GROUP_OF_FIELD.get(finding.field or "", "when")


def verdict_of(group: str, facts: Facts, findings: Sequence[Finding], entry: Entry | None, *, strict: bool) -> Verdict:
    """Return what stands beside a group.

    `findings` are those of the session as stored, `entry` what is pending there; `strict` also tells what is missing.
    """
    if entry is not None and entry.is_refused:
        return _pending(entry, facts)
    own = [finding for finding in findings if group_of(finding) == group and is_hard(finding)]
    missing = [finding for finding in own if finding.code.startswith("missing_")]
    told = [finding for finding in own if finding not in missing] + (missing if strict else [])
    if told:
        return Verdict(findings_text(told, facts.directory.settings.zone), "danger", _usable(told))
    if entry is not None or missing:
        return SILENT
    return _all_well(group, facts)


def soft_findings(findings: Sequence[Finding], place: str) -> list[Finding]:
    """Return the soft findings that are told at a place of the panel: a group, or `people` for those about them."""
    return [finding for finding in findings if not is_hard(finding) and _place_of(finding) == place]


def soft_verdict(finding: Finding, facts: Facts, *, is_told: bool = False) -> Verdict:
    """Return the line of a soft finding; once waived it is quiet and says by whom and why (S9).

    `is_told` leaves the sentence out while it is open, where an alert shows it already.
    """
    zone = facts.directory.settings.zone
    said = finding_text(finding, zone)
    if finding.waived is not None:
        return Verdict(f"{said} {waiver_text(finding.waived, zone)}", waived=finding)
    waivable = finding if is_waivable(finding) else None
    return Verdict("" if is_told else said, "warn", _usable([finding]), waivable=waivable)


def _place_of(finding: Finding) -> str:
    return "people" if finding.code in ABOUT_PEOPLE else group_of(finding)


def fix_label(fix: Fix, facts: Facts) -> str:
    """Return the verb on the button of a way out: `Use Training Room B`, `Start at 16:30`."""
    zone = facts.directory.settings.zone
    if fix.code in ("use_trainer", "use_venue", "use_equipment"):
        return _("Use {name}").format(name=fix.facts["name"])
    if fix.code == FREE_TIMES.code:
        return _("Free times…")
    if fix.code == "record_qualification":
        return _("Record the qualification")
    if fix.code == "free_from":
        return _("Start at {clock}").format(clock=_clock(fix.facts["starts_at"], facts))
    if fix.code == "set_capacity":
        return _("Set the capacity to {capacity}").format(capacity=fix.facts["capacity"])
    if fix.code == "newest_to_waitlist":
        return plural(
            "Move the newest to the head of the waitlist",
            "Move the {n} newest to the head of the waitlist",
            fix.facts["people"],
        )
    if fix.code == "rehome_newest":
        return plural("Another date for the newest…", "Another date for the {n} newest…", fix.facts["people"])
    if fix.code == "take_time":
        instant = fix.facts["instant"]
        offset = local(instant, zone).strftime("%z")
        named = f"{time_text(instant, zone)} ({offset[:3]}:{offset[3:]})" if fix.facts["twice"] else None
        return _("Take {clock}").format(clock=named or time_text(instant, zone))
    return _("End on the next day")


def working_hours_text(starts_at: dt.datetime, ends_at: dt.datetime, settings: Settings) -> str:
    """Return `Until 18:00, after working hours (17:00).`, or nothing inside working hours; UTC instants."""
    start, end = local(starts_at, settings.zone), local(ends_at, settings.zone)
    if start.weekday() not in settings.working_days:
        text = _("{day} is not a working day.")
        return text.format(day=weekday_name(start.weekday(), full=True))
    if start.time() < settings.day_starts:
        text = _("From {clock}, before working hours ({limit}).")
        return text.format(clock=f"{start:%H:%M}", limit=f"{settings.day_starts:%H:%M}")
    if end.date() > start.date() or end.time() > settings.day_ends:
        text = _("Until {clock}, after working hours ({limit}).")
        return text.format(clock=f"{end:%H:%M}", limit=f"{settings.day_ends:%H:%M}")
    return ""


def error_fixes(error: DeskError) -> tuple[Fix, ...]:
    """Return the two times that can be taken instead of one that the clocks skip or show twice."""
    if error.code not in ("time_does_not_exist", "time_is_ambiguous"):
        return ()
    twice = error.code == "time_is_ambiguous"
    field = error.facts["field"]
    instants = (error.facts["earlier"], error.facts["later"])
    return tuple(Fix("take_time", {"field": field, "instant": instant, "twice": twice}) for instant in instants)


def error_words(error: DeskError, facts: Facts) -> str:
    """Return the sentence of an error as a form says it: what to click instead, not what to write."""
    if "sentence" in error.facts:
        return str(error.facts["sentence"])
    if error.code == "stale":
        # The panel shows the session: "this session" says more than its number.
        nameless = {name: value for name, value in error.facts.items() if name != "ref"}
        return error_text(DeskError(error.code, **nameless), facts.directory.settings.zone)
    if error.code != "time_is_ambiguous":
        return error_text(error, facts.directory.settings.zone)
    text = _("{clock} comes twice on that day, because the clocks go back. Choose the one that is meant.")
    return text.format(clock=f"{error.facts['wall']:%H:%M}")


def _pending(entry: Entry, facts: Facts) -> Verdict:
    if entry.reasons:
        said, fixes = findings_text(entry.reasons, facts.directory.settings.zone), _usable(entry.reasons)
    else:
        assert entry.error is not None
        said, fixes = error_words(entry.error, facts), error_fixes(entry.error)
    if entry.error is not None and entry.error.code == "stale":
        return Verdict(said, "warn", (), pending=True, can_retry=True)
    if entry.values is None:
        return Verdict(said, "danger", fixes, pending=True)
    if entry.is_unknown:
        return Verdict(said, "warn", (), pending=True, can_retry=True)
    return Verdict(_("Not saved. {reason}").format(reason=said), "danger", fixes, pending=True, can_retry=True)


def _usable(findings: Sequence[Finding]) -> tuple[Fix, ...]:
    found: list[Fix] = []
    for finding in findings:
        extra = (Fix("next_day"),) if finding.code == "end_before_start" else ()
        found += [fix for fix in (*finding.fixes, *extra) if fix.code in USABLE]
    unique = [fix for place, fix in enumerate(found) if fix not in found[:place]]
    times = [fix for fix in unique if fix.code == "free_from"]
    if any(finding.code in CLASHES for finding in findings):
        times.append(FREE_TIMES)
    return tuple([fix for fix in unique if fix not in times][: OFFERED - len(times)] + times)


def _all_well(group: str, facts: Facts) -> Verdict:
    card, settings = facts.card, facts.directory.settings
    if card.starts_at is None or card.ends_at is None or facts.status not in NOT_OVER:
        return SILENT
    if group == "when":
        text = working_hours_text(card.starts_at, card.ends_at, settings) if card.ends_at > card.starts_at else ""
        return replace(SILENT, text=text, tone="warn")
    if group == "trainer" and card.trainer_id is not None:
        text = _("Free at this time and qualified for {course}.")
        return Verdict(text.format(course=facts.course_title), "ok")
    if group == "venue" and card.venue_id is not None:
        return Verdict(_("Free at this time."), "ok")
    if group == "equipment" and card.equipment_ids:
        return Verdict(_("Free at this time."), "ok")
    return SILENT


def _clock(instant: dt.datetime, facts: Facts) -> str:
    zone, starts_at = facts.directory.settings.zone, facts.card.starts_at
    is_same_day = starts_at is not None and local(starts_at, zone).date() == local(instant, zone).date()
    return time_text(instant, zone) if is_same_day else moment_text(instant, zone)
