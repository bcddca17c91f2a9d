"""What somebody is told whose role an administrator changed while they work (U3)."""

from trainer_desk.models.enums import Role
from trainer_desk.texts.translate import _
from trainer_desk.texts.words import role_word


def moved_text(role: Role | None) -> str:
    """Return the sentence that tells of another role; None: of none any more."""
    if role is None:
        return _("An administrator disabled your account here. What is on show stays; nothing can be changed any more.")
    said = _("An administrator gave you another role here: {role}. The window shows what it may do.")
    return said.format(role=role_word(role).lower())
