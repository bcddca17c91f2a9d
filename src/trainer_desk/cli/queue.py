"""The commands about who waits: waitlist, offer accept, offer decline (K5)."""

from collections.abc import Callable
from typing import Any

from trainer_desk import texts
from trainer_desk.cli.answer import Answer
from trainer_desk.cli.json_out import instant
from trainer_desk.cli.outcomes import further_lines, moved_lines, settled_document, settled_lines, skips_document
from trainer_desk.cli.plain import session_line, table
from trainer_desk.cli.sessions import find, shape_of
from trainer_desk.cli.task import Task
from trainer_desk.services.orchestration.queues import QueueLook, settle_queue
from trainer_desk.services.people.numbers import find_person
from trainer_desk.services.planning.board import find_session
from trainer_desk.services.rows.seats import Seat, Settled
from trainer_desk.services.seats.offers import accept_offer, decline_offer
from trainer_desk.services.seats.roster import load_seats
from trainer_desk.texts.seats import skip_text


def show_waitlist(task: Task) -> Answer:
    """Settle the queue of a session and tell who waits; with --dry-run only tell what would come of it.

    Who got a seat, or would, stands under `would_promote` either way; `promoted` holds only those who really did, and
    `waiting` who waits after it, of a dry run who waits now.
    """
    given = task.arguments
    session_id = task.store.read(find_session, given.ref)
    look = settle_queue(task.store, f"Settle the waitlist of {given.ref}", session_id, dry_run=given.dry_run).value
    chosen = list(look.settled.promoted.get(session_id, ()))
    documents = [_waiter(seat, look, task) for seat in look.waiting]
    told = settled_document(look.settled, session_id, task)
    document = {
        "waiting": documents,
        "would_promote": chosen,
        "skipped": skips_document(look.settled.skipped.get(session_id, ()), task),
        "promoted": [] if given.dry_run else chosen,
        "dry_run": given.dry_run,
        "also": told["also"],
        "session": shape_of(task).document(find(task, given.ref)),
    }
    lines = [table([_row(waiter, task) for waiter in documents]) if documents else "Nobody waits."]
    lines += moved_lines(look.settled, session_id, task, with_skips=False)
    lines += further_lines(look.settled, session_id, task)
    if given.dry_run:
        lines.append("This was a dry run: nothing was changed.")
    return Answer(document, "\n".join(lines))


def _waiter(seat: Seat, look: QueueLook, task: Task) -> dict[str, Any]:
    finding = look.reasons.get(seat.person_id)
    code, said = seat.skip_code, None
    if finding is not None:
        code, said = finding.code, texts.finding_text(finding, task.zone)
    elif code is not None:
        said = skip_text(seat.name, code, seat.skip_ref, task.zone)
    return {
        "employee_no": seat.employee_no,
        "name": seat.name,
        "position": seat.position,
        "since": instant(seat.enrolled_at, task.zone),
        "code": code,
        "message": said,
    }


def _row(waiter: dict[str, Any], task: Task) -> tuple[str, ...]:
    place = "–" if waiter["position"] is None else str(waiter["position"])
    return place, waiter["employee_no"], waiter["name"], waiter["message"] or ""


def accept(task: Task) -> Answer:
    """Take a seat that was offered."""
    return _answered(task, accept_offer, "Accept the offer of {number} in {ref}")


def decline(task: Task) -> Answer:
    """Give an offered seat back; it is offered to who comes next."""
    return _answered(task, decline_offer, "Decline the offer of {number} in {ref}")


def _answered(task: Task, verb: Callable[..., Settled], label: str) -> Answer:
    given = task.arguments
    session_id = task.store.read(find_session, given.ref)
    person_id = task.store.read(find_person, given.number)
    name = label.format(number=given.number, ref=given.ref)
    settled = task.store.write(name, verb, session_id, person_id).value
    after, shape = find(task, given.ref), shape_of(task)
    (seat,) = (one for one in task.store.read(load_seats, session_id) if one.person_id == person_id)
    document = {"session": shape.document(after), "enrollment": shape.enrollment(seat)}
    lines = [f"{seat.name}: {texts.enrollment_word(seat.state)}.", session_line(after.card, task.directory)]
    lines += settled_lines(settled, session_id, task)
    return Answer(document | settled_document(settled, session_id, task), "\n".join(lines))
