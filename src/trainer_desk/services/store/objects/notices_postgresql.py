"""PostgreSQL's notices: of new places once for a whole statement, of all else for each row that differs (D6)."""

from collections.abc import Iterator

from trainer_desk.services.store.objects.notices import SESSION_COLUMNS, Dialect, new_kind, seated_kind
from trainer_desk.services.store.objects.plpgsql import function, row_trigger, statement_trigger

SERVER = Dialect(at="date_trunc('second', now())", actor="session_user", differs="IS DISTINCT FROM")


def statements() -> Iterator[str]:
    """Yield the statements, safe to repeat."""
    yield from _places()
    yield from _sessions()
    yield _told(
        "notices_helpers()",
        f"IF TG_OP = 'INSERT' THEN {SERVER.link('assigned', 'NEW')} ELSE {SERVER.link('unassigned', 'OLD')} END IF;",
    )
    yield row_trigger("notices_helpers", "AFTER INSERT OR DELETE", "session_resources", "notices_helpers()")
    yield _told("notices_requests()", SERVER.request())
    yield row_trigger(
        "notices_requests",
        "AFTER UPDATE OF status",
        "booking_requests",
        "notices_requests()",
        "OLD.status <> NEW.status",
    )


def _places() -> Iterator[str]:
    new = SERVER.place(
        "accounts a JOIN n ON n.person_id = a.person_id", "n", new_kind("n"), only="n.state <> 'withdrawn'"
    )
    yield _told("notices_places_insert()", new)
    yield statement_trigger(
        "notices_places_insert", "INSERT", "enrollments", "NEW TABLE AS n", "notices_places_insert()"
    )
    yield _told("notices_places_update()", SERVER.place("accounts a", "NEW", seated_kind("OLD", "NEW"), only="true"))
    yield row_trigger(
        "notices_places_update",
        "AFTER UPDATE OF state",
        "enrollments",
        "notices_places_update()",
        "OLD.state <> NEW.state",
    )


def _sessions() -> Iterator[str]:
    yield _told("notices_sessions_insert()", SERVER.new_session())
    yield row_trigger(
        "notices_sessions_insert",
        "AFTER INSERT",
        "sessions",
        "notices_sessions_insert()",
        "NEW.status IN ('SCHEDULED', 'IN_PROGRESS')",
    )
    yield _told("notices_sessions_update()", SERVER.session())
    yield row_trigger(
        "notices_sessions_update",
        f"AFTER UPDATE OF {', '.join(SESSION_COLUMNS)}",
        "sessions",
        "notices_sessions_update()",
        SERVER.moved(*SESSION_COLUMNS),
    )


def _told(name: str, statements: str) -> str:
    """Return the function of a trigger that only tells."""
    return function(name, "trigger", f"{statements} RETURN NULL;")
