CREATE TABLE booking_requests (
	id SERIAL NOT NULL,
	course_id INTEGER NOT NULL,
	trainer_id INTEGER,
	venue_id INTEGER,
	run_id INTEGER,
	starts_at TIMESTAMP WITH TIME ZONE,
	ends_at TIMESTAMP WITH TIME ZONE,
	people INTEGER,
	reason TEXT,
	status TEXT DEFAULT 'DRAFT' NOT NULL,
	requested_by TEXT NOT NULL,
	requested_at TIMESTAMP WITH TIME ZONE NOT NULL,
	decided_by TEXT,
	decided_at TIMESTAMP WITH TIME ZONE,
	decision_reason TEXT,
	session_id INTEGER,
	into_run_id INTEGER,
	version INTEGER DEFAULT '1' NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_booking_requests PRIMARY KEY (id),
	CONSTRAINT ck_booking_requests_status CHECK (status IN ('DRAFT', 'ACCEPTED', 'DECLINED', 'CANCELLED')),
	CONSTRAINT ck_booking_requests_order CHECK (starts_at IS NULL OR ends_at IS NULL OR ends_at > starts_at),
	CONSTRAINT ck_booking_requests_people CHECK (people IS NULL OR people BETWEEN 1 AND 10000),
	CONSTRAINT ck_booking_requests_reason CHECK (status <> 'DECLINED' OR decision_reason IS NOT NULL),
	CONSTRAINT ck_booking_requests_accepted CHECK ((status = 'ACCEPTED') = (session_id IS NOT NULL OR into_run_id IS NOT NULL)),
	CONSTRAINT ck_booking_requests_decided CHECK ((status = 'DRAFT') = (decided_at IS NULL)),
	CONSTRAINT ck_booking_requests_reason_length CHECK (length(reason) <= 2000),
	CONSTRAINT ck_booking_requests_decision_reason_length CHECK (length(decision_reason) <= 2000),
	CONSTRAINT fk_booking_requests_course_id FOREIGN KEY(course_id) REFERENCES courses (id),
	CONSTRAINT fk_booking_requests_trainer_id FOREIGN KEY(trainer_id) REFERENCES trainers (id),
	CONSTRAINT fk_booking_requests_venue_id FOREIGN KEY(venue_id) REFERENCES venues (id),
	CONSTRAINT fk_booking_requests_run_id FOREIGN KEY(run_id) REFERENCES runs (id),
	CONSTRAINT fk_booking_requests_session_id FOREIGN KEY(session_id) REFERENCES sessions (id),
	CONSTRAINT fk_booking_requests_into_run_id FOREIGN KEY(into_run_id) REFERENCES runs (id)
);

CREATE INDEX ix_booking_requests_requested_by ON booking_requests (requested_by, status);

CREATE INDEX ix_booking_requests_status ON booking_requests (status, requested_at);

CREATE TABLE booking_request_people (
	booking_request_id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	CONSTRAINT pk_booking_request_people PRIMARY KEY (booking_request_id, person_id),
	CONSTRAINT fk_booking_request_people_booking_request_id FOREIGN KEY(booking_request_id) REFERENCES booking_requests (id),
	CONSTRAINT fk_booking_request_people_person_id FOREIGN KEY(person_id) REFERENCES people (id)
);

CREATE INDEX ix_booking_request_people_person_id ON booking_request_people (person_id);

CREATE TABLE session_checklist_items (
	id SERIAL NOT NULL,
	session_id INTEGER NOT NULL,
	item_id INTEGER,
	place INTEGER NOT NULL,
	words TEXT NOT NULL,
	days_before INTEGER NOT NULL,
	done_at TIMESTAMP WITH TIME ZONE,
	done_by TEXT,
	deleted_at TIMESTAMP WITH TIME ZONE,
	version INTEGER DEFAULT '1' NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_session_checklist_items PRIMARY KEY (id),
	CONSTRAINT ck_session_checklist_items_days_before CHECK (days_before BETWEEN 0 AND 365),
	CONSTRAINT ck_session_checklist_items_done CHECK ((done_at IS NULL) = (done_by IS NULL)),
	CONSTRAINT ck_session_checklist_items_words_length CHECK (length(words) <= 200),
	CONSTRAINT fk_session_checklist_items_session_id FOREIGN KEY(session_id) REFERENCES sessions (id),
	CONSTRAINT fk_session_checklist_items_item_id FOREIGN KEY(item_id) REFERENCES checklist_items (id)
);

