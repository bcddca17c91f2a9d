"""What is said beside a field of the catalogue while something is pending there; pure."""

from zoneinfo import ZoneInfo

from trainer_desk.services.errors import DeskError
from trainer_desk.texts import error_text, findings_text
from trainer_desk.texts.translate import _
from trainer_desk.views.editing.pending import Entry
from trainer_desk.views.editing.verdict import SILENT, Verdict


def verdict_of(entry: Entry | None, zone: ZoneInfo) -> Verdict:
    """Return why an entry was not saved; a field that is saved, or on its way, says nothing."""
    if entry is None or not entry.is_refused:
        return SILENT
    said = findings_text(entry.reasons, zone) if entry.reasons else _error_words(entry.error, zone)
    if entry.error is not None and entry.error.code == "stale":
        return Verdict(said, "warn", pending=True, can_retry=True, back=_("Show theirs"))
    if entry.values is None:
        return Verdict(said, "danger", pending=True)
    if entry.is_unknown:
        return Verdict(said, "warn", pending=True, can_retry=True)
    return Verdict(_("Not saved. {reason}").format(reason=said), "danger", pending=True, can_retry=True)


def refusal_of(error: DeskError, zone: ZoneInfo | None = None) -> Verdict:
    """Return what is said at a field for which a new thing was refused."""
    return Verdict(_error_words(error, zone), "danger")


def _error_words(error: DeskError | None, zone: ZoneInfo | None) -> str:
    if error is None:
        return ""
    sentence = error.facts.get("sentence")
    return str(sentence) if sentence else error_text(error, zone)
