"""What the page of runs and its sheets ask the database for."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from trainer_desk.services.directory import load_directory
from trainer_desk.services.dossiers.run_page import load_run_page
from trainer_desk.services.planning.listing import SessionFilter, list_sessions
from trainer_desk.services.planning.runs import list_runs
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.runs import RunPage, RunSummary
from trainer_desk.services.rows.schedule import SessionDetail

TABLES = (
    "runs", "run_members", "sessions", "enrollments", "seat_holds", "people", "courses", "resources", "settings",
)  # fmt: skip
"""What the page has to be asked for again after."""


@dataclass(frozen=True, slots=True)
class Shelves:
    """All runs as of `now` (UTC), and the names."""

    runs: tuple[RunSummary, ...]
    directory: Directory
    now: datetime


@dataclass(frozen=True, slots=True)
class OneRun:
    """One run as of `now` (UTC), and the names."""

    page: RunPage
    directory: Directory
    now: datetime

    @property
    def run_id(self) -> int:
        """The run's id."""
        return self.page.detail.summary.run.id


def gather(db: Any, *, now: datetime) -> Shelves:
    """Return what the list shows."""
    return Shelves(tuple(list_runs(db, now=now)), load_directory(db), now)


def gather_one(db: Any, run_id: int, *, now: datetime) -> OneRun:
    """Return what the panel of a run shows. Raises NotFound."""
    return OneRun(load_run_page(db, run_id, now=now), load_directory(db), now)


def sessions_to_add(db: Any, course_id: int, *, now: datetime) -> list[SessionDetail]:
    """Return the sessions of a course that can join a run: nobody has a place in them, and they are in none."""
    found = list_sessions(db, SessionFilter(course_id=course_id), now=now)
    return [one for one in found if one.card.run_id is None and not one.card.enrolled + one.card.offered]
