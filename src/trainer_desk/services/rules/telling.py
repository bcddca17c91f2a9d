"""What somebody still has to be told of a place, from what was told last and how things stand now (D7)."""

from trainer_desk.models.enums import CLAIMING, EnrollmentState, SessionStatus
from trainer_desk.services.rows.tellings import News, PlaceFacts

BY_STATE = {
    EnrollmentState.CONFIRMED: News.PLACE,
    EnrollmentState.OFFERED: News.OFFER,
    EnrollmentState.WAITLISTED: News.WAITING,
}


def stands(facts: PlaceFacts) -> bool:
    """Whether somebody counts on a place: it is theirs or waited for, and the session is scheduled."""
    return facts.state in BY_STATE and facts.status in CLAIMING


def news(now: PlaceFacts, told: PlaceFacts | None) -> News | None:
    """Return what there is to tell; None: nothing, or nothing of what was told has changed.

    Whoever was never told of a place hears of a cancellation all the same: they may know of it otherwise. What was
    completed is told to nobody.
    """
    if stands(now):
        if told is None or not stands(told) or told.state is not now.state:
            return BY_STATE[now.state]
        return News.MOVED if told.occasion != now.occasion else None
    if now.status is SessionStatus.COMPLETED:
        return None
    if told is None:
        is_theirs = now.state in BY_STATE and now.status is SessionStatus.CANCELLED
        return News.CANCELLED if is_theirs else None
    if not stands(told):
        return None
    if now.state is EnrollmentState.WITHDRAWN:
        return News.LOST
    return News.CANCELLED if now.status is SessionStatus.CANCELLED else News.UNSCHEDULED
