CREATE TABLE IF NOT EXISTS never (id INTEGER PRIMARY KEY CHECK (id IS NULL)) STRICT;

CREATE TABLE IF NOT EXISTS change_open (change_id INTEGER NOT NULL REFERENCES changes (id), must_be_closed INTEGER NOT NULL DEFAULT 1 REFERENCES never (id) DEFERRABLE INITIALLY DEFERRED) STRICT;

DROP TRIGGER IF EXISTS journal_settings_insert;

CREATE TRIGGER journal_settings_insert AFTER INSERT ON settings BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'settings', NEW.key, NULL, json_object('key', NEW.key, 'value', NEW.value)); END;

DROP TRIGGER IF EXISTS journal_settings_update;

CREATE TRIGGER journal_settings_update AFTER UPDATE OF key, value ON settings WHEN OLD.key IS NOT NEW.key OR OLD.value IS NOT NEW.value BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'settings', NEW.key, json_object('key', OLD.key, 'value', OLD.value), json_object('key', NEW.key, 'value', NEW.value)); END;

DROP TRIGGER IF EXISTS journal_settings_delete;

CREATE TRIGGER journal_settings_delete AFTER DELETE ON settings BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'settings', OLD.key, json_object('key', OLD.key, 'value', OLD.value), NULL); END;

DROP TRIGGER IF EXISTS keep_settings;

CREATE TRIGGER keep_settings BEFORE DELETE ON settings BEGIN SELECT RAISE(ABORT, 'nothing_is_deleted'); END;

DROP TRIGGER IF EXISTS journal_people_insert;

CREATE TRIGGER journal_people_insert AFTER INSERT ON people BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'people', NEW.id, NULL, json_object('id', NEW.id, 'employee_no', NEW.employee_no, 'name', NEW.name, 'department', NEW.department, 'site', NEW.site, 'job_role', NEW.job_role, 'manager_no', NEW.manager_no, 'email', NEW.email, 'phone', NEW.phone, 'intake_on', NEW.intake_on, 'active', NEW.active, 'search', NEW.search, 'sort_name', NEW.sort_name, 'placed_on', NEW.placed_on)); END;

DROP TRIGGER IF EXISTS journal_people_update;

CREATE TRIGGER journal_people_update AFTER UPDATE OF id, employee_no, name, department, site, job_role, manager_no, email, phone, intake_on, active, search, sort_name, placed_on ON people WHEN OLD.id IS NOT NEW.id OR OLD.employee_no IS NOT NEW.employee_no OR OLD.name IS NOT NEW.name OR OLD.department IS NOT NEW.department OR OLD.site IS NOT NEW.site OR OLD.job_role IS NOT NEW.job_role OR OLD.manager_no IS NOT NEW.manager_no OR OLD.email IS NOT NEW.email OR OLD.phone IS NOT NEW.phone OR OLD.intake_on IS NOT NEW.intake_on OR OLD.active IS NOT NEW.active OR OLD.search IS NOT NEW.search OR OLD.sort_name IS NOT NEW.sort_name OR OLD.placed_on IS NOT NEW.placed_on BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'people', NEW.id, json_object('id', OLD.id, 'employee_no', OLD.employee_no, 'name', OLD.name, 'department', OLD.department, 'site', OLD.site, 'job_role', OLD.job_role, 'manager_no', OLD.manager_no, 'email', OLD.email, 'phone', OLD.phone, 'intake_on', OLD.intake_on, 'active', OLD.active, 'search', OLD.search, 'sort_name', OLD.sort_name, 'placed_on', OLD.placed_on), json_object('id', NEW.id, 'employee_no', NEW.employee_no, 'name', NEW.name, 'department', NEW.department, 'site', NEW.site, 'job_role', NEW.job_role, 'manager_no', NEW.manager_no, 'email', NEW.email, 'phone', NEW.phone, 'intake_on', NEW.intake_on, 'active', NEW.active, 'search', NEW.search, 'sort_name', NEW.sort_name, 'placed_on', NEW.placed_on)); END;

DROP TRIGGER IF EXISTS journal_people_delete;

CREATE TRIGGER journal_people_delete AFTER DELETE ON people BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'people', OLD.id, json_object('id', OLD.id, 'employee_no', OLD.employee_no, 'name', OLD.name, 'department', OLD.department, 'site', OLD.site, 'job_role', OLD.job_role, 'manager_no', OLD.manager_no, 'email', OLD.email, 'phone', OLD.phone, 'intake_on', OLD.intake_on, 'active', OLD.active, 'search', OLD.search, 'sort_name', OLD.sort_name, 'placed_on', OLD.placed_on), NULL); END;

DROP TRIGGER IF EXISTS version_people;

CREATE TRIGGER version_people BEFORE UPDATE OF employee_no, name, department, site, job_role, manager_no, email, phone, intake_on, active, search, sort_name, placed_on ON people WHEN NEW.version <> OLD.version + 1 BEGIN SELECT RAISE(ABORT, 'version_guard'); END;

DROP TRIGGER IF EXISTS keep_people;

CREATE TRIGGER keep_people BEFORE DELETE ON people BEGIN SELECT RAISE(ABORT, 'nothing_is_deleted'); END;

DROP TRIGGER IF EXISTS journal_contacts_insert;

CREATE TRIGGER journal_contacts_insert AFTER INSERT ON contacts BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'contacts', NEW.person_id, NULL, json_object('person_id', NEW.person_id, 'name', CASE WHEN NEW.name IS NULL THEN NULL ELSE '(kept secret)' END, 'phone', CASE WHEN NEW.phone IS NULL THEN NULL ELSE '(kept secret)' END)); END;

DROP TRIGGER IF EXISTS journal_contacts_update;

CREATE TRIGGER journal_contacts_update AFTER UPDATE OF person_id, name, phone ON contacts WHEN OLD.person_id IS NOT NEW.person_id OR OLD.name IS NOT NEW.name OR OLD.phone IS NOT NEW.phone BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'contacts', NEW.person_id, json_object('person_id', OLD.person_id, 'name', CASE WHEN OLD.name IS NULL THEN NULL ELSE '(kept secret)' END, 'phone', CASE WHEN OLD.phone IS NULL THEN NULL ELSE '(kept secret)' END), json_object('person_id', NEW.person_id, 'name', CASE WHEN NEW.name IS NULL THEN NULL ELSE '(kept secret)' END, 'phone', CASE WHEN NEW.phone IS NULL THEN NULL ELSE '(kept secret)' END)); END;

DROP TRIGGER IF EXISTS journal_contacts_delete;

CREATE TRIGGER journal_contacts_delete AFTER DELETE ON contacts BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'contacts', OLD.person_id, json_object('person_id', OLD.person_id, 'name', CASE WHEN OLD.name IS NULL THEN NULL ELSE '(kept secret)' END, 'phone', CASE WHEN OLD.phone IS NULL THEN NULL ELSE '(kept secret)' END), NULL); END;

DROP TRIGGER IF EXISTS keep_contacts;

CREATE TRIGGER keep_contacts BEFORE DELETE ON contacts BEGIN SELECT RAISE(ABORT, 'nothing_is_deleted'); END;

DROP TRIGGER IF EXISTS journal_contact_looks_insert;

CREATE TRIGGER journal_contact_looks_insert AFTER INSERT ON contact_looks BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'contact_looks', NEW.id, NULL, json_object('id', NEW.id, 'person_id', NEW.person_id, 'looked_at', NEW.looked_at, 'looked_by', NEW.looked_by)); END;

DROP TRIGGER IF EXISTS journal_contact_looks_update;

CREATE TRIGGER journal_contact_looks_update AFTER UPDATE OF id, person_id, looked_at, looked_by ON contact_looks WHEN OLD.id IS NOT NEW.id OR OLD.person_id IS NOT NEW.person_id OR OLD.looked_at IS NOT NEW.looked_at OR OLD.looked_by IS NOT NEW.looked_by BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'contact_looks', NEW.id, json_object('id', OLD.id, 'person_id', OLD.person_id, 'looked_at', OLD.looked_at, 'looked_by', OLD.looked_by), json_object('id', NEW.id, 'person_id', NEW.person_id, 'looked_at', NEW.looked_at, 'looked_by', NEW.looked_by)); END;

DROP TRIGGER IF EXISTS journal_contact_looks_delete;

CREATE TRIGGER journal_contact_looks_delete AFTER DELETE ON contact_looks BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'contact_looks', OLD.id, json_object('id', OLD.id, 'person_id', OLD.person_id, 'looked_at', OLD.looked_at, 'looked_by', OLD.looked_by), NULL); END;

DROP TRIGGER IF EXISTS keep_contact_looks;

CREATE TRIGGER keep_contact_looks BEFORE DELETE ON contact_looks BEGIN SELECT RAISE(ABORT, 'nothing_is_deleted'); END;

DROP TRIGGER IF EXISTS journal_intakes_insert;

CREATE TRIGGER journal_intakes_insert AFTER INSERT ON intakes BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'intakes', NEW.id, NULL, json_object('id', NEW.id, 'person_id', NEW.person_id, 'held_on', NEW.held_on, 'note', NEW.note, 'recorded_at', NEW.recorded_at, 'recorded_by', NEW.recorded_by, 'deleted_at', NEW.deleted_at)); END;

DROP TRIGGER IF EXISTS journal_intakes_update;

CREATE TRIGGER journal_intakes_update AFTER UPDATE OF id, person_id, held_on, note, recorded_at, recorded_by, deleted_at ON intakes WHEN OLD.id IS NOT NEW.id OR OLD.person_id IS NOT NEW.person_id OR OLD.held_on IS NOT NEW.held_on OR OLD.note IS NOT NEW.note OR OLD.recorded_at IS NOT NEW.recorded_at OR OLD.recorded_by IS NOT NEW.recorded_by OR OLD.deleted_at IS NOT NEW.deleted_at BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'intakes', NEW.id, json_object('id', OLD.id, 'person_id', OLD.person_id, 'held_on', OLD.held_on, 'note', OLD.note, 'recorded_at', OLD.recorded_at, 'recorded_by', OLD.recorded_by, 'deleted_at', OLD.deleted_at), json_object('id', NEW.id, 'person_id', NEW.person_id, 'held_on', NEW.held_on, 'note', NEW.note, 'recorded_at', NEW.recorded_at, 'recorded_by', NEW.recorded_by, 'deleted_at', NEW.deleted_at)); END;

DROP TRIGGER IF EXISTS journal_intakes_delete;

CREATE TRIGGER journal_intakes_delete AFTER DELETE ON intakes BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'intakes', OLD.id, json_object('id', OLD.id, 'person_id', OLD.person_id, 'held_on', OLD.held_on, 'note', OLD.note, 'recorded_at', OLD.recorded_at, 'recorded_by', OLD.recorded_by, 'deleted_at', OLD.deleted_at), NULL); END;

DROP TRIGGER IF EXISTS version_intakes;

CREATE TRIGGER version_intakes BEFORE UPDATE OF person_id, held_on, note, recorded_at, recorded_by, deleted_at ON intakes WHEN NEW.version <> OLD.version + 1 BEGIN SELECT RAISE(ABORT, 'version_guard'); END;

DROP TRIGGER IF EXISTS keep_intakes;

CREATE TRIGGER keep_intakes BEFORE DELETE ON intakes BEGIN SELECT RAISE(ABORT, 'nothing_is_deleted'); END;

DROP TRIGGER IF EXISTS journal_categories_insert;

CREATE TRIGGER journal_categories_insert AFTER INSERT ON categories BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'categories', NEW.name, NULL, json_object('name', NEW.name, 'hue', NEW.hue)); END;

DROP TRIGGER IF EXISTS journal_categories_update;

CREATE TRIGGER journal_categories_update AFTER UPDATE OF name, hue ON categories WHEN OLD.name IS NOT NEW.name OR OLD.hue IS NOT NEW.hue BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'categories', NEW.name, json_object('name', OLD.name, 'hue', OLD.hue), json_object('name', NEW.name, 'hue', NEW.hue)); END;

DROP TRIGGER IF EXISTS journal_categories_delete;

CREATE TRIGGER journal_categories_delete AFTER DELETE ON categories BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'categories', OLD.name, json_object('name', OLD.name, 'hue', OLD.hue), NULL); END;

DROP TRIGGER IF EXISTS keep_categories;

CREATE TRIGGER keep_categories BEFORE DELETE ON categories BEGIN SELECT RAISE(ABORT, 'nothing_is_deleted'); END;

DROP TRIGGER IF EXISTS journal_courses_insert;

CREATE TRIGGER journal_courses_insert AFTER INSERT ON courses BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'courses', NEW.id, NULL, json_object('id', NEW.id, 'code', NEW.code, 'title', NEW.title, 'short_code', NEW.short_code, 'category', NEW.category, 'description', NEW.description, 'duration_minutes', NEW.duration_minutes, 'validity_months', NEW.validity_months, 'expiring_days', NEW.expiring_days, 'default_capacity', NEW.default_capacity, 'minimum', NEW.minimum, 'requires_intake', NEW.requires_intake, 'requires_result', NEW.requires_result, 'sign_up', NEW.sign_up, 'overlap_policy', NEW.overlap_policy, 'prerequisite_id', NEW.prerequisite_id, 'renews_id', NEW.renews_id, 'active', NEW.active, 'prerequisite_policy', NEW.prerequisite_policy)); END;

DROP TRIGGER IF EXISTS journal_courses_update;

CREATE TRIGGER journal_courses_update AFTER UPDATE OF id, code, title, short_code, category, description, duration_minutes, validity_months, expiring_days, default_capacity, minimum, requires_intake, requires_result, sign_up, overlap_policy, prerequisite_id, renews_id, active, prerequisite_policy ON courses WHEN OLD.id IS NOT NEW.id OR OLD.code IS NOT NEW.code OR OLD.title IS NOT NEW.title OR OLD.short_code IS NOT NEW.short_code OR OLD.category IS NOT NEW.category OR OLD.description IS NOT NEW.description OR OLD.duration_minutes IS NOT NEW.duration_minutes OR OLD.validity_months IS NOT NEW.validity_months OR OLD.expiring_days IS NOT NEW.expiring_days OR OLD.default_capacity IS NOT NEW.default_capacity OR OLD.minimum IS NOT NEW.minimum OR OLD.requires_intake IS NOT NEW.requires_intake OR OLD.requires_result IS NOT NEW.requires_result OR OLD.sign_up IS NOT NEW.sign_up OR OLD.overlap_policy IS NOT NEW.overlap_policy OR OLD.prerequisite_id IS NOT NEW.prerequisite_id OR OLD.renews_id IS NOT NEW.renews_id OR OLD.active IS NOT NEW.active OR OLD.prerequisite_policy IS NOT NEW.prerequisite_policy BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'courses', NEW.id, json_object('id', OLD.id, 'code', OLD.code, 'title', OLD.title, 'short_code', OLD.short_code, 'category', OLD.category, 'description', OLD.description, 'duration_minutes', OLD.duration_minutes, 'validity_months', OLD.validity_months, 'expiring_days', OLD.expiring_days, 'default_capacity', OLD.default_capacity, 'minimum', OLD.minimum, 'requires_intake', OLD.requires_intake, 'requires_result', OLD.requires_result, 'sign_up', OLD.sign_up, 'overlap_policy', OLD.overlap_policy, 'prerequisite_id', OLD.prerequisite_id, 'renews_id', OLD.renews_id, 'active', OLD.active, 'prerequisite_policy', OLD.prerequisite_policy), json_object('id', NEW.id, 'code', NEW.code, 'title', NEW.title, 'short_code', NEW.short_code, 'category', NEW.category, 'description', NEW.description, 'duration_minutes', NEW.duration_minutes, 'validity_months', NEW.validity_months, 'expiring_days', NEW.expiring_days, 'default_capacity', NEW.default_capacity, 'minimum', NEW.minimum, 'requires_intake', NEW.requires_intake, 'requires_result', NEW.requires_result, 'sign_up', NEW.sign_up, 'overlap_policy', NEW.overlap_policy, 'prerequisite_id', NEW.prerequisite_id, 'renews_id', NEW.renews_id, 'active', NEW.active, 'prerequisite_policy', NEW.prerequisite_policy)); END;

DROP TRIGGER IF EXISTS journal_courses_delete;

CREATE TRIGGER journal_courses_delete AFTER DELETE ON courses BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'courses', OLD.id, json_object('id', OLD.id, 'code', OLD.code, 'title', OLD.title, 'short_code', OLD.short_code, 'category', OLD.category, 'description', OLD.description, 'duration_minutes', OLD.duration_minutes, 'validity_months', OLD.validity_months, 'expiring_days', OLD.expiring_days, 'default_capacity', OLD.default_capacity, 'minimum', OLD.minimum, 'requires_intake', OLD.requires_intake, 'requires_result', OLD.requires_result, 'sign_up', OLD.sign_up, 'overlap_policy', OLD.overlap_policy, 'prerequisite_id', OLD.prerequisite_id, 'renews_id', OLD.renews_id, 'active', OLD.active, 'prerequisite_policy', OLD.prerequisite_policy), NULL); END;

