"""The commands that list, show, draft and edit sessions."""

import datetime as dt
from argparse import Namespace
from typing import Any

from trainer_desk.cli import meanwhile
from trainer_desk.cli.answer import Answer
from trainer_desk.cli.arguments import FIELDS, WrongUsage
from trainer_desk.cli.json_out import SessionShape, findings_document, hold_document
from trainer_desk.cli.plain import finding_lines, session_line
from trainer_desk.cli.task import Task
from trainer_desk.models.enums import WithdrawnWhy
from trainer_desk.services.accounts.identity import who_is
from trainer_desk.services.errors import BadValue, DeskError, NotFound, Stale
from trainer_desk.services.exchange.session_fields import session_fields, session_layout
from trainer_desk.services.findings import Finding
from trainer_desk.services.orchestration import lowering, scheduling
from trainer_desk.services.planning import board, drafts, publishing
from trainer_desk.services.planning.listing import SessionFilter
from trainer_desk.services.planning.listing import list_sessions as read_sessions
from trainer_desk.services.rows.schedule import SessionDetail
from trainer_desk.services.rows.seats import Hold, Seat
from trainer_desk.services.rules import times
from trainer_desk.services.rules.bookable import is_bookable
from trainer_desk.services.rules.capacity import capacity_value
from trainer_desk.services.rules.minimum import days_left, decision_key, missing_people
from trainer_desk.services.seats.holds import live_holds
from trainer_desk.services.seats.roster import load_seats
from trainer_desk.texts import enrollment_word
from trainer_desk.texts.facts import shown
from trainer_desk.texts.seats import seat_count, seats_sentence, skip_text, until_text

FIELD_NAMES = ("course", *(name.replace("-", "_") for name in FIELDS))
"""What `draft` and `edit` set, by the names of columns."""


def list_sessions(task: Task) -> Answer:
    """List sessions by start, undated last; days are inclusive and those of the organisation's zone."""
    given = task.arguments
    starts_at, ends_at = day_range(given, task)
    wanted = SessionFilter(
        starts_at,
        ends_at,
        given.status,
        course_id=task.codes.of("course", given.course) if given.course else None,
        trainer_id=task.codes.of("trainer", given.trainer) if given.trainer else None,
        venue_id=task.codes.of("venue", given.venue) if given.venue else None,
        deleted=given.deleted,
        below_minimum=given.below_minimum,
        whose=task.store.read(who_is, task.store.actor) if given.mine else None,
    )
    now = task.now
    found = task.store.read(read_sessions, wanted, now=now)
    if given.available:
        found = [detail for detail in found if is_bookable(detail.card, now)]
    if given.below_minimum:
        return _undecided(found, task, now)
    shape = shape_of(task)
    lines = [session_line(detail.card, task.directory) for detail in found]
    return Answer({"sessions": [shape.document(detail) for detail in found]}, "\n".join(lines) or "No sessions.")


def _undecided(found: list[SessionDetail], task: Task, now: dt.datetime) -> Answer:
    """Return the go / no-go list: who may not fill, how many are missing and how many days are left (S10)."""
    shape, documents, lines = shape_of(task), [], []
    for detail in sorted(found, key=lambda one: decision_key(one.card, task.zone)):
        missing, days = missing_people(detail.card), days_left(detail.card, now, task.zone)
        documents.append(shape.document(detail) | {"missing": missing, "days_left": days})
        lines.append(f"{session_line(detail.card, task.directory)}  {missing} missing, {days_words(days)}")
    return Answer({"sessions": documents}, "\n".join(lines) or "Every session to come has its minimum.")


def days_words(days: int | None) -> str:
    """Return how long there is to decide: a day that has passed is said to be overdue."""
    if days is None:
        return "no day of decision"
    if days == 0:
        return "to be decided today"
    return f"{abs(days)} day{'' if abs(days) == 1 else 's'} {'left' if days > 0 else 'overdue'}"


def show_session(task: Task) -> Answer:
    """Show one session, in the trash or not, with its people and what speaks against it."""
    detail = find(task, task.arguments.ref)
    seats = task.store.read(load_seats, detail.card.id, now=task.now)
    holds = task.store.read(live_holds, detail.card.id, task.now)
    findings = task.store.read(publishing.session_findings, detail.card.id, now=task.now)
    shape = shape_of(task)
    document = shape.document(detail) | {
        "holds": [hold_document(hold, detail.card.ref, task.zone) for hold in holds],
        "enrollments": [shape.enrollment(seat) for seat in seats],
        "findings": findings_document(findings, task.zone, detail.card.ref),
    }
    lines = [session_line(detail.card, task.directory), f"  {_seats_line(detail, seats, holds, task)}"]
    lines += [f"  Hold {one.id}: {seat_count(one.seats)} for {shown(one.label)}" for one in holds]
    lines += [f"  {seat.employee_no}  {seat.name}  {_standing(seat, task)}" for seat in seats]
    return Answer({"sessions": [document]}, "\n".join([*lines, finding_lines(findings, task.zone)]).rstrip())


