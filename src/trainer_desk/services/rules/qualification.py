"""Which trainers may teach a course on a day (C5)."""

from collections.abc import Iterator
from datetime import date

from trainer_desk.services.findings import Finding, Fix
from trainer_desk.services.rows.directory import Directory, QualificationRow, TrainerRow
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rules.times import local


def teaching_day(card: SessionCard, directory: Directory) -> date | None:
    """Return the day on which a session is judged: its start in the organisation's zone; None while undated."""
    if card.starts_at is None:
        return None
    return local(card.starts_at, directory.settings.zone).date()


def qualified_trainers(directory: Directory, course_id: int, day: date) -> list[TrainerRow]:
    """Return the active trainers who may teach the course on `day`, by name (C5)."""
    held = [row for row in directory.trainers.values() if row.active]
    return sorted(
        (row for row in held if directory.is_qualified(row.id, course_id, day)),
        key=lambda row: (row.name.casefold(), row.id),
    )


def unqualified(card: SessionCard, directory: Directory) -> list[Finding]:
    """Return `trainer_not_qualified` for the lead and each co-trainer without the qualification on the day (S2, C5).

    While the session is undated only those are named who never held it. Facts: name, course, day, others (how many
    could teach), valid_from or valid_until when a qualification exists but does not cover the day.
    """
    day = teaching_day(card, directory)
    return [
        _finding(trainer_id, card, directory, day)
        for trainer_id in dict.fromkeys(card.trainer_ids)
        if not _may_teach(trainer_id, card.course_id, directory, day)
    ]


def _may_teach(trainer_id: int, course_id: int, directory: Directory, day: date | None) -> bool:
    if day is None:
        return bool(directory.qualifications.get((trainer_id, course_id)))
    return directory.is_qualified(trainer_id, course_id, day)


def _finding(trainer_id: int, card: SessionCard, directory: Directory, day: date | None) -> Finding:
    trainer = directory.trainers.get(trainer_id)
    course = directory.courses.get(card.course_id)
    facts: dict[str, object] = {
        "name": trainer.name if trainer else f"#{trainer_id}",
        "resource_id": trainer_id,
        "course": course.title if course else f"#{card.course_id}",
        "day": day,
        "others": 0 if day is None else len(qualified_trainers(directory, card.course_id, day)),
    }
    if day is not None:
        facts.update(_nearest(directory.qualifications.get((trainer_id, card.course_id), ()), day))
    record = Fix("record_qualification", {"trainer_id": trainer_id, "course_id": card.course_id, "name": facts["name"]})
    return Finding(
        "trainer_not_qualified",
        field="trainer" if trainer_id == card.trainer_id else "co_trainers",
        subject=trainer.code if trainer else None,
        fixes=(record,),
        facts=facts,
    )


def _nearest(held: tuple[QualificationRow, ...], day: date) -> Iterator[tuple[str, date]]:
    """Yield when the qualification ended last before `day`, or, if it never began before, when it will begin."""
    ended = [row.valid_until for row in held if row.valid_until is not None and row.valid_until < day]
    begins = [row.valid_from for row in held if row.valid_from is not None and row.valid_from > day]
    if ended:
        yield "valid_until", max(ended)
    elif begins:
        yield "valid_from", min(begins)
