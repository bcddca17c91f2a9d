"""What an inspector pack says of itself (X6)."""

from collections.abc import Collection

from trainer_desk.services.rows.inspector import PackFacts
from trainer_desk.texts.formats import date_text, moment_text
from trainer_desk.texts.translate import _, plural

FILES = (
    (("matrix.csv", "matrix.pdf"), "who held what on the last day"),
    (("certificates.csv", "certificates.pdf"), "certificates that were valid on any of the days"),
    (("attendance.csv", "attendance.pdf"), "who was there, who marked it and when, and what was corrected later"),
    (("records.csv",), "training held elsewhere or before this program"),
    (("qualifications.csv",), "whether those who taught were qualified on the day"),
    (("requirements.csv",), "what is asked of whom, as it stands today"),
    (("waivers.csv",), "warnings of these sessions that somebody accepted, and why"),
    (("attachments/",), "scans of signed sheets, cards and proofs, as they were attached"),
    (("SHA256SUMS",), "the checksum of every file; `sha256sum -c SHA256SUMS` compares them"),
)


def about_text(facts: PackFacts, names: Collection[str]) -> str:
    """Return the text of README.txt; of the files only those are named that are in the pack."""
    days = _("{first} to {last}").format(first=date_text(facts.asked.first), last=date_text(facts.asked.last))
    made = _("Made {moment} ({zone}) by {login} with Trainer Desk.").format(
        moment=moment_text(facts.made_at, facts.zone, year=True), zone=facts.zone.key, login=facts.made_by
    )
    people = plural("{n} person", "{n} people", facts.people)
    sessions = plural("{n} session", "{n} sessions", facts.sessions)
    there = {name if "/" not in name else name[: name.index("/") + 1] for name in names} | {"SHA256SUMS"}
    told = [([name for name in listed if name in there], said) for listed, said in FILES]
    files = "\n".join(f"{', '.join(found)}\n    {said}" for found, said in told if found)
    return f"{facts.organisation}\n{facts.subject}\n{days} · {people} · {sessions}\n{made}\n\n{files}\n"