CREATE INDEX ix_session_checklist_items_session_id ON session_checklist_items (session_id);

CREATE TABLE tellings (
	enrollment_id INTEGER NOT NULL,
	state TEXT NOT NULL,
	status TEXT NOT NULL,
	starts_at TIMESTAMP WITH TIME ZONE,
	ends_at TIMESTAMP WITH TIME ZONE,
	venue_id INTEGER,
	told_at TIMESTAMP WITH TIME ZONE NOT NULL,
	told_by TEXT NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	version INTEGER DEFAULT '1' NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_tellings PRIMARY KEY (enrollment_id),
	CONSTRAINT ck_tellings_state CHECK (state IN ('confirmed', 'waitlisted', 'offered', 'withdrawn')),
	CONSTRAINT ck_tellings_status CHECK (status IN ('DRAFT', 'SCHEDULED', 'IN_PROGRESS', 'COMPLETED', 'CANCELLED')),
	CONSTRAINT fk_tellings_enrollment_id FOREIGN KEY(enrollment_id) REFERENCES enrollments (id),
	CONSTRAINT fk_tellings_venue_id FOREIGN KEY(venue_id) REFERENCES venues (id)
);

CREATE TABLE certificates (
	id SERIAL NOT NULL,
	number TEXT NOT NULL,
	revision INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	course_id INTEGER NOT NULL,
	session_id INTEGER NOT NULL,
	run_id INTEGER,
	held_from DATE NOT NULL,
	held_on DATE NOT NULL,
	minutes INTEGER NOT NULL,
	expires_on DATE,
	employee_no TEXT NOT NULL,
	person_name TEXT NOT NULL,
	course_code TEXT NOT NULL,
	course_title TEXT NOT NULL,
	trainer_name TEXT NOT NULL,
	organisation TEXT NOT NULL,
	result TEXT,
	score INTEGER,
	reason TEXT,
	days JSONB NOT NULL,
	certified_at TIMESTAMP WITH TIME ZONE NOT NULL,
	checksum TEXT NOT NULL,
	issued_at TIMESTAMP WITH TIME ZONE NOT NULL,
	issued_by TEXT NOT NULL,
	withdrawn_at TIMESTAMP WITH TIME ZONE,
	withdrawn_why TEXT,
	version INTEGER DEFAULT '1' NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_certificates PRIMARY KEY (id),
	CONSTRAINT uq_certificates_number_revision UNIQUE (number, revision),
	CONSTRAINT ck_certificates_withdrawn_why CHECK (withdrawn_why IN ('reopened', 'corrected', 'replaced')),
	CONSTRAINT ck_certificates_result CHECK (result IN ('passed', 'failed')),
	CONSTRAINT ck_certificates_order CHECK (held_from <= held_on),
	CONSTRAINT ck_certificates_minutes CHECK (minutes > 0),
	CONSTRAINT ck_certificates_revision CHECK (revision >= 1),
	CONSTRAINT ck_certificates_withdrawn CHECK ((withdrawn_at IS NULL) = (withdrawn_why IS NULL)),
	CONSTRAINT ck_certificates_number_length CHECK (length(number) <= 60),
	CONSTRAINT ck_certificates_reason_length CHECK (length(reason) <= 2000),
	CONSTRAINT fk_certificates_person_id FOREIGN KEY(person_id) REFERENCES people (id),
	CONSTRAINT fk_certificates_course_id FOREIGN KEY(course_id) REFERENCES courses (id),
	CONSTRAINT fk_certificates_session_id FOREIGN KEY(session_id) REFERENCES sessions (id),
	CONSTRAINT fk_certificates_run_id FOREIGN KEY(run_id) REFERENCES runs (id)
);

CREATE INDEX ix_certificates_course_id ON certificates (course_id, person_id);

CREATE INDEX ix_certificates_person_id ON certificates (person_id);

CREATE INDEX ix_certificates_session_id ON certificates (session_id);

CREATE UNIQUE INDEX uq_certificates_live ON certificates (number) WHERE withdrawn_at IS NULL;

