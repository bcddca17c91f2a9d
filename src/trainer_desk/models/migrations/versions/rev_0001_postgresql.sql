CREATE TABLE changes (
	id BIGSERIAL NOT NULL,
	actor TEXT NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	label TEXT NOT NULL,
	op_key TEXT,
	undoes BIGINT,
	kind TEXT DEFAULT 'do' NOT NULL,
	xid xid8,
	CONSTRAINT pk_changes PRIMARY KEY (id),
	CONSTRAINT uq_changes_op_key UNIQUE (op_key),
	CONSTRAINT uq_changes_undoes UNIQUE (undoes),
	CONSTRAINT ck_changes_kind CHECK (kind IN ('do', 'undo', 'redo')),
	CONSTRAINT fk_changes_undoes FOREIGN KEY(undoes) REFERENCES changes (id)
);

CREATE INDEX ix_changes_actor_id ON changes (actor, id);

CREATE INDEX ix_changes_xid ON changes (xid);

CREATE TABLE courses (
	id SERIAL NOT NULL,
	code TEXT NOT NULL,
	title TEXT NOT NULL,
	short_code TEXT DEFAULT '' NOT NULL,
	category TEXT DEFAULT '' NOT NULL,
	description TEXT,
	duration_minutes INTEGER DEFAULT '60' NOT NULL,
	validity_months INTEGER,
	expiring_days INTEGER DEFAULT '60' NOT NULL,
	default_capacity INTEGER,
	minimum INTEGER,
	requires_intake BOOLEAN DEFAULT false NOT NULL,
	requires_result BOOLEAN DEFAULT false NOT NULL,
	sign_up BOOLEAN DEFAULT false NOT NULL,
	overlap_policy TEXT DEFAULT 'warn' NOT NULL,
	prerequisite_id INTEGER,
	renews_id INTEGER,
	active BOOLEAN DEFAULT true NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_courses PRIMARY KEY (id),
	CONSTRAINT uq_courses_code UNIQUE (code),
	CONSTRAINT ck_courses_overlap_policy CHECK (overlap_policy IN ('ignore', 'warn', 'block')),
	CONSTRAINT ck_courses_duration_minutes CHECK (duration_minutes BETWEEN 1 AND 1440),
	CONSTRAINT ck_courses_validity_months CHECK (validity_months IS NULL OR validity_months > 0),
	CONSTRAINT ck_courses_expiring_days CHECK (expiring_days >= 0),
	CONSTRAINT ck_courses_default_capacity CHECK (default_capacity IS NULL OR default_capacity > 0),
	CONSTRAINT ck_courses_minimum CHECK (minimum IS NULL OR minimum >= 0),
	CONSTRAINT ck_courses_code_length CHECK (length(code) <= 60),
	CONSTRAINT ck_courses_title_length CHECK (length(title) <= 200),
	CONSTRAINT fk_courses_prerequisite_id FOREIGN KEY(prerequisite_id) REFERENCES courses (id),
	CONSTRAINT fk_courses_renews_id FOREIGN KEY(renews_id) REFERENCES courses (id)
);

CREATE TABLE people (
	id SERIAL NOT NULL,
	employee_no TEXT NOT NULL,
	name TEXT NOT NULL,
	department TEXT DEFAULT '' NOT NULL,
	site TEXT DEFAULT '' NOT NULL,
	job_role TEXT DEFAULT '' NOT NULL,
	manager_no TEXT,
	email TEXT,
	phone TEXT,
	intake_on DATE,
	active BOOLEAN DEFAULT true NOT NULL,
	search TEXT COLLATE "C" NOT NULL,
	sort_name TEXT COLLATE "C" NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_people PRIMARY KEY (id),
	CONSTRAINT uq_people_employee_no UNIQUE (employee_no),
	CONSTRAINT ck_people_employee_no_length CHECK (length(employee_no) <= 60),
	CONSTRAINT ck_people_name_length CHECK (length(name) <= 200)
);

CREATE INDEX ix_people_sort_name ON people (sort_name, id);

