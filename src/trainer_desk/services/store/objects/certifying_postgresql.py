"""PostgreSQL's own reading of who has earned a certificate, for trainers, who may not write one (A5, A7, U2).

It says what `rules.certifying` says and writes what `orchestration.certifying` writes; a test compares the two on
random organisations. Planners go the way of the program.
"""

from collections.abc import Iterator

from trainer_desk.services.store.objects.plpgsql import function

ONE_COURSE = "r.id = s.run_id AND r.one_course AND r.course_id = s.course_id AND r.deleted_at IS NULL"
DAY = "o.run_id = r.id AND o.course_id = s.course_id AND o.deleted_at IS NULL AND o.status <> 'CANCELLED'"

SITTINGS = f"""
    SELECT e.id, s.id, s.ref, s.status, s.starts_at, s.ends_at, coalesce(t.name, ''),
        s.status = 'COMPLETED' AND e.state = 'confirmed' AND e.attendance = 'attended'
            AND e.result IS DISTINCT FROM 'failed',
        e.result, e.score, CASE WHEN s.status <> 'CANCELLED' THEN r.id END,
        CASE WHEN r.id IS NULL OR s.status = 'CANCELLED' THEN 1 ELSE
            (SELECT 1 + count(*)::int FROM sessions o WHERE {DAY} AND (o.starts_at, o.id) < (s.starts_at, s.id)) END,
        CASE WHEN r.id IS NOT NULL THEN (SELECT count(*)::int FROM sessions o WHERE {DAY}) END
    FROM enrollments e JOIN sessions s ON s.id = e.session_id LEFT JOIN resources t ON t.id = s.trainer_id
    LEFT JOIN runs r ON {ONE_COURSE}
    WHERE e.person_id = $2 AND s.course_id = $1 AND s.deleted_at IS NULL AND s.starts_at IS NOT NULL
        AND s.ends_at IS NOT NULL
"""

STANDING = """
    FOR old IN SELECT * FROM certificates k WHERE k.course_id = of_course AND k.person_id = of_person
        AND k.withdrawn_at IS NULL ORDER BY k.id LOOP
        ids := ARRAY(SELECT (d.held->>'enrollment')::int FROM jsonb_array_elements(old.days)
            WITH ORDINALITY d(held, place) ORDER BY d.place);
        SELECT count(*) FILTER (WHERE s.counts AND NOT s.enrollment_id = ANY (used)),
            coalesce(bool_or(s.status <> 'COMPLETED'), false) INTO standing, is_open
            FROM sittings(of_course, of_person) s WHERE s.enrollment_id = ANY (ids);
        SELECT s.result, s.score INTO said FROM sittings(of_course, of_person) s WHERE s.enrollment_id = ANY (ids)
            ORDER BY s.day DESC, s.ends_at DESC, s.enrollment_id DESC LIMIT 1;
        IF standing = 0 OR standing < cardinality(ids)
            OR (old.result IS NOT NULL AND said.result IS DISTINCT FROM 'passed')
        THEN PERFORM end_certificate(old.id, CASE WHEN is_open THEN 'reopened' ELSE 'corrected' END, at);
            is_changed := true; CONTINUE; END IF;
        used := used || ids;
        IF old.result IS NOT NULL AND (old.result, old.score) IS DISTINCT FROM (said.result, said.score)
        THEN PERFORM end_certificate(old.id, 'corrected', at);
            PERFORM issue_certificate(of_course, of_person, ids, old.run_id, old.certified_at, at);
            is_changed := true; END IF;
    END LOOP;
"""
"""A certificate stands as long as its own days do; a day counts for one certificate only."""

