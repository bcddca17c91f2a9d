"""A hook that always fails."""

from trainer_desk.services.rows.hooks import SessionCompleted


def on_session_completed(session: SessionCompleted) -> None:
    """Fail."""
    raise RuntimeError(f"no line to head office for {session.ref}")
