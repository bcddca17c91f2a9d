"""The command that puts an intake of a person on file (K12)."""

from trainer_desk.cli.answer import Answer
from trainer_desk.cli.json_out import instant
from trainer_desk.cli.outcomes import settled_document, settled_lines
from trainer_desk.cli.task import Task
from trainer_desk.services.orchestration.intakes import record_intake
from trainer_desk.services.people.intakes import intakes_of
from trainer_desk.services.people.numbers import find_person
from trainer_desk.services.rules.times import local, parse_day
from trainer_desk.texts import date_text

NOWHERE = 0
"""No session of its own: what came of queues stands under `also`."""


def record(task: Task) -> Answer:
    """Put an intake on file, of today or of a day; answers `intake`, and under `also` who got a seat through it."""
    given = task.arguments
    person_id = task.store.read(find_person, given.number)
    day = local(task.now, task.zone).date() if given.on is None else parse_day(given.on, "day")
    label = f"Record the intake of {given.number}"
    intake_id, settled = task.store.write(label, record_intake, person_id, day, given.note).value
    made = next(one for one in task.store.read(intakes_of, person_id) if one.id == intake_id)
    document = {
        "id": made.id,
        "person": made.employee_no,
        "held_on": made.held_on.isoformat(),
        "note": made.note,
        "recorded_at": instant(made.recorded_at, task.zone),
        "recorded_by": made.recorded_by,
    }
    lines = [f"{made.employee_no} {made.name}: intake of {date_text(made.held_on)} on file."]
    lines += settled_lines(settled, NOWHERE, task)
    also = settled_document(settled, NOWHERE, task)["also"]
    return Answer({"intake": document, "also": also}, "\n".join(lines))