CREATE TABLE resources (
	id SERIAL NOT NULL,
	kind TEXT NOT NULL,
	code TEXT NOT NULL,
	name TEXT NOT NULL,
	sort_name TEXT COLLATE "C" NOT NULL,
	active BOOLEAN DEFAULT true NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_resources PRIMARY KEY (id),
	CONSTRAINT uq_resources_code UNIQUE (code),
	CONSTRAINT ck_resources_kind CHECK (kind IN ('trainer', 'venue', 'equipment')),
	CONSTRAINT ck_resources_code_length CHECK (length(code) <= 60),
	CONSTRAINT ck_resources_name_length CHECK (length(name) <= 200)
);

CREATE TABLE settings (
	key TEXT NOT NULL,
	value TEXT NOT NULL,
	CONSTRAINT pk_settings PRIMARY KEY (key)
);

CREATE TABLE blocks (
	id SERIAL NOT NULL,
	resource_id INTEGER,
	starts_at TIMESTAMP WITH TIME ZONE NOT NULL,
	ends_at TIMESTAMP WITH TIME ZONE NOT NULL,
	reason TEXT DEFAULT '' NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	version INTEGER DEFAULT '1' NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_blocks PRIMARY KEY (id),
	CONSTRAINT ck_blocks_order CHECK (ends_at > starts_at),
	CONSTRAINT fk_blocks_resource_id FOREIGN KEY(resource_id) REFERENCES resources (id)
);

CREATE INDEX ix_blocks_starts_at ON blocks (starts_at, ends_at);

CREATE TABLE change_rows (
	id BIGSERIAL NOT NULL,
	change_id BIGINT NOT NULL,
	tbl TEXT NOT NULL,
	pk TEXT NOT NULL,
	before JSONB,
	after JSONB,
	CONSTRAINT pk_change_rows PRIMARY KEY (id),
	CONSTRAINT fk_change_rows_change_id FOREIGN KEY(change_id) REFERENCES changes (id)
);

CREATE INDEX ix_change_rows_change_id ON change_rows (change_id);

CREATE INDEX ix_change_rows_tbl_pk_id ON change_rows (tbl, pk, id);

CREATE TABLE compliance_items (
	course_id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	status TEXT NOT NULL,
	expires_on DATE,
	sort_name TEXT COLLATE "C" NOT NULL,
	CONSTRAINT pk_compliance_items PRIMARY KEY (course_id, person_id),
	CONSTRAINT ck_compliance_items_status CHECK (status IN ('NON_COMPLIANT', 'PENDING', 'COMPLIANT')),
	CONSTRAINT fk_compliance_items_course_id FOREIGN KEY(course_id) REFERENCES courses (id),
	CONSTRAINT fk_compliance_items_person_id FOREIGN KEY(person_id) REFERENCES people (id)
);

CREATE INDEX ix_compliance_items_person_id ON compliance_items (person_id);

CREATE INDEX ix_compliance_items_walk ON compliance_items (course_id, status, expires_on, sort_name, person_id);

CREATE TABLE contacts (
	person_id INTEGER NOT NULL,
	name TEXT,
	phone TEXT,
	CONSTRAINT pk_contacts PRIMARY KEY (person_id),
	CONSTRAINT fk_contacts_person_id FOREIGN KEY(person_id) REFERENCES people (id)
);

CREATE TABLE trainers (
	id INTEGER NOT NULL,
	weekly_hours INTEGER,
	person_id INTEGER,
	CONSTRAINT pk_trainers PRIMARY KEY (id),
	CONSTRAINT ck_trainers_weekly_hours CHECK (weekly_hours IS NULL OR weekly_hours BETWEEN 0 AND 168),
	CONSTRAINT fk_trainers_id FOREIGN KEY(id) REFERENCES resources (id),
	CONSTRAINT fk_trainers_person_id FOREIGN KEY(person_id) REFERENCES people (id)
);

