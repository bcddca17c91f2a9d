"""Who or what could take somebody's place in sessions, as plain values (C8)."""

from dataclasses import dataclass

from trainer_desk.services.errors import DeskError
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rows.settling import Substitute
from trainer_desk.services.rows.slots import Reason


@dataclass(frozen=True, slots=True)
class Substitutes:
    """What is free for one session and not in it: qualified trainers by load, venues that seat its people, equipment.

    Equipment is told by name, whatever its kind.
    """

    trainers: tuple[Substitute, ...] = ()
    venues: tuple[Substitute, ...] = ()
    equipment: tuple[Substitute, ...] = ()


@dataclass(frozen=True, slots=True)
class StandIn:
    """One session whose trainer is to be replaced: who could do it, the first of whom is proposed, and why.

    Nobody: `reasons` say why not.
    """

    card: SessionCard
    options: tuple[Substitute, ...] = ()
    reasons: tuple[Reason, ...] = ()

    @property
    def proposed(self) -> Substitute | None:
        """Who is proposed."""
        return self.options[0] if self.options else None


@dataclass(frozen=True, slots=True)
class StandIns:
    """The coming sessions of a trainer in a period, by start, each with who could step in."""

    trainer_id: int
    name: str
    sessions: tuple[StandIn, ...] = ()


@dataclass(frozen=True, slots=True)
class Substituted:
    """The refs of the sessions that somebody else leads now, and why each of the others was left as it was."""

    done: tuple[str, ...] = ()
    refused: tuple[tuple[str, DeskError], ...] = ()
