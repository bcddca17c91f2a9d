"""The sheet with all that somebody may know of a session that they look at: when, where, who, how full, what for."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from trainer_desk.services.rules.signing_up import OwnDeed
from trainer_desk.services.rules.times import local
from trainer_desk.texts import full_day_text
from trainer_desk.texts.facts import shown
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.sheet import Sheet
from trainer_desk.views.signup import words
from trainer_desk.views.signup.frame import FIRST_KINDS, SessionFrame


class DetailsSheet(Sheet):
    """Opened from a card or a line, whose deeds stand in its foot."""

    deed_wanted = Signal(object, object)
    """The OwnDeed that was pressed, and the PersonalSession."""

    def __init__(self, over: QWidget, frame: SessionFrame) -> None:
        self.session, self._zone, self._now = frame.session, frame.zone, frame.now
        super().__init__(over, shown(self.session.title), width=560, subtitle=self.session.course)
        self.buttons = {deed: self._button(deed) for deed in frame.buttons}
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(1, 1)
        for row, (name, said) in enumerate(self.facts()):
            grid.addWidget(PlainLabel(name, "field"), row, 0, Qt.AlignmentFlag.AlignTop)
            value = PlainLabel(said, wrap=True)
            value.setAccessibleName(f"{name}: {said}")
            grid.addWidget(value, row, 1)
        self.body.addLayout(grid)
        self.close_button = Button(_("Close"))
        self.close_button.clicked.connect(self.dismiss)
        self.foot.addStretch()
        self.foot.addWidget(self.close_button)
        for button in reversed(self.buttons.values()):
            self.foot.addWidget(button)

    def facts(self) -> list[tuple[str, str]]:
        """Return what is told, by name, in order."""
        session, zone = self.session, self._zone
        day = full_day_text(local(session.starts_at, zone).date(), year=True)
        badge = words.place_badge(session.mine, zone, self._now)
        mine = " ".join(filter(None, (badge[0] + "." if badge else "", words.skip_words(session.mine))))
        waiting = _("{n} waiting").format(n=session.waiting) if session.waiting else ""
        told = [
            (_("When"), f"{day}, {words.when_line(session, zone)}"),
            (_("Where"), words.place_line(session)),
            (_("Trainer"), shown(session.trainer) if session.trainer else _("No trainer yet")),
            (_("Spots"), ", ".join(filter(None, (words.spots_pill(session)[0], waiting)))),
            (_("Your place"), mine or _("You have no place in this session.")),
            (_("About"), (session.description or "").strip()),
            (_("Reference"), session.ref),
        ]
        return [(name, said) for name, said in told if said]

    def _button(self, deed: OwnDeed) -> Button:
        button = Button(words.deed_word(deed, self.session), kind=FIRST_KINDS.get(deed, ""))
        button.clicked.connect(lambda: self._press(deed))
        return button

    def _press(self, deed: OwnDeed) -> None:
        self.finish()
        self.deed_wanted.emit(deed, self.session)
