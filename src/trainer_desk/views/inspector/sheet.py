"""The sheet that makes an inspector pack: of whom, of which days, and where it goes (X6)."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from trainer_desk.services.exchange.file_names import safe_name
from trainer_desk.services.exchange.inspector.pack import save_pack
from trainer_desk.services.exchange.inspector.subjects import load_subjects
from trainer_desk.services.rows.inspector import PackAsked, PackSubject
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.desk import Desk
from trainer_desk.views.export.file_sheet import FileSheet, Step, Work
from trainer_desk.views.inspector.hands import PaperHands
from trainer_desk.views.memory import Memory
from trainer_desk.views.parts.date_field import DateField
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.search_combo import SearchCombo
from trainer_desk.views.parts.toast import Toasts

YEAR = timedelta(days=365)


class PackSheet(FileSheet):
    """Opened from the page of a person or course, whose pack it proposes, or for any site or course."""

    def __init__(
        self,
        over: QWidget,
        desk: Desk,
        memory: Memory,
        toasts: Toasts,
        now: Callable[[], datetime],
        today: Callable[[], date],
        *,
        kind: str = "",
        thing_id: int = 0,
    ) -> None:
        super().__init__(
            over,
            desk,
            memory,
            toasts,
            title=_("Make an inspector pack"),
            kinds=_("ZIP files (*.zip)"),
            remembers="pack/folder",
            told=lambda files, name: plural(
                "Saved {n} file in “{{name}}”.", "Saved {n} files in “{{name}}”.", files
            ).format(name=name),
            counted=_("{n} files"),
            subtitle=_("Everything that proves who was trained, in one ZIP with checksums."),
        )
        self._now = now
        self.subject = SearchCombo(_("Of"), optional=False)
        self.first, self.last = DateField(_("From"), today), DateField(_("To"), today)
        self.last.set_value(today())
        self.first.set_value(today() - YEAR)
        self._lay_out_choices()
        self.subject.chosen.connect(lambda _value: self._propose())
        for field in (self.first, self.last):
            field.changed.connect(lambda _day: self._propose())
        self.save.setEnabled(False)
        desk.read(self, load_subjects, kind, thing_id, then=self._offer, failed=self._refused)

    @property
    def asked(self) -> PackAsked | None:
        """What is chosen; None while something is missing."""
        subject, first, last = self.subject.value, self.first.value, self.last.value
        if not isinstance(subject, PackSubject) or first is None or last is None:
            return None
        return subject.asked(first, last)

    def make_work(self) -> Work | None:
        """Return what makes the pack that is chosen now."""
        asked = self.asked
        return None if asked is None else partial(_make, asked, self._desk.actor, self._now())

    def _offer(self, subjects: Sequence[PackSubject]) -> None:
        words = {"person": "{name}", "site": _("Site: {name}"), "course": _("Course: {name}")}
        self.subject.set_choices([(one, words[one.kind].format(name=one.name)) for one in subjects])
        if subjects:
            self.subject.set_value(subjects[0])
        self._propose()

    def _propose(self) -> None:
        asked = self.asked
        self.save.setEnabled(asked is not None and not self.is_busy)
        if asked is not None:
            subject = self.subject.value
            assert isinstance(subject, PackSubject)
            self.propose(f"{safe_name(subject.name)}_{asked.first.isoformat()}_{asked.last.isoformat()}.zip")

    def _lay_out_choices(self) -> None:
        for label, part, share in (
            (_("Of"), self.subject, 2),
            (_("From"), self.first, 1),
            (_("To"), self.last, 1),
        ):
            column = QVBoxLayout()
            column.setSpacing(4)
            named = PlainLabel(label, "field")
            named.setBuddy(part)
            column.addWidget(named)
            column.addWidget(part)
            self.middle.addLayout(column, share)
        self.middle.setSpacing(12)


def _make(asked: PackAsked, made_by: str, made_at: datetime, db: Any, path: Path, step: Step) -> int:
    return save_pack(db, path, asked, PaperHands(), made_by=made_by, made_at=made_at, step=step)
