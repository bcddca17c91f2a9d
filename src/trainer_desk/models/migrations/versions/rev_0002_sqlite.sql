INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE EXISTS (SELECT 1 FROM enrollments e JOIN change_rows r ON r.tbl = 'enrollments' AND r.pk = CAST(e.id AS TEXT) WHERE e.state = 'offered' OR (e.state = 'waitlisted' AND e.position IS NULL));

INSERT INTO change_rows (change_id, tbl, pk, "before", "after") SELECT (SELECT max(id) FROM changes), 'enrollments', CAST(e.id AS TEXT), r."after", json_set(r."after", '$.state', 'confirmed') FROM enrollments e JOIN change_rows r ON r.id = (SELECT max(id) FROM change_rows WHERE tbl = 'enrollments' AND pk = CAST(e.id AS TEXT)) WHERE e.state = 'offered';

INSERT INTO change_rows (change_id, tbl, pk, "before", "after") SELECT (SELECT max(id) FROM changes), 'enrollments', CAST(e.id AS TEXT), r."after", json_set(r."after", '$.position', e.id) FROM enrollments e JOIN change_rows r ON r.id = (SELECT max(id) FROM change_rows WHERE tbl = 'enrollments' AND pk = CAST(e.id AS TEXT)) WHERE e.state = 'waitlisted' AND e.position IS NULL;

UPDATE enrollments SET state = 'confirmed', version = version + 1 WHERE state = 'offered';

UPDATE enrollments SET position = id, version = version + 1 WHERE state = 'waitlisted' AND position IS NULL;

CREATE TABLE runs (
	id INTEGER NOT NULL,
	code TEXT NOT NULL,
	course_id INTEGER NOT NULL,
	name TEXT NOT NULL,
	start_date TEXT,
	end_date TEXT,
	max_people INTEGER,
	members_only INTEGER DEFAULT false NOT NULL,
	one_course INTEGER DEFAULT false NOT NULL,
	deleted_at TEXT,
	people_taken INTEGER DEFAULT '0' NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	CONSTRAINT pk_runs PRIMARY KEY (id),
	CONSTRAINT uq_runs_code UNIQUE (code),
	CONSTRAINT ck_runs_max_people CHECK (max_people IS NULL OR max_people >= 1),
	CONSTRAINT ck_runs_people CHECK (max_people IS NULL OR people_taken <= max_people),
	CONSTRAINT ck_runs_people_not_negative CHECK (people_taken >= 0),
	CONSTRAINT ck_runs_order CHECK (start_date IS NULL OR end_date IS NULL OR end_date >= start_date),
	CONSTRAINT ck_runs_code_length CHECK (length(code) <= 60),
	CONSTRAINT ck_runs_name_length CHECK (length(name) <= 200),
	CONSTRAINT fk_runs_course_id FOREIGN KEY(course_id) REFERENCES courses (id)
)
 STRICT;

CREATE INDEX ix_runs_course_id ON runs (course_id);

CREATE TABLE run_seats (
	run_id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	seats INTEGER NOT NULL,
	CONSTRAINT pk_run_seats PRIMARY KEY (run_id, person_id),
	CONSTRAINT ck_run_seats_seats CHECK (seats >= 0),
	CONSTRAINT fk_run_seats_run_id FOREIGN KEY(run_id) REFERENCES runs (id),
	CONSTRAINT fk_run_seats_person_id FOREIGN KEY(person_id) REFERENCES people (id)
)
 STRICT;

CREATE TABLE seat_holds (
	id INTEGER NOT NULL,
	session_id INTEGER NOT NULL,
	seats INTEGER NOT NULL,
	label TEXT NOT NULL,
	until_at TEXT NOT NULL,
	held_by TEXT NOT NULL,
	ended_at TEXT,
	ended_why TEXT,
	version INTEGER DEFAULT '1' NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	CONSTRAINT pk_seat_holds PRIMARY KEY (id),
	CONSTRAINT ck_seat_holds_seats CHECK (seats >= 0),
	CONSTRAINT ck_seat_holds_not_empty CHECK (ended_at IS NOT NULL OR seats >= 1),
	CONSTRAINT ck_seat_holds_ended CHECK ((ended_at IS NULL) = (ended_why IS NULL)),
	CONSTRAINT ck_seat_holds_ended_why CHECK (ended_why IN ('released', 'expired', 'filled', 'cancelled')),
	CONSTRAINT ck_seat_holds_label_length CHECK (length(label) <= 200),
	CONSTRAINT fk_seat_holds_session_id FOREIGN KEY(session_id) REFERENCES sessions (id)
)
 STRICT;

CREATE INDEX ix_seat_holds_open ON seat_holds (until_at) WHERE ended_at IS NULL;

CREATE INDEX ix_seat_holds_session_id ON seat_holds (session_id);

CREATE TABLE groups (
	id INTEGER NOT NULL,
	session_id INTEGER NOT NULL,
	name TEXT NOT NULL,
	capacity INTEGER,
	deleted_at TEXT,
	members_taken INTEGER DEFAULT '0' NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	CONSTRAINT pk_groups PRIMARY KEY (id),
	CONSTRAINT ck_groups_capacity CHECK (capacity IS NULL OR capacity >= 1),
	CONSTRAINT ck_groups_members CHECK (capacity IS NULL OR members_taken <= capacity),
	CONSTRAINT ck_groups_members_not_negative CHECK (members_taken >= 0),
	CONSTRAINT ck_groups_name_length CHECK (length(name) <= 200),
	CONSTRAINT fk_groups_session_id FOREIGN KEY(session_id) REFERENCES sessions (id)
)
 STRICT;

