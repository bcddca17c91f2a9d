"""Which training can be recorded: it was held, and did not run out before (N2)."""

import datetime as dt

from trainer_desk.services.errors import BadValue
from trainer_desk.services.rows.records import Training
from trainer_desk.services.rules.names import clean_text
from trainer_desk.services.rules.times import parse_day

NUMBER_LIMIT = 100


def checked(training: Training, today: dt.date) -> Training:
    """Return a training with its texts cleaned; `today` is the organisation's day.

    Raises BadValue for a day to come (in_the_future), a last valid day before the training (expires_before_held),
    and for what `clean_text` and `parse_day` refuse.
    """
    for field, day in (("held_on", training.held_on), ("expires_on", training.expires_on)):
        if day is not None:
            parse_day(day.isoformat(), field)
    if training.held_on > today:
        raise BadValue(field="held_on", value=training.held_on, why="in_the_future")
    if training.expires_on is not None and training.expires_on < training.held_on:
        raise BadValue(field="expires_on", value=training.expires_on, why="expires_before_held")
    return Training(
        training.held_on,
        clean_text(training.provider or "", field="provider"),
        training.expires_on,
        clean_text(training.number or "", field="number", limit=NUMBER_LIMIT),
    )