CREATE TABLE notices (
	id BIGSERIAL NOT NULL,
	account_id INTEGER NOT NULL,
	kind TEXT NOT NULL,
	session_id INTEGER,
	booking_request_id INTEGER,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	actor TEXT NOT NULL,
	starts_at TIMESTAMP WITH TIME ZONE,
	ends_at TIMESTAMP WITH TIME ZONE,
	venue_id INTEGER,
	was_starts_at TIMESTAMP WITH TIME ZONE,
	was_ends_at TIMESTAMP WITH TIME ZONE,
	was_venue_id INTEGER,
	until_at TIMESTAMP WITH TIME ZONE,
	outcome TEXT,
	lead_minutes INTEGER,
	seen_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_notices PRIMARY KEY (id),
	CONSTRAINT ck_notices_kind CHECK (kind IN ('enrolled', 'promoted', 'offered', 'waitlisted', 'withdrawn', 'moved', 'cancelled', 'unscheduled', 'assigned', 'unassigned', 'decided', 'reminder')),
	CONSTRAINT fk_notices_account_id FOREIGN KEY(account_id) REFERENCES accounts (id),
	CONSTRAINT fk_notices_session_id FOREIGN KEY(session_id) REFERENCES sessions (id),
	CONSTRAINT fk_notices_booking_request_id FOREIGN KEY(booking_request_id) REFERENCES booking_requests (id),
	CONSTRAINT fk_notices_venue_id FOREIGN KEY(venue_id) REFERENCES venues (id),
	CONSTRAINT fk_notices_was_venue_id FOREIGN KEY(was_venue_id) REFERENCES venues (id)
);

CREATE INDEX ix_notices_account_id ON notices (account_id, seen_at, id);

CREATE INDEX ix_notices_session_id ON notices (session_id);

CREATE UNIQUE INDEX uq_notices_reminders ON notices (account_id, session_id, starts_at, lead_minutes) WHERE kind = 'reminder';

CREATE INDEX ix_accounts_person_id ON accounts (person_id) WHERE person_id IS NOT NULL;

CREATE INDEX ix_accounts_trainer_id ON accounts (trainer_id) WHERE trainer_id IS NOT NULL;

ALTER TABLE sessions ADD COLUMN booking_request_id INTEGER;

ALTER TABLE sessions ADD CONSTRAINT fk_sessions_booking_request_id FOREIGN KEY(booking_request_id) REFERENCES booking_requests (id);

ALTER TABLE sessions ADD COLUMN began_at TIMESTAMP WITH TIME ZONE;

ALTER TABLE sessions ADD COLUMN finished_at TIMESTAMP WITH TIME ZONE;

ALTER TABLE sessions ADD CONSTRAINT ck_sessions_began CHECK (began_at IS NULL OR status NOT IN ('DRAFT', 'SCHEDULED'));

ALTER TABLE sessions ADD CONSTRAINT ck_sessions_finished CHECK (finished_at IS NULL OR status = 'COMPLETED');

CREATE UNIQUE INDEX uq_sessions_booking_request_id ON sessions (booking_request_id) WHERE booking_request_id IS NOT NULL AND deleted_at IS NULL;

ALTER TABLE enrollments ADD COLUMN result TEXT;

ALTER TABLE enrollments ADD CONSTRAINT ck_enrollments_result CHECK (result IN ('passed', 'failed'));

ALTER TABLE enrollments ADD COLUMN score INTEGER;

ALTER TABLE enrollments ADD CONSTRAINT ck_enrollments_score CHECK (score IS NULL OR score BETWEEN 0 AND 1000);

ALTER TABLE enrollments ADD COLUMN marked_at TIMESTAMP WITH TIME ZONE;

ALTER TABLE enrollments ADD COLUMN marked_by TEXT;

INSERT INTO tellings (enrollment_id, state, status, starts_at, ends_at, venue_id, told_at, told_by, created_at, updated_at) SELECT e.id, e.state, s.status, s.starts_at, s.ends_at, s.venue_id, date_trunc('second', now()), 'before', date_trunc('second', now()), date_trunc('second', now()) FROM enrollments e JOIN sessions s ON s.id = e.session_id WHERE e.state <> 'withdrawn' AND s.status IN ('SCHEDULED', 'IN_PROGRESS', 'CANCELLED') AND s.deleted_at IS NULL AND s.ends_at > date_trunc('second', now());

INSERT INTO session_checklist_items (session_id, item_id, place, words, days_before, created_at, updated_at) SELECT s.id, i.id, i.place, i.words, i.days_before, date_trunc('second', now()), date_trunc('second', now()) FROM sessions s JOIN checklist_items i ON i.course_id = s.course_id WHERE i.deleted_at IS NULL AND s.deleted_at IS NULL AND s.status IN ('DRAFT', 'SCHEDULED') AND (s.starts_at IS NULL OR s.starts_at > date_trunc('second', now()))
