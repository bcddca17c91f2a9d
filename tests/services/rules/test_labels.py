"""The first word that applies, at, before and after the end."""

from datetime import datetime
from typing import Any

import pytest

from tests.services.rules.plan import at, card
from trainer_desk.models.enums import SessionLabel, SessionStatus
from trainer_desk.services.rules.labels import label

DRAFT, SCHEDULED, IN_PROGRESS = SessionStatus.DRAFT, SessionStatus.SCHEDULED, SessionStatus.IN_PROGRESS


@pytest.mark.parametrize(
    ("status", "changes", "now", "word"),
    [
        (SessionStatus.CANCELLED, {}, at("15:00"), SessionLabel.CANCELLED),
        (SessionStatus.COMPLETED, {"capacity": 1, "seats_taken": 1}, at("15:00"), SessionLabel.COMPLETED),
        (SCHEDULED, {}, at("12:00"), SessionLabel.AWAITING_ATTENDANCE),
        (SCHEDULED, {"capacity": 1, "seats_taken": 1}, at("12:00"), SessionLabel.AWAITING_ATTENDANCE),
        (SCHEDULED, {}, at("11:59"), SessionLabel.UPCOMING),
        (IN_PROGRESS, {}, at("12:00"), SessionLabel.AWAITING_ATTENDANCE),
        (IN_PROGRESS, {"capacity": 1, "seats_taken": 1}, at("11:00"), SessionLabel.IN_PROGRESS),
        (DRAFT, {"capacity": 1, "seats_taken": 1}, at("15:00"), SessionLabel.DRAFT),
        (DRAFT, {"starts_at": None, "ends_at": None}, at("15:00"), SessionLabel.DRAFT),
        (SCHEDULED, {"capacity": 5, "seats_taken": 5}, at("08:00"), SessionLabel.FULL),
        (SCHEDULED, {"capacity": 5, "seats_taken": 4}, at("08:00"), SessionLabel.ACTIVE),
        (SCHEDULED, {"seats_taken": 400}, at("08:00"), SessionLabel.ACTIVE),
        (SCHEDULED, {"capacity": 5}, at("08:00"), SessionLabel.UPCOMING),
        (SCHEDULED, {"capacity": 5, "seats_taken": 2, "held": 2}, at("08:00"), SessionLabel.UPCOMING),
        (SCHEDULED, {"capacity": 5, "seats_taken": 1, "offered": 1}, at("08:00"), SessionLabel.UPCOMING),
        (SCHEDULED, {"capacity": 5, "seats_taken": 3, "held": 2}, at("08:00"), SessionLabel.ACTIVE),
        (SCHEDULED, {"capacity": 5, "seats_taken": 5, "held": 5}, at("08:00"), SessionLabel.FULL),
    ],
)
def test_the_label(status: SessionStatus, changes: dict[str, Any], now: datetime, word: SessionLabel) -> None:
    assert label(card(status=status, **changes), now) is word
