"""What could be done about a drop that was refused, found on the board that is on show, before asking anybody."""

from collections.abc import Sequence

from trainer_desk.services.findings import Finding
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import Board, SessionCard
from trainer_desk.services.rules.alternatives import AFTER, find_alternatives, with_ways_out
from trainer_desk.views.schedule.occupancy import Occupancy


def with_alternatives(
    findings: Sequence[Finding], wanted: SessionCard, board: Board, directory: Directory
) -> list[Finding]:
    """Return the findings with free trainers, venues and times for the session as it was wanted (`wanted`).

    Only what the board covers is known; a time beyond it is not offered.
    """
    if wanted.starts_at is None or wanted.ends_at is None:
        return list(findings)
    until = min(wanted.ends_at + AFTER, max(board.ends_at, wanted.ends_at))
    occupancy = Occupancy(board, directory)
    everything = {*directory.trainers, *directory.venues, *directory.equipment}
    taken = occupancy.claims(everything, wanted.starts_at, until, without=wanted.id)
    blocks = occupancy.blocks_over(everything, wanted.starts_at, until)
    ways = find_alternatives(wanted, directory, taken, blocks, until)
    return [with_ways_out(finding, ways) for finding in findings]
