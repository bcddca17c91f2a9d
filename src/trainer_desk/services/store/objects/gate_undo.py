"""What a trainer of a server takes back of own changes: marks, walk-ins, comings and goings, ticks (A3, V4, U2).

The same as `orchestration/undoing.py` does for those who plan: nothing that somebody changed since, and what it sets
free is settled. Certificates are not put back; they follow the marks.
"""

from collections.abc import Iterator

from trainer_desk.services.store.objects import journaled
from trainer_desk.services.store.objects.plpgsql import function

TABLES = ("enrollments", "presences", "session_checklist_items")
MARKS = ("attendance", "remarks", "result", "score", "marked_at", "marked_by")
LAPSED = "coalesce(r.after->>'withdrawn_why' = 'lapsed' OR r.after->>'ended_why' = 'lost', false)"
"""What ran out by itself is nobody's deed, so it stays so."""

NET = f"""
    SELECT r.tbl, r.pk, r.before, r.after, coalesce(r.after, r.before)->>'session_id' AS at_session,
        (coalesce(r.after, r.before)->>'person_id')::int AS of_person,
        coalesce(r.before->>'state' IN ('confirmed', 'offered'), false)
            OR (r.tbl = 'presences' AND r.before IS NOT NULL AND r.before->>'ended_at' IS NULL) AS comes_back,
        bool_or(r.tbl = 'presences') OVER () AS at_door
    FROM (SELECT c.tbl, c.pk, (array_agg(c.before ORDER BY c.id))[1] AS before,
        (array_agg(c.after ORDER BY c.id DESC))[1] AS after FROM change_rows c WHERE c.change_id = of_change
        AND c.tbl <> 'certificates' GROUP BY c.tbl, c.pk) r
    WHERE r.before IS DISTINCT FROM r.after AND NOT {LAPSED}
"""
"""Every row that the change left different from how it found it."""

LEFT_OUT = ",".join(sorted(journaled.LEFT_OUT))

_REVERSE = f"""
    PERFORM require_role('{{administrator,supervisor,trainer}}');
    SELECT count(*), count(*) FILTER (WHERE n.tbl = ANY ('{{{",".join(TABLES)}}}')
            AND (n.tbl <> 'enrollments' OR n.at_door OR is_attendance(n.before, n.after))
            AND n.at_session::int IN (SELECT own_sessions())),
        array_agg(DISTINCT n.at_session::int), coalesce(array_agg(DISTINCT n.of_person)
            FILTER (WHERE n.tbl = 'enrollments'), '{{}}') INTO total, own, ids, people FROM ({NET}) n;
    IF total <> own OR NOT EXISTS (SELECT FROM changes c WHERE c.id = of_change AND c.actor = session_user) THEN
        PERFORM gate_refuse('not_allowed', jsonb_build_object('role', me_role(), 'why', 'not_own_session'));
    END IF;
    IF total = 0 THEN RETURN; END IF;
    locked := lock_scope(ids, people, people, instant);
    FOR one IN {NET} ORDER BY r.tbl, r.pk LOOP
        PERFORM require_untouched(of_change, one.tbl, one.pk, one.after);
    END LOOP;
    FOR one IN {NET} ORDER BY 7, r.tbl DESC, r.pk LOOP
        PERFORM put_back(one.tbl, one.pk, one.before, instant);
        IF one.tbl = 'enrollments' THEN PERFORM follow_place(one.at_session::int, one.of_person, one.after, instant);
        END IF;
    END LOOP;
    FOREACH at_session IN ARRAY ids LOOP
        IF (SELECT s.status FROM sessions s WHERE s.id = at_session) = 'COMPLETED' AND people <> '{{}}' THEN
            PERFORM certify_people(at_session, people, instant);
        END IF;
    END LOOP;
    PERFORM settle_scope(locked, instant);
"""

_UNTOUCHED = f"""
    EXECUTE format('SELECT to_jsonb(t) - %L::text[] FROM %I t WHERE t.id = %L', '{{{LEFT_OUT}}}', of_table, key)
        INTO present;
    IF present IS NOT DISTINCT FROM wanted THEN RETURN; END IF;
    SELECT c.actor, c.at, c.label INTO last FROM change_rows r JOIN changes c ON c.id = r.change_id
        WHERE r.tbl = of_table AND r.pk = key AND c.id > of_change ORDER BY r.id DESC LIMIT 1;
    PERFORM gate_refuse('stale', jsonb_build_object('why', 'changed_since', 'by', last.actor, 'at', last.at,
        'label', last.label));
"""

