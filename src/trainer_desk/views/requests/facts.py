"""What the page of requests shows, gathered by one question."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from trainer_desk.services.directory import load_directory
from trainer_desk.services.dossiers.requests import list_requests
from trainer_desk.services.requests.own_people import load_own_people
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.requests import NamedPerson, RequestCard

TABLES = (
    "booking_requests", "booking_request_people", "sessions", "enrollments", "seat_holds", "people", "accounts",
    "courses", "resources", "trainers", "venues", "runs", "settings",
)  # fmt: skip
"""What the page has to be asked for again after."""


@dataclass(frozen=True, slots=True)
class Inbox:
    """The requests that somebody may see at `now` (UTC), the names, and the people whom they may name."""

    cards: tuple[RequestCard, ...]
    directory: Directory
    own_people: tuple[NamedPerson, ...]
    now: datetime

    def find(self, request_id: int | None) -> RequestCard | None:
        """Return a request by its id."""
        return next((card for card in self.cards if card.request.id == request_id), None)


def gather(db: Any, login: str, *, now: datetime) -> Inbox:
    """Return what the page shows to a login as of `now` (UTC)."""
    return Inbox(list_requests(db, login, now=now), load_directory(db), load_own_people(db, login), now)
