"""A trainer's door on a server: people come in and go out of own sessions, and give signs of life (K9, U2).

The same as `seats/occupancy.py` and `seats/presences.py` do for those who plan, with the same locks in the same order.
"""

from collections.abc import Iterator

from trainer_desk.services.store.objects.plpgsql import function

AT_THE_DOOR = (
    "people_in(int)",
    "check_in(int, text)",
    "check_out(int, text)",
    "keep_alive(int[])",
)
"""The functions for trainers, in own sessions."""

INSIDE = "p.ended_at IS NULL AND (p.lapses_at IS NULL OR p.lapses_at > {now})"
USUAL = "coalesce((SELECT nullif(value, '')::int FROM settings WHERE key = 'presence_seconds'), 90)"
SECONDS = f"coalesce(v.presence_seconds, CASE WHEN v.kind = 'virtual' THEN {USUAL} END)"
"""How long a presence in a venue lives without a sign (NULL: until somebody checks out)."""


def statements() -> Iterator[str]:
    """Yield the functions, safe to repeat."""
    yield from _counting()
    yield from _rooms()
    yield from _refusals()
    yield from _doors()


def _counting() -> Iterator[str]:
    yield function(
        "people_in(of_session int)",
        "jsonb",
        f"""
        PERFORM require_own_session(of_session);
        RETURN (SELECT jsonb_build_object('limit', v.occupancy_limit, 'capacity', s.capacity, 'present',
                (SELECT count(*) FROM presences p WHERE p.venue_id = s.venue_id AND {INSIDE.format(now="gate_now()")}),
            'session_present', (SELECT count(*) FROM presences p WHERE p.session_id = s.id
                AND p.venue_id = s.venue_id AND {INSIDE.format(now="gate_now()")}))
            FROM sessions s LEFT JOIN venues v ON v.id = s.venue_id WHERE s.id = of_session);
        """,
    )
    yield function(
        "passage_of(of_session int, of_person int, outcome text, accepted bool)",
        "jsonb",
        """
        SELECT p.id INTO entry FROM presences p WHERE p.session_id = of_session AND p.person_id = of_person
            ORDER BY p.id LIMIT 1;
        SELECT r.before->>'state' AS stood, r.after->>'state' AS stands INTO seat
            FROM change_rows came JOIN change_rows r ON r.change_id = came.change_id AND r.tbl = 'enrollments'
            JOIN enrollments e ON e.id::text = r.pk AND e.session_id = of_session AND e.person_id = of_person
            WHERE came.tbl = 'presences' AND came.pk = entry.id::text AND came.before IS NULL ORDER BY r.id LIMIT 1;
        walked_in := FOUND AND (seat.stood, seat.stands) IS DISTINCT FROM ('offered', 'confirmed');
        RETURN (SELECT jsonb_build_object('presence_id', p.id, 'person_id', who.id, 'employee_no', who.employee_no,
                'name', who.name, 'outcome', outcome, 'entered_at', p.entered_at, 'left_at', p.ended_at,
                'walk_in', walked_in, 'accepted', accepted, 'venue_id', p.venue_id,
                'occupancy', people_in(of_session))
            FROM presences p JOIN people who ON who.id = p.person_id
            WHERE p.session_id = of_session AND p.person_id = of_person ORDER BY p.id DESC LIMIT 1);
        """,
        "DECLARE entry record; seat record; walked_in bool;",
    )


