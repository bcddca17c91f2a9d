"""The command that marks a person of a session (A2, A7)."""

from typing import Any

from trainer_desk.cli.answer import Answer
from trainer_desk.cli.sessions import find, shape_of
from trainer_desk.cli.task import Task
from trainer_desk.models.enums import Attendance, Result
from trainer_desk.services.orchestration import attending
from trainer_desk.services.people.numbers import find_person
from trainer_desk.services.seats.roster import load_seats
from trainer_desk.texts.attendance import mark_text


def mark_person(task: Task) -> Answer:
    """Mark a person; what is not given stays. Answers `enrollment` and `session` as `sessions show` has them."""
    given = task.arguments
    detail, number = find(task, given.ref), given.number.strip()
    person_id = task.store.read(find_person, number)
    fields: dict[str, Any] = {"attendance": Attendance(given.attendance.replace("-", "_"))}
    if given.remark is not None:
        fields["remarks"] = given.remark
    if given.result is not None:
        fields["result"] = Result(given.result)
    if given.score is not None:
        fields["score"] = given.score
    label = f"Mark {number} {given.attendance} in {detail.card.ref}"
    marked = task.store.write(label, attending.mark, detail.card.id, person_id, **fields).value
    after, shape = find(task, given.ref), shape_of(task)
    seats = task.store.read(load_seats, detail.card.id, now=task.now)
    seat = next(one for one in seats if one.person_id == person_id)
    document = {"enrollment": shape.enrollment(seat), "session": shape.document(after)}
    return Answer(document, f"{seat.employee_no} {seat.name}: {mark_text(marked)}.")