DROP TRIGGER IF EXISTS version_courses;

CREATE TRIGGER version_courses BEFORE UPDATE OF code, title, short_code, category, description, duration_minutes, validity_months, expiring_days, default_capacity, minimum, requires_intake, requires_result, sign_up, overlap_policy, prerequisite_id, renews_id, active, prerequisite_policy ON courses WHEN NEW.version <> OLD.version + 1 BEGIN SELECT RAISE(ABORT, 'version_guard'); END;

DROP TRIGGER IF EXISTS keep_courses;

CREATE TRIGGER keep_courses BEFORE DELETE ON courses BEGIN SELECT RAISE(ABORT, 'nothing_is_deleted'); END;

DROP TRIGGER IF EXISTS journal_checklist_items_insert;

CREATE TRIGGER journal_checklist_items_insert AFTER INSERT ON checklist_items BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'checklist_items', NEW.id, NULL, json_object('id', NEW.id, 'course_id', NEW.course_id, 'place', NEW.place, 'words', NEW.words, 'days_before', NEW.days_before, 'deleted_at', NEW.deleted_at)); END;

DROP TRIGGER IF EXISTS journal_checklist_items_update;

CREATE TRIGGER journal_checklist_items_update AFTER UPDATE OF id, course_id, place, words, days_before, deleted_at ON checklist_items WHEN OLD.id IS NOT NEW.id OR OLD.course_id IS NOT NEW.course_id OR OLD.place IS NOT NEW.place OR OLD.words IS NOT NEW.words OR OLD.days_before IS NOT NEW.days_before OR OLD.deleted_at IS NOT NEW.deleted_at BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'checklist_items', NEW.id, json_object('id', OLD.id, 'course_id', OLD.course_id, 'place', OLD.place, 'words', OLD.words, 'days_before', OLD.days_before, 'deleted_at', OLD.deleted_at), json_object('id', NEW.id, 'course_id', NEW.course_id, 'place', NEW.place, 'words', NEW.words, 'days_before', NEW.days_before, 'deleted_at', NEW.deleted_at)); END;

DROP TRIGGER IF EXISTS journal_checklist_items_delete;

CREATE TRIGGER journal_checklist_items_delete AFTER DELETE ON checklist_items BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'checklist_items', OLD.id, json_object('id', OLD.id, 'course_id', OLD.course_id, 'place', OLD.place, 'words', OLD.words, 'days_before', OLD.days_before, 'deleted_at', OLD.deleted_at), NULL); END;

DROP TRIGGER IF EXISTS version_checklist_items;

CREATE TRIGGER version_checklist_items BEFORE UPDATE OF course_id, place, words, days_before, deleted_at ON checklist_items WHEN NEW.version <> OLD.version + 1 BEGIN SELECT RAISE(ABORT, 'version_guard'); END;

DROP TRIGGER IF EXISTS keep_checklist_items;

CREATE TRIGGER keep_checklist_items BEFORE DELETE ON checklist_items BEGIN SELECT RAISE(ABORT, 'nothing_is_deleted'); END;

DROP TRIGGER IF EXISTS journal_resources_insert;

CREATE TRIGGER journal_resources_insert AFTER INSERT ON resources BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'resources', NEW.id, NULL, json_object('id', NEW.id, 'kind', NEW.kind, 'code', NEW.code, 'name', NEW.name, 'sort_name', NEW.sort_name, 'active', NEW.active)); END;

DROP TRIGGER IF EXISTS journal_resources_update;

CREATE TRIGGER journal_resources_update AFTER UPDATE OF id, kind, code, name, sort_name, active ON resources WHEN OLD.id IS NOT NEW.id OR OLD.kind IS NOT NEW.kind OR OLD.code IS NOT NEW.code OR OLD.name IS NOT NEW.name OR OLD.sort_name IS NOT NEW.sort_name OR OLD.active IS NOT NEW.active BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'resources', NEW.id, json_object('id', OLD.id, 'kind', OLD.kind, 'code', OLD.code, 'name', OLD.name, 'sort_name', OLD.sort_name, 'active', OLD.active), json_object('id', NEW.id, 'kind', NEW.kind, 'code', NEW.code, 'name', NEW.name, 'sort_name', NEW.sort_name, 'active', NEW.active)); END;

DROP TRIGGER IF EXISTS journal_resources_delete;

CREATE TRIGGER journal_resources_delete AFTER DELETE ON resources BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'resources', OLD.id, json_object('id', OLD.id, 'kind', OLD.kind, 'code', OLD.code, 'name', OLD.name, 'sort_name', OLD.sort_name, 'active', OLD.active), NULL); END;

DROP TRIGGER IF EXISTS version_resources;

CREATE TRIGGER version_resources BEFORE UPDATE OF kind, code, name, sort_name, active ON resources WHEN NEW.version <> OLD.version + 1 BEGIN SELECT RAISE(ABORT, 'version_guard'); END;

DROP TRIGGER IF EXISTS keep_resources;

CREATE TRIGGER keep_resources BEFORE DELETE ON resources BEGIN SELECT RAISE(ABORT, 'nothing_is_deleted'); END;

DROP TRIGGER IF EXISTS journal_trainers_insert;

CREATE TRIGGER journal_trainers_insert AFTER INSERT ON trainers BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'trainers', NEW.id, NULL, json_object('id', NEW.id, 'weekly_hours', NEW.weekly_hours, 'person_id', NEW.person_id)); END;

DROP TRIGGER IF EXISTS journal_trainers_update;

CREATE TRIGGER journal_trainers_update AFTER UPDATE OF id, weekly_hours, person_id ON trainers WHEN OLD.id IS NOT NEW.id OR OLD.weekly_hours IS NOT NEW.weekly_hours OR OLD.person_id IS NOT NEW.person_id BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'trainers', NEW.id, json_object('id', OLD.id, 'weekly_hours', OLD.weekly_hours, 'person_id', OLD.person_id), json_object('id', NEW.id, 'weekly_hours', NEW.weekly_hours, 'person_id', NEW.person_id)); END;

DROP TRIGGER IF EXISTS journal_trainers_delete;

CREATE TRIGGER journal_trainers_delete AFTER DELETE ON trainers BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'trainers', OLD.id, json_object('id', OLD.id, 'weekly_hours', OLD.weekly_hours, 'person_id', OLD.person_id), NULL); END;

DROP TRIGGER IF EXISTS keep_trainers;

CREATE TRIGGER keep_trainers BEFORE DELETE ON trainers BEGIN SELECT RAISE(ABORT, 'nothing_is_deleted'); END;

DROP TRIGGER IF EXISTS journal_venues_insert;

CREATE TRIGGER journal_venues_insert AFTER INSERT ON venues BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'venues', NEW.id, NULL, json_object('id', NEW.id, 'kind', NEW.kind, 'capacity', NEW.capacity, 'occupancy_limit', NEW.occupancy_limit, 'part_of_id', NEW.part_of_id, 'turnaround_minutes', NEW.turnaround_minutes, 'site', NEW.site, 'presence_seconds', NEW.presence_seconds)); END;

DROP TRIGGER IF EXISTS journal_venues_update;

CREATE TRIGGER journal_venues_update AFTER UPDATE OF id, kind, capacity, occupancy_limit, part_of_id, turnaround_minutes, site, presence_seconds ON venues WHEN OLD.id IS NOT NEW.id OR OLD.kind IS NOT NEW.kind OR OLD.capacity IS NOT NEW.capacity OR OLD.occupancy_limit IS NOT NEW.occupancy_limit OR OLD.part_of_id IS NOT NEW.part_of_id OR OLD.turnaround_minutes IS NOT NEW.turnaround_minutes OR OLD.site IS NOT NEW.site OR OLD.presence_seconds IS NOT NEW.presence_seconds BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'venues', NEW.id, json_object('id', OLD.id, 'kind', OLD.kind, 'capacity', OLD.capacity, 'occupancy_limit', OLD.occupancy_limit, 'part_of_id', OLD.part_of_id, 'turnaround_minutes', OLD.turnaround_minutes, 'site', OLD.site, 'presence_seconds', OLD.presence_seconds), json_object('id', NEW.id, 'kind', NEW.kind, 'capacity', NEW.capacity, 'occupancy_limit', NEW.occupancy_limit, 'part_of_id', NEW.part_of_id, 'turnaround_minutes', NEW.turnaround_minutes, 'site', NEW.site, 'presence_seconds', NEW.presence_seconds)); END;

DROP TRIGGER IF EXISTS journal_venues_delete;

CREATE TRIGGER journal_venues_delete AFTER DELETE ON venues BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'venues', OLD.id, json_object('id', OLD.id, 'kind', OLD.kind, 'capacity', OLD.capacity, 'occupancy_limit', OLD.occupancy_limit, 'part_of_id', OLD.part_of_id, 'turnaround_minutes', OLD.turnaround_minutes, 'site', OLD.site, 'presence_seconds', OLD.presence_seconds), NULL); END;

DROP TRIGGER IF EXISTS keep_venues;

CREATE TRIGGER keep_venues BEFORE DELETE ON venues BEGIN SELECT RAISE(ABORT, 'nothing_is_deleted'); END;

DROP TRIGGER IF EXISTS journal_qualifications_insert;

CREATE TRIGGER journal_qualifications_insert AFTER INSERT ON qualifications BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'qualifications', NEW.id, NULL, json_object('id', NEW.id, 'trainer_id', NEW.trainer_id, 'course_id', NEW.course_id, 'valid_from', NEW.valid_from, 'valid_until', NEW.valid_until, 'deleted_at', NEW.deleted_at)); END;

DROP TRIGGER IF EXISTS journal_qualifications_update;

CREATE TRIGGER journal_qualifications_update AFTER UPDATE OF id, trainer_id, course_id, valid_from, valid_until, deleted_at ON qualifications WHEN OLD.id IS NOT NEW.id OR OLD.trainer_id IS NOT NEW.trainer_id OR OLD.course_id IS NOT NEW.course_id OR OLD.valid_from IS NOT NEW.valid_from OR OLD.valid_until IS NOT NEW.valid_until OR OLD.deleted_at IS NOT NEW.deleted_at BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'qualifications', NEW.id, json_object('id', OLD.id, 'trainer_id', OLD.trainer_id, 'course_id', OLD.course_id, 'valid_from', OLD.valid_from, 'valid_until', OLD.valid_until, 'deleted_at', OLD.deleted_at), json_object('id', NEW.id, 'trainer_id', NEW.trainer_id, 'course_id', NEW.course_id, 'valid_from', NEW.valid_from, 'valid_until', NEW.valid_until, 'deleted_at', NEW.deleted_at)); END;

DROP TRIGGER IF EXISTS journal_qualifications_delete;

CREATE TRIGGER journal_qualifications_delete AFTER DELETE ON qualifications BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'qualifications', OLD.id, json_object('id', OLD.id, 'trainer_id', OLD.trainer_id, 'course_id', OLD.course_id, 'valid_from', OLD.valid_from, 'valid_until', OLD.valid_until, 'deleted_at', OLD.deleted_at), NULL); END;

DROP TRIGGER IF EXISTS version_qualifications;

CREATE TRIGGER version_qualifications BEFORE UPDATE OF trainer_id, course_id, valid_from, valid_until, deleted_at ON qualifications WHEN NEW.version <> OLD.version + 1 BEGIN SELECT RAISE(ABORT, 'version_guard'); END;

DROP TRIGGER IF EXISTS keep_qualifications;

CREATE TRIGGER keep_qualifications BEFORE DELETE ON qualifications BEGIN SELECT RAISE(ABORT, 'nothing_is_deleted'); END;

DROP TRIGGER IF EXISTS journal_accounts_insert;

CREATE TRIGGER journal_accounts_insert AFTER INSERT ON accounts BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'accounts', NEW.id, NULL, json_object('id', NEW.id, 'login', NEW.login, 'role', NEW.role, 'person_id', NEW.person_id, 'trainer_id', NEW.trainer_id, 'disabled_at', NEW.disabled_at)); END;

DROP TRIGGER IF EXISTS journal_accounts_update;

CREATE TRIGGER journal_accounts_update AFTER UPDATE OF id, login, role, person_id, trainer_id, disabled_at ON accounts WHEN OLD.id IS NOT NEW.id OR OLD.login IS NOT NEW.login OR OLD.role IS NOT NEW.role OR OLD.person_id IS NOT NEW.person_id OR OLD.trainer_id IS NOT NEW.trainer_id OR OLD.disabled_at IS NOT NEW.disabled_at BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'accounts', NEW.id, json_object('id', OLD.id, 'login', OLD.login, 'role', OLD.role, 'person_id', OLD.person_id, 'trainer_id', OLD.trainer_id, 'disabled_at', OLD.disabled_at), json_object('id', NEW.id, 'login', NEW.login, 'role', NEW.role, 'person_id', NEW.person_id, 'trainer_id', NEW.trainer_id, 'disabled_at', NEW.disabled_at)); END;

DROP TRIGGER IF EXISTS journal_accounts_delete;

CREATE TRIGGER journal_accounts_delete AFTER DELETE ON accounts BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'accounts', OLD.id, json_object('id', OLD.id, 'login', OLD.login, 'role', OLD.role, 'person_id', OLD.person_id, 'trainer_id', OLD.trainer_id, 'disabled_at', OLD.disabled_at), NULL); END;

DROP TRIGGER IF EXISTS version_accounts;

CREATE TRIGGER version_accounts BEFORE UPDATE OF login, role, person_id, trainer_id, disabled_at ON accounts WHEN NEW.version <> OLD.version + 1 BEGIN SELECT RAISE(ABORT, 'version_guard'); END;

DROP TRIGGER IF EXISTS keep_accounts;

CREATE TRIGGER keep_accounts BEFORE DELETE ON accounts BEGIN SELECT RAISE(ABORT, 'nothing_is_deleted'); END;

DROP TRIGGER IF EXISTS journal_requirements_insert;

CREATE TRIGGER journal_requirements_insert AFTER INSERT ON requirements BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'requirements', NEW.id, NULL, json_object('id', NEW.id, 'course_id', NEW.course_id, 'job_role', NEW.job_role, 'department', NEW.department, 'site', NEW.site, 'person_id', NEW.person_id, 'grace_days', NEW.grace_days, 'exempt', NEW.exempt, 'reason', NEW.reason, 'until', NEW.until, 'since', NEW.since, 'deleted_at', NEW.deleted_at)); END;

DROP TRIGGER IF EXISTS journal_requirements_update;

CREATE TRIGGER journal_requirements_update AFTER UPDATE OF id, course_id, job_role, department, site, person_id, grace_days, exempt, reason, until, since, deleted_at ON requirements WHEN OLD.id IS NOT NEW.id OR OLD.course_id IS NOT NEW.course_id OR OLD.job_role IS NOT NEW.job_role OR OLD.department IS NOT NEW.department OR OLD.site IS NOT NEW.site OR OLD.person_id IS NOT NEW.person_id OR OLD.grace_days IS NOT NEW.grace_days OR OLD.exempt IS NOT NEW.exempt OR OLD.reason IS NOT NEW.reason OR OLD.until IS NOT NEW.until OR OLD.since IS NOT NEW.since OR OLD.deleted_at IS NOT NEW.deleted_at BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'requirements', NEW.id, json_object('id', OLD.id, 'course_id', OLD.course_id, 'job_role', OLD.job_role, 'department', OLD.department, 'site', OLD.site, 'person_id', OLD.person_id, 'grace_days', OLD.grace_days, 'exempt', OLD.exempt, 'reason', OLD.reason, 'until', OLD.until, 'since', OLD.since, 'deleted_at', OLD.deleted_at), json_object('id', NEW.id, 'course_id', NEW.course_id, 'job_role', NEW.job_role, 'department', NEW.department, 'site', NEW.site, 'person_id', NEW.person_id, 'grace_days', NEW.grace_days, 'exempt', NEW.exempt, 'reason', NEW.reason, 'until', NEW.until, 'since', NEW.since, 'deleted_at', NEW.deleted_at)); END;

DROP TRIGGER IF EXISTS journal_requirements_delete;

CREATE TRIGGER journal_requirements_delete AFTER DELETE ON requirements BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'requirements', OLD.id, json_object('id', OLD.id, 'course_id', OLD.course_id, 'job_role', OLD.job_role, 'department', OLD.department, 'site', OLD.site, 'person_id', OLD.person_id, 'grace_days', OLD.grace_days, 'exempt', OLD.exempt, 'reason', OLD.reason, 'until', OLD.until, 'since', OLD.since, 'deleted_at', OLD.deleted_at), NULL); END;

DROP TRIGGER IF EXISTS version_requirements;

CREATE TRIGGER version_requirements BEFORE UPDATE OF course_id, job_role, department, site, person_id, grace_days, exempt, reason, until, since, deleted_at ON requirements WHEN NEW.version <> OLD.version + 1 BEGIN SELECT RAISE(ABORT, 'version_guard'); END;

DROP TRIGGER IF EXISTS keep_requirements;

CREATE TRIGGER keep_requirements BEFORE DELETE ON requirements BEGIN SELECT RAISE(ABORT, 'nothing_is_deleted'); END;