def _rooms() -> Iterator[str]:
    yield function(
        "end_presence(of_presence int, instant timestamptz)",
        "bool",
        """
        UPDATE presences p SET ended_at = least(instant, p.lapses_at), version = p.version + 1, updated_at = instant,
            ended_why = CASE WHEN p.lapses_at <= instant THEN 'lost' ELSE 'out' END
            WHERE p.id = of_presence AND p.ended_at IS NULL RETURNING p.ended_why INTO why;
        RETURN coalesce(why = 'out', false);
        """,
        "DECLARE why text;",
    )
    yield function(
        "enter_room(of_session int, of_person int, instant timestamptz)",
        "void",
        f"""
        INSERT INTO presences (session_id, venue_id, person_id, entered_at, entered_by, lapses_at, created_at,
            updated_at) SELECT of_session, v.id, of_person, instant, session_user,
            instant + make_interval(secs => {SECONDS}), instant, instant
            FROM sessions s JOIN venues v ON v.id = s.venue_id WHERE s.id = of_session;
        """,
    )
    yield function(
        "keep_alive(ids int[])",
        "int[]",
        f"""
        PERFORM require_role('{{administrator,supervisor,trainer}}');
        WITH alive AS (UPDATE presences p SET lapses_at = gate_now() + make_interval(secs => {SECONDS}) FROM venues v
            WHERE v.id = p.venue_id AND p.id = ANY (ids) AND p.ended_at IS NULL AND p.lapses_at > gate_now()
            AND (me_role() <> 'trainer' OR p.session_id IN (SELECT own_sessions())) RETURNING p.id)
        SELECT coalesce(array_agg(id ORDER BY id), '{{}}') INTO ids FROM alive;
        RETURN ids;
        """,
    )


def _refusals() -> Iterator[str]:
    """Yield what says that the room is full, with the way to the waitlist for who has no place in it yet."""
    yield function(
        "refuse_entry(of_session int, of_person int, finding jsonb, has_none bool, instant timestamptz)",
        "void",
        """
        SELECT p.name INTO called FROM people p WHERE p.id = of_person;
        IF finding ->> 'code' = 'room_full' AND has_none AND queue_moves(of_session, instant) THEN
            finding := finding || jsonb_build_object('fixes', jsonb_build_array(jsonb_build_object('code',
                'join_waitlist', 'facts', jsonb_build_object('person_id', of_person, 'person', called))));
        END IF;
        PERFORM gate_refuse(finding ->> 'code', jsonb_build_object('findings', jsonb_build_array(finding),
            'person', called));
        """,
        "DECLARE called text;",
    )
    yield function(
        "room_full(of_session int, people bigint, at_most int)",
        "jsonb",
        "SELECT jsonb_build_object('code', 'room_full', 'severity', 'red', 'field', 'venue', 'subject', r.code,"
        " 'facts', jsonb_build_object('people', $2, 'capacity', $3, 'name', r.name))"
        " FROM sessions s JOIN resources r ON r.id = s.venue_id WHERE s.id = $1",
        language="sql",
    )
    yield function(
        "require_room(of_session int, of_person int, has_none bool, instant timestamptz)",
        "void",
        """
        said := people_in(of_session);
        SELECT l.people, l.at_most INTO nearest FROM (VALUES
            ((said->>'present')::bigint, (said->>'limit')::int, 1),
            ((said->>'session_present')::bigint, (said->>'capacity')::int, 2)) l(people, at_most, place)
            WHERE l.at_most IS NOT NULL ORDER BY l.at_most - l.people, l.place LIMIT 1;
        IF FOUND AND nearest.people >= nearest.at_most THEN
            PERFORM refuse_entry(of_session, of_person, room_full(of_session, nearest.people, nearest.at_most),
                has_none, instant);
        END IF;
        """,
        "DECLARE said jsonb; nearest record;",
    )


_GIVE_SEAT = """
    IF seat = 'offered' THEN PERFORM confirm_offer(of_session, of_person, instant); RETURN; END IF;
    IF seat = 'waitlisted' THEN PERFORM take_out(of_session, of_person, NULL, instant); END IF;
    answer := seat_people(ids, of_session, ARRAY[of_person], instant) -> 0;
    IF answer ->> 'outcome' = 'enrolled' THEN RETURN; END IF;
    SELECT finding INTO own FROM jsonb_array_elements(answer -> 'findings') AS each (finding)
        WHERE finding ->> 'severity' = 'red' AND finding ->> 'code' <> 'session_full' LIMIT 1;
    SELECT s.seats_taken, s.capacity INTO at_session FROM sessions s WHERE s.id = of_session;
    PERFORM refuse_entry(of_session, of_person, coalesce(own, room_full(of_session, at_session.seats_taken,
        at_session.capacity)), coalesce(seat, 'withdrawn') = 'withdrawn', instant);
"""

