"""What a completed session proves, in its panel: certificates to open and to save, and who has none and why (A5)."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer_desk.services.changes import Changes
from trainer_desk.services.dossiers.session_certificates import load_session_proof
from trainer_desk.services.rows.certificates import SessionProof
from trainer_desk.texts.certificates import number_text, why_not_text
from trainer_desk.texts.translate import _
from trainer_desk.views.attachments.file_lines import FileLines
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.session.lines import Line

TABLES = ("certificates", "enrollments", "sessions", "runs", "people", "courses")


class SessionCertificates(QWidget):
    """Shows itself only where there is something to tell; it follows the database by itself."""

    certificate_wanted = Signal(int)
    """A certificate is to be looked at."""
    save_wanted = Signal(object)
    """These certificates are to be saved as one PDF."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._session_id: int | None = None
        self.proof = SessionProof()
        self.heading = PlainLabel(_("Certificates"), "field")
        self.save = Button(_("Save as PDF…"), "file-down", "small")
        self.lines = FileLines(_("Certificates"))
        self._lay_out()
        self.hide()
        self.save.clicked.connect(lambda: self.save_wanted.emit(self.proof.certificates))
        self.lines.open_wanted.connect(self._open)
        desk.changed.connect(self._follow)

    def show_session(self, session_id: int | None) -> None:
        """Show what another session proves; None: nothing."""
        self._session_id = session_id
        self._show(SessionProof())
        self._reload()

    def _reload(self) -> None:
        if self._session_id is not None:
            self._desk.read(self, load_session_proof, self._session_id, then=self._show, lane="proof")

    def _show(self, proof: SessionProof) -> None:
        self.proof = proof
        certified = [
            Line(row.id, row.person_name, number_text(row), "shield-check", "ok") for row in proof.certificates
        ]
        lacking = [
            Line(-one.person_id, one.name, why_not_text(one.why), "circle-dashed", "warn") for one in proof.lacking
        ]
        self.lines.show_lines([*certified, *lacking])
        self.heading.setText(_("Certificates {n}").format(n=len(certified)))
        self.save.setVisible(bool(certified))
        self.setVisible(bool(certified or lacking))

    def _open(self) -> None:
        for line in self.lines.chosen():
            if line.key > 0:
                self.certificate_wanted.emit(line.key)

    def _follow(self, changes: Changes) -> None:
        if changes.touch(*TABLES):
            self._reload()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.heading)
        row.addStretch(1)
        row.addWidget(self.save, 0, Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.lines)
