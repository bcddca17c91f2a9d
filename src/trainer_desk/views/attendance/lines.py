"""What a row of the sheet shows: the mark of the database with what is on its way over it; pure (A2)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trainer_desk.models.enums import Attendance
from trainer_desk.services.errors import BadValue
from trainer_desk.services.orchestration.outgoing import Refusal, read_refusal
from trainer_desk.services.rows.attendance import AttendanceSheet, Attendee, Deed, Mark
from trainer_desk.services.rules.marking import changed_parts, marked
from trainer_desk.services.store.outbox import Entry


@dataclass(slots=True, eq=False)
class Kept:
    """Marks on their way: `entry` is there once they are on the disk, `refusal` once they were set aside."""

    label: str
    deed: Deed
    entry: Entry | None = None
    refusal: Refusal | None = None

    @classmethod
    def of(cls, entry: Entry, deed: Deed) -> "Kept":
        """Return what a file of an earlier sitting holds."""
        return cls(entry.label, deed, entry, None if entry.refusal is None else read_refusal(entry.refusal))

    @property
    def waits(self) -> bool:
        """Whether it is still to be sent."""
        return self.refusal is None


@dataclass(frozen=True, slots=True)
class Line:
    """One row. `mark` is what shows; `is_waiting` that it is not in the database yet.

    `aside` are marks of this person that were set aside because somebody else marked otherwise, or were refused.
    """

    person: Attendee
    mark: Mark
    is_waiting: bool = False
    aside: tuple[Kept, ...] = ()

    @property
    def clash(self) -> Kept | None:
        """The newest mark against which somebody else decided."""
        return next((one for one in reversed(self.aside) if one.refusal and one.refusal.mark is not None), None)

    @property
    def wanted(self) -> Mark | None:
        """What the marks that clash would make of the row."""
        if self.clash is None:
            return None
        wanted = self.mark
        for one in self.aside:
            wanted = applied(wanted, one.deed)
        return wanted


@dataclass(frozen=True, slots=True)
class Counts:
    """How many people of a sheet are marked how."""

    attended: int = 0
    no_show: int = 0
    unmarked: int = 0


def lines_of(sheet: AttendanceSheet, kept: Iterable[Kept]) -> list[Line]:
    """Return the rows of a sheet by name, with what is on its way to this session."""
    mine = [one for one in kept if one.deed.session == sheet.uuid]
    return [_line(person, [one for one in mine if person.employee_no in one.deed.people]) for person in sheet.people]


def counts_of(lines: Sequence[Line]) -> Counts:
    """Count the rows by what shows."""
    marks = [line.mark.attendance for line in lines]
    return Counts(*(marks.count(kind) for kind in (Attendance.ATTENDED, Attendance.NO_SHOW, Attendance.REGISTERED)))


def deed_of(line: Line, wanted: Mark, session: str, title: str) -> Deed:
    """Return what makes `wanted` of a row, of a session by its uuid; what stands there now is what was seen."""
    fields = {name: getattr(wanted, name) for name in sorted(changed_parts(line.mark, wanted))}
    return Deed(session, (line.person.employee_no,), fields, line.mark, (line.person.name,), title)


def applied(mark: Mark, deed: Deed) -> Mark:
    """Return what a deed makes of a mark; one for several people leaves whom somebody has marked."""
    if deed.seen is None and mark.attendance is not Attendance.REGISTERED:
        return mark
    try:
        return marked(mark, **deed.fields)
    except BadValue:  # a result for somebody who was marked as no-show meanwhile
        return mark


def needs_a_decision(lines: Iterable[Line]) -> tuple[Line, Kept] | None:
    """Return the first row with a mark that was set aside, and that mark: a clash before whatever else."""
    with_aside = [line for line in lines if line.aside]
    line = next((one for one in with_aside if one.clash), next(iter(with_aside), None))
    if line is None:
        return None
    return line, line.clash or line.aside[-1]


def _line(person: Attendee, kept: Sequence[Kept]) -> Line:
    mark = person.mark
    waiting = [one for one in kept if one.waits]
    for one in waiting:
        mark = applied(mark, one.deed)
    return Line(person, mark, bool(waiting), tuple(one for one in kept if not one.waits))