DROP TRIGGER IF EXISTS journal_attestations_insert;

CREATE TRIGGER journal_attestations_insert AFTER INSERT ON attestations BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'attestations', NEW.course_id || ',' || NEW.person_id, NULL, json_object('course_id', NEW.course_id, 'person_id', NEW.person_id, 'status', NEW.status, 'expires_on', NEW.expires_on, 'stated_at', NEW.stated_at, 'deleted_at', NEW.deleted_at)); END;

DROP TRIGGER IF EXISTS journal_attestations_update;

CREATE TRIGGER journal_attestations_update AFTER UPDATE OF course_id, person_id, status, expires_on, stated_at, deleted_at ON attestations WHEN OLD.course_id IS NOT NEW.course_id OR OLD.person_id IS NOT NEW.person_id OR OLD.status IS NOT NEW.status OR OLD.expires_on IS NOT NEW.expires_on OR OLD.stated_at IS NOT NEW.stated_at OR OLD.deleted_at IS NOT NEW.deleted_at BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'attestations', NEW.course_id || ',' || NEW.person_id, json_object('course_id', OLD.course_id, 'person_id', OLD.person_id, 'status', OLD.status, 'expires_on', OLD.expires_on, 'stated_at', OLD.stated_at, 'deleted_at', OLD.deleted_at), json_object('course_id', NEW.course_id, 'person_id', NEW.person_id, 'status', NEW.status, 'expires_on', NEW.expires_on, 'stated_at', NEW.stated_at, 'deleted_at', NEW.deleted_at)); END;

DROP TRIGGER IF EXISTS journal_attestations_delete;

CREATE TRIGGER journal_attestations_delete AFTER DELETE ON attestations BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'attestations', OLD.course_id || ',' || OLD.person_id, json_object('course_id', OLD.course_id, 'person_id', OLD.person_id, 'status', OLD.status, 'expires_on', OLD.expires_on, 'stated_at', OLD.stated_at, 'deleted_at', OLD.deleted_at), NULL); END;

DROP TRIGGER IF EXISTS version_attestations;

CREATE TRIGGER version_attestations BEFORE UPDATE OF course_id, person_id, status, expires_on, stated_at, deleted_at ON attestations WHEN NEW.version <> OLD.version + 1 BEGIN SELECT RAISE(ABORT, 'version_guard'); END;

DROP TRIGGER IF EXISTS keep_attestations;

CREATE TRIGGER keep_attestations BEFORE DELETE ON attestations BEGIN SELECT RAISE(ABORT, 'nothing_is_deleted'); END;

DROP TRIGGER IF EXISTS journal_training_records_insert;

CREATE TRIGGER journal_training_records_insert AFTER INSERT ON training_records BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'training_records', NEW.id, NULL, json_object('id', NEW.id, 'person_id', NEW.person_id, 'course_id', NEW.course_id, 'held_on', NEW.held_on, 'provider', NEW.provider, 'expires_on', NEW.expires_on, 'number', NEW.number, 'recorded_at', NEW.recorded_at, 'recorded_by', NEW.recorded_by, 'deleted_at', NEW.deleted_at)); END;

DROP TRIGGER IF EXISTS journal_training_records_update;

CREATE TRIGGER journal_training_records_update AFTER UPDATE OF id, person_id, course_id, held_on, provider, expires_on, number, recorded_at, recorded_by, deleted_at ON training_records WHEN OLD.id IS NOT NEW.id OR OLD.person_id IS NOT NEW.person_id OR OLD.course_id IS NOT NEW.course_id OR OLD.held_on IS NOT NEW.held_on OR OLD.provider IS NOT NEW.provider OR OLD.expires_on IS NOT NEW.expires_on OR OLD.number IS NOT NEW.number OR OLD.recorded_at IS NOT NEW.recorded_at OR OLD.recorded_by IS NOT NEW.recorded_by OR OLD.deleted_at IS NOT NEW.deleted_at BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'training_records', NEW.id, json_object('id', OLD.id, 'person_id', OLD.person_id, 'course_id', OLD.course_id, 'held_on', OLD.held_on, 'provider', OLD.provider, 'expires_on', OLD.expires_on, 'number', OLD.number, 'recorded_at', OLD.recorded_at, 'recorded_by', OLD.recorded_by, 'deleted_at', OLD.deleted_at), json_object('id', NEW.id, 'person_id', NEW.person_id, 'course_id', NEW.course_id, 'held_on', NEW.held_on, 'provider', NEW.provider, 'expires_on', NEW.expires_on, 'number', NEW.number, 'recorded_at', NEW.recorded_at, 'recorded_by', NEW.recorded_by, 'deleted_at', NEW.deleted_at)); END;

DROP TRIGGER IF EXISTS journal_training_records_delete;

CREATE TRIGGER journal_training_records_delete AFTER DELETE ON training_records BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'training_records', OLD.id, json_object('id', OLD.id, 'person_id', OLD.person_id, 'course_id', OLD.course_id, 'held_on', OLD.held_on, 'provider', OLD.provider, 'expires_on', OLD.expires_on, 'number', OLD.number, 'recorded_at', OLD.recorded_at, 'recorded_by', OLD.recorded_by, 'deleted_at', OLD.deleted_at), NULL); END;

DROP TRIGGER IF EXISTS version_training_records;

CREATE TRIGGER version_training_records BEFORE UPDATE OF person_id, course_id, held_on, provider, expires_on, number, recorded_at, recorded_by, deleted_at ON training_records WHEN NEW.version <> OLD.version + 1 BEGIN SELECT RAISE(ABORT, 'version_guard'); END;

DROP TRIGGER IF EXISTS keep_training_records;

CREATE TRIGGER keep_training_records BEFORE DELETE ON training_records BEGIN SELECT RAISE(ABORT, 'nothing_is_deleted'); END;

DROP TRIGGER IF EXISTS journal_runs_insert;

CREATE TRIGGER journal_runs_insert AFTER INSERT ON runs BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'runs', NEW.id, NULL, json_object('id', NEW.id, 'code', NEW.code, 'course_id', NEW.course_id, 'name', NEW.name, 'start_date', NEW.start_date, 'end_date', NEW.end_date, 'max_people', NEW.max_people, 'members_only', NEW.members_only, 'one_course', NEW.one_course, 'deleted_at', NEW.deleted_at)); END;

DROP TRIGGER IF EXISTS journal_runs_update;

CREATE TRIGGER journal_runs_update AFTER UPDATE OF id, code, course_id, name, start_date, end_date, max_people, members_only, one_course, deleted_at ON runs WHEN OLD.id IS NOT NEW.id OR OLD.code IS NOT NEW.code OR OLD.course_id IS NOT NEW.course_id OR OLD.name IS NOT NEW.name OR OLD.start_date IS NOT NEW.start_date OR OLD.end_date IS NOT NEW.end_date OR OLD.max_people IS NOT NEW.max_people OR OLD.members_only IS NOT NEW.members_only OR OLD.one_course IS NOT NEW.one_course OR OLD.deleted_at IS NOT NEW.deleted_at BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'runs', NEW.id, json_object('id', OLD.id, 'code', OLD.code, 'course_id', OLD.course_id, 'name', OLD.name, 'start_date', OLD.start_date, 'end_date', OLD.end_date, 'max_people', OLD.max_people, 'members_only', OLD.members_only, 'one_course', OLD.one_course, 'deleted_at', OLD.deleted_at), json_object('id', NEW.id, 'code', NEW.code, 'course_id', NEW.course_id, 'name', NEW.name, 'start_date', NEW.start_date, 'end_date', NEW.end_date, 'max_people', NEW.max_people, 'members_only', NEW.members_only, 'one_course', NEW.one_course, 'deleted_at', NEW.deleted_at)); END;

DROP TRIGGER IF EXISTS journal_runs_delete;

CREATE TRIGGER journal_runs_delete AFTER DELETE ON runs BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'runs', OLD.id, json_object('id', OLD.id, 'code', OLD.code, 'course_id', OLD.course_id, 'name', OLD.name, 'start_date', OLD.start_date, 'end_date', OLD.end_date, 'max_people', OLD.max_people, 'members_only', OLD.members_only, 'one_course', OLD.one_course, 'deleted_at', OLD.deleted_at), NULL); END;

DROP TRIGGER IF EXISTS version_runs;

CREATE TRIGGER version_runs BEFORE UPDATE OF code, course_id, name, start_date, end_date, max_people, members_only, one_course, deleted_at ON runs WHEN NEW.version <> OLD.version + 1 BEGIN SELECT RAISE(ABORT, 'version_guard'); END;

DROP TRIGGER IF EXISTS keep_runs;

CREATE TRIGGER keep_runs BEFORE DELETE ON runs BEGIN SELECT RAISE(ABORT, 'nothing_is_deleted'); END;

DROP TRIGGER IF EXISTS journal_run_members_insert;

CREATE TRIGGER journal_run_members_insert AFTER INSERT ON run_members BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'run_members', NEW.run_id || ',' || NEW.person_id, NULL, json_object('run_id', NEW.run_id, 'person_id', NEW.person_id, 'joined_at', NEW.joined_at, 'joined_by', NEW.joined_by, 'deleted_at', NEW.deleted_at)); END;

DROP TRIGGER IF EXISTS journal_run_members_update;

CREATE TRIGGER journal_run_members_update AFTER UPDATE OF run_id, person_id, joined_at, joined_by, deleted_at ON run_members WHEN OLD.run_id IS NOT NEW.run_id OR OLD.person_id IS NOT NEW.person_id OR OLD.joined_at IS NOT NEW.joined_at OR OLD.joined_by IS NOT NEW.joined_by OR OLD.deleted_at IS NOT NEW.deleted_at BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'run_members', NEW.run_id || ',' || NEW.person_id, json_object('run_id', OLD.run_id, 'person_id', OLD.person_id, 'joined_at', OLD.joined_at, 'joined_by', OLD.joined_by, 'deleted_at', OLD.deleted_at), json_object('run_id', NEW.run_id, 'person_id', NEW.person_id, 'joined_at', NEW.joined_at, 'joined_by', NEW.joined_by, 'deleted_at', NEW.deleted_at)); END;

DROP TRIGGER IF EXISTS journal_run_members_delete;

CREATE TRIGGER journal_run_members_delete AFTER DELETE ON run_members BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'run_members', OLD.run_id || ',' || OLD.person_id, json_object('run_id', OLD.run_id, 'person_id', OLD.person_id, 'joined_at', OLD.joined_at, 'joined_by', OLD.joined_by, 'deleted_at', OLD.deleted_at), NULL); END;

DROP TRIGGER IF EXISTS version_run_members;

CREATE TRIGGER version_run_members BEFORE UPDATE OF run_id, person_id, joined_at, joined_by, deleted_at ON run_members WHEN NEW.version <> OLD.version + 1 BEGIN SELECT RAISE(ABORT, 'version_guard'); END;

DROP TRIGGER IF EXISTS keep_run_members;

CREATE TRIGGER keep_run_members BEFORE DELETE ON run_members BEGIN SELECT RAISE(ABORT, 'nothing_is_deleted'); END;

DROP TRIGGER IF EXISTS journal_series_insert;

CREATE TRIGGER journal_series_insert AFTER INSERT ON series BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'series', NEW.id, NULL, json_object('id', NEW.id, 'rule', NEW.rule, 'zone', NEW.zone, 'begins_on', NEW.begins_on, 'begins_minute', NEW.begins_minute, 'deleted_at', NEW.deleted_at)); END;

DROP TRIGGER IF EXISTS journal_series_update;

CREATE TRIGGER journal_series_update AFTER UPDATE OF id, rule, zone, begins_on, begins_minute, deleted_at ON series WHEN OLD.id IS NOT NEW.id OR OLD.rule IS NOT NEW.rule OR OLD.zone IS NOT NEW.zone OR OLD.begins_on IS NOT NEW.begins_on OR OLD.begins_minute IS NOT NEW.begins_minute OR OLD.deleted_at IS NOT NEW.deleted_at BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'series', NEW.id, json_object('id', OLD.id, 'rule', OLD.rule, 'zone', OLD.zone, 'begins_on', OLD.begins_on, 'begins_minute', OLD.begins_minute, 'deleted_at', OLD.deleted_at), json_object('id', NEW.id, 'rule', NEW.rule, 'zone', NEW.zone, 'begins_on', NEW.begins_on, 'begins_minute', NEW.begins_minute, 'deleted_at', NEW.deleted_at)); END;

DROP TRIGGER IF EXISTS journal_series_delete;

CREATE TRIGGER journal_series_delete AFTER DELETE ON series BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'series', OLD.id, json_object('id', OLD.id, 'rule', OLD.rule, 'zone', OLD.zone, 'begins_on', OLD.begins_on, 'begins_minute', OLD.begins_minute, 'deleted_at', OLD.deleted_at), NULL); END;

DROP TRIGGER IF EXISTS version_series;

CREATE TRIGGER version_series BEFORE UPDATE OF rule, zone, begins_on, begins_minute, deleted_at ON series WHEN NEW.version <> OLD.version + 1 BEGIN SELECT RAISE(ABORT, 'version_guard'); END;

DROP TRIGGER IF EXISTS keep_series;

CREATE TRIGGER keep_series BEFORE DELETE ON series BEGIN SELECT RAISE(ABORT, 'nothing_is_deleted'); END;

DROP TRIGGER IF EXISTS journal_series_skips_insert;

CREATE TRIGGER journal_series_skips_insert AFTER INSERT ON series_skips BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'series_skips', NEW.series_id || ',' || NEW.day, NULL, json_object('series_id', NEW.series_id, 'day', NEW.day, 'why', NEW.why, 'deleted_at', NEW.deleted_at)); END;

DROP TRIGGER IF EXISTS journal_series_skips_update;

CREATE TRIGGER journal_series_skips_update AFTER UPDATE OF series_id, day, why, deleted_at ON series_skips WHEN OLD.series_id IS NOT NEW.series_id OR OLD.day IS NOT NEW.day OR OLD.why IS NOT NEW.why OR OLD.deleted_at IS NOT NEW.deleted_at BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'series_skips', NEW.series_id || ',' || NEW.day, json_object('series_id', OLD.series_id, 'day', OLD.day, 'why', OLD.why, 'deleted_at', OLD.deleted_at), json_object('series_id', NEW.series_id, 'day', NEW.day, 'why', NEW.why, 'deleted_at', NEW.deleted_at)); END;

DROP TRIGGER IF EXISTS journal_series_skips_delete;

CREATE TRIGGER journal_series_skips_delete AFTER DELETE ON series_skips BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'series_skips', OLD.series_id || ',' || OLD.day, json_object('series_id', OLD.series_id, 'day', OLD.day, 'why', OLD.why, 'deleted_at', OLD.deleted_at), NULL); END;

DROP TRIGGER IF EXISTS version_series_skips;

CREATE TRIGGER version_series_skips BEFORE UPDATE OF series_id, day, why, deleted_at ON series_skips WHEN NEW.version <> OLD.version + 1 BEGIN SELECT RAISE(ABORT, 'version_guard'); END;

DROP TRIGGER IF EXISTS keep_series_skips;

CREATE TRIGGER keep_series_skips BEFORE DELETE ON series_skips BEGIN SELECT RAISE(ABORT, 'nothing_is_deleted'); END;

DROP TRIGGER IF EXISTS journal_booking_requests_insert;

CREATE TRIGGER journal_booking_requests_insert AFTER INSERT ON booking_requests BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'booking_requests', NEW.id, NULL, json_object('id', NEW.id, 'course_id', NEW.course_id, 'trainer_id', NEW.trainer_id, 'venue_id', NEW.venue_id, 'run_id', NEW.run_id, 'starts_at', NEW.starts_at, 'ends_at', NEW.ends_at, 'people', NEW.people, 'reason', NEW.reason, 'status', NEW.status, 'requested_by', NEW.requested_by, 'requested_at', NEW.requested_at, 'decided_by', NEW.decided_by, 'decided_at', NEW.decided_at, 'decision_reason', NEW.decision_reason, 'session_id', NEW.session_id, 'into_run_id', NEW.into_run_id)); END;

DROP TRIGGER IF EXISTS journal_booking_requests_update;

