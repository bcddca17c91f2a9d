"""The commands that tell what is wrong with the sessions that are scheduled, and that accept what is soft (S9)."""

from trainer_desk.cli.answer import DONE, REFUSED, Answer
from trainer_desk.cli.json_out import finding_document, instant
from trainer_desk.cli.plain import finding_lines
from trainer_desk.cli.sessions import day_range
from trainer_desk.cli.task import Task
from trainer_desk.models.enums import CLAIMING
from trainer_desk.services.errors import NotFound
from trainer_desk.services.findings import Finding, open_findings
from trainer_desk.services.planning.board import find_session
from trainer_desk.services.planning.checking import Question, problems
from trainer_desk.services.planning.listing import SessionFilter, list_sessions
from trainer_desk.services.planning.waivers import waive as accept
from trainer_desk.services.rules.waiving import finding_id, readings


def list_findings(task: Task) -> Answer:
    """List the open findings of scheduled and running sessions, by default of those that are not over."""
    starts_at, ends_at = day_range(task.arguments, task)
    documents, lines, ok = [], [], True
    now = task.now
    for detail in task.store.read(list_sessions, SessionFilter(starts_at, ends_at), now=now):
        card = detail.card
        is_past = card.ends_at is not None and card.ends_at <= now
        if card.status not in CLAIMING or (is_past and starts_at is None and ends_at is None):
            continue
        findings = open_findings(task.store.read(problems, Question(card, task.directory, now)))
        ok = ok and not any(finding.refuses for finding in findings)
        documents += [finding_document(finding, task.zone, card.ref) | {"session": card.ref} for finding in findings]
        lines += [_line(card.ref, finding, task) for finding in findings]
    document = {"ok": ok, "findings": documents}
    return Answer(document, "\n".join(lines) or "Nothing is wrong.", DONE if ok else REFUSED)


def waive(task: Task) -> Answer:
    """Accept a soft finding for a reason, until time, trainer, venue or headcount of its session change."""
    session_id, ref, code, subject = _read_id(task, task.arguments.id)
    name = finding_id(ref, code, subject)
    row = task.store.write(f"Waive {name}", accept, session_id, code, subject, task.arguments.reason).value
    document = {
        "id": name,
        "code": row.code,
        "session": ref,
        "subject": row.subject or None,
        "reason": row.reason,
        "by": row.by,
        "at": instant(row.at, task.zone),
    }
    return Answer({"waiver": document}, f"{name} is waived: {row.reason}")


def _read_id(task: Task, text: str) -> tuple[int, str, str, str]:
    """Return the session's id, its ref, the code and the subject of a finding's id. Raises NotFound."""
    meant = list(readings(text))
    for ref, code, subject in meant:
        try:
            return task.store.read(find_session, ref), ref, code, subject
        except NotFound:
            continue
    if meant:
        raise NotFound(kind="session", key=meant[0][0])
    raise NotFound(kind="finding", key=text, why="no_finding")


def _line(ref: str, finding: Finding, task: Task) -> str:
    """Return the id, by which a finding is waived, what it says, and the ways out below."""
    return f"{finding_id(ref, finding.code, finding.subject)}  {finding_lines((finding,), task.zone)}"
