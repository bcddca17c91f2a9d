"""Changes runs and their days in the window: a rising limit lets people in, new days are drafts (R1, K8)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session as DbSession

from trainer_desk.services.errors import BadValue, NotFound, Refused
from trainer_desk.services.orchestration.scheduling import edit_session
from trainer_desk.services.planning import run_editing
from trainer_desk.services.planning.drafts import create_draft
from trainer_desk.services.planning.runs import load_run_row, sessions_in
from trainer_desk.services.seats.settling import settle_sessions

MOST_DAYS = 100
"""Days that are made at once; nobody means more."""


def change_run(
    db: DbSession,
    run_id: int,
    fields: Mapping[str, Any],
    *,
    actor: str,
    now: dt.datetime,
    version: int | None = None,
) -> bool:
    """Change fields of a run, and let those in who waited for that alone; return whether anything differs (K8).

    Offers that ended cost no place in the run. Raises as `planning.run_editing.edit_run`.
    """
    try:
        saved = run_editing.edit_run(db, run_id, fields, actor=actor, now=now, version=version)
    except Refused:
        _settle(db, run_id, actor, now)
        saved = run_editing.edit_run(db, run_id, fields, actor=actor, now=now, version=version)
    if saved.has_risen:
        _settle(db, run_id, actor, now)
    return saved.is_changed


def add_days(
    db: DbSession,
    run_id: int,
    spans: Sequence[tuple[dt.datetime | None, dt.datetime | None]],
    fields: Mapping[str, Any],
    *,
    actor: str,
    now: dt.datetime,
) -> list[int]:
    """Make a draft of the run's course for each span (UTC), all with these fields; return their ids (R1).

    Raises NotFound, BadValue for no span or too many, and as `planning.drafts.create_draft`.
    """
    run = load_run_row(db, run_id, now=now)
    if run is None:
        raise NotFound(kind="run", key=f"#{run_id}")
    if not 1 <= len(spans) <= MOST_DAYS:
        raise BadValue(field="days", value=str(len(spans)), why="out_of_range", least=1, most=MOST_DAYS)
    made = []
    for starts_at, ends_at in spans:
        own = {"course_id": run.course_id, "run_id": run_id, "starts_at": starts_at, "ends_at": ends_at}
        made.append(create_draft(db, {**fields, **own}, actor=actor, now=now))
    return made


def put_into_run(
    db: DbSession, session_ids: Sequence[int], run_id: int | None, *, actor: str, now: dt.datetime
) -> None:
    """Make sessions days of a run, or of none. Raises BadValue for one in which people have a place already (K8)."""
    for session_id in session_ids:
        edit_session(db, session_id, {"run_id": run_id}, actor=actor, now=now)


def _settle(db: DbSession, run_id: int, actor: str, now: dt.datetime) -> None:
    sessions = sessions_in(db, [run_id])
    if sessions:
        settle_sessions(db, sessions, actor=actor, now=now)
