"""The commands about booking requests: file, list, decline, cancel, accept (Q1, Q2, Q3)."""

from typing import Any

from trainer_desk.cli.answer import DONE, REFUSED, Answer
from trainer_desk.cli.arguments import WrongUsage
from trainer_desk.cli.json_out import findings_document, hold_document, instant
from trainer_desk.cli.outcomes import tell_outcomes
from trainer_desk.cli.plain import finding_lines, session_line
from trainer_desk.cli.sessions import FIELD_NAMES, find, read_fields, shape_of
from trainer_desk.cli.task import Task
from trainer_desk.services.dossiers.requests import find_request, list_requests
from trainer_desk.services.errors import BadValue, NotFound
from trainer_desk.services.exchange.session_fields import session_layout
from trainer_desk.services.orchestration import accepting
from trainer_desk.services.people.numbers import person_ids
from trainer_desk.services.planning.board import find_session, load_card
from trainer_desk.services.requests.deciding import decline
from trainer_desk.services.requests.filing import cancel_request, file_request
from trainer_desk.services.rows.requests import Accepted, RequestCard, Wish
from trainer_desk.texts.formats import moment_text
from trainer_desk.texts.requests import headcount_text
from trainer_desk.texts.words import request_word

ASKED = ("trainer", "venue", "run")


def file(task: Task) -> Answer:
    """File a request in the own name; everything but the course may be left open."""
    course_id = task.codes.of("course", task.arguments.course)
    wish = Wish(course_id, **_resources(task), **_times(task), **_people(task), reason=task.arguments.reason)
    title = task.directory.courses[course_id].title
    made = task.store.write(f"Ask for {title}", file_request, wish)
    return _told(task, made.value)


def list_all(task: Task) -> Answer:
    """List all requests, or the own ones where somebody only asks; those to be decided come first."""
    found = task.store.read(list_requests, task.store.actor, now=task.now)
    lines = [_line(task, card) for card in found]
    return Answer({"requests": [_document(task, card) for card in found]}, "\n".join(lines) or "Nobody has asked.")


def decline_one(task: Task) -> Answer:
    """Decline a request for a reason that its requester reads."""
    given = task.arguments
    task.store.write(f"Decline request #{given.id}", decline, given.id, given.reason)
    return _told(task, given.id)


def cancel_one(task: Task) -> Answer:
    """Take a request back."""
    task.store.write(f"Take back request #{task.arguments.id}", cancel_request, task.arguments.id)
    return _told(task, task.arguments.id)


def accept_one(task: Task) -> Answer:
    """Accept a request: into a new session, scheduled or kept as a draft, or into a session or run that is there."""
    given = task.arguments
    label = f"Accept request #{given.id}"
    if given.into is None:
        fields = read_fields(task)
        done = task.store.write(label, accepting.accept, given.id, fields, as_draft=given.draft)
        return _accepted(task, done.value)
    if given.draft or any(getattr(given, name) is not None for name in FIELD_NAMES):
        raise WrongUsage("--into goes without --draft and the fields of a session", "")
    verb, key = _target(task, given.into)
    return _accepted(task, task.store.write(label, verb, given.id, key).value)


def _target(task: Task, name: str) -> tuple[Any, int]:
    """Return what accepts into the session of that ref, or else into the run of that code. Raises NotFound."""
    try:
        return accepting.accept_into_session, task.store.read(find_session, name)
    except NotFound:
        run = task.codes.ids["run"].get(name)
        if run is None:
            raise
        return accepting.accept_into_run, run


def _resources(task: Task) -> dict[str, Any]:
    given = {name: getattr(task.arguments, name) for name in ASKED}
    return {f"{name}_id": task.codes.of(name, code) for name, code in given.items() if code}


def _times(task: Task) -> dict[str, Any]:
    columns = {column.name: column for column in session_layout(task.zone).columns}
    given = {name: getattr(task.arguments, name) for name in ("start", "end")}
    return {f"{name}s_at": columns[name].read(name, text) for name, text in given.items() if text}


