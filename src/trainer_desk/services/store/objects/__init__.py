"""Triggers, functions and constraints that no migration tool sees, as text; applied at the end of every upgrade."""

from collections.abc import Iterator

from trainer_desk.services.store.objects import postgresql, sqlite


def statements(dialect: str) -> Iterator[str]:
    """Yield every statement that makes the objects of a dialect (`sqlite` or `postgresql`), safe to repeat."""
    yield from sqlite.statements() if dialect == "sqlite" else postgresql.statements()
