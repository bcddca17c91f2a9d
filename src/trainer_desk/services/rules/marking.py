"""What may be marked for a person, what follows from it, and when two marks clash; pure (A2, A3, A7)."""

from dataclasses import fields

from trainer_desk.models.enums import Attendance, Result, SessionStatus
from trainer_desk.services.errors import BadValue
from trainer_desk.services.rows.attendance import KEEP, Kept, Mark
from trainer_desk.services.rules.names import LINE_LIMIT, clean_text

MARKABLE = frozenset({SessionStatus.SCHEDULED, SessionStatus.IN_PROGRESS, SessionStatus.COMPLETED})
"""The states in which people are marked; in a completed session it is a late correction (A3)."""

HIGHEST_SCORE = 1000


def marked(
    before: Mark,
    *,
    attendance: Attendance | Kept = KEEP,
    remarks: str | Kept | None = KEEP,
    result: Result | Kept | None = KEEP,
    score: int | Kept | None = KEEP,
) -> Mark:
    """Return the mark after a change; what is left out stays, and None empties it.

    Whoever did not attend has no result: a former one goes. Raises BadValue for a result or a score given to somebody
    who did not attend, a score out of range, and remarks as `clean_text`.
    """
    stands = before.attendance if attendance is KEEP else attendance
    has_attended = stands is Attendance.ATTENDED
    given = {"result": result, "score": score}
    for name, value in given.items():
        if value not in (KEEP, None) and not has_attended:
            raise BadValue(field=name, value=value, why="only_attended")
    if isinstance(score, int) and not 0 <= score <= HIGHEST_SCORE:
        raise BadValue(field="score", value=score, why="out_of_range", least=0, most=HIGHEST_SCORE)
    kept = before if has_attended else Mark()
    return Mark(
        attendance=stands,
        remarks=before.remarks if remarks is KEEP else clean_text(remarks or "", field="remarks", limit=LINE_LIMIT),
        result=kept.result if result is KEEP else result,
        score=kept.score if score is KEEP else score,
    )


def changed_parts(before: Mark, after: Mark) -> frozenset[str]:
    """Return the names of what differs between two marks."""
    names = (part.name for part in fields(Mark))
    return frozenset(name for name in names if getattr(before, name) != getattr(after, name))


def clashes(seen: Mark, present: Mark, wanted: Mark) -> bool:
    """Whether somebody else decided otherwise since `seen`: about the same thing, and not what is wanted anyway.

    `wanted` is what the change makes of `present`. Whoever writes a remark does not clash with who marks attendance.
    """
    return bool(changed_parts(present, wanted) & changed_parts(seen, present))
