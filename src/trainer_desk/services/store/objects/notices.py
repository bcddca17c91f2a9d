"""What triggers tell accounts of places, sessions and requests, as SQL that both databases read alike (D6).

Only accounts that stand for the person, the trainer or the requester are told, and nobody of an own deed; but that a
seat came out of the queue, and that an offer ran out, is nobody's deed. What is over is told to nobody.
"""

from dataclasses import dataclass

STANDING = "({0}.status IN ('SCHEDULED', 'IN_PROGRESS'))"
"""A session that people count on: one in the trash is never so."""

TOLD = (
    "account_id, kind, session_id, at, actor, starts_at, ends_at, venue_id, was_starts_at, was_ends_at, was_venue_id,"
    " until_at"
)


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a database says when and by whom the present change is made, and that two values differ, empty ones too."""

    at: str
    actor: str
    differs: str

    def moved(self, *columns: str) -> str:
        """Return the condition that one of these columns of the present row is another than it was."""
        return "(" + " OR ".join(f"OLD.{column} {self.differs} NEW.{column}" for column in columns) + ")"

    def place(self, rows: str, new: str, kind: str, *, only: str) -> str:
        """Return the statement that tells people what became of their place; `new` names its row among `rows`."""
        return (
            "INSERT INTO notices (account_id, kind, session_id, at, actor, starts_at, ends_at, venue_id, until_at,"
            f" outcome) SELECT a.id, {kind}, s.id, {self.at}, {self.actor}, s.starts_at, s.ends_at, s.venue_id,"
            f" {new}.offer_until, {new}.withdrawn_why FROM {rows} JOIN sessions s ON s.id = {new}.session_id"
            f" WHERE a.person_id = {new}.person_id AND a.disabled_at IS NULL AND {STANDING.format('s')}"
            f" AND s.ends_at > {self.at} AND {only} AND (a.login <> {self.actor} OR {kind} IN ('promoted', 'offered')"
            f" OR coalesce({new}.withdrawn_why, '') = 'lapsed');"
        )

    def session(self) -> str:
        """Return the statements that tell people and trainers what became of their session."""
        old, new = STANDING.format("OLD"), STANDING.format("NEW")
        published = f"(OLD.status IN ('DRAFT', 'CANCELLED') AND {new})"
        taken_back = f"({old} AND NEW.status IN ('DRAFT', 'CANCELLED'))"
        moved = f"({old} AND {new} AND {self.moved('starts_at', 'ends_at', 'venue_id')})"
        kind = (
            "CASE NEW.status WHEN 'CANCELLED' THEN 'cancelled' WHEN 'DRAFT' THEN 'unscheduled'"
            f" ELSE CASE WHEN {moved} THEN 'moved' ELSE max(word) END END"
        )
        facts = ", ".join(
            f"CASE WHEN {new} THEN NEW.{column} ELSE OLD.{column} END"
            for column in ("starts_at", "ends_at", "venue_id")
        )
        before = ", ".join(
            f"CASE WHEN {moved} THEN OLD.{column} END" for column in ("starts_at", "ends_at", "venue_id")
        )
        stays = f"NOT {old} OR NOT {new} OR OLD.trainer_id = NEW.trainer_id"
        return (
            f"INSERT INTO notices ({TOLD}) SELECT account_id, {kind}, NEW.id, {self.at}, {self.actor}, {facts},"
            f" {before}, CASE WHEN {published} THEN max(until) END FROM ({self._audience(stays)}) told"
            f" WHERE ({published} OR {taken_back} OR {moved}) AND coalesce(NEW.ends_at, OLD.ends_at) > {self.at}"
            f" GROUP BY account_id; {self._lead('assigned', 'NEW')} {self._lead('unassigned', 'OLD')}"
        )

    def new_session(self) -> str:
        """Return the statement that tells the trainer of a session that stands from the first; it has no people yet."""
        return self._teacher(
            "assigned", "NEW", f"a.trainer_id = NEW.trainer_id AND {STANDING.format('NEW')} AND NEW.ends_at > {self.at}"
        )

    def link(self, kind: str, row: str) -> str:
        """Return the statement that tells a co-trainer who comes or goes; `row` names the link."""
        return (
            "INSERT INTO notices (account_id, kind, session_id, at, actor, starts_at, ends_at, venue_id)"
            f" SELECT a.id, '{kind}', s.id, {self.at}, {self.actor}, s.starts_at, s.ends_at, s.venue_id"
            f" FROM accounts a JOIN sessions s ON s.id = {row}.session_id WHERE a.trainer_id = {row}.resource_id"
            f" AND a.disabled_at IS NULL AND a.login <> {self.actor} AND {row}.role = 'co'"
            f" AND s.trainer_id <> {row}.resource_id AND {STANDING.format('s')} AND s.ends_at > {self.at};"
        )

    def request(self) -> str:
        """Return the statement that tells a requester how a request was decided, and that it is open again."""
        return (
            "INSERT INTO notices (account_id, kind, session_id, booking_request_id, at, actor, starts_at, ends_at,"
            " venue_id, outcome)"
            f" SELECT a.id, 'decided', NEW.session_id, NEW.id, {self.at}, {self.actor}, s.starts_at, s.ends_at,"
            " s.venue_id, NEW.status FROM accounts a LEFT JOIN sessions s ON s.id = NEW.session_id"
            f" WHERE a.login = NEW.requested_by AND a.disabled_at IS NULL AND a.login <> {self.actor};"
        )

    def _audience(self, lead_counts: str) -> str:
        """Return who is told of the session of the present row, and what a published one means to them."""
        someone = f"a.disabled_at IS NULL AND a.login <> {self.actor}"
        return (
            "SELECT a.id AS account_id, CASE e.state WHEN 'confirmed' THEN 'enrolled' ELSE e.state END AS word,"
            " e.offer_until AS until FROM enrollments e JOIN accounts a ON a.person_id = e.person_id"
            f" WHERE e.session_id = NEW.id AND e.state <> 'withdrawn' AND {someone}"
            " UNION ALL SELECT a.id, 'assigned', NULL FROM accounts a WHERE a.trainer_id IN"
            f" (SELECT NEW.trainer_id WHERE {lead_counts} UNION SELECT resource_id FROM session_resources"
            f" WHERE session_id = NEW.id AND role = 'co') AND {someone}"
        )

    def _lead(self, kind: str, row: str) -> str:
        """Return the statement that tells who leads a standing session from now on, or no more."""
        helps = (
            f"EXISTS (SELECT 1 FROM session_resources r WHERE r.session_id = NEW.id AND r.role = 'co'"
            f" AND r.resource_id = {row}.trainer_id)"
        )
        changed = f"{STANDING.format('OLD')} AND {STANDING.format('NEW')} AND {self.moved('trainer_id')}"
        return self._teacher(
            kind, row, f"a.trainer_id = {row}.trainer_id AND {changed} AND NOT {helps} AND NEW.ends_at > {self.at}"
        )

    def _teacher(self, kind: str, row: str, who: str) -> str:
        return (
            "INSERT INTO notices (account_id, kind, session_id, at, actor, starts_at, ends_at, venue_id)"
            f" SELECT a.id, '{kind}', NEW.id, {self.at}, {self.actor}, {row}.starts_at, {row}.ends_at, {row}.venue_id"
            f" FROM accounts a WHERE {who} AND a.disabled_at IS NULL AND a.login <> {self.actor};"
        )


SESSION_COLUMNS = ("status", "trainer_id", "venue_id", "starts_at", "ends_at")
"""The columns of a session whose change somebody may have to hear of."""


def seated_kind(old: str, new: str) -> str:
    """Return what a place that changed its state is told as: by the state that it has now."""
    came = f"CASE WHEN {old}.state = 'waitlisted' THEN 'promoted' ELSE 'enrolled' END"
    return f"(CASE {new}.state WHEN 'confirmed' THEN {came} ELSE {new}.state END)"


def new_kind(new: str) -> str:
    """Return what a place that was just made is told as."""
    return f"(CASE {new}.state WHEN 'confirmed' THEN 'enrolled' ELSE {new}.state END)"