def _people(task: Task) -> dict[str, Any]:
    """Return a number of people, or those who are named. Raises NotFound for who is unknown."""
    words: list[str] = task.arguments.people
    if len(words) == 1 and words[0].lstrip("+-").isdigit():
        if len(words[0]) > 9:
            raise BadValue(field="number_of_people", value=words[0], why="out_of_range", least=1, most=10_000)
        return {"people": int(words[0])}
    numbers = [number.strip() for word in words for number in word.split(",") if number.strip()]
    known = task.store.read(person_ids, numbers)
    for number in numbers:
        if number not in known:
            raise NotFound(kind="person", key=number)
    return {"person_ids": tuple(known[number] for number in numbers)}


def _told(task: Task, request_id: int) -> Answer:
    card = _card(task, request_id)
    return Answer({"request": _document(task, card)}, _line(task, card))


def _card(task: Task, request_id: int) -> RequestCard:
    card = task.store.read(find_request, request_id, now=task.now)
    if card is None:
        raise NotFound(kind="request", key=f"#{request_id}")
    return card


def _accepted(task: Task, done: Accepted) -> Answer:
    """Answer with the request, its session or run, what became of everybody, and requests that now collide."""
    card = _card(task, done.request_id)
    told = tell_outcomes(task, done.outcomes)
    colliding = [_card(task, one.id) for one in done.colliding]
    document = {
        "request": _document(task, card),
        "session": None,
        "findings": findings_document(done.findings, task.zone),
        "results": told.results,
        "holds": [hold_document(hold, _ref(task, hold.session_id), task.zone) for hold in done.holds],
        "colliding": [_document(task, one) for one in colliding],
    }
    lines = [_line(task, card)]
    if done.session_id is not None:
        ref = _ref(task, done.session_id)
        detail = find(task, ref)
        document |= {
            "session": shape_of(task).document(detail),
            "findings": findings_document(done.findings, task.zone, ref),
        }
        lines.append(session_line(detail.card, task.directory))
    lines += [finding_lines(done.findings, task.zone), *told.lines]
    lines += [f"Now in its way: {_line(task, one)}" for one in colliding]
    refused = any(one.outcome == "refused" for one in done.outcomes)
    return Answer(document, "\n".join(line for line in lines if line), REFUSED if refused else DONE)


def _ref(task: Task, session_id: int) -> str:
    return task.store.read(load_card, session_id).ref


def _document(task: Task, card: RequestCard) -> dict[str, Any]:
    request, wish, zone, shape = card.request, card.request.wish, task.zone, shape_of(task)
    return {
        "id": request.id,
        "status": request.status.value,
        "course": shape.code("course", wish.course_id),
        "trainer": shape.code("trainer", wish.trainer_id),
        "venue": shape.code("venue", wish.venue_id),
        "run": shape.code("run", wish.run_id),
        "start": instant(wish.starts_at, zone),
        "end": instant(wish.ends_at, zone),
        "people": wish.headcount,
        "named": [person.employee_no for person in card.named],
        "reason": wish.reason,
        "requested_by": request.requested_by,
        "requested_at": instant(request.requested_at, zone),
        "decided_by": request.decided_by,
        "decided_at": instant(request.decided_at, zone),
        "decision_reason": request.decision_reason,
        "session": None if card.session is None else card.session.ref,
        "into_run": shape.code("run", request.into_run_id),
    }


def _line(task: Task, card: RequestCard) -> str:
    request, wish = card.request, card.request.wish
    when = "no date" if wish.starts_at is None else moment_text(wish.starts_at, task.zone, year=True)
    course = task.directory.courses[wish.course_id].title
    parts = [request.ref, request_word(request.status), course, when, headcount_text(wish), f"by {card.requester}"]
    if card.session is not None:
        parts.append(f"→ {card.session.ref}")
    return "  ".join(part for part in parts if part)
