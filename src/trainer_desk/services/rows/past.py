"""A session that was held before anybody planned it here: who was there, and what came of recording it (R8)."""

from dataclasses import dataclass

from trainer_desk.services.findings import Finding
from trainer_desk.services.rows.attendance import Mark
from trainer_desk.services.rows.directory import Directory


@dataclass(frozen=True, slots=True)
class PastPerson:
    """Somebody of the list, and how they are marked: attended or no-show."""

    person_id: int
    mark: Mark


@dataclass(frozen=True, slots=True)
class PastSession:
    """The session that was recorded, already completed; `findings` are what was accepted in silence, all orange."""

    session_id: int
    ref: str
    attended: int
    no_shows: int
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class PastForm:
    """What the form chooses from; `asking` are the ids of courses that ask for a result (A7)."""

    directory: Directory
    asking: frozenset[int]
