"""How a trigger of SQLite is written down: always made anew, because it cannot be replaced."""

from collections.abc import Iterator


def trigger(name: str, when: str, body: str) -> Iterator[str]:
    """Yield the statements that lay a trigger; `when` is like `AFTER INSERT ON people`."""
    yield f"DROP TRIGGER IF EXISTS {name}"
    yield f"CREATE TRIGGER {name} {when} BEGIN {body} END"
