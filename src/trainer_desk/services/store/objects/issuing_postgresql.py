"""PostgreSQL's own way to issue a certificate, to the letter of `orchestration.certifying` and its checksum (A5)."""

from collections.abc import Iterator

from trainer_desk.services.store.objects.plpgsql import function

NUMBERS = frozenset({"revision", "person_id", "course_id", "session_id", "run_id", "minutes", "score", "enrollment"})
INSTANTS = frozenset({"certified_at", "issued_at"})
FROZEN = (
    "certified_at", "course_code", "course_id", "course_title", "days", "employee_no", "expires_on", "held_from",
    "held_on", "issued_at", "issued_by", "minutes", "number", "organisation", "person_id", "person_name", "reason",
    "result", "revision", "run_id", "score", "session_id", "trainer_name",
)  # fmt: skip
"""What the checksum is taken over, by name."""

HELD = ("day", "enrollment", "minutes", "session", "trainer")
"""What is kept of each day, by name."""

SETTING = "coalesce((SELECT nullif(value, '') FROM settings WHERE key = '{}'), '{}')"

FACTS = f"""
    SELECT {SETTING.format("zone", "Europe/London")}, {SETTING.format("organisation", "My organisation")}
        INTO zone, made.organisation;
    SELECT c.code, c.title, c.validity_months, c.requires_result INTO course FROM courses c WHERE c.id = of_course;
    SELECT p.employee_no, p.name INTO made.employee_no, made.person_name FROM people p WHERE p.id = of_person;
    SELECT s.session_id, s.enrollment_id, ((s.ends_at - interval '1 second') AT TIME ZONE zone)::date AS held_on
        INTO last FROM sittings(of_course, of_person) s WHERE s.enrollment_id = ANY (ids)
        ORDER BY s.ends_at DESC, s.enrollment_id DESC LIMIT 1;
    IF course.requires_result THEN
        SELECT s.result, s.score INTO made.result, made.score FROM sittings(of_course, of_person) s
        WHERE s.enrollment_id = ANY (ids) ORDER BY s.day DESC, s.ends_at DESC, s.enrollment_id DESC LIMIT 1; END IF;
"""

DAYS = """
    SELECT jsonb_agg(jsonb_build_object('day', d.day, 'minutes', d.minutes, 'session', d.ref, 'trainer', d.trainer,
            'enrollment', d.enrollment_id) ORDER BY d.place), sum(d.minutes), (array_agg(d.day ORDER BY d.place))[1]
        INTO made.days, made.minutes, made.held_from
        FROM (SELECT s.enrollment_id, s.ref, s.trainer, (s.starts_at AT TIME ZONE zone)::date AS day,
            array_position(ids, s.enrollment_id) AS place, greatest(1,
            round(extract(epoch FROM s.ends_at - s.starts_at)::double precision / 60)::int) AS minutes
            FROM sittings(of_course, of_person) s WHERE s.enrollment_id = ANY (ids)) d;
    SELECT string_agg(n.trainer, ', ' ORDER BY n.place) INTO made.trainer_name FROM (
        SELECT d.held->>'trainer' AS trainer, min(d.place) AS place FROM jsonb_array_elements(made.days)
        WITH ORDINALITY d(held, place) GROUP BY 1) n;
"""

ROW = """
    made.id := nextval(pg_get_serial_sequence('certificates', 'id'));
    made.number := extract(year FROM last.held_on)::int || '-' || lpad(last.enrollment_id::text,
        greatest(6, length(last.enrollment_id::text)), '0');
    made.revision := 1 + coalesce((SELECT max(k.revision) FROM certificates k WHERE k.number = made.number), 0);
    made.person_id := of_person; made.course_id := of_course; made.session_id := last.session_id;
    made.run_id := of_run; made.held_on := last.held_on;
    made.expires_on := valid_until(last.held_on, course.validity_months);
    made.course_code := course.code; made.course_title := course.title;
    made.certified_at := coalesce(since, at); made.issued_at := at; made.issued_by := session_user;
    made.version := 1; made.created_at := at; made.updated_at := at;
"""


def statements() -> Iterator[str]:
    """Yield the functions, safe to repeat."""
    text = "'{" + _spelled(FROZEN, "one.{}") + "}'"
    yield function(
        "checksum_of(one certificates)",
        "text",
        f"RETURN left(encode(sha256(convert_to({text}, 'UTF8')), 'hex'), 16);",
    )
    yield function(
        "issue_certificate(of_course int, of_person int, ids int[], of_run int, since timestamptz, at timestamptz)",
        "void",
        FACTS + DAYS + ROW + "made.checksum := checksum_of(made); INSERT INTO certificates SELECT made.*;",
        "DECLARE made certificates; zone text; course record; last record;",
    )


def _spelled(names: tuple[str, ...], value: str) -> str:
    """Return the inside of a JSON object as a text of SQL with the values between; its quotes are open at both ends."""
    return ",".join(f"\"{name}\":' || {_value(name, value.format(name))} || '" for name in names)


def _value(name: str, value: str) -> str:
    if name == "days":
        each = "'{" + _spelled(HELD, "(d.held->>'{}')") + "}'"
        listed = f"SELECT string_agg({each}, ',' ORDER BY d.place) FROM jsonb_array_elements({value})"
        return f"'[' || ({listed} WITH ORDINALITY d(held, place)) || ']'"
    if name in NUMBERS:
        return f"coalesce(({value})::text, 'null')"
    if name in INSTANTS:
        return f"to_json(to_char({value} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'))::text"
    return f"coalesce(to_json(({value})::text)::text, 'null')"
