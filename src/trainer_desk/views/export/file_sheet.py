"""A sheet that saves something as a file: where to, how far it is, and what is in the way (ux 13)."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent, Qt
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QHBoxLayout, QLineEdit, QWidget

from trainer_desk.services.errors import DeskError
from trainer_desk.texts import error_text
from trainer_desk.texts.translate import _
from trainer_desk.views.desk import Desk
from trainer_desk.views.export.roster_facts import free_name
from trainer_desk.views.importing.progress import Progress
from trainer_desk.views.memory import Memory
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.confirm import may_write_to
from trainer_desk.views.parts.notice_bar import NoticeBar
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.progress_bar import ProgressBar
from trainer_desk.views.parts.sheet import Sheet
from trainer_desk.views.parts.toast import Toasts

STOPPED = "export_stopped"
NO_NAME = str.maketrans(dict.fromkeys('<>:"/\\|?*', " "))
"""Signs that no file's name may hold on some computers."""

Step = Callable[[int], None]
Work = Callable[[Any, Path, Step], int]
"""Writes the file in a thread of its own and returns how many rows it has; it is given the database, the place and
what is to be told how far it is, which raises once somebody wants to stop."""


class FileSheet(Sheet):
    """`kinds` is what the dialog for files offers, `remembers` under what the folder of last time is kept.

    Whoever makes one gives `work`, or makes it anew of what is chosen (`make_work`); what stands above the line of the
    file goes into `middle`. `total` is how much there is to write, where that is known beforehand.
    """

    saved = Signal(str)
    """The path of the file that was written."""

    def __init__(
        self,
        over: QWidget,
        desk: Desk,
        memory: Memory,
        toasts: Toasts,
        *,
        title: str,
        kinds: str,
        remembers: str,
        work: Work | None = None,
        told: Callable[[int, str], str] | None = None,
        counted: str = "",
        width: int = 600,
        height: int = 0,
        subtitle: str = "",
    ) -> None:
        super().__init__(over, title, width=width, height=height, subtitle=subtitle)
        self._desk, self._memory, self._toasts = desk, memory, toasts
        self._kinds, self._remembers, self._counted = kinds, remembers, counted or _("{n} rows")
        self._work, self._told = work, told or (lambda _rows, name: _("Saved “{name}”.").format(name=name))
        self._progress: Progress | None = None
        self.rows = 0
        self.total: int | None = None
        self.bar = ProgressBar()
        self.path = QLineEdit()
        self.choose = Button(_("Choose…"), "folder-open")
        self.notice = NoticeBar()
        self.said = PlainLabel("", "muted")
        self.save = Button(_("Save"), kind="primary")
        self.cancel = Button(_("Cancel"))
        self.middle = QHBoxLayout()
        self.may_close = self._may_leave
        self._lay_out_file()
        self.choose.clicked.connect(self._pick_file)
        self.cancel.clicked.connect(self.dismiss)
        self.save.clicked.connect(self.write)

    @property
    def is_busy(self) -> bool:
        """Whether the file is being written."""
        return self._progress is not None

    @property
    def target(self) -> Path:
        """Where the file would be written."""
        return Path(self.path.text().strip()).expanduser()

    def propose(self, name: str) -> None:
        """Propose a file of this name in the folder of last time, else in that of documents, else in one's own."""
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        wanted = (Path(folder) for folder in (self._memory.get(self._remembers, ""), documents) if folder)
        folder = next((folder for folder in wanted if folder.is_dir()), Path.home())
        self.path.setText(str(folder / " ".join(name.translate(NO_NAME).split())))

    def use_ending(self, ending: str) -> None:
        """Let the name in the line end so."""
        if self.path.text().strip():
            self.path.setText(str(self.target.with_suffix(ending)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Save with Enter; on a button that is no choice it presses that one."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focus = self.focusWidget()
            if isinstance(focus, QAbstractButton) and not focus.isCheckable():
                focus.click()
            else:
                self.write()
            event.accept()
            return
        super().keyPressEvent(event)

    def write(self) -> None:
        """Save; a file that is there already is only replaced after a question."""
        if self.is_busy or not self.save.isEnabled() or self.make_work() is None:
            return
        if not self.path.text().strip() or not may_write_to(self, self.target):
            self.path.setFocus()
            return
        self._write_to(self.target)

    def make_work(self) -> Work | None:
        """Return what writes the file, of what is chosen now; None: nothing can be written yet."""
        return self._work

    def keep(self) -> None:
        """Remember what was chosen; sheets with choices of their own add them."""
        self._memory.put(self._remembers, str(self.target.parent))
        self._memory.save()

    def _write_to(self, target: Path) -> None:
        work = self.make_work()
        assert work is not None
        self.notice.hide()
        progress = self._progress = Progress(STOPPED)
        self.destroyed.connect(progress.stop)
        progress.stepped.connect(self._tell_progress)
        self._show_busy()
        self.bar.begin(self.total)
        self._desk.read(
            self,
            work,
            target,
            progress.step,
            then=lambda rows: self._written(target, rows),
            failed=lambda error: self._refused(error, target),
        )

    def _tell_progress(self, done: int) -> None:
        words = self._counted.format(n=f"{done:,}")
        self.said.setText(words)
        self.bar.reach(done, words)

    def _written(self, target: Path, rows: int) -> None:
        self._progress, self.rows = None, rows
        self.keep()
        folder = QUrl.fromLocalFile(str(target.parent))
        told = self._told(rows, target.name)
        self._toasts.show(told, "ok", _("Open folder"), lambda: QDesktopServices.openUrl(folder))
        self.saved.emit(str(target))
        self.finish()

    def _refused(self, error: DeskError, target: Path | None = None) -> None:
        self._progress = None
        self._show_busy()
        said = error_text(error)
        if target is not None and error.facts.get("why") in ("file_busy", "not_writable") and target.exists():
            self.notice.say(said, "danger", (_("Save as a new file"), lambda: self._save_as_new(target)))
        else:
            self.notice.say(said, "muted" if error.code == STOPPED else "danger")
        self.path.setFocus()

    def _save_as_new(self, taken: Path) -> None:
        target = free_name(taken)
        self.path.setText(str(target))
        self._write_to(target)

    def _show_busy(self) -> None:
        busy = self.is_busy
        self.save.setEnabled(not busy)
        self.save.set_words(_("Saving…") if busy else _("Save"))
        self.cancel.set_words(_("Stop") if busy else _("Cancel"))
        self.path.setEnabled(not busy)
        self.choose.setEnabled(not busy)
        self.said.setText("")
        self.bar.end()

    def _may_leave(self) -> bool:
        """Stop what is under way instead of closing; the next time it closes."""
        if self._progress is None:
            return True
        self._progress.stop()
        return False

    def _pick_file(self) -> None:
        options = QFileDialog.Option.DontConfirmOverwrite
        name, _kind = QFileDialog.getSaveFileName(
            self, self.title.text(), self.path.text(), self._kinds, options=options
        )
        if name:
            self.path.setText(name)

    def _lay_out_file(self) -> None:
        self.path.setAccessibleName(_("File"))
        file = QHBoxLayout()
        file.addWidget(self.path, 1)
        file.addWidget(self.choose)
        self.body.addWidget(self.notice)
        self.body.addLayout(self.middle, 1)
        self.body.addWidget(PlainLabel(_("File"), "field"))
        self.body.addLayout(file)
        self.body.addWidget(self.bar)
        self.foot.addWidget(self.said, 1)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.save)