CREATE TRIGGER journal_booking_requests_update AFTER UPDATE OF id, course_id, trainer_id, venue_id, run_id, starts_at, ends_at, people, reason, status, requested_by, requested_at, decided_by, decided_at, decision_reason, session_id, into_run_id ON booking_requests WHEN OLD.id IS NOT NEW.id OR OLD.course_id IS NOT NEW.course_id OR OLD.trainer_id IS NOT NEW.trainer_id OR OLD.venue_id IS NOT NEW.venue_id OR OLD.run_id IS NOT NEW.run_id OR OLD.starts_at IS NOT NEW.starts_at OR OLD.ends_at IS NOT NEW.ends_at OR OLD.people IS NOT NEW.people OR OLD.reason IS NOT NEW.reason OR OLD.status IS NOT NEW.status OR OLD.requested_by IS NOT NEW.requested_by OR OLD.requested_at IS NOT NEW.requested_at OR OLD.decided_by IS NOT NEW.decided_by OR OLD.decided_at IS NOT NEW.decided_at OR OLD.decision_reason IS NOT NEW.decision_reason OR OLD.session_id IS NOT NEW.session_id OR OLD.into_run_id IS NOT NEW.into_run_id BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'booking_requests', NEW.id, json_object('id', OLD.id, 'course_id', OLD.course_id, 'trainer_id', OLD.trainer_id, 'venue_id', OLD.venue_id, 'run_id', OLD.run_id, 'starts_at', OLD.starts_at, 'ends_at', OLD.ends_at, 'people', OLD.people, 'reason', OLD.reason, 'status', OLD.status, 'requested_by', OLD.requested_by, 'requested_at', OLD.requested_at, 'decided_by', OLD.decided_by, 'decided_at', OLD.decided_at, 'decision_reason', OLD.decision_reason, 'session_id', OLD.session_id, 'into_run_id', OLD.into_run_id), json_object('id', NEW.id, 'course_id', NEW.course_id, 'trainer_id', NEW.trainer_id, 'venue_id', NEW.venue_id, 'run_id', NEW.run_id, 'starts_at', NEW.starts_at, 'ends_at', NEW.ends_at, 'people', NEW.people, 'reason', NEW.reason, 'status', NEW.status, 'requested_by', NEW.requested_by, 'requested_at', NEW.requested_at, 'decided_by', NEW.decided_by, 'decided_at', NEW.decided_at, 'decision_reason', NEW.decision_reason, 'session_id', NEW.session_id, 'into_run_id', NEW.into_run_id)); END;

DROP TRIGGER IF EXISTS journal_booking_requests_delete;

CREATE TRIGGER journal_booking_requests_delete AFTER DELETE ON booking_requests BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'booking_requests', OLD.id, json_object('id', OLD.id, 'course_id', OLD.course_id, 'trainer_id', OLD.trainer_id, 'venue_id', OLD.venue_id, 'run_id', OLD.run_id, 'starts_at', OLD.starts_at, 'ends_at', OLD.ends_at, 'people', OLD.people, 'reason', OLD.reason, 'status', OLD.status, 'requested_by', OLD.requested_by, 'requested_at', OLD.requested_at, 'decided_by', OLD.decided_by, 'decided_at', OLD.decided_at, 'decision_reason', OLD.decision_reason, 'session_id', OLD.session_id, 'into_run_id', OLD.into_run_id), NULL); END;

DROP TRIGGER IF EXISTS version_booking_requests;

CREATE TRIGGER version_booking_requests BEFORE UPDATE OF course_id, trainer_id, venue_id, run_id, starts_at, ends_at, people, reason, status, requested_by, requested_at, decided_by, decided_at, decision_reason, session_id, into_run_id ON booking_requests WHEN NEW.version <> OLD.version + 1 BEGIN SELECT RAISE(ABORT, 'version_guard'); END;

DROP TRIGGER IF EXISTS keep_booking_requests;

CREATE TRIGGER keep_booking_requests BEFORE DELETE ON booking_requests BEGIN SELECT RAISE(ABORT, 'nothing_is_deleted'); END;

DROP TRIGGER IF EXISTS journal_booking_request_people_insert;

CREATE TRIGGER journal_booking_request_people_insert AFTER INSERT ON booking_request_people BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'booking_request_people', NEW.booking_request_id || ',' || NEW.person_id, NULL, json_object('booking_request_id', NEW.booking_request_id, 'person_id', NEW.person_id)); END;

DROP TRIGGER IF EXISTS journal_booking_request_people_update;

CREATE TRIGGER journal_booking_request_people_update AFTER UPDATE OF booking_request_id, person_id ON booking_request_people WHEN OLD.booking_request_id IS NOT NEW.booking_request_id OR OLD.person_id IS NOT NEW.person_id BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'booking_request_people', NEW.booking_request_id || ',' || NEW.person_id, json_object('booking_request_id', OLD.booking_request_id, 'person_id', OLD.person_id), json_object('booking_request_id', NEW.booking_request_id, 'person_id', NEW.person_id)); END;

DROP TRIGGER IF EXISTS journal_booking_request_people_delete;

CREATE TRIGGER journal_booking_request_people_delete AFTER DELETE ON booking_request_people BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'booking_request_people', OLD.booking_request_id || ',' || OLD.person_id, json_object('booking_request_id', OLD.booking_request_id, 'person_id', OLD.person_id), NULL); END;

DROP TRIGGER IF EXISTS journal_sessions_insert;

CREATE TRIGGER journal_sessions_insert AFTER INSERT ON sessions BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'sessions', NEW.id, NULL, json_object('id', NEW.id, 'uuid', NEW.uuid, 'ref', NEW.ref, 'course_id', NEW.course_id, 'title', NEW.title, 'description', NEW.description, 'status', NEW.status, 'trainer_id', NEW.trainer_id, 'venue_id', NEW.venue_id, 'starts_at', NEW.starts_at, 'ends_at', NEW.ends_at, 'capacity', NEW.capacity, 'minimum', NEW.minimum, 'decision_on', NEW.decision_on, 'waitlist', NEW.waitlist, 'waitlist_order', NEW.waitlist_order, 'notes', NEW.notes, 'metadata', json(NEW.metadata), 'cancel_reason', NEW.cancel_reason, 'deleted_at', NEW.deleted_at, 'run_id', NEW.run_id, 'booking_request_id', NEW.booking_request_id, 'began_at', NEW.began_at, 'finished_at', NEW.finished_at, 'series_id', NEW.series_id, 'series_day', NEW.series_day)); END;

DROP TRIGGER IF EXISTS journal_sessions_update;

CREATE TRIGGER journal_sessions_update AFTER UPDATE OF id, uuid, ref, course_id, title, description, status, trainer_id, venue_id, starts_at, ends_at, capacity, minimum, decision_on, waitlist, waitlist_order, notes, metadata, cancel_reason, deleted_at, run_id, booking_request_id, began_at, finished_at, series_id, series_day ON sessions WHEN OLD.id IS NOT NEW.id OR OLD.uuid IS NOT NEW.uuid OR OLD.ref IS NOT NEW.ref OR OLD.course_id IS NOT NEW.course_id OR OLD.title IS NOT NEW.title OR OLD.description IS NOT NEW.description OR OLD.status IS NOT NEW.status OR OLD.trainer_id IS NOT NEW.trainer_id OR OLD.venue_id IS NOT NEW.venue_id OR OLD.starts_at IS NOT NEW.starts_at OR OLD.ends_at IS NOT NEW.ends_at OR OLD.capacity IS NOT NEW.capacity OR OLD.minimum IS NOT NEW.minimum OR OLD.decision_on IS NOT NEW.decision_on OR OLD.waitlist IS NOT NEW.waitlist OR OLD.waitlist_order IS NOT NEW.waitlist_order OR OLD.notes IS NOT NEW.notes OR OLD.metadata IS NOT NEW.metadata OR OLD.cancel_reason IS NOT NEW.cancel_reason OR OLD.deleted_at IS NOT NEW.deleted_at OR OLD.run_id IS NOT NEW.run_id OR OLD.booking_request_id IS NOT NEW.booking_request_id OR OLD.began_at IS NOT NEW.began_at OR OLD.finished_at IS NOT NEW.finished_at OR OLD.series_id IS NOT NEW.series_id OR OLD.series_day IS NOT NEW.series_day BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'sessions', NEW.id, json_object('id', OLD.id, 'uuid', OLD.uuid, 'ref', OLD.ref, 'course_id', OLD.course_id, 'title', OLD.title, 'description', OLD.description, 'status', OLD.status, 'trainer_id', OLD.trainer_id, 'venue_id', OLD.venue_id, 'starts_at', OLD.starts_at, 'ends_at', OLD.ends_at, 'capacity', OLD.capacity, 'minimum', OLD.minimum, 'decision_on', OLD.decision_on, 'waitlist', OLD.waitlist, 'waitlist_order', OLD.waitlist_order, 'notes', OLD.notes, 'metadata', json(OLD.metadata), 'cancel_reason', OLD.cancel_reason, 'deleted_at', OLD.deleted_at, 'run_id', OLD.run_id, 'booking_request_id', OLD.booking_request_id, 'began_at', OLD.began_at, 'finished_at', OLD.finished_at, 'series_id', OLD.series_id, 'series_day', OLD.series_day), json_object('id', NEW.id, 'uuid', NEW.uuid, 'ref', NEW.ref, 'course_id', NEW.course_id, 'title', NEW.title, 'description', NEW.description, 'status', NEW.status, 'trainer_id', NEW.trainer_id, 'venue_id', NEW.venue_id, 'starts_at', NEW.starts_at, 'ends_at', NEW.ends_at, 'capacity', NEW.capacity, 'minimum', NEW.minimum, 'decision_on', NEW.decision_on, 'waitlist', NEW.waitlist, 'waitlist_order', NEW.waitlist_order, 'notes', NEW.notes, 'metadata', json(NEW.metadata), 'cancel_reason', NEW.cancel_reason, 'deleted_at', NEW.deleted_at, 'run_id', NEW.run_id, 'booking_request_id', NEW.booking_request_id, 'began_at', NEW.began_at, 'finished_at', NEW.finished_at, 'series_id', NEW.series_id, 'series_day', NEW.series_day)); END;

DROP TRIGGER IF EXISTS journal_sessions_delete;

CREATE TRIGGER journal_sessions_delete AFTER DELETE ON sessions BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'sessions', OLD.id, json_object('id', OLD.id, 'uuid', OLD.uuid, 'ref', OLD.ref, 'course_id', OLD.course_id, 'title', OLD.title, 'description', OLD.description, 'status', OLD.status, 'trainer_id', OLD.trainer_id, 'venue_id', OLD.venue_id, 'starts_at', OLD.starts_at, 'ends_at', OLD.ends_at, 'capacity', OLD.capacity, 'minimum', OLD.minimum, 'decision_on', OLD.decision_on, 'waitlist', OLD.waitlist, 'waitlist_order', OLD.waitlist_order, 'notes', OLD.notes, 'metadata', json(OLD.metadata), 'cancel_reason', OLD.cancel_reason, 'deleted_at', OLD.deleted_at, 'run_id', OLD.run_id, 'booking_request_id', OLD.booking_request_id, 'began_at', OLD.began_at, 'finished_at', OLD.finished_at, 'series_id', OLD.series_id, 'series_day', OLD.series_day), NULL); END;

DROP TRIGGER IF EXISTS version_sessions;

CREATE TRIGGER version_sessions BEFORE UPDATE OF uuid, ref, course_id, title, description, status, trainer_id, venue_id, starts_at, ends_at, capacity, minimum, decision_on, waitlist, waitlist_order, notes, metadata, cancel_reason, deleted_at, run_id, booking_request_id, began_at, finished_at, series_id, series_day ON sessions WHEN NEW.version <> OLD.version + 1 BEGIN SELECT RAISE(ABORT, 'version_guard'); END;

DROP TRIGGER IF EXISTS keep_sessions;

CREATE TRIGGER keep_sessions BEFORE DELETE ON sessions BEGIN SELECT RAISE(ABORT, 'nothing_is_deleted'); END;

DROP TRIGGER IF EXISTS journal_session_resources_insert;

CREATE TRIGGER journal_session_resources_insert AFTER INSERT ON session_resources BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'session_resources', NEW.session_id || ',' || NEW.resource_id, NULL, json_object('session_id', NEW.session_id, 'resource_id', NEW.resource_id, 'role', NEW.role)); END;

DROP TRIGGER IF EXISTS journal_session_resources_update;

CREATE TRIGGER journal_session_resources_update AFTER UPDATE OF session_id, resource_id, role ON session_resources WHEN OLD.session_id IS NOT NEW.session_id OR OLD.resource_id IS NOT NEW.resource_id OR OLD.role IS NOT NEW.role BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'session_resources', NEW.session_id || ',' || NEW.resource_id, json_object('session_id', OLD.session_id, 'resource_id', OLD.resource_id, 'role', OLD.role), json_object('session_id', NEW.session_id, 'resource_id', NEW.resource_id, 'role', NEW.role)); END;

DROP TRIGGER IF EXISTS journal_session_resources_delete;

CREATE TRIGGER journal_session_resources_delete AFTER DELETE ON session_resources BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'session_resources', OLD.session_id || ',' || OLD.resource_id, json_object('session_id', OLD.session_id, 'resource_id', OLD.resource_id, 'role', OLD.role), NULL); END;

DROP TRIGGER IF EXISTS journal_session_checklist_items_insert;

CREATE TRIGGER journal_session_checklist_items_insert AFTER INSERT ON session_checklist_items BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'session_checklist_items', NEW.id, NULL, json_object('id', NEW.id, 'session_id', NEW.session_id, 'item_id', NEW.item_id, 'place', NEW.place, 'words', NEW.words, 'days_before', NEW.days_before, 'done_at', NEW.done_at, 'done_by', NEW.done_by, 'deleted_at', NEW.deleted_at)); END;

DROP TRIGGER IF EXISTS journal_session_checklist_items_update;

CREATE TRIGGER journal_session_checklist_items_update AFTER UPDATE OF id, session_id, item_id, place, words, days_before, done_at, done_by, deleted_at ON session_checklist_items WHEN OLD.id IS NOT NEW.id OR OLD.session_id IS NOT NEW.session_id OR OLD.item_id IS NOT NEW.item_id OR OLD.place IS NOT NEW.place OR OLD.words IS NOT NEW.words OR OLD.days_before IS NOT NEW.days_before OR OLD.done_at IS NOT NEW.done_at OR OLD.done_by IS NOT NEW.done_by OR OLD.deleted_at IS NOT NEW.deleted_at BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'session_checklist_items', NEW.id, json_object('id', OLD.id, 'session_id', OLD.session_id, 'item_id', OLD.item_id, 'place', OLD.place, 'words', OLD.words, 'days_before', OLD.days_before, 'done_at', OLD.done_at, 'done_by', OLD.done_by, 'deleted_at', OLD.deleted_at), json_object('id', NEW.id, 'session_id', NEW.session_id, 'item_id', NEW.item_id, 'place', NEW.place, 'words', NEW.words, 'days_before', NEW.days_before, 'done_at', NEW.done_at, 'done_by', NEW.done_by, 'deleted_at', NEW.deleted_at)); END;

DROP TRIGGER IF EXISTS journal_session_checklist_items_delete;

CREATE TRIGGER journal_session_checklist_items_delete AFTER DELETE ON session_checklist_items BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'session_checklist_items', OLD.id, json_object('id', OLD.id, 'session_id', OLD.session_id, 'item_id', OLD.item_id, 'place', OLD.place, 'words', OLD.words, 'days_before', OLD.days_before, 'done_at', OLD.done_at, 'done_by', OLD.done_by, 'deleted_at', OLD.deleted_at), NULL); END;

DROP TRIGGER IF EXISTS version_session_checklist_items;

CREATE TRIGGER version_session_checklist_items BEFORE UPDATE OF session_id, item_id, place, words, days_before, done_at, done_by, deleted_at ON session_checklist_items WHEN NEW.version <> OLD.version + 1 BEGIN SELECT RAISE(ABORT, 'version_guard'); END;

DROP TRIGGER IF EXISTS keep_session_checklist_items;

CREATE TRIGGER keep_session_checklist_items BEFORE DELETE ON session_checklist_items BEGIN SELECT RAISE(ABORT, 'nothing_is_deleted'); END;

DROP TRIGGER IF EXISTS journal_blocks_insert;

CREATE TRIGGER journal_blocks_insert AFTER INSERT ON blocks BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'blocks', NEW.id, NULL, json_object('id', NEW.id, 'resource_id', NEW.resource_id, 'starts_at', NEW.starts_at, 'ends_at', NEW.ends_at, 'reason', NEW.reason, 'deleted_at', NEW.deleted_at)); END;

DROP TRIGGER IF EXISTS journal_blocks_update;

CREATE TRIGGER journal_blocks_update AFTER UPDATE OF id, resource_id, starts_at, ends_at, reason, deleted_at ON blocks WHEN OLD.id IS NOT NEW.id OR OLD.resource_id IS NOT NEW.resource_id OR OLD.starts_at IS NOT NEW.starts_at OR OLD.ends_at IS NOT NEW.ends_at OR OLD.reason IS NOT NEW.reason OR OLD.deleted_at IS NOT NEW.deleted_at BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'blocks', NEW.id, json_object('id', OLD.id, 'resource_id', OLD.resource_id, 'starts_at', OLD.starts_at, 'ends_at', OLD.ends_at, 'reason', OLD.reason, 'deleted_at', OLD.deleted_at), json_object('id', NEW.id, 'resource_id', NEW.resource_id, 'starts_at', NEW.starts_at, 'ends_at', NEW.ends_at, 'reason', NEW.reason, 'deleted_at', NEW.deleted_at)); END;

DROP TRIGGER IF EXISTS journal_blocks_delete;

CREATE TRIGGER journal_blocks_delete AFTER DELETE ON blocks BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'blocks', OLD.id, json_object('id', OLD.id, 'resource_id', OLD.resource_id, 'starts_at', OLD.starts_at, 'ends_at', OLD.ends_at, 'reason', OLD.reason, 'deleted_at', OLD.deleted_at), NULL); END;

