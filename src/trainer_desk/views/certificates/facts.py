"""What the sheet of a certificate needs at once."""

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from trainer_desk.services.directory import load_settings
from trainer_desk.services.people.certificates import certificates_of, load_certificate
from trainer_desk.services.rows.certificates import CertificateRow


@dataclass(frozen=True, slots=True)
class Shown:
    """A revision, all revisions of its number with the newest first, and the organisation's zone."""

    row: CertificateRow
    revisions: tuple[CertificateRow, ...]
    zone: ZoneInfo


def gather(db: Any, certificate_id: int) -> Shown:
    """Read them. Raises NotFound."""
    row = load_certificate(db, certificate_id)
    revisions = tuple(one for one in certificates_of(db, row.person_id) if one.number == row.number)
    return Shown(row, revisions, load_settings(db).zone)


def gather_zone(db: Any) -> ZoneInfo:
    """Read the organisation's zone."""
    return load_settings(db).zone
