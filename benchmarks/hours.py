"""Goal: booked and delivered minutes of all trainers in a week, against one GROUP BY by the bare driver."""

from collections.abc import Iterator

from benchmarks.measure import Goal
from benchmarks.place import Place
from trainer_desk.services.planning.workload import trainer_minutes

SUMS = """
SELECT trainer_id, sum(CASE WHEN status <> 'COMPLETED' THEN minutes ELSE 0 END),
       sum(CASE WHEN status = 'COMPLETED' THEN minutes ELSE 0 END)
FROM (SELECT trainer_id, status, {minutes} AS minutes FROM sessions
      WHERE starts_at >= ? AND starts_at < ? AND status IN ('SCHEDULED', 'IN_PROGRESS', 'COMPLETED')
      UNION ALL
      SELECT r.resource_id, s.status, {minutes} FROM sessions s JOIN session_resources r ON r.session_id = s.id
      WHERE s.starts_at >= ? AND s.starts_at < ? AND s.status IN ('SCHEDULED', 'IN_PROGRESS', 'COMPLETED')
      AND r.role = 'co') AS taught
GROUP BY trainer_id
"""
MINUTES = {
    "sqlite": "(unixepoch(ends_at) - unixepoch(starts_at)) / 60",
    "postgresql": "(extract(epoch FROM ends_at - starts_at) / 60)::int",
}


def goals(place: Place) -> Iterator[Goal]:
    """Yield the hours of the week after the Monday in the middle."""
    begins, ends = place.instant(7), place.instant(14)
    asked = [place.stored(begins), place.stored(ends)] * 2
    statement = SUMS.format(minutes=MINUTES[place.dialect])

    def ours() -> dict[int, object]:
        return dict(place.store.read(trainer_minutes, begins, ends))

    def floor() -> list[tuple[int, int, int]]:
        return place.rows(statement, asked)

    ours_booked = {trainer: load.booked for trainer, load in place.store.read(trainer_minutes, begins, ends).items()}
    assert ours_booked == {row[0]: row[1] for row in floor()}
    yield Goal("trainer hours of a week", ours, floor, at_most=1.3, floor_is="driver, one GROUP BY")