DROP TRIGGER IF EXISTS version_blocks;

CREATE TRIGGER version_blocks BEFORE UPDATE OF resource_id, starts_at, ends_at, reason, deleted_at ON blocks WHEN NEW.version <> OLD.version + 1 BEGIN SELECT RAISE(ABORT, 'version_guard'); END;

DROP TRIGGER IF EXISTS keep_blocks;

CREATE TRIGGER keep_blocks BEFORE DELETE ON blocks BEGIN SELECT RAISE(ABORT, 'nothing_is_deleted'); END;

DROP TRIGGER IF EXISTS journal_enrollments_insert;

CREATE TRIGGER journal_enrollments_insert AFTER INSERT ON enrollments BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'enrollments', NEW.id, NULL, json_object('id', NEW.id, 'session_id', NEW.session_id, 'person_id', NEW.person_id, 'state', NEW.state, 'position', NEW.position, 'attendance', NEW.attendance, 'remarks', NEW.remarks, 'enrolled_at', NEW.enrolled_at, 'enrolled_by', NEW.enrolled_by, 'withdrawn_at', NEW.withdrawn_at, 'withdrawn_by', NEW.withdrawn_by, 'offer_until', NEW.offer_until, 'promoted_at', NEW.promoted_at, 'promoted_by', NEW.promoted_by, 'withdrawn_why', NEW.withdrawn_why, 'result', NEW.result, 'score', NEW.score, 'marked_at', NEW.marked_at, 'marked_by', NEW.marked_by)); END;

DROP TRIGGER IF EXISTS journal_enrollments_update;

CREATE TRIGGER journal_enrollments_update AFTER UPDATE OF id, session_id, person_id, state, position, attendance, remarks, enrolled_at, enrolled_by, withdrawn_at, withdrawn_by, offer_until, promoted_at, promoted_by, withdrawn_why, result, score, marked_at, marked_by ON enrollments WHEN OLD.id IS NOT NEW.id OR OLD.session_id IS NOT NEW.session_id OR OLD.person_id IS NOT NEW.person_id OR OLD.state IS NOT NEW.state OR OLD.position IS NOT NEW.position OR OLD.attendance IS NOT NEW.attendance OR OLD.remarks IS NOT NEW.remarks OR OLD.enrolled_at IS NOT NEW.enrolled_at OR OLD.enrolled_by IS NOT NEW.enrolled_by OR OLD.withdrawn_at IS NOT NEW.withdrawn_at OR OLD.withdrawn_by IS NOT NEW.withdrawn_by OR OLD.offer_until IS NOT NEW.offer_until OR OLD.promoted_at IS NOT NEW.promoted_at OR OLD.promoted_by IS NOT NEW.promoted_by OR OLD.withdrawn_why IS NOT NEW.withdrawn_why OR OLD.result IS NOT NEW.result OR OLD.score IS NOT NEW.score OR OLD.marked_at IS NOT NEW.marked_at OR OLD.marked_by IS NOT NEW.marked_by BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'enrollments', NEW.id, json_object('id', OLD.id, 'session_id', OLD.session_id, 'person_id', OLD.person_id, 'state', OLD.state, 'position', OLD.position, 'attendance', OLD.attendance, 'remarks', OLD.remarks, 'enrolled_at', OLD.enrolled_at, 'enrolled_by', OLD.enrolled_by, 'withdrawn_at', OLD.withdrawn_at, 'withdrawn_by', OLD.withdrawn_by, 'offer_until', OLD.offer_until, 'promoted_at', OLD.promoted_at, 'promoted_by', OLD.promoted_by, 'withdrawn_why', OLD.withdrawn_why, 'result', OLD.result, 'score', OLD.score, 'marked_at', OLD.marked_at, 'marked_by', OLD.marked_by), json_object('id', NEW.id, 'session_id', NEW.session_id, 'person_id', NEW.person_id, 'state', NEW.state, 'position', NEW.position, 'attendance', NEW.attendance, 'remarks', NEW.remarks, 'enrolled_at', NEW.enrolled_at, 'enrolled_by', NEW.enrolled_by, 'withdrawn_at', NEW.withdrawn_at, 'withdrawn_by', NEW.withdrawn_by, 'offer_until', NEW.offer_until, 'promoted_at', NEW.promoted_at, 'promoted_by', NEW.promoted_by, 'withdrawn_why', NEW.withdrawn_why, 'result', NEW.result, 'score', NEW.score, 'marked_at', NEW.marked_at, 'marked_by', NEW.marked_by)); END;

DROP TRIGGER IF EXISTS journal_enrollments_delete;

CREATE TRIGGER journal_enrollments_delete AFTER DELETE ON enrollments BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'enrollments', OLD.id, json_object('id', OLD.id, 'session_id', OLD.session_id, 'person_id', OLD.person_id, 'state', OLD.state, 'position', OLD.position, 'attendance', OLD.attendance, 'remarks', OLD.remarks, 'enrolled_at', OLD.enrolled_at, 'enrolled_by', OLD.enrolled_by, 'withdrawn_at', OLD.withdrawn_at, 'withdrawn_by', OLD.withdrawn_by, 'offer_until', OLD.offer_until, 'promoted_at', OLD.promoted_at, 'promoted_by', OLD.promoted_by, 'withdrawn_why', OLD.withdrawn_why, 'result', OLD.result, 'score', OLD.score, 'marked_at', OLD.marked_at, 'marked_by', OLD.marked_by), NULL); END;

DROP TRIGGER IF EXISTS version_enrollments;

CREATE TRIGGER version_enrollments BEFORE UPDATE OF session_id, person_id, state, position, attendance, remarks, enrolled_at, enrolled_by, withdrawn_at, withdrawn_by, offer_until, promoted_at, promoted_by, withdrawn_why, result, score, marked_at, marked_by ON enrollments WHEN NEW.version <> OLD.version + 1 BEGIN SELECT RAISE(ABORT, 'version_guard'); END;

DROP TRIGGER IF EXISTS keep_enrollments;

CREATE TRIGGER keep_enrollments BEFORE DELETE ON enrollments BEGIN SELECT RAISE(ABORT, 'nothing_is_deleted'); END;

DROP TRIGGER IF EXISTS journal_tellings_insert;

CREATE TRIGGER journal_tellings_insert AFTER INSERT ON tellings BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'tellings', NEW.enrollment_id, NULL, json_object('enrollment_id', NEW.enrollment_id, 'state', NEW.state, 'status', NEW.status, 'starts_at', NEW.starts_at, 'ends_at', NEW.ends_at, 'venue_id', NEW.venue_id, 'told_at', NEW.told_at, 'told_by', NEW.told_by, 'deleted_at', NEW.deleted_at)); END;

DROP TRIGGER IF EXISTS journal_tellings_update;

CREATE TRIGGER journal_tellings_update AFTER UPDATE OF enrollment_id, state, status, starts_at, ends_at, venue_id, told_at, told_by, deleted_at ON tellings WHEN OLD.enrollment_id IS NOT NEW.enrollment_id OR OLD.state IS NOT NEW.state OR OLD.status IS NOT NEW.status OR OLD.starts_at IS NOT NEW.starts_at OR OLD.ends_at IS NOT NEW.ends_at OR OLD.venue_id IS NOT NEW.venue_id OR OLD.told_at IS NOT NEW.told_at OR OLD.told_by IS NOT NEW.told_by OR OLD.deleted_at IS NOT NEW.deleted_at BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'tellings', NEW.enrollment_id, json_object('enrollment_id', OLD.enrollment_id, 'state', OLD.state, 'status', OLD.status, 'starts_at', OLD.starts_at, 'ends_at', OLD.ends_at, 'venue_id', OLD.venue_id, 'told_at', OLD.told_at, 'told_by', OLD.told_by, 'deleted_at', OLD.deleted_at), json_object('enrollment_id', NEW.enrollment_id, 'state', NEW.state, 'status', NEW.status, 'starts_at', NEW.starts_at, 'ends_at', NEW.ends_at, 'venue_id', NEW.venue_id, 'told_at', NEW.told_at, 'told_by', NEW.told_by, 'deleted_at', NEW.deleted_at)); END;

DROP TRIGGER IF EXISTS journal_tellings_delete;

CREATE TRIGGER journal_tellings_delete AFTER DELETE ON tellings BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'tellings', OLD.enrollment_id, json_object('enrollment_id', OLD.enrollment_id, 'state', OLD.state, 'status', OLD.status, 'starts_at', OLD.starts_at, 'ends_at', OLD.ends_at, 'venue_id', OLD.venue_id, 'told_at', OLD.told_at, 'told_by', OLD.told_by, 'deleted_at', OLD.deleted_at), NULL); END;

DROP TRIGGER IF EXISTS version_tellings;

CREATE TRIGGER version_tellings BEFORE UPDATE OF enrollment_id, state, status, starts_at, ends_at, venue_id, told_at, told_by, deleted_at ON tellings WHEN NEW.version <> OLD.version + 1 BEGIN SELECT RAISE(ABORT, 'version_guard'); END;

DROP TRIGGER IF EXISTS keep_tellings;

CREATE TRIGGER keep_tellings BEFORE DELETE ON tellings BEGIN SELECT RAISE(ABORT, 'nothing_is_deleted'); END;

DROP TRIGGER IF EXISTS journal_certificates_insert;

CREATE TRIGGER journal_certificates_insert AFTER INSERT ON certificates BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'certificates', NEW.id, NULL, json_object('id', NEW.id, 'number', NEW.number, 'revision', NEW.revision, 'person_id', NEW.person_id, 'course_id', NEW.course_id, 'session_id', NEW.session_id, 'run_id', NEW.run_id, 'held_from', NEW.held_from, 'held_on', NEW.held_on, 'minutes', NEW.minutes, 'expires_on', NEW.expires_on, 'employee_no', NEW.employee_no, 'person_name', NEW.person_name, 'course_code', NEW.course_code, 'course_title', NEW.course_title, 'trainer_name', NEW.trainer_name, 'organisation', NEW.organisation, 'result', NEW.result, 'score', NEW.score, 'reason', NEW.reason, 'days', json(NEW.days), 'certified_at', NEW.certified_at, 'checksum', NEW.checksum, 'issued_at', NEW.issued_at, 'issued_by', NEW.issued_by, 'withdrawn_at', NEW.withdrawn_at, 'withdrawn_why', NEW.withdrawn_why)); END;

DROP TRIGGER IF EXISTS journal_certificates_update;

CREATE TRIGGER journal_certificates_update AFTER UPDATE OF id, number, revision, person_id, course_id, session_id, run_id, held_from, held_on, minutes, expires_on, employee_no, person_name, course_code, course_title, trainer_name, organisation, result, score, reason, days, certified_at, checksum, issued_at, issued_by, withdrawn_at, withdrawn_why ON certificates WHEN OLD.id IS NOT NEW.id OR OLD.number IS NOT NEW.number OR OLD.revision IS NOT NEW.revision OR OLD.person_id IS NOT NEW.person_id OR OLD.course_id IS NOT NEW.course_id OR OLD.session_id IS NOT NEW.session_id OR OLD.run_id IS NOT NEW.run_id OR OLD.held_from IS NOT NEW.held_from OR OLD.held_on IS NOT NEW.held_on OR OLD.minutes IS NOT NEW.minutes OR OLD.expires_on IS NOT NEW.expires_on OR OLD.employee_no IS NOT NEW.employee_no OR OLD.person_name IS NOT NEW.person_name OR OLD.course_code IS NOT NEW.course_code OR OLD.course_title IS NOT NEW.course_title OR OLD.trainer_name IS NOT NEW.trainer_name OR OLD.organisation IS NOT NEW.organisation OR OLD.result IS NOT NEW.result OR OLD.score IS NOT NEW.score OR OLD.reason IS NOT NEW.reason OR OLD.days IS NOT NEW.days OR OLD.certified_at IS NOT NEW.certified_at OR OLD.checksum IS NOT NEW.checksum OR OLD.issued_at IS NOT NEW.issued_at OR OLD.issued_by IS NOT NEW.issued_by OR OLD.withdrawn_at IS NOT NEW.withdrawn_at OR OLD.withdrawn_why IS NOT NEW.withdrawn_why BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'certificates', NEW.id, json_object('id', OLD.id, 'number', OLD.number, 'revision', OLD.revision, 'person_id', OLD.person_id, 'course_id', OLD.course_id, 'session_id', OLD.session_id, 'run_id', OLD.run_id, 'held_from', OLD.held_from, 'held_on', OLD.held_on, 'minutes', OLD.minutes, 'expires_on', OLD.expires_on, 'employee_no', OLD.employee_no, 'person_name', OLD.person_name, 'course_code', OLD.course_code, 'course_title', OLD.course_title, 'trainer_name', OLD.trainer_name, 'organisation', OLD.organisation, 'result', OLD.result, 'score', OLD.score, 'reason', OLD.reason, 'days', json(OLD.days), 'certified_at', OLD.certified_at, 'checksum', OLD.checksum, 'issued_at', OLD.issued_at, 'issued_by', OLD.issued_by, 'withdrawn_at', OLD.withdrawn_at, 'withdrawn_why', OLD.withdrawn_why), json_object('id', NEW.id, 'number', NEW.number, 'revision', NEW.revision, 'person_id', NEW.person_id, 'course_id', NEW.course_id, 'session_id', NEW.session_id, 'run_id', NEW.run_id, 'held_from', NEW.held_from, 'held_on', NEW.held_on, 'minutes', NEW.minutes, 'expires_on', NEW.expires_on, 'employee_no', NEW.employee_no, 'person_name', NEW.person_name, 'course_code', NEW.course_code, 'course_title', NEW.course_title, 'trainer_name', NEW.trainer_name, 'organisation', NEW.organisation, 'result', NEW.result, 'score', NEW.score, 'reason', NEW.reason, 'days', json(NEW.days), 'certified_at', NEW.certified_at, 'checksum', NEW.checksum, 'issued_at', NEW.issued_at, 'issued_by', NEW.issued_by, 'withdrawn_at', NEW.withdrawn_at, 'withdrawn_why', NEW.withdrawn_why)); END;

DROP TRIGGER IF EXISTS journal_certificates_delete;

CREATE TRIGGER journal_certificates_delete AFTER DELETE ON certificates BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'certificates', OLD.id, json_object('id', OLD.id, 'number', OLD.number, 'revision', OLD.revision, 'person_id', OLD.person_id, 'course_id', OLD.course_id, 'session_id', OLD.session_id, 'run_id', OLD.run_id, 'held_from', OLD.held_from, 'held_on', OLD.held_on, 'minutes', OLD.minutes, 'expires_on', OLD.expires_on, 'employee_no', OLD.employee_no, 'person_name', OLD.person_name, 'course_code', OLD.course_code, 'course_title', OLD.course_title, 'trainer_name', OLD.trainer_name, 'organisation', OLD.organisation, 'result', OLD.result, 'score', OLD.score, 'reason', OLD.reason, 'days', json(OLD.days), 'certified_at', OLD.certified_at, 'checksum', OLD.checksum, 'issued_at', OLD.issued_at, 'issued_by', OLD.issued_by, 'withdrawn_at', OLD.withdrawn_at, 'withdrawn_why', OLD.withdrawn_why), NULL); END;

DROP TRIGGER IF EXISTS version_certificates;

CREATE TRIGGER version_certificates BEFORE UPDATE OF number, revision, person_id, course_id, session_id, run_id, held_from, held_on, minutes, expires_on, employee_no, person_name, course_code, course_title, trainer_name, organisation, result, score, reason, days, certified_at, checksum, issued_at, issued_by, withdrawn_at, withdrawn_why ON certificates WHEN NEW.version <> OLD.version + 1 BEGIN SELECT RAISE(ABORT, 'version_guard'); END;

DROP TRIGGER IF EXISTS keep_certificates;

CREATE TRIGGER keep_certificates BEFORE DELETE ON certificates BEGIN SELECT RAISE(ABORT, 'nothing_is_deleted'); END;

DROP TRIGGER IF EXISTS journal_seat_holds_insert;

CREATE TRIGGER journal_seat_holds_insert AFTER INSERT ON seat_holds BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'seat_holds', NEW.id, NULL, json_object('id', NEW.id, 'session_id', NEW.session_id, 'seats', NEW.seats, 'label', NEW.label, 'until_at', NEW.until_at, 'held_by', NEW.held_by, 'ended_at', NEW.ended_at, 'ended_why', NEW.ended_why)); END;

DROP TRIGGER IF EXISTS journal_seat_holds_update;

