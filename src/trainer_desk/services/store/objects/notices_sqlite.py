"""SQLite's notices: row triggers that do nothing where no account stands for whoever is concerned (D6)."""

from collections.abc import Iterator

from trainer_desk.services.store.objects.notices import SESSION_COLUMNS, Dialect, new_kind, seated_kind
from trainer_desk.services.store.objects.sqlite_trigger import trigger

CHANGE = "(SELECT c.{0} FROM changes c JOIN change_open o ON o.change_id = c.id)"
SQLITE = Dialect(
    at=f"coalesce({CHANGE.format('at')}, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))",
    actor=f"coalesce({CHANGE.format('actor')}, 'unknown')",
    differs="IS NOT",
)
KNOWN = "EXISTS (SELECT 1 FROM accounts WHERE {0})"


def statements() -> Iterator[str]:
    """Yield the statements, safe to repeat."""
    whose = KNOWN.format("person_id = NEW.person_id")
    yield from trigger(
        "notices_places_insert",
        f"AFTER INSERT ON enrollments WHEN NEW.state <> 'withdrawn' AND {whose}",
        SQLITE.place("accounts a", "NEW", new_kind("NEW"), only="1"),
    )
    yield from trigger(
        "notices_places_update",
        f"AFTER UPDATE OF state ON enrollments WHEN OLD.state <> NEW.state AND {whose}",
        SQLITE.place("accounts a", "NEW", seated_kind("OLD", "NEW"), only="1"),
    )
    someone = KNOWN.format("person_id IS NOT NULL OR trainer_id IS NOT NULL")
    yield from trigger(
        "notices_sessions_insert",
        f"AFTER INSERT ON sessions WHEN {KNOWN.format('trainer_id = NEW.trainer_id')}",
        SQLITE.new_session(),
    )
    yield from trigger(
        "notices_sessions_update",
        f"AFTER UPDATE OF {', '.join(SESSION_COLUMNS)} ON sessions WHEN {SQLITE.moved(*SESSION_COLUMNS)} AND {someone}",
        SQLITE.session(),
    )
    for event, kind, row in (("INSERT", "assigned", "NEW"), ("DELETE", "unassigned", "OLD")):
        yield from trigger(
            f"notices_helpers_{event.lower()}",
            f"AFTER {event} ON session_resources WHEN {KNOWN.format(f'trainer_id = {row}.resource_id')}",
            SQLITE.link(kind, row),
        )
    yield from trigger(
        "notices_requests",
        "AFTER UPDATE OF status ON booking_requests WHEN OLD.status <> NEW.status",
        SQLITE.request(),
    )