CREATE UNIQUE INDEX uq_groups_session_id_name ON groups (session_id, name) WHERE deleted_at IS NULL;

CREATE TABLE group_members (
	session_id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	group_id INTEGER NOT NULL,
	CONSTRAINT pk_group_members PRIMARY KEY (session_id, person_id),
	CONSTRAINT fk_group_members_session_id FOREIGN KEY(session_id) REFERENCES sessions (id),
	CONSTRAINT fk_group_members_person_id FOREIGN KEY(person_id) REFERENCES people (id),
	CONSTRAINT fk_group_members_group_id FOREIGN KEY(group_id) REFERENCES groups (id)
)
 STRICT;

CREATE INDEX ix_group_members_group_id ON group_members (group_id);

CREATE TABLE presences (
	id INTEGER NOT NULL,
	session_id INTEGER NOT NULL,
	venue_id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	entered_at TEXT NOT NULL,
	entered_by TEXT NOT NULL,
	ended_at TEXT,
	ended_why TEXT,
	lapses_at TEXT,
	version INTEGER DEFAULT '1' NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	CONSTRAINT pk_presences PRIMARY KEY (id),
	CONSTRAINT ck_presences_ended CHECK ((ended_at IS NULL) = (ended_why IS NULL)),
	CONSTRAINT ck_presences_ended_why CHECK (ended_why IN ('out', 'lost', 'withdrawn')),
	CONSTRAINT fk_presences_session_id FOREIGN KEY(session_id) REFERENCES sessions (id),
	CONSTRAINT fk_presences_venue_id FOREIGN KEY(venue_id) REFERENCES venues (id),
	CONSTRAINT fk_presences_person_id FOREIGN KEY(person_id) REFERENCES people (id)
)
 STRICT;

CREATE INDEX ix_presences_session_id ON presences (session_id, person_id);

CREATE INDEX ix_presences_venue_id ON presences (venue_id) WHERE ended_at IS NULL;

CREATE UNIQUE INDEX uq_presences_person_id ON presences (person_id) WHERE ended_at IS NULL;

CREATE TABLE waivers (
	id INTEGER NOT NULL,
	session_id INTEGER NOT NULL,
	code TEXT NOT NULL,
	subject TEXT DEFAULT '' NOT NULL,
	reason TEXT NOT NULL,
	starts_at TEXT,
	ends_at TEXT,
	trainer_id INTEGER,
	venue_id INTEGER,
	headcount INTEGER NOT NULL,
	waived_at TEXT NOT NULL,
	waived_by TEXT NOT NULL,
	ended_at TEXT,
	version INTEGER DEFAULT '1' NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	CONSTRAINT pk_waivers PRIMARY KEY (id),
	CONSTRAINT ck_waivers_code_length CHECK (length(code) <= 60),
	CONSTRAINT ck_waivers_reason_length CHECK (length(reason) <= 2000),
	CONSTRAINT fk_waivers_session_id FOREIGN KEY(session_id) REFERENCES sessions (id),
	CONSTRAINT fk_waivers_trainer_id FOREIGN KEY(trainer_id) REFERENCES trainers (id),
	CONSTRAINT fk_waivers_venue_id FOREIGN KEY(venue_id) REFERENCES venues (id)
)
 STRICT;

CREATE INDEX ix_waivers_session_id ON waivers (session_id, code);

ALTER TABLE sessions ADD COLUMN run_id INTEGER CONSTRAINT fk_sessions_run_id REFERENCES runs (id);

ALTER TABLE sessions ADD COLUMN seats_offered INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_sessions_seats_offered CHECK (seats_offered >= 0);

ALTER TABLE sessions ADD COLUMN seats_held INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_sessions_seats_held CHECK (seats_held >= 0);

ALTER TABLE sessions ADD COLUMN waiting INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_sessions_waiting CHECK (waiting >= 0);

ALTER TABLE sessions ADD COLUMN last_position INTEGER DEFAULT '0' NOT NULL;

ALTER TABLE enrollments ADD COLUMN offer_until TEXT CONSTRAINT ck_enrollments_offer CHECK ((state = 'offered') = (offer_until IS NOT NULL));

ALTER TABLE enrollments ADD COLUMN promoted_at TEXT CONSTRAINT ck_enrollments_queued CHECK (state <> 'waitlisted' OR position IS NOT NULL);

ALTER TABLE enrollments ADD COLUMN promoted_by TEXT;

ALTER TABLE enrollments ADD COLUMN withdrawn_why TEXT CONSTRAINT ck_enrollments_withdrawn_why CHECK (withdrawn_why IN ('declined', 'lapsed'));

ALTER TABLE enrollments ADD COLUMN skip_code TEXT;

ALTER TABLE enrollments ADD COLUMN skip_ref TEXT;

ALTER TABLE venues ADD COLUMN present INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_venues_present CHECK (present >= 0 AND (occupancy_limit IS NULL OR present <= occupancy_limit));

ALTER TABLE venues ADD COLUMN presence_seconds INTEGER CONSTRAINT ck_venues_presence_seconds CHECK (presence_seconds IS NULL OR presence_seconds > 0);

CREATE INDEX ix_sessions_run_id ON sessions (run_id, starts_at);

CREATE INDEX ix_enrollments_open ON enrollments (session_id, state) WHERE state IN ('waitlisted', 'offered');

UPDATE sessions SET waiting = (SELECT count(*) FROM enrollments e WHERE e.session_id = sessions.id AND e.state = 'waitlisted'), last_position = (SELECT coalesce(max(e.position), 0) FROM enrollments e WHERE e.session_id = sessions.id) WHERE EXISTS (SELECT 1 FROM enrollments e WHERE e.session_id = sessions.id AND e.position IS NOT NULL);