CREATE TRIGGER journal_seat_holds_update AFTER UPDATE OF id, session_id, seats, label, until_at, held_by, ended_at, ended_why ON seat_holds WHEN OLD.id IS NOT NEW.id OR OLD.session_id IS NOT NEW.session_id OR OLD.seats IS NOT NEW.seats OR OLD.label IS NOT NEW.label OR OLD.until_at IS NOT NEW.until_at OR OLD.held_by IS NOT NEW.held_by OR OLD.ended_at IS NOT NEW.ended_at OR OLD.ended_why IS NOT NEW.ended_why BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'seat_holds', NEW.id, json_object('id', OLD.id, 'session_id', OLD.session_id, 'seats', OLD.seats, 'label', OLD.label, 'until_at', OLD.until_at, 'held_by', OLD.held_by, 'ended_at', OLD.ended_at, 'ended_why', OLD.ended_why), json_object('id', NEW.id, 'session_id', NEW.session_id, 'seats', NEW.seats, 'label', NEW.label, 'until_at', NEW.until_at, 'held_by', NEW.held_by, 'ended_at', NEW.ended_at, 'ended_why', NEW.ended_why)); END;

DROP TRIGGER IF EXISTS journal_seat_holds_delete;

CREATE TRIGGER journal_seat_holds_delete AFTER DELETE ON seat_holds BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'seat_holds', OLD.id, json_object('id', OLD.id, 'session_id', OLD.session_id, 'seats', OLD.seats, 'label', OLD.label, 'until_at', OLD.until_at, 'held_by', OLD.held_by, 'ended_at', OLD.ended_at, 'ended_why', OLD.ended_why), NULL); END;

DROP TRIGGER IF EXISTS version_seat_holds;

CREATE TRIGGER version_seat_holds BEFORE UPDATE OF session_id, seats, label, until_at, held_by, ended_at, ended_why ON seat_holds WHEN NEW.version <> OLD.version + 1 BEGIN SELECT RAISE(ABORT, 'version_guard'); END;

DROP TRIGGER IF EXISTS keep_seat_holds;

CREATE TRIGGER keep_seat_holds BEFORE DELETE ON seat_holds BEGIN SELECT RAISE(ABORT, 'nothing_is_deleted'); END;

DROP TRIGGER IF EXISTS journal_groups_insert;

CREATE TRIGGER journal_groups_insert AFTER INSERT ON groups BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'groups', NEW.id, NULL, json_object('id', NEW.id, 'session_id', NEW.session_id, 'name', NEW.name, 'capacity', NEW.capacity, 'deleted_at', NEW.deleted_at)); END;

DROP TRIGGER IF EXISTS journal_groups_update;

CREATE TRIGGER journal_groups_update AFTER UPDATE OF id, session_id, name, capacity, deleted_at ON groups WHEN OLD.id IS NOT NEW.id OR OLD.session_id IS NOT NEW.session_id OR OLD.name IS NOT NEW.name OR OLD.capacity IS NOT NEW.capacity OR OLD.deleted_at IS NOT NEW.deleted_at BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'groups', NEW.id, json_object('id', OLD.id, 'session_id', OLD.session_id, 'name', OLD.name, 'capacity', OLD.capacity, 'deleted_at', OLD.deleted_at), json_object('id', NEW.id, 'session_id', NEW.session_id, 'name', NEW.name, 'capacity', NEW.capacity, 'deleted_at', NEW.deleted_at)); END;

DROP TRIGGER IF EXISTS journal_groups_delete;

CREATE TRIGGER journal_groups_delete AFTER DELETE ON groups BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'groups', OLD.id, json_object('id', OLD.id, 'session_id', OLD.session_id, 'name', OLD.name, 'capacity', OLD.capacity, 'deleted_at', OLD.deleted_at), NULL); END;

DROP TRIGGER IF EXISTS version_groups;

CREATE TRIGGER version_groups BEFORE UPDATE OF session_id, name, capacity, deleted_at ON groups WHEN NEW.version <> OLD.version + 1 BEGIN SELECT RAISE(ABORT, 'version_guard'); END;

DROP TRIGGER IF EXISTS keep_groups;

CREATE TRIGGER keep_groups BEFORE DELETE ON groups BEGIN SELECT RAISE(ABORT, 'nothing_is_deleted'); END;

DROP TRIGGER IF EXISTS journal_group_members_insert;

CREATE TRIGGER journal_group_members_insert AFTER INSERT ON group_members BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'group_members', NEW.session_id || ',' || NEW.person_id, NULL, json_object('session_id', NEW.session_id, 'person_id', NEW.person_id, 'group_id', NEW.group_id)); END;

DROP TRIGGER IF EXISTS journal_group_members_update;

CREATE TRIGGER journal_group_members_update AFTER UPDATE OF session_id, person_id, group_id ON group_members WHEN OLD.session_id IS NOT NEW.session_id OR OLD.person_id IS NOT NEW.person_id OR OLD.group_id IS NOT NEW.group_id BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'group_members', NEW.session_id || ',' || NEW.person_id, json_object('session_id', OLD.session_id, 'person_id', OLD.person_id, 'group_id', OLD.group_id), json_object('session_id', NEW.session_id, 'person_id', NEW.person_id, 'group_id', NEW.group_id)); END;

DROP TRIGGER IF EXISTS journal_group_members_delete;

CREATE TRIGGER journal_group_members_delete AFTER DELETE ON group_members BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'group_members', OLD.session_id || ',' || OLD.person_id, json_object('session_id', OLD.session_id, 'person_id', OLD.person_id, 'group_id', OLD.group_id), NULL); END;

DROP TRIGGER IF EXISTS journal_presences_insert;

CREATE TRIGGER journal_presences_insert AFTER INSERT ON presences BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'presences', NEW.id, NULL, json_object('id', NEW.id, 'session_id', NEW.session_id, 'venue_id', NEW.venue_id, 'person_id', NEW.person_id, 'entered_at', NEW.entered_at, 'entered_by', NEW.entered_by, 'ended_at', NEW.ended_at, 'ended_why', NEW.ended_why)); END;

DROP TRIGGER IF EXISTS journal_presences_update;

CREATE TRIGGER journal_presences_update AFTER UPDATE OF id, session_id, venue_id, person_id, entered_at, entered_by, ended_at, ended_why ON presences WHEN OLD.id IS NOT NEW.id OR OLD.session_id IS NOT NEW.session_id OR OLD.venue_id IS NOT NEW.venue_id OR OLD.person_id IS NOT NEW.person_id OR OLD.entered_at IS NOT NEW.entered_at OR OLD.entered_by IS NOT NEW.entered_by OR OLD.ended_at IS NOT NEW.ended_at OR OLD.ended_why IS NOT NEW.ended_why BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'presences', NEW.id, json_object('id', OLD.id, 'session_id', OLD.session_id, 'venue_id', OLD.venue_id, 'person_id', OLD.person_id, 'entered_at', OLD.entered_at, 'entered_by', OLD.entered_by, 'ended_at', OLD.ended_at, 'ended_why', OLD.ended_why), json_object('id', NEW.id, 'session_id', NEW.session_id, 'venue_id', NEW.venue_id, 'person_id', NEW.person_id, 'entered_at', NEW.entered_at, 'entered_by', NEW.entered_by, 'ended_at', NEW.ended_at, 'ended_why', NEW.ended_why)); END;

DROP TRIGGER IF EXISTS journal_presences_delete;

CREATE TRIGGER journal_presences_delete AFTER DELETE ON presences BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'presences', OLD.id, json_object('id', OLD.id, 'session_id', OLD.session_id, 'venue_id', OLD.venue_id, 'person_id', OLD.person_id, 'entered_at', OLD.entered_at, 'entered_by', OLD.entered_by, 'ended_at', OLD.ended_at, 'ended_why', OLD.ended_why), NULL); END;

DROP TRIGGER IF EXISTS version_presences;

CREATE TRIGGER version_presences BEFORE UPDATE OF session_id, venue_id, person_id, entered_at, entered_by, ended_at, ended_why ON presences WHEN NEW.version <> OLD.version + 1 BEGIN SELECT RAISE(ABORT, 'version_guard'); END;

DROP TRIGGER IF EXISTS keep_presences;

CREATE TRIGGER keep_presences BEFORE DELETE ON presences BEGIN SELECT RAISE(ABORT, 'nothing_is_deleted'); END;

DROP TRIGGER IF EXISTS journal_waivers_insert;

CREATE TRIGGER journal_waivers_insert AFTER INSERT ON waivers BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'waivers', NEW.id, NULL, json_object('id', NEW.id, 'session_id', NEW.session_id, 'code', NEW.code, 'subject', NEW.subject, 'reason', NEW.reason, 'starts_at', NEW.starts_at, 'ends_at', NEW.ends_at, 'trainer_id', NEW.trainer_id, 'venue_id', NEW.venue_id, 'headcount', NEW.headcount, 'waived_at', NEW.waived_at, 'waived_by', NEW.waived_by, 'ended_at', NEW.ended_at)); END;

DROP TRIGGER IF EXISTS journal_waivers_update;

CREATE TRIGGER journal_waivers_update AFTER UPDATE OF id, session_id, code, subject, reason, starts_at, ends_at, trainer_id, venue_id, headcount, waived_at, waived_by, ended_at ON waivers WHEN OLD.id IS NOT NEW.id OR OLD.session_id IS NOT NEW.session_id OR OLD.code IS NOT NEW.code OR OLD.subject IS NOT NEW.subject OR OLD.reason IS NOT NEW.reason OR OLD.starts_at IS NOT NEW.starts_at OR OLD.ends_at IS NOT NEW.ends_at OR OLD.trainer_id IS NOT NEW.trainer_id OR OLD.venue_id IS NOT NEW.venue_id OR OLD.headcount IS NOT NEW.headcount OR OLD.waived_at IS NOT NEW.waived_at OR OLD.waived_by IS NOT NEW.waived_by OR OLD.ended_at IS NOT NEW.ended_at BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'waivers', NEW.id, json_object('id', OLD.id, 'session_id', OLD.session_id, 'code', OLD.code, 'subject', OLD.subject, 'reason', OLD.reason, 'starts_at', OLD.starts_at, 'ends_at', OLD.ends_at, 'trainer_id', OLD.trainer_id, 'venue_id', OLD.venue_id, 'headcount', OLD.headcount, 'waived_at', OLD.waived_at, 'waived_by', OLD.waived_by, 'ended_at', OLD.ended_at), json_object('id', NEW.id, 'session_id', NEW.session_id, 'code', NEW.code, 'subject', NEW.subject, 'reason', NEW.reason, 'starts_at', NEW.starts_at, 'ends_at', NEW.ends_at, 'trainer_id', NEW.trainer_id, 'venue_id', NEW.venue_id, 'headcount', NEW.headcount, 'waived_at', NEW.waived_at, 'waived_by', NEW.waived_by, 'ended_at', NEW.ended_at)); END;

DROP TRIGGER IF EXISTS journal_waivers_delete;

CREATE TRIGGER journal_waivers_delete AFTER DELETE ON waivers BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'waivers', OLD.id, json_object('id', OLD.id, 'session_id', OLD.session_id, 'code', OLD.code, 'subject', OLD.subject, 'reason', OLD.reason, 'starts_at', OLD.starts_at, 'ends_at', OLD.ends_at, 'trainer_id', OLD.trainer_id, 'venue_id', OLD.venue_id, 'headcount', OLD.headcount, 'waived_at', OLD.waived_at, 'waived_by', OLD.waived_by, 'ended_at', OLD.ended_at), NULL); END;

DROP TRIGGER IF EXISTS version_waivers;

CREATE TRIGGER version_waivers BEFORE UPDATE OF session_id, code, subject, reason, starts_at, ends_at, trainer_id, venue_id, headcount, waived_at, waived_by, ended_at ON waivers WHEN NEW.version <> OLD.version + 1 BEGIN SELECT RAISE(ABORT, 'version_guard'); END;

DROP TRIGGER IF EXISTS keep_waivers;

CREATE TRIGGER keep_waivers BEFORE DELETE ON waivers BEGIN SELECT RAISE(ABORT, 'nothing_is_deleted'); END;

DROP TRIGGER IF EXISTS journal_attachments_insert;

CREATE TRIGGER journal_attachments_insert AFTER INSERT ON attachments BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'attachments', NEW.id, NULL, json_object('id', NEW.id, 'record_id', NEW.record_id, 'session_id', NEW.session_id, 'qualification_id', NEW.qualification_id, 'intake_id', NEW.intake_id, 'name', NEW.name, 'media_type', NEW.media_type, 'size', NEW.size, 'sha256', NEW.sha256, 'added_at', NEW.added_at, 'added_by', NEW.added_by, 'deleted_at', NEW.deleted_at)); END;

DROP TRIGGER IF EXISTS journal_attachments_update;

CREATE TRIGGER journal_attachments_update AFTER UPDATE OF id, record_id, session_id, qualification_id, intake_id, name, media_type, size, sha256, added_at, added_by, deleted_at ON attachments WHEN OLD.id IS NOT NEW.id OR OLD.record_id IS NOT NEW.record_id OR OLD.session_id IS NOT NEW.session_id OR OLD.qualification_id IS NOT NEW.qualification_id OR OLD.intake_id IS NOT NEW.intake_id OR OLD.name IS NOT NEW.name OR OLD.media_type IS NOT NEW.media_type OR OLD.size IS NOT NEW.size OR OLD.sha256 IS NOT NEW.sha256 OR OLD.added_at IS NOT NEW.added_at OR OLD.added_by IS NOT NEW.added_by OR OLD.deleted_at IS NOT NEW.deleted_at BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'attachments', NEW.id, json_object('id', OLD.id, 'record_id', OLD.record_id, 'session_id', OLD.session_id, 'qualification_id', OLD.qualification_id, 'intake_id', OLD.intake_id, 'name', OLD.name, 'media_type', OLD.media_type, 'size', OLD.size, 'sha256', OLD.sha256, 'added_at', OLD.added_at, 'added_by', OLD.added_by, 'deleted_at', OLD.deleted_at), json_object('id', NEW.id, 'record_id', NEW.record_id, 'session_id', NEW.session_id, 'qualification_id', NEW.qualification_id, 'intake_id', NEW.intake_id, 'name', NEW.name, 'media_type', NEW.media_type, 'size', NEW.size, 'sha256', NEW.sha256, 'added_at', NEW.added_at, 'added_by', NEW.added_by, 'deleted_at', NEW.deleted_at)); END;

DROP TRIGGER IF EXISTS journal_attachments_delete;

CREATE TRIGGER journal_attachments_delete AFTER DELETE ON attachments BEGIN INSERT INTO changes (actor, at, label) SELECT 'unknown', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'direct' WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)), 'attachments', OLD.id, json_object('id', OLD.id, 'record_id', OLD.record_id, 'session_id', OLD.session_id, 'qualification_id', OLD.qualification_id, 'intake_id', OLD.intake_id, 'name', OLD.name, 'media_type', OLD.media_type, 'size', OLD.size, 'sha256', OLD.sha256, 'added_at', OLD.added_at, 'added_by', OLD.added_by, 'deleted_at', OLD.deleted_at), NULL); END;

DROP TRIGGER IF EXISTS version_attachments;

CREATE TRIGGER version_attachments BEFORE UPDATE OF record_id, session_id, qualification_id, intake_id, name, media_type, size, sha256, added_at, added_by, deleted_at ON attachments WHEN NEW.version <> OLD.version + 1 BEGIN SELECT RAISE(ABORT, 'version_guard'); END;

DROP TRIGGER IF EXISTS keep_attachments;

CREATE TRIGGER keep_attachments BEFORE DELETE ON attachments BEGIN SELECT RAISE(ABORT, 'nothing_is_deleted'); END;

DROP TRIGGER IF EXISTS seats_insert;

CREATE TRIGGER seats_insert AFTER INSERT ON enrollments BEGIN SELECT RAISE(ABORT, 'not_on_run') FROM (SELECT s.run_id FROM sessions s WHERE s.id = NEW.session_id AND s.run_id IS NOT NULL AND (s.status <> 'CANCELLED' AND s.deleted_at IS NULL) AND (NEW.state IN ('confirmed', 'offered')) <> 0) r JOIN runs t ON t.id = r.run_id WHERE (NEW.state IN ('confirmed', 'offered')) > 0 AND t.members_only AND NOT EXISTS (SELECT 1 FROM run_members k WHERE k.run_id = t.id AND k.person_id = NEW.person_id AND k.deleted_at IS NULL); INSERT INTO run_seats (run_id, person_id, seats) SELECT run_id, NEW.person_id, 0 FROM (SELECT s.run_id FROM sessions s WHERE s.id = NEW.session_id AND s.run_id IS NOT NULL AND (s.status <> 'CANCELLED' AND s.deleted_at IS NULL) AND (NEW.state IN ('confirmed', 'offered')) <> 0) r WHERE NOT EXISTS (SELECT 1 FROM run_seats k WHERE k.run_id = r.run_id AND k.person_id = NEW.person_id); UPDATE run_seats SET seats = seats + (NEW.state IN ('confirmed', 'offered')) WHERE person_id = NEW.person_id AND run_id = (SELECT s.run_id FROM sessions s WHERE s.id = NEW.session_id AND s.run_id IS NOT NULL AND (s.status <> 'CANCELLED' AND s.deleted_at IS NULL) AND (NEW.state IN ('confirmed', 'offered')) <> 0); UPDATE sessions SET seats_taken = seats_taken + (NEW.state IN ('confirmed', 'offered')), seats_offered = seats_offered + (NEW.state = 'offered'), waiting = waiting + (NEW.state = 'waitlisted') WHERE id = NEW.session_id; END;