_PLACE = """
    SELECT e.state, e.attendance, s.status, s.ref INTO stands FROM enrollments e JOIN sessions s ON s.id = e.session_id
        WHERE e.session_id = of_session AND e.person_id = of_person;
    IF stands.state = 'withdrawn' THEN PERFORM leave_session(of_session, of_person, instant); END IF;
    IF stands.state IN ('confirmed', 'offered') AND NOT coalesce(was->>'state' IN ('confirmed', 'offered'), false) THEN
        SELECT jsonb_agg(f.found) INTO clashes FROM jsonb_array_elements(seat_clashes(of_session, of_person, instant))
            AS f (found) WHERE f.found->>'severity' = 'red';
        IF clashes IS NOT NULL THEN
            PERFORM gate_refuse('attendee_busy', jsonb_build_object('findings', clashes, 'ref', stands.ref));
        END IF;
    END IF;
"""


def statements() -> Iterator[str]:
    """Yield the functions, safe to repeat."""
    marks = ",".join(MARKS)
    here = "->>'state' = 'confirmed' AND {0}->>'attendance' = 'attended', false)"
    came = " OR ".join(f"coalesce({image}{here.format(image)}" for image in ("before", "after"))
    yield function(
        "is_attendance(before jsonb, after jsonb)",
        "bool",
        f"""
        RETURN coalesce(before - '{{{marks}}}'::text[] = after - '{{{marks}}}'::text[], false)
            OR ((before->>'state' IS NOT DISTINCT FROM 'confirmed')
                <> (after->>'state' IS NOT DISTINCT FROM 'confirmed') AND ({came}));
        """,
    )
    yield function(
        "require_untouched(of_change bigint, of_table text, key text, wanted jsonb)",
        "void",
        _UNTOUCHED,
        "DECLARE present jsonb; last record;",
    )
    yield function("put_back(of_table text, key text, image jsonb, instant timestamptz)", "void", _put_back())
    yield function(
        "follow_place(of_session int, of_person int, was jsonb, instant timestamptz)",
        "void",
        _PLACE,
        "DECLARE stands record; clashes jsonb;",
    )
    yield function(
        "reverse_own(of_change bigint)",
        "void",
        _REVERSE,
        "DECLARE total int; own int; ids int[]; people int[]; locked int[]; at_session int; one record;"
        " instant timestamptz := gate_now();",
    )


def _put_back() -> str:
    """Return what writes an image back, or has a row that was new count no more."""
    gone = {
        "enrollments": "state = 'withdrawn', position = NULL, offer_until = NULL, withdrawn_at = instant,"
        " withdrawn_by = session_user",
        "presences": "ended_at = instant, ended_why = 'out'",
        "session_checklist_items": "deleted_at = instant",
    }
    body = (
        "IF of_table = 'enrollments' AND image->>'attendance' = 'registered' AND image->>'state' = 'confirmed'"
        " AND EXISTS (SELECT FROM sessions s WHERE s.id = (image->>'session_id')::int AND s.status = 'COMPLETED')"
        " THEN PERFORM gate_refuse('stale', jsonb_build_object('why', 'completed_since', 'ref',"
        " (SELECT s.ref FROM sessions s WHERE s.id = (image->>'session_id')::int))); END IF;"
    )
    for table in TABLES:
        columns = [column.name for column in journaled.image_columns(table) if not column.primary_key]
        sets = ", ".join(f"{name} = r.{name}" for name in columns)
        bump = "version = t.version + 1, updated_at = instant"
        body += (
            f" IF of_table = '{table}' AND image IS NOT NULL THEN UPDATE {table} t SET {sets}, {bump} FROM"
            f" (SELECT (jsonb_populate_record(o, image)).* FROM {table} o WHERE o.id = key::int) r WHERE t.id = r.id;"
            f" ELSIF of_table = '{table}' THEN UPDATE {table} t SET {gone[table]}, {bump} WHERE t.id = key::int;"
            " END IF;"
        )
    return body