_CHECK_IN = """
    PERFORM require_own_session(of_session);
    SELECT p.id INTO who FROM people p WHERE p.employee_no = number AND p.active;
    IF NOT FOUND THEN PERFORM gate_refuse('not_found', jsonb_build_object('kind', 'person', 'key', number)); END IF;
    ids := lock_scope(ARRAY[of_session], ARRAY[who.id], '{}', instant);
    PERFORM require_state(of_session, 'check_in', '{SCHEDULED,IN_PROGRESS}');
    SELECT s.venue_id INTO room FROM sessions s WHERE s.id = of_session;
    SELECT p.id, p.session_id, p.venue_id, p.lapses_at INTO stay FROM presences p
        WHERE p.person_id = who.id AND p.ended_at IS NULL;
    PERFORM FROM resources r WHERE r.id IN (room.venue_id, stay.venue_id) ORDER BY r.id FOR NO KEY UPDATE;
    IF stay.session_id = of_session AND stay.venue_id = room.venue_id
        AND (stay.lapses_at IS NULL OR stay.lapses_at > instant)
    THEN RETURN passage_of(of_session, who.id, 'already', false); END IF;
    UPDATE presences p SET ended_at = p.lapses_at, ended_why = 'lost', version = p.version + 1, updated_at = instant
        WHERE p.venue_id = room.venue_id AND p.ended_at IS NULL AND p.lapses_at <= instant;
    IF stay.id IS NOT NULL THEN PERFORM end_presence(stay.id, instant); END IF;
    SELECT CASE WHEN e.offer_until <= instant THEN 'withdrawn' ELSE e.state END INTO seat FROM enrollments e
        WHERE e.session_id = of_session AND e.person_id = who.id;
    PERFORM require_room(of_session, who.id, coalesce(seat, 'withdrawn') = 'withdrawn', instant);
    IF seat IS DISTINCT FROM 'confirmed' THEN
        PERFORM sweep_lapsed(ids, instant);
        PERFORM give_seat_at_door(ids, of_session, who.id, seat, instant);
    END IF;
    PERFORM enter_room(of_session, who.id, instant);
    RETURN passage_of(of_session, who.id, 'in', coalesce(seat = 'offered', false));
"""

_CHECK_OUT = """
    PERFORM require_own_session(of_session);
    SELECT p.id, p.name INTO who FROM people p WHERE p.employee_no = number AND p.active FOR NO KEY UPDATE;
    IF NOT FOUND THEN PERFORM gate_refuse('not_found', jsonb_build_object('kind', 'person', 'key', number)); END IF;
    SELECT p.id, p.session_id, p.venue_id INTO stay FROM presences p WHERE p.person_id = who.id AND p.ended_at IS NULL;
    IF stay.session_id IS DISTINCT FROM of_session THEN
        IF NOT EXISTS (SELECT FROM presences p WHERE p.session_id = of_session AND p.person_id = who.id) THEN
            PERFORM require_state(of_session, 'check_out', '{SCHEDULED,IN_PROGRESS}');
            PERFORM gate_refuse('not_found', jsonb_build_object('kind', 'presence', 'key',
                CASE WHEN who.id IN (SELECT own_people()) THEN who.name ELSE number END, 'why', 'never_in'));
        END IF;
        RETURN passage_of(of_session, who.id, 'was_out', false);
    END IF;
    PERFORM FROM resources r WHERE r.id = stay.venue_id FOR NO KEY UPDATE;
    walked := end_presence(stay.id, instant);
    RETURN passage_of(of_session, who.id, CASE WHEN walked THEN 'out' ELSE 'was_out' END, false);
"""


def _doors() -> Iterator[str]:
    yield function(
        "give_seat_at_door(ids int[], of_session int, of_person int, seat text, instant timestamptz)",
        "void",
        _GIVE_SEAT,
        "DECLARE answer jsonb; own jsonb; at_session record;",
    )
    yield function(
        "check_in(of_session int, number text)",
        "jsonb",
        _CHECK_IN,
        "DECLARE who record; room record; stay record; seat text; ids int[]; instant timestamptz := gate_now();",
    )
    yield function(
        "check_out(of_session int, number text)",
        "jsonb",
        _CHECK_OUT,
        "DECLARE who record; stay record; walked bool; instant timestamptz := gate_now();",
    )