SINGLE = """
    FOR one IN SELECT s.enrollment_id FROM sittings(of_course, of_person) s WHERE s.counts AND s.run_id IS NULL
        AND NOT s.enrollment_id = ANY (used) AND (s.result = 'passed' OR NOT asks)
        ORDER BY s.starts_at, s.enrollment_id LOOP
        PERFORM issue_certificate(of_course, of_person, ARRAY[one.enrollment_id], NULL, NULL, at);
        used := used || one.enrollment_id; is_changed := true;
    END LOOP;
"""

RUNS = """
    FOREACH others IN ARRAY ARRAY[false, true] LOOP
        FOR one IN SELECT f.run_id, f.length FROM (SELECT DISTINCT ON (s.run_id) s.run_id, s.length, s.starts_at,
                s.enrollment_id FROM sittings(of_course, of_person) s WHERE s.counts AND s.run_id IS NOT NULL
                AND NOT s.enrollment_id = ANY (used) ORDER BY s.run_id, s.starts_at, s.enrollment_id) f
            ORDER BY f.starts_at, f.enrollment_id LOOP
            ids := '{}';
            FOR number IN 1 .. one.length LOOP
                SELECT s.enrollment_id INTO fit FROM sittings(of_course, of_person) s WHERE s.counts
                    AND s.run_id IS NOT NULL AND NOT s.enrollment_id = ANY (used) AND s.day = number
                    AND (others OR s.run_id = one.run_id) AND (number < one.length OR NOT asks OR s.result = 'passed')
                    ORDER BY s.run_id <> one.run_id, s.starts_at, s.enrollment_id LIMIT 1;
                EXIT WHEN NOT FOUND; ids := ids || fit;
            END LOOP;
            IF cardinality(ids) < one.length OR NOT EXISTS (SELECT FROM sittings(of_course, of_person) s
                WHERE s.enrollment_id = ANY (ids) AND s.run_id = one.run_id) THEN CONTINUE; END IF;
            ids := ARRAY(SELECT s.enrollment_id FROM sittings(of_course, of_person) s
                WHERE s.enrollment_id = ANY (ids) ORDER BY s.starts_at, s.enrollment_id);
            PERFORM issue_certificate(of_course, of_person, ids, one.run_id, NULL, at);
            used := used || ids; is_changed := true;
        END LOOP;
    END LOOP;
"""
"""Runs attended from end to end, then runs with days made up elsewhere."""


def statements() -> Iterator[str]:
    """Yield the functions, safe to repeat."""
    yield function(
        "sittings(of_course int, of_person int)",
        "TABLE (enrollment_id int, session_id int, ref text, status text, starts_at timestamptz, ends_at timestamptz,"
        " trainer text, counts bool, result text, score int, run_id int, day int, length int)",
        SITTINGS,
        language="sql",
    )
    yield function(
        "end_certificate(of_id int, why text, at timestamptz)",
        "void",
        "UPDATE certificates SET withdrawn_at = $3, withdrawn_why = $2, version = version + 1, updated_at = $3"
        " WHERE id = $1",
        language="sql",
    )
    yield function(
        "certify_person(of_course int, of_person int, at timestamptz)",
        "void",
        "SELECT requires_result INTO asks FROM courses WHERE id = of_course;"
        + STANDING
        + SINGLE
        + RUNS
        + "IF is_changed THEN PERFORM follow_compliance(of_course, of_person); END IF;",
        "DECLARE asks bool; used int[] := '{}'; ids int[]; old certificates; one record; said record; standing int;"
        " is_open bool; others bool; fit int; is_changed bool := false;",
    )
    yield function(
        "certify_people(of_session int, people int[], at timestamptz)",
        "void",
        "PERFORM facts_in_line();"
        " FOR one IN SELECT DISTINCT s.course_id, e.person_id FROM enrollments e JOIN sessions s ON s.id = e.session_id"
        " WHERE s.id = of_session AND (people IS NULL OR e.person_id = ANY (people)) ORDER BY e.person_id LOOP"
        " PERFORM certify_person(one.course_id, one.person_id, at); END LOOP;",
        "DECLARE one record;",
    )
