"""What the bar of the sheet says: the server is away, somebody marked otherwise, or what came of the last deed (A2)."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.rows.attendance import AttendanceSheet
from trainer_desk.texts import error_text
from trainer_desk.texts.attendance import mark_text
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.attendance.lines import Kept, Line, deed_of, needs_a_decision
from trainer_desk.views.attendance.model import AttendeeModel
from trainer_desk.views.attendance.postman import Postman
from trainer_desk.views.attendance.words import clash_words, mark_label, refused_words
from trainer_desk.views.parts.notice_bar import NoticeBar

Action = tuple[str, Callable[[], object]]


class Notices:
    """Shows the one thing that matters most; the same is said once."""

    def __init__(self, bar: NoticeBar, postman: Postman, model: AttendeeModel, zone: ZoneInfo) -> None:
        self._bar, self._postman, self._model, self._zone = bar, postman, model, zone
        self._said: object = None
        self._passing: tuple[str, str, tuple[Action, ...]] = ("", "muted", ())
        bar.cross.clicked.connect(self._forget)

    def say(self, sentence: str, tone: str = "muted", *actions: Action) -> None:
        """Say what came of a deed, unless something more important stands there; nothing: take it away."""
        self._passing = (sentence, tone, actions)
        self.refresh(self._model.sheet)

    def refresh(self, sheet: AttendanceSheet | None) -> None:
        """Show what matters most now: a decision, the server, the state of the session, the last deed."""
        open_one = needs_a_decision(self._model.lines)
        trouble = self._postman.trouble
        if open_one is not None:
            self._ask(*open_one)
        elif trouble is not None and self._postman.waiting:
            kept = plural(
                "{n} mark is kept on this computer and saved when it answers again.",
                "{n} marks are kept on this computer and saved when it answers again.",
                self._postman.waiting,
            )
            is_lost = trouble.code == "connection_lost"
            said = _("The database does not answer.") if is_lost else error_text(trouble, self._zone)
            self._show(f"{said} {kept}", "warn", (_("Try now"), self._postman.try_now))
        elif self._passing[0]:
            self._show(self._passing[0], self._passing[1], *self._passing[2])
        elif sheet is not None and sheet.status is SessionStatus.COMPLETED:
            self._show(_("This session is completed. Marks can still be corrected; certificates follow."), "ok")
        elif sheet is not None and sheet.status in (SessionStatus.DRAFT, SessionStatus.CANCELLED):
            self._show(_("This session is not scheduled, so nobody is marked in it."), "warn")
        else:
            self._said = None
            self._bar.hide()

    def _ask(self, line: Line, kept: Kept) -> None:
        """Put a mark that was set aside to whoever made it: theirs or mine, or just that it was not taken."""
        if line.clash is None:
            dismiss = (_("Understood"), lambda: self._postman.forget(line.aside))
            self._show(refused_words(kept, self._zone), "danger", dismiss)
            return
        theirs = _("Keep “{mark}”").format(mark=mark_text(line.mark))
        mine = _("Take “{mark}”").format(mark=mark_text(line.wanted or line.mark))
        self._show(
            clash_words(line, kept, self._zone),
            "danger",
            (theirs, lambda: self._postman.forget(line.aside)),
            (mine, lambda: self._insist(line, kept)),
        )

    def _insist(self, line: Line, kept: Kept) -> None:
        """Send what was wanted once more, knowing by now what somebody else marked."""
        wanted = line.wanted or line.mark
        self._postman.forget(line.aside)
        deed = deed_of(line, wanted, kept.deed.session, kept.deed.title)
        self._postman.keep(mark_label(line.person, wanted), deed)

    def _show(self, sentence: str, tone: str, *actions: Action) -> None:
        said = (sentence, tone, tuple(words for words, _do in actions))
        if said != self._said or self._bar.isHidden():
            self._said = said
            self._bar.say(sentence, tone, *actions)
            self._bar.cross.setVisible(not actions)

    def _forget(self) -> None:
        self._passing = ("", "muted", ())
