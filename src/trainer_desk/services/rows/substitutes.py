"""Who or what could take somebody's place in a session, as plain values (C8)."""

from dataclasses import dataclass

from trainer_desk.services.rows.settling import Substitute


@dataclass(frozen=True, slots=True)
class Substitutes:
    """What is free for one session and not in it: qualified trainers by load, venues that seat its people, equipment.

    Equipment is told by name, whatever its kind.
    """

    trainers: tuple[Substitute, ...] = ()
    venues: tuple[Substitute, ...] = ()
    equipment: tuple[Substitute, ...] = ()
