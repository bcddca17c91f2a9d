"""PostgreSQL's own reading of the rules of compliance, for those who may not read what they follow from (N1, U2).

It says what `rules.requirements` and `rules.holdings` say; a test compares the two on random organisations.
"""

from collections.abc import Iterator

from trainer_desk.services.store.objects.plpgsql import function

FIRST_DAY, LAST_DAY = "date '0001-01-01'", "date '9999-12-31'"

RENEWING = (
    "WITH RECURSIVE r(id) AS (SELECT c.id FROM courses c WHERE c.renews_id = of_course"
    " UNION SELECT c.id FROM courses c JOIN r ON c.renews_id = r.id) SELECT id FROM r"
)
"""The courses that renew one, directly or through others (N5)."""

MATCHING = (
    "q.course_id = of_course AND q.deleted_at IS NULL AND (q.person_id IS NULL OR q.person_id = of_person)"
    " AND q.job_role IN ('', who.job_role) AND q.department IN ('', who.department) AND q.site IN ('', who.site)"
)

HELD = f"""
    SELECT a.status, a.expires_on, a.stated_at INTO said FROM attestations a
        WHERE a.course_id = of_course AND a.person_id = of_person AND a.deleted_at IS NULL;
    SELECT t.expires_on INTO best FROM (
        SELECT r.recorded_at AS told_at, CASE WHEN r.course_id = of_course AND r.expires_on IS NOT NULL
            THEN r.expires_on ELSE valid_until(r.held_on, months) END AS expires_on
        FROM training_records r WHERE r.person_id = of_person AND r.deleted_at IS NULL AND r.course_id = ANY (family)
        UNION ALL SELECT k.certified_at, CASE WHEN k.course_id = of_course
            THEN k.expires_on ELSE valid_until(k.held_on, months) END
        FROM certificates k WHERE k.person_id = of_person AND k.withdrawn_at IS NULL AND k.course_id = ANY (family)
    ) t WHERE said.status IS NULL OR (t.told_at >= said.stated_at
        AND (t.expires_on IS NULL OR t.expires_on >= (said.stated_at AT TIME ZONE 'UTC')::date))
    ORDER BY t.expires_on DESC NULLS FIRST LIMIT 1;
    is_trained := FOUND;
    IF is_trained AND NOT coalesce(said.status = 'COMPLIANT'
        AND coalesce(said.expires_on, {LAST_DAY}) >= coalesce(best.expires_on, {LAST_DAY}), false)
    THEN held := 'COMPLIANT'; held_to := best.expires_on;
    ELSE held := said.status; held_to := said.expires_on; END IF;
"""
"""What was attested settles all that was told before it; of what was told later, the longest counts."""

DUTY = f"""
    SELECT max(least(coalesce(q.until + 1, {LAST_DAY}), {LAST_DAY})) INTO item.counts_from
        FROM requirements q WHERE {MATCHING} AND q.exempt;
    SELECT d.begins_on, d.due_on INTO duty FROM (
        SELECT b.begins_on, CASE WHEN b.grace_days > 0 THEN
            least(b.begins_on + least(b.grace_days, {LAST_DAY} - b.begins_on), {LAST_DAY}) END AS due_on
        FROM (SELECT q.grace_days, greatest(coalesce(who.placed_on, {FIRST_DAY}), q.since,
                coalesce(item.counts_from, {FIRST_DAY})) AS begins_on
            FROM requirements q WHERE {MATCHING} AND NOT q.exempt) b
    ) d ORDER BY coalesce(d.due_on, {FIRST_DAY}), d.begins_on LIMIT 1;
    is_asked := FOUND AND item.counts_from IS DISTINCT FROM {LAST_DAY};
    IF NOT is_asked AND EXISTS (SELECT FROM requirements q
        WHERE q.course_id = of_course AND q.deleted_at IS NULL AND NOT q.exempt)
    THEN item.counts_from := {LAST_DAY}; END IF;
"""
"""What the rules of a course ask of a person; of several that match, the strictest counts."""

ITEM = """
    IF held IS NOT NULL AND NOT (is_asked AND duty.due_on IS NOT NULL
        AND coalesce(held = 'COMPLIANT' AND held_to < duty.begins_on, false))
    THEN item.status := held;
    ELSIF NOT is_asked THEN RETURN NULL;
    ELSIF duty.due_on IS NULL THEN item.status := 'NON_COMPLIANT';
    ELSE item.status := 'PENDING'; item.due_on := duty.due_on; END IF;
    item.expires_on := held_to; RETURN item;
"""
"""Grace is for those who hold nothing, or nothing any more, when their duty begins."""

FACTS = f"""
    SELECT p.job_role, p.department, p.site, p.placed_on, p.sort_name INTO who FROM people p
        WHERE p.id = of_person AND p.active;
    IF NOT FOUND THEN RETURN NULL; END IF;
    SELECT c.validity_months INTO months FROM courses c WHERE c.id = of_course AND c.active;
    IF NOT FOUND THEN RETURN NULL; END IF;
    item.course_id := of_course; item.person_id := of_person; item.sort_name := who.sort_name;
    family := ARRAY[of_course] || ARRAY({RENEWING});
"""

FOLLOW = """
    LOOP EXIT WHEN course IS NULL OR course = ANY (seen);
        seen := seen || course; item := compliance_of(course, of_person);
        IF item.status IS NULL
        THEN DELETE FROM compliance_items i WHERE i.course_id = course AND i.person_id = of_person;
        ELSE INSERT INTO compliance_items AS i SELECT item.* ON CONFLICT (course_id, person_id) DO UPDATE
            SET status = excluded.status, expires_on = excluded.expires_on, sort_name = excluded.sort_name,
                due_on = excluded.due_on, counts_from = excluded.counts_from
            WHERE (i.status, i.expires_on, i.sort_name, i.due_on, i.counts_from) IS DISTINCT FROM
                (excluded.status, excluded.expires_on, excluded.sort_name, excluded.due_on, excluded.counts_from);
        END IF;
        SELECT c.renews_id INTO course FROM courses c WHERE c.id = course;
    END LOOP;
"""
"""The item of a course, and then of each that it renews."""


def statements() -> Iterator[str]:
    """Yield the functions, safe to repeat."""
    yield function(
        "valid_until(held_on date, months int)",
        "date",
        "SELECT CASE WHEN $2 <= 120000 AND $1 + make_interval(months => $2) <= timestamp '9999-12-31'"
        " THEN ($1 + make_interval(months => $2))::date END",
        language="sql",
    )
    yield function(
        "compliance_of(of_course int, of_person int)",
        "compliance_items",
        FACTS + HELD + DUTY + ITEM,
        "DECLARE item compliance_items; who record; said record; best record; duty record; held text; held_to date;"
        " months int; family int[]; is_trained bool; is_asked bool;",
    )
    yield function(
        "follow_compliance(of_course int, of_person int)",
        "void",
        FOLLOW,
        "DECLARE item compliance_items; course int := of_course; seen int[] := '{}';",
    )