DROP TRIGGER IF EXISTS seats_update;

CREATE TRIGGER seats_update AFTER UPDATE OF state ON enrollments WHEN OLD.state <> NEW.state BEGIN SELECT RAISE(ABORT, 'not_on_run') FROM (SELECT s.run_id FROM sessions s WHERE s.id = NEW.session_id AND s.run_id IS NOT NULL AND (s.status <> 'CANCELLED' AND s.deleted_at IS NULL) AND ((NEW.state IN ('confirmed', 'offered')) - (OLD.state IN ('confirmed', 'offered'))) <> 0) r JOIN runs t ON t.id = r.run_id WHERE ((NEW.state IN ('confirmed', 'offered')) - (OLD.state IN ('confirmed', 'offered'))) > 0 AND t.members_only AND NOT EXISTS (SELECT 1 FROM run_members k WHERE k.run_id = t.id AND k.person_id = NEW.person_id AND k.deleted_at IS NULL); INSERT INTO run_seats (run_id, person_id, seats) SELECT run_id, NEW.person_id, 0 FROM (SELECT s.run_id FROM sessions s WHERE s.id = NEW.session_id AND s.run_id IS NOT NULL AND (s.status <> 'CANCELLED' AND s.deleted_at IS NULL) AND ((NEW.state IN ('confirmed', 'offered')) - (OLD.state IN ('confirmed', 'offered'))) <> 0) r WHERE NOT EXISTS (SELECT 1 FROM run_seats k WHERE k.run_id = r.run_id AND k.person_id = NEW.person_id); UPDATE run_seats SET seats = seats + ((NEW.state IN ('confirmed', 'offered')) - (OLD.state IN ('confirmed', 'offered'))) WHERE person_id = NEW.person_id AND run_id = (SELECT s.run_id FROM sessions s WHERE s.id = NEW.session_id AND s.run_id IS NOT NULL AND (s.status <> 'CANCELLED' AND s.deleted_at IS NULL) AND ((NEW.state IN ('confirmed', 'offered')) - (OLD.state IN ('confirmed', 'offered'))) <> 0); UPDATE sessions SET seats_taken = seats_taken + ((NEW.state IN ('confirmed', 'offered')) - (OLD.state IN ('confirmed', 'offered'))), seats_offered = seats_offered + ((NEW.state = 'offered') - (OLD.state = 'offered')), waiting = waiting + ((NEW.state = 'waitlisted') - (OLD.state = 'waitlisted')) WHERE id = NEW.session_id; END;

DROP TRIGGER IF EXISTS enrollments_stay;

CREATE TRIGGER enrollments_stay BEFORE UPDATE OF session_id, person_id ON enrollments WHEN OLD.session_id <> NEW.session_id OR OLD.person_id <> NEW.person_id BEGIN SELECT RAISE(ABORT, 'enrollments_stay'); END;

DROP TRIGGER IF EXISTS run_people;

CREATE TRIGGER run_people AFTER UPDATE OF seats ON run_seats WHEN (OLD.seats > 0) <> (NEW.seats > 0) BEGIN UPDATE runs SET people_taken = people_taken + CASE WHEN NEW.seats > 0 THEN 1 ELSE -1 END WHERE id = NEW.run_id; END;

DROP TRIGGER IF EXISTS run_counts;

CREATE TRIGGER run_counts AFTER UPDATE OF status, deleted_at ON sessions WHEN NEW.run_id IS NOT NULL AND (OLD.status <> 'CANCELLED' AND OLD.deleted_at IS NULL) <> (NEW.status <> 'CANCELLED' AND NEW.deleted_at IS NULL) BEGIN INSERT INTO run_seats (run_id, person_id, seats) SELECT NEW.run_id, p.person_id, 0 FROM (SELECT person_id FROM enrollments WHERE session_id = NEW.id AND state IN ('confirmed', 'offered')) p WHERE NOT EXISTS (SELECT 1 FROM run_seats k WHERE k.run_id = NEW.run_id AND k.person_id = p.person_id); UPDATE run_seats SET seats = seats + CASE WHEN (NEW.status <> 'CANCELLED' AND NEW.deleted_at IS NULL) THEN 1 ELSE -1 END WHERE run_id = NEW.run_id AND person_id IN (SELECT person_id FROM enrollments WHERE session_id = NEW.id AND state IN ('confirmed', 'offered')); END;

DROP TRIGGER IF EXISTS run_closes;

CREATE TRIGGER run_closes BEFORE UPDATE OF members_only ON runs WHEN NEW.members_only AND NOT OLD.members_only BEGIN SELECT RAISE(ABORT, 'not_on_run') WHERE EXISTS (SELECT 1 FROM run_seats s WHERE s.run_id = NEW.id AND s.seats > 0 AND NOT EXISTS (SELECT 1 FROM run_members k WHERE k.run_id = s.run_id AND k.person_id = s.person_id AND k.deleted_at IS NULL)); END;

DROP TRIGGER IF EXISTS run_frozen;

CREATE TRIGGER run_frozen BEFORE UPDATE OF run_id ON sessions WHEN OLD.run_id IS NOT NEW.run_id AND OLD.seats_taken > OLD.seats_held BEGIN SELECT RAISE(ABORT, 'run_frozen'); END;

DROP TRIGGER IF EXISTS holds_insert;

CREATE TRIGGER holds_insert AFTER INSERT ON seat_holds WHEN (CASE WHEN NEW.ended_at IS NULL THEN NEW.seats ELSE 0 END) <> 0 BEGIN UPDATE sessions SET seats_taken = seats_taken + (CASE WHEN NEW.ended_at IS NULL THEN NEW.seats ELSE 0 END), seats_held = seats_held + (CASE WHEN NEW.ended_at IS NULL THEN NEW.seats ELSE 0 END) WHERE id = NEW.session_id; END;

DROP TRIGGER IF EXISTS holds_update;

CREATE TRIGGER holds_update AFTER UPDATE OF seats, ended_at ON seat_holds WHEN ((CASE WHEN NEW.ended_at IS NULL THEN NEW.seats ELSE 0 END) - (CASE WHEN OLD.ended_at IS NULL THEN OLD.seats ELSE 0 END)) <> 0 BEGIN UPDATE sessions SET seats_taken = seats_taken + ((CASE WHEN NEW.ended_at IS NULL THEN NEW.seats ELSE 0 END) - (CASE WHEN OLD.ended_at IS NULL THEN OLD.seats ELSE 0 END)), seats_held = seats_held + ((CASE WHEN NEW.ended_at IS NULL THEN NEW.seats ELSE 0 END) - (CASE WHEN OLD.ended_at IS NULL THEN OLD.seats ELSE 0 END)) WHERE id = NEW.session_id; END;

DROP TRIGGER IF EXISTS seat_holds_stay;

CREATE TRIGGER seat_holds_stay BEFORE UPDATE OF session_id ON seat_holds WHEN OLD.session_id <> NEW.session_id BEGIN SELECT RAISE(ABORT, 'seat_holds_stay'); END;

DROP TRIGGER IF EXISTS members_insert;

CREATE TRIGGER members_insert AFTER INSERT ON group_members BEGIN SELECT RAISE(ABORT, 'group_of_session') WHERE NOT EXISTS (SELECT 1 FROM groups WHERE id = NEW.group_id AND session_id = NEW.session_id AND deleted_at IS NULL); UPDATE groups SET members_taken = members_taken + 1 WHERE id = NEW.group_id; END;

DROP TRIGGER IF EXISTS members_update;

CREATE TRIGGER members_update AFTER UPDATE ON group_members BEGIN UPDATE groups SET members_taken = members_taken - 1 WHERE id = OLD.group_id; SELECT RAISE(ABORT, 'group_of_session') WHERE NOT EXISTS (SELECT 1 FROM groups WHERE id = NEW.group_id AND session_id = NEW.session_id AND deleted_at IS NULL); UPDATE groups SET members_taken = members_taken + 1 WHERE id = NEW.group_id; END;

DROP TRIGGER IF EXISTS members_delete;

CREATE TRIGGER members_delete AFTER DELETE ON group_members BEGIN UPDATE groups SET members_taken = members_taken - 1 WHERE id = OLD.group_id; END;

DROP TRIGGER IF EXISTS groups_stay;

CREATE TRIGGER groups_stay BEFORE UPDATE OF session_id ON groups WHEN OLD.session_id <> NEW.session_id BEGIN SELECT RAISE(ABORT, 'groups_stay'); END;

DROP TRIGGER IF EXISTS presences_insert;

CREATE TRIGGER presences_insert AFTER INSERT ON presences WHEN (NEW.ended_at IS NULL) <> 0 BEGIN UPDATE venues SET present = present + (NEW.ended_at IS NULL) WHERE id = NEW.venue_id; END;

DROP TRIGGER IF EXISTS presences_update;

CREATE TRIGGER presences_update AFTER UPDATE OF ended_at ON presences WHEN ((NEW.ended_at IS NULL) - (OLD.ended_at IS NULL)) <> 0 BEGIN UPDATE venues SET present = present + ((NEW.ended_at IS NULL) - (OLD.ended_at IS NULL)) WHERE id = NEW.venue_id; END;

DROP TRIGGER IF EXISTS presences_stay;

CREATE TRIGGER presences_stay BEFORE UPDATE OF venue_id ON presences WHEN OLD.venue_id <> NEW.venue_id BEGIN SELECT RAISE(ABORT, 'presences_stay'); END;

DROP TRIGGER IF EXISTS sessions_limit;

CREATE TRIGGER sessions_limit BEFORE UPDATE OF seats_taken ON sessions WHEN NEW.seats_taken > NEW.capacity BEGIN SELECT RAISE(ABORT, 'ck_sessions_seats'); END;

DROP TRIGGER IF EXISTS runs_limit;

CREATE TRIGGER runs_limit BEFORE UPDATE OF people_taken ON runs WHEN NEW.people_taken > NEW.max_people BEGIN SELECT RAISE(ABORT, 'ck_runs_people'); END;

DROP TRIGGER IF EXISTS groups_limit;

CREATE TRIGGER groups_limit BEFORE UPDATE OF members_taken ON groups WHEN NEW.members_taken > NEW.capacity BEGIN SELECT RAISE(ABORT, 'ck_groups_members'); END;

DROP TRIGGER IF EXISTS venues_limit;

CREATE TRIGGER venues_limit BEFORE UPDATE OF present ON venues WHEN NEW.present > NEW.occupancy_limit BEGIN SELECT RAISE(ABORT, 'ck_venues_present'); END;

DROP TRIGGER IF EXISTS notices_places_insert;

CREATE TRIGGER notices_places_insert AFTER INSERT ON enrollments WHEN NEW.state <> 'withdrawn' AND EXISTS (SELECT 1 FROM accounts WHERE person_id = NEW.person_id) BEGIN INSERT INTO notices (account_id, kind, session_id, at, actor, starts_at, ends_at, venue_id, until_at, outcome) SELECT a.id, (CASE NEW.state WHEN 'confirmed' THEN 'enrolled' ELSE NEW.state END), s.id, coalesce((SELECT c.at FROM changes c JOIN change_open o ON o.change_id = c.id), strftime('%Y-%m-%dT%H:%M:%SZ', 'now')), coalesce((SELECT c.actor FROM changes c JOIN change_open o ON o.change_id = c.id), 'unknown'), s.starts_at, s.ends_at, s.venue_id, NEW.offer_until, NEW.withdrawn_why FROM accounts a JOIN sessions s ON s.id = NEW.session_id WHERE a.person_id = NEW.person_id AND a.disabled_at IS NULL AND (s.status IN ('SCHEDULED', 'IN_PROGRESS')) AND s.ends_at > coalesce((SELECT c.at FROM changes c JOIN change_open o ON o.change_id = c.id), strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) AND 1 AND (a.login <> coalesce((SELECT c.actor FROM changes c JOIN change_open o ON o.change_id = c.id), 'unknown') OR (CASE NEW.state WHEN 'confirmed' THEN 'enrolled' ELSE NEW.state END) IN ('promoted', 'offered') OR coalesce(NEW.withdrawn_why, '') = 'lapsed'); END;

DROP TRIGGER IF EXISTS notices_places_update;

CREATE TRIGGER notices_places_update AFTER UPDATE OF state ON enrollments WHEN OLD.state <> NEW.state AND EXISTS (SELECT 1 FROM accounts WHERE person_id = NEW.person_id) BEGIN INSERT INTO notices (account_id, kind, session_id, at, actor, starts_at, ends_at, venue_id, until_at, outcome) SELECT a.id, (CASE NEW.state WHEN 'confirmed' THEN CASE WHEN OLD.state = 'waitlisted' THEN 'promoted' ELSE 'enrolled' END ELSE NEW.state END), s.id, coalesce((SELECT c.at FROM changes c JOIN change_open o ON o.change_id = c.id), strftime('%Y-%m-%dT%H:%M:%SZ', 'now')), coalesce((SELECT c.actor FROM changes c JOIN change_open o ON o.change_id = c.id), 'unknown'), s.starts_at, s.ends_at, s.venue_id, NEW.offer_until, NEW.withdrawn_why FROM accounts a JOIN sessions s ON s.id = NEW.session_id WHERE a.person_id = NEW.person_id AND a.disabled_at IS NULL AND (s.status IN ('SCHEDULED', 'IN_PROGRESS')) AND s.ends_at > coalesce((SELECT c.at FROM changes c JOIN change_open o ON o.change_id = c.id), strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) AND 1 AND (a.login <> coalesce((SELECT c.actor FROM changes c JOIN change_open o ON o.change_id = c.id), 'unknown') OR (CASE NEW.state WHEN 'confirmed' THEN CASE WHEN OLD.state = 'waitlisted' THEN 'promoted' ELSE 'enrolled' END ELSE NEW.state END) IN ('promoted', 'offered') OR coalesce(NEW.withdrawn_why, '') = 'lapsed'); END;

DROP TRIGGER IF EXISTS notices_sessions_insert;

CREATE TRIGGER notices_sessions_insert AFTER INSERT ON sessions WHEN EXISTS (SELECT 1 FROM accounts WHERE trainer_id = NEW.trainer_id) BEGIN INSERT INTO notices (account_id, kind, session_id, at, actor, starts_at, ends_at, venue_id) SELECT a.id, 'assigned', NEW.id, coalesce((SELECT c.at FROM changes c JOIN change_open o ON o.change_id = c.id), strftime('%Y-%m-%dT%H:%M:%SZ', 'now')), coalesce((SELECT c.actor FROM changes c JOIN change_open o ON o.change_id = c.id), 'unknown'), NEW.starts_at, NEW.ends_at, NEW.venue_id FROM accounts a WHERE a.trainer_id = NEW.trainer_id AND (NEW.status IN ('SCHEDULED', 'IN_PROGRESS')) AND NEW.ends_at > coalesce((SELECT c.at FROM changes c JOIN change_open o ON o.change_id = c.id), strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) AND a.disabled_at IS NULL AND a.login <> coalesce((SELECT c.actor FROM changes c JOIN change_open o ON o.change_id = c.id), 'unknown'); END;

DROP TRIGGER IF EXISTS notices_sessions_update;

