"""Judges sessions that are to be made: against what is taken, and against each other, with what was chosen (R2, R3)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.findings import Finding, refusals
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.previews import Fate, PreviewLine, Remedy, RemedyKind
from trainer_desk.services.rows.schedule import BlockRow, ClaimRow, SessionCard
from trainer_desk.services.rules.alternatives import OFFERED, find_alternatives
from trainer_desk.services.rules.availability import claims_of
from trainer_desk.services.rules.cloning import next_open_start
from trainer_desk.services.rules.publishing import as_hints, check_publish

Choices = Mapping[str, Remedy]
"""What somebody chose for a line, by its key."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A session to be made: its card on its day, what is told of that day, and why it is left out unless chosen.

    The ids of cards are negative, so that those to be made tell each other apart.
    """

    key: str
    card: SessionCard
    told: tuple[Finding, ...] = ()
    note: str = ""
    is_left_out: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known around the sessions to be made, at an instant (UTC); `publish` says that they are scheduled."""

    directory: Directory
    claims: Sequence[ClaimRow]
    blocks: Sequence[BlockRow]
    now: datetime
    publish: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """The lines in their order, and what the sessions of them would take, to be laid over what is taken already."""

    lines: tuple[PreviewLine, ...]
    taken: tuple[ClaimRow, ...] = field(default=())


def judge(wanted: Sequence[Wanted], setting: Setting, choices: Choices) -> Judged:
    """Return a line for each session, by start: earlier ones take what they need before later ones are looked at.

    A card comes back as it will be made: SCHEDULED where it may be and that is wanted, else a DRAFT over its findings.
    """
    taken: list[ClaimRow] = []
    lines = []
    for one in sorted(wanted, key=_by_start):
        chosen = choices.get(one.key)
        line = _line(one, chosen, setting, taken)
        if line.fate is not Fate.SKIPPED and not line.remedies:
            taken += [replace(claim, session_ref=None) for claim in claims_of(line.card, setting.directory)]
        lines.append(line)
    return Judged(tuple(lines), tuple(taken))


def ways_out(line: PreviewLine, setting: Setting) -> PreviewLine:
    """Return a line that clashes with what would help it, the best first; `setting` must know of everything around.

    What lies around is that of all trainers and venues from the session's start to a day after its end.
    """
    if not line.remedies and line.fate is not Fate.SKIPPED:
        return line
    found = [*_instead(line, setting), *line.remedies]
    return replace(line, remedies=tuple(dict.fromkeys(found)))


def as_chosen(card: SessionCard, chosen: Remedy | None) -> SessionCard:
    """Return the card with another trainer, venue or time; a session that is shifted keeps its length."""
    if chosen is None:
        return card
    if chosen.kind is RemedyKind.TRAINER:
        others = tuple(one for one in card.co_trainer_ids if one != chosen.resource_id)
        return replace(card, trainer_id=chosen.resource_id, co_trainer_ids=others)
    if chosen.kind is RemedyKind.VENUE:
        return replace(card, venue_id=chosen.resource_id)
    if chosen.kind is RemedyKind.SHIFT and chosen.starts_at is not None and card.length is not None:
        return replace(card, starts_at=chosen.starts_at, ends_at=chosen.starts_at + card.length)
    return card


def _line(one: Wanted, chosen: Remedy | None, setting: Setting, taken: Sequence[ClaimRow]) -> PreviewLine:
    card = as_chosen(one.card, chosen)
    if chosen.kind is RemedyKind.SKIP if chosen else one.is_left_out:
        instead = (Remedy(RemedyKind.DRAFT), Remedy(RemedyKind.SKIP)) if one.note else ()
        return PreviewLine(one.key, card, Fate.SKIPPED, (), instead, chosen, one.note)
    found = check_publish(
        card, directory=setting.directory, claims=[*setting.claims, *taken], blocks=setting.blocks, now=setting.now
    )
    is_draft = not setting.publish or bool(refusals(found)) or bool(chosen and chosen.kind is RemedyKind.DRAFT)
    helpless = [finding for finding in found if finding.refuses and not finding.code.startswith("missing_")]
    if is_draft:
        found = as_hints(found if setting.publish else [one for one in found if not one.code.startswith("missing_")])
    told = (*one.told, *found)
    status = SessionStatus.DRAFT if is_draft else SessionStatus.SCHEDULED
    ways = tuple(_plain_ways(setting.publish)) if helpless else ()
    fate = Fate.WARNED if told else Fate.FINE
    return PreviewLine(one.key, replace(card, status=status), fate, told, ways, chosen)


def _plain_ways(publish: bool) -> Iterator[Remedy]:
    if publish:
        yield Remedy(RemedyKind.DRAFT)
    yield Remedy(RemedyKind.SKIP)


def _instead(line: PreviewLine, setting: Setting) -> Iterator[Remedy]:
    """Yield other trainers and venues for the fields that clash, then other times."""
    card, directory = line.card, setting.directory
    if card.starts_at is None or card.ends_at is None or card.ends_at <= card.starts_at:
        return
    free = find_alternatives(card, directory, setting.claims, setting.blocks, card.ends_at + timedelta(days=1))
    fields = {finding.field for finding in line.findings}
    if "trainer" in fields:
        yield from (Remedy(RemedyKind.TRAINER, one.id) for one in free.trainers[:OFFERED])
    if "venue" in fields:
        yield from (Remedy(RemedyKind.VENUE, one.id) for one in free.venues[:OFFERED])
    if free.free_from is not None:
        yield Remedy(RemedyKind.SHIFT, starts_at=free.free_from)
    yield from _next_open_day(card, setting)


def _next_open_day(card: SessionCard, setting: Setting) -> Iterator[Remedy]:
    assert card.starts_at is not None
    assert card.ends_at is not None
    settings = setting.directory.settings
    later = next_open_start(card.starts_at, card.ends_at, setting.blocks, settings.zone, settings.working_days)
    if later is not None:
        yield Remedy(RemedyKind.SHIFT, starts_at=later)


def _by_start(one: Wanted) -> tuple[bool, float, int]:
    starts_at = one.card.starts_at
    return starts_at is None, starts_at.timestamp() if starts_at else 0.0, -one.card.id
