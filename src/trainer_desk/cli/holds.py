"""The commands about held seats: hold, hold fill, release (K7)."""

from collections.abc import Sequence
from typing import Any

from trainer_desk.cli.answer import Answer
from trainer_desk.cli.arguments import WrongUsage
from trainer_desk.cli.json_out import hold_document
from trainer_desk.cli.outcomes import give_places, settled_document, settled_lines
from trainer_desk.cli.plain import session_line
from trainer_desk.cli.seats import full_facts, places_answer
from trainer_desk.cli.sessions import find, shape_of
from trainer_desk.cli.task import Task
from trainer_desk.services.errors import NotFound
from trainer_desk.services.planning.board import find_session, load_card
from trainer_desk.services.rows.seats import Hold, Outcome
from trainer_desk.services.rules.times import parse_moment
from trainer_desk.services.seats.holds import fill_hold, hold_seats, load_hold, release_hold
from trainer_desk.texts.facts import shown
from trainer_desk.texts.seats import seat_count, until_text

LARGEST_ID = 2**31 - 1
"""What the databases take as an id; beyond it there is no hold."""


def hold(task: Task) -> Answer:
    """Keep seats free under a label until a time; `hold fill ID NO …` gives them to named people.

    A session whose ref is `fill` is meant where a label is given.
    """
    given = task.arguments
    is_new = given.label is not None or given.until is not None
    if given.ref == "fill" and not is_new:
        return _fill(task)
    if given.label is None or given.until is None:
        raise WrongUsage("a hold needs --label TEXT and --until TIME", "")
    if given.numbers:
        raise WrongUsage("people are named with hold fill ID NO …, once the seats are held", "")
    session_id = task.store.read(find_session, given.ref)
    until_at = parse_moment(given.until, task.zone, "until")
    label = f"Hold {seat_count(given.number)} in {given.ref}"
    made = task.store.write(label, hold_seats, session_id, given.number, given.label, until_at).value
    after = find(task, given.ref)
    document = {"hold": hold_document(made, given.ref, task.zone), "session": shape_of(task).document(after)}
    return Answer(document, "\n".join([_line(made, task), session_line(after.card, task.directory)]))


def _fill(task: Task) -> Answer:
    """Answer as `enroll`, and with what is left of the hold."""
    given = task.arguments
    if not given.numbers:
        raise WrongUsage("say to whom the seats go: hold fill ID NO …", "")
    before, ref = _known(task, given.number)
    label = f"Fill the hold {before.label} in {ref}"

    def give(people: list[int]) -> Sequence[Outcome]:
        outcomes: Sequence[Outcome] = task.store.write(label, fill_hold, before.id, people).value
        return outcomes

    told = give_places(task, given.numbers, give, **full_facts(find(task, ref)))
    left = task.store.read(load_hold, before.id)
    answer = places_answer(task, told, ref, hold=hold_document(left, ref, task.zone))
    return Answer(answer.document, f"{answer.text}\n{_left(left)}", answer.code)


def release(task: Task) -> Answer:
    """Give held seats back; they go to those who wait. What has ended already stays as it is."""
    held, ref = _known(task, task.arguments.id)
    settled = task.store.write(f"Release the hold {held.label} in {ref}", release_hold, held.id).value
    after = find(task, ref)
    document: dict[str, Any] = {
        "hold": hold_document(held, ref, task.zone),
        "session": shape_of(task).document(after),
    }
    lines = [session_line(after.card, task.directory), *settled_lines(settled, held.session_id, task)]
    return Answer(document | settled_document(settled, held.session_id, task), "\n".join(lines))


def _known(task: Task, hold_id: int) -> tuple[Hold, str]:
    """Return a hold, also one that has ended, and the ref of its session. Raises NotFound."""
    if not 0 < hold_id <= LARGEST_ID:
        raise NotFound(kind="hold", key=hold_id)
    found = task.store.read(load_hold, hold_id)
    return found, task.store.read(load_card, found.session_id).ref


def _line(held: Hold, task: Task) -> str:
    until = until_text(held.until_at, task.zone, task.now)
    return f"Hold {held.id}: {seat_count(held.seats)} for {shown(held.label)} until {until}."


def _left(held: Hold) -> str:
    return f"Hold {held.id} for {shown(held.label)}: {seat_count(held.seats)} left."