CREATE TABLE venues (
	id INTEGER NOT NULL,
	kind TEXT DEFAULT 'room' NOT NULL,
	capacity INTEGER,
	occupancy_limit INTEGER,
	part_of_id INTEGER,
	turnaround_minutes INTEGER DEFAULT '0' NOT NULL,
	site TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_venues PRIMARY KEY (id),
	CONSTRAINT ck_venues_kind CHECK (kind IN ('room', 'virtual', 'booth', 'site')),
	CONSTRAINT ck_venues_capacity CHECK (capacity IS NULL OR capacity > 0),
	CONSTRAINT ck_venues_occupancy_limit CHECK (occupancy_limit IS NULL OR occupancy_limit > 0),
	CONSTRAINT ck_venues_turnaround_minutes CHECK (turnaround_minutes BETWEEN 0 AND 1440),
	CONSTRAINT ck_venues_not_its_own_part CHECK (part_of_id IS NULL OR part_of_id <> id),
	CONSTRAINT fk_venues_id FOREIGN KEY(id) REFERENCES resources (id),
	CONSTRAINT fk_venues_part_of_id FOREIGN KEY(part_of_id) REFERENCES venues (id)
);

CREATE TABLE qualifications (
	id SERIAL NOT NULL,
	trainer_id INTEGER NOT NULL,
	course_id INTEGER NOT NULL,
	valid_from DATE,
	valid_until DATE,
	version INTEGER DEFAULT '1' NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_qualifications PRIMARY KEY (id),
	CONSTRAINT uq_qualifications_trainer_id_course_id UNIQUE (trainer_id, course_id),
	CONSTRAINT ck_qualifications_order CHECK (valid_from IS NULL OR valid_until IS NULL OR valid_until >= valid_from),
	CONSTRAINT fk_qualifications_trainer_id FOREIGN KEY(trainer_id) REFERENCES trainers (id),
	CONSTRAINT fk_qualifications_course_id FOREIGN KEY(course_id) REFERENCES courses (id)
);

CREATE INDEX ix_qualifications_course_id ON qualifications (course_id);

CREATE TABLE sessions (
	id SERIAL NOT NULL,
	uuid TEXT NOT NULL,
	ref TEXT NOT NULL,
	course_id INTEGER NOT NULL,
	title TEXT,
	description TEXT,
	status TEXT DEFAULT 'DRAFT' NOT NULL,
	trainer_id INTEGER,
	venue_id INTEGER,
	starts_at TIMESTAMP WITH TIME ZONE,
	ends_at TIMESTAMP WITH TIME ZONE,
	capacity INTEGER,
	minimum INTEGER,
	decision_on DATE,
	waitlist TEXT DEFAULT 'off' NOT NULL,
	waitlist_order TEXT DEFAULT 'joined' NOT NULL,
	notes TEXT,
	metadata JSONB,
	cancel_reason TEXT,
	deleted_at TIMESTAMP WITH TIME ZONE,
	seats_taken INTEGER DEFAULT '0' NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_sessions PRIMARY KEY (id),
	CONSTRAINT uq_sessions_ref UNIQUE (ref),
	CONSTRAINT uq_sessions_uuid UNIQUE (uuid),
	CONSTRAINT ck_sessions_status CHECK (status IN ('DRAFT', 'SCHEDULED', 'IN_PROGRESS', 'COMPLETED', 'CANCELLED')),
	CONSTRAINT ck_sessions_waitlist CHECK (waitlist IN ('off', 'enrol', 'offer')),
	CONSTRAINT ck_sessions_waitlist_order CHECK (waitlist_order IN ('joined', 'urgent')),
	CONSTRAINT ck_sessions_complete_when_published CHECK (status IN ('DRAFT', 'CANCELLED') OR (trainer_id IS NOT NULL AND venue_id IS NOT NULL AND starts_at IS NOT NULL AND ends_at IS NOT NULL AND ends_at > starts_at)),
	CONSTRAINT ck_sessions_capacity CHECK (capacity IS NULL OR capacity >= 1),
	CONSTRAINT ck_sessions_seats CHECK (capacity IS NULL OR seats_taken <= capacity),
	CONSTRAINT ck_sessions_seats_not_negative CHECK (seats_taken >= 0),
	CONSTRAINT ck_sessions_minimum CHECK (minimum IS NULL OR minimum >= 0),
	CONSTRAINT ck_sessions_trash CHECK (deleted_at IS NULL OR status IN ('DRAFT', 'CANCELLED')),
	CONSTRAINT ck_sessions_reason CHECK (status <> 'CANCELLED' OR cancel_reason IS NOT NULL),
	CONSTRAINT ck_sessions_ref_length CHECK (length(ref) <= 60),
	CONSTRAINT ck_sessions_title_length CHECK (length(title) <= 200),
	CONSTRAINT fk_sessions_course_id FOREIGN KEY(course_id) REFERENCES courses (id),
	CONSTRAINT fk_sessions_trainer_id FOREIGN KEY(trainer_id) REFERENCES trainers (id),
	CONSTRAINT fk_sessions_venue_id FOREIGN KEY(venue_id) REFERENCES venues (id)
)
 WITH (fillfactor = 80);

