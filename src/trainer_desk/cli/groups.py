"""The commands about the groups inside a session: list, add, edit, remove, assign, unassign, spread (K10)."""

from collections.abc import Sequence
from typing import Any

from trainer_desk.cli.answer import DONE, REFUSED, Answer
from trainer_desk.cli.arguments import WrongUsage
from trainer_desk.cli.plain import table
from trainer_desk.cli.sessions import find
from trainer_desk.cli.task import Task
from trainer_desk.services.errors import NotFound
from trainer_desk.services.people.numbers import person_ids
from trainer_desk.services.rows.groups import GroupOutcome
from trainer_desk.services.rows.schedule import SessionDetail
from trainer_desk.services.rows.seats import GroupRow
from trainer_desk.services.rules.capacity import available
from trainer_desk.services.rules.names import search_key
from trainer_desk.services.seats.groups import (
    assign,
    edit_group,
    load_groups,
    make_group,
    remove_group,
    spread,
    unassign,
)
from trainer_desk.services.seats.roster import load_seats
from trainer_desk.texts import seats_text
from trainer_desk.texts.groups import group_outcome_text, places_text


def list_groups(task: Task) -> Answer:
    """List the groups of a session with their people."""
    return _answer(task, find(task, task.arguments.ref))


def add_group(task: Task) -> Answer:
    """Make a group; without a capacity it takes any number of people."""
    detail, given = find(task, task.arguments.ref), task.arguments
    label = f"Add the group {given.group} to {detail.card.ref}"
    made = task.store.write(label, make_group, detail.card.id, given.group, given.capacity)
    return _answer(task, detail, group_id=made.value)


def change_group(task: Task) -> Answer:
    """Give a group another name or capacity; an empty capacity is unlimited."""
    detail, given = find(task, task.arguments.ref), task.arguments
    if given.name is None and given.capacity is None:
        raise WrongUsage("say what to change: --name NAME or --capacity N", "")
    group = _group(task, detail, given.group)
    changes = {"name": given.name} | ({} if given.capacity is None else {"capacity": given.capacity})
    task.store.write(f"Change the group {group.name} of {detail.card.ref}", edit_group, group.id, **changes)
    return _answer(task, detail, group_id=group.id)


def drop_group(task: Task) -> Answer:
    """Take a group away; the people in it keep their seats and are in no group then."""
    detail = find(task, task.arguments.ref)
    group = _group(task, detail, task.arguments.group)
    task.store.write(f"Remove the group {group.name} from {detail.card.ref}", remove_group, group.id)
    return _answer(task, detail)


def assign_people(task: Task) -> Answer:
    """Put people into a group, each with an outcome of their own."""
    detail = find(task, task.arguments.ref)
    group = _group(task, detail, task.arguments.group)
    ids = _people(task)
    label = f"Put people into {group.name} of {detail.card.ref}"
    done = task.store.write(label, assign, group.id, list(ids.values()))
    return _answer(task, detail, results=_of_numbers(task, done.value))


def unassign_people(task: Task) -> Answer:
    """Take people out of their groups, each with an outcome of their own."""
    detail = find(task, task.arguments.ref)
    ids = _people(task)
    done = task.store.write(
        f"Take people out of the groups of {detail.card.ref}", unassign, detail.card.id, list(ids.values())
    )
    return _answer(task, detail, results=_of_numbers(task, done.value))


def spread_people(task: Task) -> Answer:
    """Put everybody who is in no group into the groups, evenly; who does not fit is told."""
    detail = find(task, task.arguments.ref)
    done = task.store.write(f"Spread people over the groups of {detail.card.ref}", spread, detail.card.id)
    return _answer(task, detail, results=done.value)


def _people(task: Task) -> dict[str, int]:
    """Return the ids of the numbers given that exist, in the order given."""
    found = task.store.read(person_ids, task.arguments.numbers)
    return {number: found[number] for number in task.arguments.numbers if number in found}


def _of_numbers(task: Task, outcomes: Sequence[GroupOutcome]) -> list[GroupOutcome]:
    """Return an outcome for every number given, also for those that nobody has."""
    known = {outcome.employee_no: outcome for outcome in outcomes}
    return [known.get(number) or _unknown(number) for number in dict.fromkeys(task.arguments.numbers)]


def _unknown(number: str) -> GroupOutcome:
    return GroupOutcome(0, number, "refused", code="not_found", facts={"kind": "person", "key": number})


def _group(task: Task, detail: SessionDetail, name: str) -> GroupRow:
    """Return the group of that name, whatever its capital letters. Raises NotFound."""
    for group in task.store.read(load_groups, detail.card.id):
        if search_key(group.name) == search_key(name):
            return group
    raise NotFound(kind="group", key=name)


def _answer(
    task: Task,
    detail: SessionDetail,
    *,
    group_id: int | None = None,
    results: Sequence[GroupOutcome] | None = None,
) -> Answer:
    """Return all groups as they are now; of a write also the group written, or what became of each person."""
    groups = task.store.read(load_groups, detail.card.id)
    numbers = {seat.person_id: seat.employee_no for seat in task.store.read(load_seats, detail.card.id)}
    document: dict[str, Any] = {"groups": [_document(group, numbers) for group in groups]}
    written = [_document(group, numbers) for group in groups if group.id == group_id]
    if written:
        document["group"] = written[0]
    if results is not None:
        document["results"] = [_result(outcome) for outcome in results]
    lines = [_line(outcome) for outcome in results or ()]
    lines.append(table([_row(group, numbers) for group in groups]) if groups else "No groups.")
    refused = any(outcome.is_refused for outcome in results or ())
    return Answer(document, "\n".join(lines), REFUSED if refused else DONE)


def _document(group: GroupRow, numbers: dict[int, str]) -> dict[str, Any]:
    return {
        "name": group.name,
        "capacity": group.capacity,
        "people": [numbers[person_id] for person_id in group.members],
        "available": available(group.capacity, len(group.members)),
    }


def _row(group: GroupRow, numbers: dict[int, str]) -> tuple[str, ...]:
    taken = len(group.members)
    people = ", ".join(numbers[person_id] for person_id in group.members)
    return group.name, seats_text(taken, group.capacity), places_text(available(group.capacity, taken)), people


def _result(outcome: GroupOutcome) -> dict[str, Any]:
    return {
        "employee_no": outcome.employee_no,
        "outcome": outcome.outcome,
        "code": outcome.code,
        "message": group_outcome_text(outcome),
        "group": outcome.group,
    }


def _line(outcome: GroupOutcome) -> str:
    said = f"{outcome.employee_no}: {group_outcome_text(outcome)}"
    return f"{said} {outcome.group}" if outcome.group and outcome.outcome != "already" else said
