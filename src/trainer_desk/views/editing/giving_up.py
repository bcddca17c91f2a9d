"""Asks before what is pending in a panel is given up (V2)."""

from PySide6.QtWidgets import QWidget

from trainer_desk.texts.translate import _, plural
from trainer_desk.views.editing.saver import Saver
from trainer_desk.views.parts.confirm import confirmed


def gives_up_pending(over: QWidget, saver: Saver) -> bool:
    """Whether nothing refused is pending any more: there was none, or the user chose to discard it.

    While a sheet asks about it, that is asked first.
    """
    if saver.is_comparing:
        return False
    count = sum(entry.is_refused for entry in saver.pending.entries.values())
    if not count:
        return True
    sentence = plural("{n} change is not saved yet.", "{n} changes are not saved yet.", count)
    if not confirmed(over, _("Give up what is not saved?"), sentence, _("Discard"), _("Keep editing")):
        return False
    saver.discard()
    return True
