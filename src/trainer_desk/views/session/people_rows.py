"""The rows of the people in a session: who, how they stand on its day, and who enrolled them; pure."""

from dataclasses import dataclass

from trainer_desk.models.enums import SEATED, EnrollmentState
from trainer_desk.services.rows.seats import Seat
from trainer_desk.services.rules.capacity import available
from trainer_desk.services.rules.compliance import EXPIRING, GREEN, RED, YELLOW, group_of
from trainer_desk.texts import enrollment_word, moment_text, pill_text, spots_text
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.session.facts import Facts

LOOKS = {
    RED: ("octagon-alert", "danger"),
    YELLOW: ("triangle-alert", "warn"),
    EXPIRING: ("clock", "expiring"),
    GREEN: ("circle-check", "ok"),
}
"""Icon and tone of each group of compliance: shape and word, never colour alone."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person of the list; `words` is the pill, `details` who made the place and when."""

    person_id: int
    name: str
    words: str
    icon: str
    tone: str
    details: str

    @property
    def spoken(self) -> str:
        """What a screen reader says for the row."""
        return f"{self.name}, {self.words}. {self.details}"


def person_rows(facts: Facts) -> list[PersonRow]:
    """Return those who have a seat, the most urgent first, then those who wait, in their order."""
    seated = [(_group(seat, facts), seat) for seat in facts.seats if seat.state in SEATED]
    seated.sort(key=lambda pair: pair[0])
    waiting = [seat for seat in facts.seats if seat.state is EnrollmentState.WAITLISTED]
    waiting.sort(key=lambda seat: seat.position or 0)
    return [_row(seat, group, facts) for group, seat in seated] + [_waiting(seat, facts) for seat in waiting]


def spots_line(facts: Facts) -> tuple[str, str, str]:
    """Return words, icon and tone of the free seats: `3 spots left`, or `Session Full` and why (K2)."""
    capacity, taken = facts.card.capacity, facts.card.seats_taken
    left = available(capacity, taken)
    if left is None:
        return _("No limit of the session's own."), "users", "muted"
    if left == 0:
        words = plural("The only place is taken.", "All {n} places are taken.", capacity or 0)
        return f"{spots_text(0)}. {words}", "ban", "danger"
    few = left <= max(1, (capacity or 0) // 5)
    return spots_text(left), "triangle-alert" if few else "circle-check", "warn" if few else "ok"


def _group(seat: Seat, facts: Facts) -> int:
    course = facts.course
    return group_of(seat.status, seat.expires_on, facts.judged_on, course.expiring_days if course else 60)


def _row(seat: Seat, group: int, facts: Facts) -> PersonRow:
    icon, tone = LOOKS[group]
    words = pill_text(group, seat.status, seat.expires_on, facts.judged_on)
    if seat.status is None:
        icon, tone = "circle-dashed", "muted"
    return PersonRow(seat.person_id, seat.name, words, icon, tone, _details(seat, facts))


def _waiting(seat: Seat, facts: Facts) -> PersonRow:
    return PersonRow(seat.person_id, seat.name, enrollment_word(seat.state), "clock", "muted", _details(seat, facts))


def _details(seat: Seat, facts: Facts) -> str:
    at = moment_text(seat.enrolled_at.replace(second=0), facts.directory.settings.zone, year=True)
    told = _("Enrolled by {who}, {at}").format(who=seat.enrolled_by, at=at)
    parts = [seat.employee_no, seat.department, told]
    return " · ".join(part for part in parts if part)