CREATE INDEX ix_sessions_course_id_starts_at ON sessions (course_id, starts_at);

CREATE INDEX ix_sessions_starts_at ON sessions (starts_at, ends_at);

CREATE INDEX ix_sessions_status_starts_at ON sessions (status, starts_at);

CREATE INDEX ix_sessions_trainer_id_starts_at ON sessions (trainer_id, starts_at);

CREATE INDEX ix_sessions_venue_id ON sessions (venue_id);

CREATE TABLE claims (
	id BIGSERIAL NOT NULL,
	resource_id INTEGER NOT NULL,
	session_id INTEGER,
	block_id INTEGER,
	starts_at TIMESTAMP WITH TIME ZONE NOT NULL,
	ends_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_claims PRIMARY KEY (id),
	CONSTRAINT ck_claims_order CHECK (ends_at > starts_at),
	CONSTRAINT ck_claims_one_owner CHECK ((session_id IS NULL) <> (block_id IS NULL)),
	CONSTRAINT fk_claims_resource_id FOREIGN KEY(resource_id) REFERENCES resources (id),
	CONSTRAINT fk_claims_session_id FOREIGN KEY(session_id) REFERENCES sessions (id),
	CONSTRAINT fk_claims_block_id FOREIGN KEY(block_id) REFERENCES blocks (id)
);

CREATE INDEX ix_claims_block_id ON claims (block_id);

CREATE INDEX ix_claims_of_blocks ON claims (resource_id, starts_at) WHERE block_id IS NOT NULL;

CREATE INDEX ix_claims_resource_id_starts_at ON claims (resource_id, starts_at, ends_at);

CREATE INDEX ix_claims_session_id ON claims (session_id);

CREATE TABLE enrollments (
	id SERIAL NOT NULL,
	session_id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	state TEXT NOT NULL,
	position BIGINT,
	attendance TEXT DEFAULT 'registered' NOT NULL,
	remarks TEXT,
	enrolled_at TIMESTAMP WITH TIME ZONE NOT NULL,
	enrolled_by TEXT NOT NULL,
	withdrawn_at TIMESTAMP WITH TIME ZONE,
	withdrawn_by TEXT,
	version INTEGER DEFAULT '1' NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_enrollments PRIMARY KEY (id),
	CONSTRAINT uq_enrollments_session_id_person_id UNIQUE (session_id, person_id),
	CONSTRAINT ck_enrollments_state CHECK (state IN ('confirmed', 'waitlisted', 'offered', 'withdrawn')),
	CONSTRAINT ck_enrollments_attendance CHECK (attendance IN ('registered', 'attended', 'no_show')),
	CONSTRAINT fk_enrollments_session_id FOREIGN KEY(session_id) REFERENCES sessions (id),
	CONSTRAINT fk_enrollments_person_id FOREIGN KEY(person_id) REFERENCES people (id)
);

CREATE INDEX ix_enrollments_person_id_state ON enrollments (person_id, state, session_id);

CREATE TABLE session_resources (
	session_id INTEGER NOT NULL,
	resource_id INTEGER NOT NULL,
	role TEXT NOT NULL,
	CONSTRAINT pk_session_resources PRIMARY KEY (session_id, resource_id),
	CONSTRAINT ck_session_resources_role CHECK (role IN ('co', 'equipment')),
	CONSTRAINT fk_session_resources_session_id FOREIGN KEY(session_id) REFERENCES sessions (id),
	CONSTRAINT fk_session_resources_resource_id FOREIGN KEY(resource_id) REFERENCES resources (id)
);

CREATE INDEX ix_session_resources_resource_id ON session_resources (resource_id);

