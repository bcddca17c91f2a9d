"""What workstations do around the end of a session, all at one instant."""

from tests.faults.workstations import Answer, told
from trainer_desk.models.enums import Attendance
from trainer_desk.services.orchestration import attending, completing
from trainer_desk.services.store.engine import Store


def complete(store: Store, session: int) -> Answer:
    """Complete a session; whoever is not marked is a no-show."""
    return told(lambda: store.write("Complete", completing.complete, session, rest_no_show=True))


def reopen(store: Store, session: int) -> Answer:
    """Open a completed session again."""
    return told(lambda: store.write("Reopen", completing.reopen, session))


def mark(store: Store, session: int, person: int) -> Answer:
    """Mark somebody as attended, whether the session is completed by now or not."""
    return told(lambda: store.write("Mark", attending.mark, session, person, attendance=Attendance.ATTENDED))
