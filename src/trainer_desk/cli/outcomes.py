"""How commands tell what came of a change of seats: person by person, and in the queues that moved after it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from trainer_desk import texts
from trainer_desk.cli.answer import DONE, REFUSED
from trainer_desk.cli.json_out import findings_document
from trainer_desk.cli.plain import finding_lines
from trainer_desk.cli.task import Task
from trainer_desk.models.enums import Severity
from trainer_desk.services.errors import DeskError, NotFound
from trainer_desk.services.findings import Finding
from trainer_desk.services.people.numbers import person_ids
from trainer_desk.services.planning.board import load_cards
from trainer_desk.services.rows.seats import Outcome, Settled, Skip
from trainer_desk.services.seats.enrolling import seat_findings
from trainer_desk.texts.seats import outcome_text

Give = Callable[[list[int]], Sequence[Outcome]]
"""Gives people, by id, a place; answers with an outcome for each, in their order."""


@dataclass(frozen=True, slots=True)
class Told:
    """What became of everybody who was named, in the order given."""

    outcomes: tuple[Outcome, ...]
    results: list[dict[str, Any]]
    lines: tuple[str, ...]

    @property
    def code(self) -> int:
        """The exit code: refused if any person was (section I)."""
        return REFUSED if any(outcome.outcome == "refused" for outcome in self.outcomes) else DONE


def give_places(task: Task, numbers: Sequence[str], give: Give, *, with_session: bool = False, **facts: Any) -> Told:
    """Have everybody who is named and known given a place; tell each once, unknown numbers too (K11).

    `facts` fill the sentence of a refusal that says nothing else; with `with_session` each result names its session.
    """
    once = list(dict.fromkeys(numbers))
    ids = task.store.read(person_ids, once)
    known = [number for number in once if number in ids]
    answered = dict(zip(known, give([ids[number] for number in known]), strict=True))
    outcomes = tuple(answered.get(number) or Outcome(number, "refused", "not_found") for number in once)
    return tell_outcomes(task, outcomes, with_session=with_session, **facts)


def tell_outcomes(task: Task, outcomes: Sequence[Outcome], *, with_session: bool = False, **facts: Any) -> Told:
    """Tell what became of each person, as `give_places` does."""
    results, lines = [], []
    for outcome in outcomes:
        result = _result(outcome, task, facts)
        lines.append(_line(result, outcome, task))
        results.append(result | {"session": outcome.session} if with_session else result)
    return Told(tuple(outcomes), results, tuple(lines))


def _result(outcome: Outcome, task: Task, facts: dict[str, Any]) -> dict[str, Any]:
    said = _refusal(outcome, task, facts) if outcome.outcome == "refused" else outcome_text(outcome, task.zone)
    return {
        "employee_no": outcome.employee_no,
        "outcome": outcome.outcome,
        "code": None if outcome.outcome == "already" else outcome.code,
        "message": said,
        "position": outcome.position,
    }


def _refusal(outcome: Outcome, task: Task, facts: dict[str, Any]) -> str:
    number, code = outcome.employee_no, outcome.code or "session_full"
    if code == "not_found":
        return texts.error_text(NotFound(kind="person", key=number), task.zone)
    reasons = [finding for finding in outcome.findings if finding.refuses]
    return texts.error_text(DeskError(code, findings=reasons, employee_no=number, **facts), task.zone)


def _line(result: dict[str, Any], outcome: Outcome, task: Task) -> str:
    where = f" ({outcome.session})" if outcome.session else ""
    line = f"{outcome.employee_no}: {result['message']}{where}"
    ways = [texts.fix_text(fix, task.zone) for one in outcome.findings if one.refuses for fix in one.fixes]
    return "\n".join([line, *(f"    {way}" for way in ways if way)])


def warnings_of(told: Told, session_ids: Iterable[int], task: Task) -> tuple[Finding, ...]:
    """Return what should be known after people were given places: overlaps of each, and rooms that are too small."""
    placed = [outcome for outcome in told.outcomes if outcome.outcome in ("enrolled", "waitlisted")]
    overlaps = [one for outcome in placed for one in outcome.findings if one.severity is Severity.ORANGE]
    crowded = [one for session_id in session_ids for one in task.store.read(seat_findings, session_id)]
    return (*overlaps, *crowded)


def warnings_document(warnings: Sequence[Finding], task: Task) -> list[dict[str, Any]]:
    """Return warnings as `enroll` has them: code and message."""
    return [{"code": one["code"], "message": one["message"]} for one in findings_document(warnings, task.zone)]


def warning_lines(warnings: Sequence[Finding], task: Task) -> str:
    """Return warnings in words."""
    return finding_lines(warnings, task.zone)


def settled_document(settled: Settled, session_id: int, task: Task) -> dict[str, Any]:
    """Return who got a seat or an offer in a session and who could not; `also` says it of further sessions, by ref."""
    refs = _refs(settled, session_id, task)
    return _moved(settled, session_id, task) | {
        "also": {ref: _moved(settled, other, task) for other, ref in sorted(refs.items())}
    }


def settled_lines(settled: Settled, session_id: int, task: Task) -> list[str]:
    """Return the same in words."""
    return [*moved_lines(settled, session_id, task), *further_lines(settled, session_id, task)]


def further_lines(settled: Settled, session_id: int, task: Task) -> list[str]:
    """Return what happened in further sessions."""
    refs = sorted(_refs(settled, session_id, task).items())
    return [f"{ref}: {line}" for other, ref in refs for line in moved_lines(settled, other, task)]


def moved_lines(settled: Settled, session_id: int, task: Task, *, with_skips: bool = True) -> list[str]:
    """Return who got a seat or an offer in a session and, `with_skips`, who could not."""
    promoted = settled.promoted.get(session_id, ())
    lines = [f"From the waitlist: {', '.join(promoted)}."] if promoted else []
    skips = settled.skipped.get(session_id, ()) if with_skips else ()
    told = ((skip.employee_no, texts.finding_text(skip.finding, task.zone)) for skip in skips)
    return lines + [f"{number} goes on waiting. {reason}" for number, reason in told]


def skips_document(skips: Sequence[Skip], task: Task) -> list[dict[str, Any]]:
    """Return who keeps the place in the queue, because something is in the way (K5)."""
    return [
        {
            "employee_no": skip.employee_no,
            "code": skip.finding.code,
            "message": texts.finding_text(skip.finding, task.zone),
        }
        for skip in skips
    ]


def _moved(settled: Settled, session_id: int, task: Task) -> dict[str, Any]:
    skipped = skips_document(settled.skipped.get(session_id, ()), task)
    return {"promoted": list(settled.promoted.get(session_id, ())), "skipped": skipped}


def _refs(settled: Settled, session_id: int, task: Task) -> dict[int, str]:
    """Return the refs of the further sessions in which something happened, by id."""
    others = sorted({*settled.promoted, *settled.skipped} - {session_id})
    return {key: card.ref for key, card in task.store.read(load_cards, others).items()} if others else {}