CREATE TRIGGER notices_sessions_update AFTER UPDATE OF status, trainer_id, venue_id, starts_at, ends_at ON sessions WHEN (OLD.status IS NOT NEW.status OR OLD.trainer_id IS NOT NEW.trainer_id OR OLD.venue_id IS NOT NEW.venue_id OR OLD.starts_at IS NOT NEW.starts_at OR OLD.ends_at IS NOT NEW.ends_at) AND EXISTS (SELECT 1 FROM accounts WHERE person_id IS NOT NULL OR trainer_id IS NOT NULL) BEGIN INSERT INTO notices (account_id, kind, session_id, at, actor, starts_at, ends_at, venue_id, was_starts_at, was_ends_at, was_venue_id, until_at) SELECT account_id, CASE NEW.status WHEN 'CANCELLED' THEN 'cancelled' WHEN 'DRAFT' THEN 'unscheduled' ELSE CASE WHEN ((OLD.status IN ('SCHEDULED', 'IN_PROGRESS')) AND (NEW.status IN ('SCHEDULED', 'IN_PROGRESS')) AND (OLD.starts_at IS NOT NEW.starts_at OR OLD.ends_at IS NOT NEW.ends_at OR OLD.venue_id IS NOT NEW.venue_id)) THEN 'moved' ELSE max(word) END END, NEW.id, coalesce((SELECT c.at FROM changes c JOIN change_open o ON o.change_id = c.id), strftime('%Y-%m-%dT%H:%M:%SZ', 'now')), coalesce((SELECT c.actor FROM changes c JOIN change_open o ON o.change_id = c.id), 'unknown'), CASE WHEN (NEW.status IN ('SCHEDULED', 'IN_PROGRESS')) THEN NEW.starts_at ELSE OLD.starts_at END, CASE WHEN (NEW.status IN ('SCHEDULED', 'IN_PROGRESS')) THEN NEW.ends_at ELSE OLD.ends_at END, CASE WHEN (NEW.status IN ('SCHEDULED', 'IN_PROGRESS')) THEN NEW.venue_id ELSE OLD.venue_id END, CASE WHEN ((OLD.status IN ('SCHEDULED', 'IN_PROGRESS')) AND (NEW.status IN ('SCHEDULED', 'IN_PROGRESS')) AND (OLD.starts_at IS NOT NEW.starts_at OR OLD.ends_at IS NOT NEW.ends_at OR OLD.venue_id IS NOT NEW.venue_id)) THEN OLD.starts_at END, CASE WHEN ((OLD.status IN ('SCHEDULED', 'IN_PROGRESS')) AND (NEW.status IN ('SCHEDULED', 'IN_PROGRESS')) AND (OLD.starts_at IS NOT NEW.starts_at OR OLD.ends_at IS NOT NEW.ends_at OR OLD.venue_id IS NOT NEW.venue_id)) THEN OLD.ends_at END, CASE WHEN ((OLD.status IN ('SCHEDULED', 'IN_PROGRESS')) AND (NEW.status IN ('SCHEDULED', 'IN_PROGRESS')) AND (OLD.starts_at IS NOT NEW.starts_at OR OLD.ends_at IS NOT NEW.ends_at OR OLD.venue_id IS NOT NEW.venue_id)) THEN OLD.venue_id END, CASE WHEN (OLD.status IN ('DRAFT', 'CANCELLED') AND (NEW.status IN ('SCHEDULED', 'IN_PROGRESS'))) THEN max(until) END FROM (SELECT a.id AS account_id, CASE e.state WHEN 'confirmed' THEN 'enrolled' ELSE e.state END AS word, e.offer_until AS until FROM enrollments e JOIN accounts a ON a.person_id = e.person_id WHERE e.session_id = NEW.id AND e.state <> 'withdrawn' AND a.disabled_at IS NULL AND a.login <> coalesce((SELECT c.actor FROM changes c JOIN change_open o ON o.change_id = c.id), 'unknown') UNION ALL SELECT a.id, 'assigned', NULL FROM accounts a WHERE a.trainer_id IN (SELECT NEW.trainer_id WHERE NOT (OLD.status IN ('SCHEDULED', 'IN_PROGRESS')) OR NOT (NEW.status IN ('SCHEDULED', 'IN_PROGRESS')) OR OLD.trainer_id = NEW.trainer_id UNION SELECT resource_id FROM session_resources WHERE session_id = NEW.id AND role = 'co') AND a.disabled_at IS NULL AND a.login <> coalesce((SELECT c.actor FROM changes c JOIN change_open o ON o.change_id = c.id), 'unknown')) told WHERE ((OLD.status IN ('DRAFT', 'CANCELLED') AND (NEW.status IN ('SCHEDULED', 'IN_PROGRESS'))) OR ((OLD.status IN ('SCHEDULED', 'IN_PROGRESS')) AND NEW.status IN ('DRAFT', 'CANCELLED')) OR ((OLD.status IN ('SCHEDULED', 'IN_PROGRESS')) AND (NEW.status IN ('SCHEDULED', 'IN_PROGRESS')) AND (OLD.starts_at IS NOT NEW.starts_at OR OLD.ends_at IS NOT NEW.ends_at OR OLD.venue_id IS NOT NEW.venue_id))) AND coalesce(NEW.ends_at, OLD.ends_at) > coalesce((SELECT c.at FROM changes c JOIN change_open o ON o.change_id = c.id), strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) GROUP BY account_id; INSERT INTO notices (account_id, kind, session_id, at, actor, starts_at, ends_at, venue_id) SELECT a.id, 'assigned', NEW.id, coalesce((SELECT c.at FROM changes c JOIN change_open o ON o.change_id = c.id), strftime('%Y-%m-%dT%H:%M:%SZ', 'now')), coalesce((SELECT c.actor FROM changes c JOIN change_open o ON o.change_id = c.id), 'unknown'), NEW.starts_at, NEW.ends_at, NEW.venue_id FROM accounts a WHERE a.trainer_id = NEW.trainer_id AND (OLD.status IN ('SCHEDULED', 'IN_PROGRESS')) AND (NEW.status IN ('SCHEDULED', 'IN_PROGRESS')) AND (OLD.trainer_id IS NOT NEW.trainer_id) AND NOT EXISTS (SELECT 1 FROM session_resources r WHERE r.session_id = NEW.id AND r.role = 'co' AND r.resource_id = NEW.trainer_id) AND NEW.ends_at > coalesce((SELECT c.at FROM changes c JOIN change_open o ON o.change_id = c.id), strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) AND a.disabled_at IS NULL AND a.login <> coalesce((SELECT c.actor FROM changes c JOIN change_open o ON o.change_id = c.id), 'unknown'); INSERT INTO notices (account_id, kind, session_id, at, actor, starts_at, ends_at, venue_id) SELECT a.id, 'unassigned', NEW.id, coalesce((SELECT c.at FROM changes c JOIN change_open o ON o.change_id = c.id), strftime('%Y-%m-%dT%H:%M:%SZ', 'now')), coalesce((SELECT c.actor FROM changes c JOIN change_open o ON o.change_id = c.id), 'unknown'), OLD.starts_at, OLD.ends_at, OLD.venue_id FROM accounts a WHERE a.trainer_id = OLD.trainer_id AND (OLD.status IN ('SCHEDULED', 'IN_PROGRESS')) AND (NEW.status IN ('SCHEDULED', 'IN_PROGRESS')) AND (OLD.trainer_id IS NOT NEW.trainer_id) AND NOT EXISTS (SELECT 1 FROM session_resources r WHERE r.session_id = NEW.id AND r.role = 'co' AND r.resource_id = OLD.trainer_id) AND NEW.ends_at > coalesce((SELECT c.at FROM changes c JOIN change_open o ON o.change_id = c.id), strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) AND a.disabled_at IS NULL AND a.login <> coalesce((SELECT c.actor FROM changes c JOIN change_open o ON o.change_id = c.id), 'unknown'); END;

DROP TRIGGER IF EXISTS notices_helpers_insert;

CREATE TRIGGER notices_helpers_insert AFTER INSERT ON session_resources WHEN EXISTS (SELECT 1 FROM accounts WHERE trainer_id = NEW.resource_id) BEGIN INSERT INTO notices (account_id, kind, session_id, at, actor, starts_at, ends_at, venue_id) SELECT a.id, 'assigned', s.id, coalesce((SELECT c.at FROM changes c JOIN change_open o ON o.change_id = c.id), strftime('%Y-%m-%dT%H:%M:%SZ', 'now')), coalesce((SELECT c.actor FROM changes c JOIN change_open o ON o.change_id = c.id), 'unknown'), s.starts_at, s.ends_at, s.venue_id FROM accounts a JOIN sessions s ON s.id = NEW.session_id WHERE a.trainer_id = NEW.resource_id AND a.disabled_at IS NULL AND a.login <> coalesce((SELECT c.actor FROM changes c JOIN change_open o ON o.change_id = c.id), 'unknown') AND NEW.role = 'co' AND s.trainer_id <> NEW.resource_id AND (s.status IN ('SCHEDULED', 'IN_PROGRESS')) AND s.ends_at > coalesce((SELECT c.at FROM changes c JOIN change_open o ON o.change_id = c.id), strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); END;

DROP TRIGGER IF EXISTS notices_helpers_delete;

CREATE TRIGGER notices_helpers_delete AFTER DELETE ON session_resources WHEN EXISTS (SELECT 1 FROM accounts WHERE trainer_id = OLD.resource_id) BEGIN INSERT INTO notices (account_id, kind, session_id, at, actor, starts_at, ends_at, venue_id) SELECT a.id, 'unassigned', s.id, coalesce((SELECT c.at FROM changes c JOIN change_open o ON o.change_id = c.id), strftime('%Y-%m-%dT%H:%M:%SZ', 'now')), coalesce((SELECT c.actor FROM changes c JOIN change_open o ON o.change_id = c.id), 'unknown'), s.starts_at, s.ends_at, s.venue_id FROM accounts a JOIN sessions s ON s.id = OLD.session_id WHERE a.trainer_id = OLD.resource_id AND a.disabled_at IS NULL AND a.login <> coalesce((SELECT c.actor FROM changes c JOIN change_open o ON o.change_id = c.id), 'unknown') AND OLD.role = 'co' AND s.trainer_id <> OLD.resource_id AND (s.status IN ('SCHEDULED', 'IN_PROGRESS')) AND s.ends_at > coalesce((SELECT c.at FROM changes c JOIN change_open o ON o.change_id = c.id), strftime('%Y-%m-%dT%H:%M:%SZ', 'now')); END;

DROP TRIGGER IF EXISTS notices_requests;

CREATE TRIGGER notices_requests AFTER UPDATE OF status ON booking_requests WHEN OLD.status <> NEW.status BEGIN INSERT INTO notices (account_id, kind, session_id, booking_request_id, at, actor, starts_at, ends_at, venue_id, outcome) SELECT a.id, 'decided', NEW.session_id, NEW.id, coalesce((SELECT c.at FROM changes c JOIN change_open o ON o.change_id = c.id), strftime('%Y-%m-%dT%H:%M:%SZ', 'now')), coalesce((SELECT c.actor FROM changes c JOIN change_open o ON o.change_id = c.id), 'unknown'), s.starts_at, s.ends_at, s.venue_id, NEW.status FROM accounts a LEFT JOIN sessions s ON s.id = NEW.session_id WHERE a.login = NEW.requested_by AND a.disabled_at IS NULL AND a.login <> coalesce((SELECT c.actor FROM changes c JOIN change_open o ON o.change_id = c.id), 'unknown'); END;

DROP TRIGGER IF EXISTS sessions_instants_insert;

CREATE TRIGGER sessions_instants_insert BEFORE INSERT ON sessions WHEN NEW.starts_at NOT GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]Z' OR NEW.ends_at NOT GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]Z' BEGIN SELECT RAISE(ABORT, 'sessions_finite'); END;

DROP TRIGGER IF EXISTS sessions_instants_update;

CREATE TRIGGER sessions_instants_update BEFORE UPDATE OF starts_at, ends_at ON sessions WHEN NEW.starts_at NOT GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]Z' OR NEW.ends_at NOT GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]Z' BEGIN SELECT RAISE(ABORT, 'sessions_finite'); END;

DROP TRIGGER IF EXISTS blocks_instants_insert;

CREATE TRIGGER blocks_instants_insert BEFORE INSERT ON blocks WHEN NEW.starts_at NOT GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]Z' OR NEW.ends_at NOT GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]Z' BEGIN SELECT RAISE(ABORT, 'blocks_finite'); END;

DROP TRIGGER IF EXISTS blocks_instants_update;

CREATE TRIGGER blocks_instants_update BEFORE UPDATE OF starts_at, ends_at ON blocks WHEN NEW.starts_at NOT GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]Z' OR NEW.ends_at NOT GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]Z' BEGIN SELECT RAISE(ABORT, 'blocks_finite'); END;

DROP TRIGGER IF EXISTS claims_instants_insert;

CREATE TRIGGER claims_instants_insert BEFORE INSERT ON claims WHEN NEW.starts_at NOT GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]Z' OR NEW.ends_at NOT GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]Z' BEGIN SELECT RAISE(ABORT, 'claims_finite'); END;

DROP TRIGGER IF EXISTS claims_instants_update;

CREATE TRIGGER claims_instants_update BEFORE UPDATE OF starts_at, ends_at ON claims WHEN NEW.starts_at NOT GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]Z' OR NEW.ends_at NOT GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]Z' BEGIN SELECT RAISE(ABORT, 'claims_finite'); END;

DROP TRIGGER IF EXISTS claims_insert;

CREATE TRIGGER claims_insert BEFORE INSERT ON claims WHEN NEW.session_id IS NOT NULL BEGIN SELECT RAISE(ABORT, 'claims_overlap') WHERE EXISTS (SELECT 1 FROM claims o WHERE o.resource_id = NEW.resource_id AND o.session_id IS NOT NULL AND o.id IS NOT NEW.id AND o.starts_at < NEW.ends_at AND NEW.starts_at < o.ends_at); SELECT RAISE(ABORT, 'claims_blocked') WHERE EXISTS (SELECT 1 FROM claims o WHERE o.resource_id = NEW.resource_id AND o.block_id IS NOT NULL AND o.starts_at < NEW.ends_at AND NEW.starts_at < o.ends_at) OR EXISTS (SELECT 1 FROM blocks b WHERE b.resource_id IS NULL AND b.deleted_at IS NULL AND b.starts_at < NEW.ends_at AND NEW.starts_at < b.ends_at); END;

DROP TRIGGER IF EXISTS claims_update;

CREATE TRIGGER claims_update BEFORE UPDATE ON claims WHEN NEW.session_id IS NOT NULL BEGIN SELECT RAISE(ABORT, 'claims_overlap') WHERE EXISTS (SELECT 1 FROM claims o WHERE o.resource_id = NEW.resource_id AND o.session_id IS NOT NULL AND o.id IS NOT NEW.id AND o.starts_at < NEW.ends_at AND NEW.starts_at < o.ends_at); SELECT RAISE(ABORT, 'claims_blocked') WHERE EXISTS (SELECT 1 FROM claims o WHERE o.resource_id = NEW.resource_id AND o.block_id IS NOT NULL AND o.starts_at < NEW.ends_at AND NEW.starts_at < o.ends_at) OR EXISTS (SELECT 1 FROM blocks b WHERE b.resource_id IS NULL AND b.deleted_at IS NULL AND b.starts_at < NEW.ends_at AND NEW.starts_at < b.ends_at); END;

CREATE VIRTUAL TABLE IF NOT EXISTS people_search USING fts5 (search, content = 'people', content_rowid = 'id', detail = none, columnsize = 0, tokenize = 'trigram');

CREATE TABLE IF NOT EXISTS people_search_paused (since INTEGER NOT NULL) STRICT;

DROP TRIGGER IF EXISTS people_search_insert;

CREATE TRIGGER people_search_insert AFTER INSERT ON people WHEN NOT EXISTS (SELECT 1 FROM people_search_paused) BEGIN INSERT INTO people_search (rowid, search) VALUES (NEW.id, NEW.search); END;

DROP TRIGGER IF EXISTS people_search_update;

CREATE TRIGGER people_search_update AFTER UPDATE OF search ON people WHEN NOT EXISTS (SELECT 1 FROM people_search_paused) AND OLD.search <> NEW.search BEGIN INSERT INTO people_search (people_search, rowid, search) VALUES ('delete', OLD.id, OLD.search);INSERT INTO people_search (rowid, search) VALUES (NEW.id, NEW.search); END;

INSERT INTO people_search (people_search) VALUES ('rebuild');

DROP TRIGGER IF EXISTS certificate_frozen;

CREATE TRIGGER certificate_frozen BEFORE UPDATE ON certificates WHEN NEW.id IS NOT OLD.id OR NEW.number IS NOT OLD.number OR NEW.revision IS NOT OLD.revision OR NEW.person_id IS NOT OLD.person_id OR NEW.course_id IS NOT OLD.course_id OR NEW.session_id IS NOT OLD.session_id OR NEW.run_id IS NOT OLD.run_id OR NEW.held_from IS NOT OLD.held_from OR NEW.held_on IS NOT OLD.held_on OR NEW.minutes IS NOT OLD.minutes OR NEW.expires_on IS NOT OLD.expires_on OR NEW.employee_no IS NOT OLD.employee_no OR NEW.person_name IS NOT OLD.person_name OR NEW.course_code IS NOT OLD.course_code OR NEW.course_title IS NOT OLD.course_title OR NEW.trainer_name IS NOT OLD.trainer_name OR NEW.organisation IS NOT OLD.organisation OR NEW.result IS NOT OLD.result OR NEW.score IS NOT OLD.score OR NEW.reason IS NOT OLD.reason OR NEW.days IS NOT OLD.days OR NEW.certified_at IS NOT OLD.certified_at OR NEW.checksum IS NOT OLD.checksum OR NEW.issued_at IS NOT OLD.issued_at OR NEW.issued_by IS NOT OLD.issued_by OR NEW.created_at IS NOT OLD.created_at BEGIN SELECT RAISE(ABORT, 'certificate_frozen'); END;

DROP TRIGGER IF EXISTS changes_no_update;

CREATE TRIGGER changes_no_update BEFORE UPDATE ON changes BEGIN SELECT RAISE(ABORT, 'journal_is_append_only'); END;

DROP TRIGGER IF EXISTS changes_no_delete;

CREATE TRIGGER changes_no_delete BEFORE DELETE ON changes BEGIN SELECT RAISE(ABORT, 'journal_is_append_only'); END;

DROP TRIGGER IF EXISTS change_rows_no_update;

CREATE TRIGGER change_rows_no_update BEFORE UPDATE ON change_rows BEGIN SELECT RAISE(ABORT, 'journal_is_append_only'); END;

DROP TRIGGER IF EXISTS change_rows_no_delete;

CREATE TRIGGER change_rows_no_delete BEFORE DELETE ON change_rows BEGIN SELECT RAISE(ABORT, 'journal_is_append_only'); END;
