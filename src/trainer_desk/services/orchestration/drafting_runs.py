"""Makes the runs of drafts that demand asks for: one change, whatever their number (D4)."""

import datetime as dt
from collections.abc import Collection, Sequence
from itertools import count

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Run
from trainer_desk.services.planning.drafts import create_draft
from trainer_desk.services.planning.run_editing import create_run
from trainer_desk.services.rows.demand import SITE, RunWish

CODES = sa.select(Run.code)


def draft_runs(db: DbSession, wishes: Sequence[RunWish], *, actor: str, now: dt.datetime) -> list[int]:
    """Make a run for each wish, with as many undated drafts as it asks for, and return the ids of the runs.

    A run is called by its course, month and site, and has the days of the wish; each draft seats the wish's size.
    Its metadata say for which site it is, until it has a venue. Raises NotFound for a course that is not in use.
    """
    made, taken = [], set(db.execute(CODES).scalars())
    for wish in wishes:
        code = _free_code(wish, taken)
        taken.add(code)
        name = " · ".join(filter(None, (wish.title, f"{wish.first:%Y-%m}", wish.site)))
        fields = {"course_id": wish.course_id, "name": name[:200], "start_date": wish.first, "end_date": wish.last}
        run_id = create_run(db, code, fields, actor=actor, now=now)
        about = {SITE: wish.site} if wish.site else None
        for _session in range(wish.sessions):
            draft = {"course_id": wish.course_id, "run_id": run_id, "capacity": wish.size, "metadata": about}
            create_draft(db, draft, actor=actor, now=now)
        made.append(run_id)
    return made


def _free_code(wish: RunWish, taken: Collection[str]) -> str:
    """Return the code of the new run: `FLT-2027-02-North`, with a number behind where that is taken."""
    place = wish.site.replace("|", " ").replace(" ", "-")[:20]
    code = "-".join(filter(None, (wish.course_code[:20], f"{wish.first:%Y-%m}", place)))
    numbered = (f"{code}-{number}" for number in count(2))
    return code if code not in taken else next(one for one in numbered if one not in taken)