def _seats_line(detail: SessionDetail, seats: list[Seat], holds: list[Hold], task: Task) -> str:
    now = task.now
    offers = [seat for seat in seats if seat.offer_until is not None and seat.offer_until > now]
    return seats_sentence(detail.card, holds, offers, task.zone, now=now)


def _standing(seat: Seat, task: Task) -> str:
    """Return how a person stands in the session, with the place in the queue and what is in the way (K5)."""
    said, now = enrollment_word(seat.state), task.now
    if seat.withdrawn_why is WithdrawnWhy.LAPSED:
        return "Offer ended"
    if seat.offer_until is not None:
        return f"{said} until {until_text(seat.offer_until, task.zone, now)}"
    if seat.position is not None:
        said = f"{said}, place {seat.position}"
    return f"{said}: {skip_text(seat.name, seat.skip_code, seat.skip_ref, task.zone)}" if seat.skip_code else said


def draft(task: Task) -> Answer:
    """Make a draft; a course's usual capacity is taken if none is given."""
    given = task.arguments
    fields = read_fields(task)
    course = task.directory.courses[fields["course_id"]]
    if "capacity" not in fields:
        fields["capacity"] = course.default_capacity
    ref = given.ref.strip() if given.ref else None
    made = task.store.write(f"Draft {course.title}", drafts.create_draft, fields, ref=ref or None)
    return written(task, made.value, ())


def edit(task: Task) -> Answer:
    """Change fields of a session; a scheduled one is checked before it is saved (S3)."""
    given = task.arguments
    if all(getattr(given, name) is None for name in FIELD_NAMES):
        raise WrongUsage("say what to change, for example --title TEXT", "")
    detail = find(task, given.ref)
    fields = read_fields(task)
    if given.newest_to_waitlist:
        return _lower(task, detail, fields)
    label = f"Edit {detail.card.ref}"
    try:
        saved = task.store.write(label, scheduling.edit_session, detail.card.id, fields, version=given.version)
    except Stale as error:
        return meanwhile.refused(task, error, detail.card.id, given.version)
    return written(task, detail.card.id, saved.value)


def _lower(task: Task, detail: SessionDetail, fields: dict[str, Any]) -> Answer:
    """Lower the capacity; the newest people who no longer fit wait at the head of the queue (K6)."""
    if fields.keys() != {"capacity"} or fields["capacity"] is None:
        raise WrongUsage("--newest-to-waitlist goes with a --capacity and no other field", "")
    label, version = f"Lower the capacity of {detail.card.ref}", task.arguments.version
    verb, wanted = lowering.lower_capacity, fields["capacity"]
    saved = task.store.write(label, verb, detail.card.id, wanted, version=version)
    return written(task, detail.card.id, saved.value)


def read_fields(task: Task) -> dict[str, Any]:
    """Return the FIELDS of the command line as services take them. Raises DeskError; several problems together."""
    columns = {column.name: column for column in session_layout(task.zone).columns}
    values: dict[str, Any] = {}
    problems: list[DeskError] = []
    for name in FIELD_NAMES:
        text = getattr(task.arguments, name)
        if text is None:
            continue
        column = columns[name]
        try:
            if name == "capacity":  # a file may write 0 for no limit, who types may not (K1)
                values[name] = capacity_value(text)
            elif text.strip():
                values[name] = column.read(name, text.strip())
            elif column.required:
                problems.append(BadValue(field=name, value="", why="required"))
            else:
                values[name] = column.blank
        except DeskError as problem:
            problems.append(problem)
    try:
        fields = session_fields(values, task.codes)
    except NotFound as problem:
        problems = [problem, *problem.facts.pop("also", ()), *problems]
    if problems:
        problems[0].facts["also"] = tuple(problems[1:])
        raise problems[0]
    return fields


def find(task: Task, ref: str) -> SessionDetail:
    """Return the session with that ref, in the trash or not. Raises NotFound."""
    return task.store.read(board.load_session, task.store.read(board.find_session, ref), now=task.now)


def shape_of(task: Task) -> SessionShape:
    """Return what writes sessions as JSON."""
    return SessionShape(task.directory, task.codes, task.now)


def written(task: Task, session_id: int, findings: tuple[Finding, ...]) -> Answer:
    """Return the answer after a write: the session as it is now, and what should be known."""
    detail = task.store.read(board.load_session, session_id, now=task.now)
    document = {
        "session": shape_of(task).document(detail),
        "findings": findings_document(findings, task.zone, detail.card.ref),
    }
    lines = [session_line(detail.card, task.directory), finding_lines(findings, task.zone)]
    return Answer(document, "\n".join(lines).rstrip())


def day_range(given: Namespace, task: Task) -> tuple[dt.datetime | None, dt.datetime | None]:
    """Return the UTC bounds of the inclusive days --from and --to. Raises BadValue."""
    first = times.parse_day(given.first, "from") if given.first else None
    last = times.parse_day(given.last, "to") if given.last else None
    if first and last and last < first:
        raise BadValue(field="to", value=given.last, why="to_before_from")
    starts_at = times.day_bounds(first, task.zone)[0] if first else None
    return starts_at, times.day_bounds(last, task.zone)[1] if last else None
