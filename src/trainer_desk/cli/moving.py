"""The commands that pass a seat on: replace one person by another, move a person to another date (K15)."""

from trainer_desk.cli.answer import Answer
from trainer_desk.cli.json_out import findings_document
from trainer_desk.cli.outcomes import settled_document, settled_lines, warning_lines
from trainer_desk.cli.plain import session_line
from trainer_desk.cli.sessions import find, shape_of
from trainer_desk.cli.task import Task
from trainer_desk.services.people.numbers import find_person
from trainer_desk.services.planning.board import find_session
from trainer_desk.services.seats.enrolling import seat_findings
from trainer_desk.services.seats.moving import move_person, replace_person


def replace(task: Task) -> Answer:
    """Give one person's seat to another; answers `session`, `findings`, and `promoted`, `skipped`, `also` of queues."""
    given = task.arguments
    session_id = task.store.read(find_session, given.ref)
    out_id = task.store.read(find_person, given.number)
    in_id = task.store.read(find_person, given.by)
    label = f"Replace {given.number} by {given.by} in {given.ref}"
    found, settled = task.store.write(label, replace_person, session_id, out_id, in_id).value
    findings = (*found, *task.store.read(seat_findings, session_id))
    after = find(task, given.ref)
    document = {
        "session": shape_of(task).document(after),
        "findings": findings_document(findings, task.zone, given.ref),
    }
    lines = [session_line(after.card, task.directory), warning_lines(findings, task)]
    lines += settled_lines(settled, session_id, task)
    return Answer(document | settled_document(settled, session_id, task), "\n".join(filter(None, lines)))


def move(task: Task) -> Answer:
    """Move a person from one session to another.

    `session` is the one that the person is in now and `findings` are about it; `from` is the one that was left, and
    `promoted` and `skipped` are those of its queue. What happened in other queues stands under `also`.
    """
    given = task.arguments
    from_id = task.store.read(find_session, given.source)
    to_id = task.store.read(find_session, given.target)
    person_id = task.store.read(find_person, given.number)
    label = f"Move {given.number} from {given.source} to {given.target}"
    found, settled = task.store.write(label, move_person, person_id, from_id, to_id).value
    findings = (*found, *task.store.read(seat_findings, to_id))
    source, target, shape = find(task, given.source), find(task, given.target), shape_of(task)
    document = {
        "session": shape.document(target),
        "from": shape.document(source),
        "findings": findings_document(findings, task.zone, given.target),
    }
    lines = [session_line(detail.card, task.directory) for detail in (source, target)]
    lines += [warning_lines(findings, task), *settled_lines(settled, from_id, task)]
    return Answer(document | settled_document(settled, from_id, task), "\n".join(filter(None, lines)))
