"""The rows of the people in a session: who, how they stand on its day or in its queue, who did what when; pure."""

import datetime as dt
from dataclasses import dataclass

from trainer_desk.models.enums import ComplianceStatus, EnrollmentState, WaitlistOrder, WithdrawnWhy
from trainer_desk.services.rows.seats import Seat
from trainer_desk.services.rules.compliance import EXPIRING, GREEN, RED, YELLOW, effective_status, group_of
from trainer_desk.texts import moment_text, pill_text, time_text
from trainer_desk.texts.facts import shown
from trainer_desk.texts.seats import rank_text, skip_text, until_text
from trainer_desk.texts.translate import _
from trainer_desk.views.schedule.words import title_of
from trainer_desk.views.session.facts import Facts, is_open_offer
from trainer_desk.views.session.lines import Line

LOOKS = {
    RED: ("octagon-alert", "danger"),
    YELLOW: ("triangle-alert", "warn"),
    EXPIRING: ("clock", "expiring"),
    GREEN: ("circle-check", "ok"),
}
"""Icon and tone of each group of compliance: shape and word, never colour alone."""


@dataclass(frozen=True, slots=True)
class PersonRow(Line):
    """One person; `words` is the pill, the end of the offer or the place in the queue, `note` what is in the way."""

    employee_no: str = ""
    state: EnrollmentState = EnrollmentState.CONFIRMED

    @property
    def person_id(self) -> int:
        """The person."""
        return self.key


def seated_rows(facts: Facts) -> list[PersonRow]:
    """Return whose answer to an offer is awaited, then those who have a seat, the most urgent first."""
    confirmed = [seat for seat in facts.seats if seat.state is EnrollmentState.CONFIRMED]
    confirmed.sort(key=lambda seat: compliance_group(seat, facts))
    return [_offered(seat, facts) for seat in facts.offers] + [_confirmed(seat, facts) for seat in confirmed]


def waiting_rows(facts: Facts) -> list[PersonRow]:
    """Return those who wait, next first, with what keeps them from a free seat (K5)."""
    return [_waiting(seat, facts) for seat in facts.queue]


def withdrawn_rows(facts: Facts) -> list[PersonRow]:
    """Return those who had a place and left, the last one first; an offer that ended a moment ago is over, too."""
    gone = [seat for seat in facts.seats if seat.state is EnrollmentState.WITHDRAWN or _has_lapsed(seat, facts)]
    gone.sort(key=lambda seat: seat.withdrawn_at or facts.now, reverse=True)
    return [_withdrawn(seat, facts) for seat in gone]


def skip_words(seat: Seat, facts: Facts) -> str:
    """Return why somebody who waits could not be seated when last looked at, shortly (K5, K8, K12)."""
    if seat.skip_code is None:
        return ""
    if seat.skip_code == "attendee_busy":
        other = facts.in_the_way.get(seat.skip_ref or "")
        if other is not None and other.starts_at is not None and other.ends_at is not None:
            zone = facts.directory.settings.zone
            start, end = until_text(other.starts_at, zone, facts.now), time_text(other.ends_at, zone)
            words = {"title": shown(title_of(other, facts.directory)), "start": start, "end": end}
            return _("Busy in {title}, {start}–{end}").format_map(words)
    short = {
        "run_full": _("The run is full"),
        "not_on_run": _("Not on the run"),
        "intake_missing": _("No intake on file"),
        "prerequisite_missing": _("Lacks the course that must come first"),
    }
    return short.get(seat.skip_code) or skip_text(
        seat.name, seat.skip_code, seat.skip_ref, facts.directory.settings.zone
    )


def compliance_group(seat: Seat, facts: Facts) -> int:
    """Return the group of compliance of a person on the session's day (P1)."""
    course = facts.course
    days = course.expiring_days if course else 60
    return group_of(seat.status, seat.expires_on, facts.judged_on, days, seat.due_on, seat.counts_from)


