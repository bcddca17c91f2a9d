"""The command that tells what is wrong with the sessions that are scheduled (S9)."""

from trainer_desk.cli.answer import DONE, REFUSED, Answer
from trainer_desk.cli.json_out import finding_document
from trainer_desk.cli.plain import finding_lines
from trainer_desk.cli.sessions import day_range
from trainer_desk.cli.task import Task
from trainer_desk.models.enums import CLAIMING
from trainer_desk.services.planning.checking import Question, problems
from trainer_desk.services.planning.listing import SessionFilter, list_sessions


def list_findings(task: Task) -> Answer:
    """List the findings of scheduled and running sessions, by default of those that are not over."""
    starts_at, ends_at = day_range(task.arguments, task)
    documents, lines, ok = [], [], True
    now = task.now
    for detail in task.store.read(list_sessions, SessionFilter(starts_at, ends_at)):
        card = detail.card
        is_past = card.ends_at is not None and card.ends_at <= now
        if card.status not in CLAIMING or (is_past and starts_at is None and ends_at is None):
            continue
        findings = task.store.read(problems, Question(card, task.directory, now))
        ok = ok and not any(finding.refuses for finding in findings)
        documents += [finding_document(finding, task.zone) | {"session": card.ref} for finding in findings]
        if findings:
            lines.append(f"{card.ref}: {finding_lines(findings, task.zone)}")
    document = {"ok": ok, "findings": documents}
    return Answer(document, "\n".join(lines) or "Nothing is wrong.", DONE if ok else REFUSED)