def details_of(seat: Seat, facts: Facts) -> str:
    """Return who did what when, after the number and the department (K4)."""
    parts = [seat.employee_no, seat.department]
    joined = (
        _("Waiting since {at}, {who}") if seat.state is EnrollmentState.WAITLISTED else _("Enrolled by {who}, {at}")
    )
    parts.append(_by(joined, seat.enrolled_by, seat.enrolled_at, facts))
    if seat.promoted_at is not None:
        is_asked = seat.state is EnrollmentState.OFFERED or seat.withdrawn_why is not None
        text = _("Seat offered by {who}, {at}") if is_asked else _("Moved up by {who}, {at}")
        parts.append(_by(text, seat.promoted_by or "", seat.promoted_at, facts))
    if seat.withdrawn_at is not None:
        ended = {
            WithdrawnWhy.DECLINED: _("Offer declined, noted by {who}, {at}"),
            WithdrawnWhy.LAPSED: _("Offer ended without an answer, {at}"),
        }
        text = ended[seat.withdrawn_why] if seat.withdrawn_why else _("Withdrawn by {who}, {at}")
        parts.append(_by(text, seat.withdrawn_by or "", seat.withdrawn_at, facts))
    return " · ".join(part for part in parts if part)


def _by(text: str, who: str, at: dt.datetime, facts: Facts) -> str:
    return text.format(who=who, at=moment_text(at.replace(second=0), facts.directory.settings.zone, year=True))


def _pill(seat: Seat, facts: Facts) -> str:
    group = compliance_group(seat, facts)
    return pill_text(group, seat.status, seat.expires_on, facts.judged_on, seat.due_on, seat.counts_from)


def _confirmed(seat: Seat, facts: Facts) -> PersonRow:
    group = compliance_group(seat, facts)
    icon, tone = LOOKS[group]
    if group == GREEN and not _holds(seat, facts):
        icon, tone = "circle-dashed", "muted"
    return _row(seat, facts, words=_pill(seat, facts), icon=icon, tone=tone)


def _holds(seat: Seat, facts: Facts) -> bool:
    on = (seat.expires_on, facts.judged_on, seat.due_on, seat.counts_from)
    return effective_status(seat.status, *on) is ComplianceStatus.COMPLIANT


def _offered(seat: Seat, facts: Facts) -> PersonRow:
    words = _("Offered")
    if seat.offer_until is not None:
        until = until_text(seat.offer_until, facts.directory.settings.zone, facts.now)
        words = _("Offered until {until}").format(until=until)
    return _row(seat, facts, words=words, icon="bell", tone="accent")


def _waiting(seat: Seat, facts: Facts) -> PersonRow:
    words = rank_text(seat.position) if seat.position is not None else _("Has left")
    note, icon, tone = skip_words(seat, facts), "clock", "muted"
    if note:
        icon, tone = "triangle-alert", "warn"
    elif facts.detail.waitlist_order == WaitlistOrder.URGENT.value:
        note = _pill(seat, facts)
    return _row(seat, facts, words=words, icon=icon, tone=tone, note=note)


def _withdrawn(seat: Seat, facts: Facts) -> PersonRow:
    words = {WithdrawnWhy.DECLINED: _("Offer declined"), WithdrawnWhy.LAPSED: _("Offer ended")}
    said = words[seat.withdrawn_why] if seat.withdrawn_why else _("Withdrawn")
    if _has_lapsed(seat, facts):
        said = _("Offer ended")
    return _row(seat, facts, words=said, icon="user-x", tone="muted")


def _has_lapsed(seat: Seat, facts: Facts) -> bool:
    return seat.state is EnrollmentState.OFFERED and not is_open_offer(seat, facts.now)


def _row(seat: Seat, facts: Facts, *, words: str, icon: str, tone: str, note: str = "") -> PersonRow:
    state = EnrollmentState.WITHDRAWN if _has_lapsed(seat, facts) else seat.state
    return PersonRow(
        key=seat.person_id,
        name=seat.name,
        words=words,
        icon=icon,
        tone=tone,
        note=note,
        details=details_of(seat, facts),
        employee_no=seat.employee_no,
        state=state,
    )
