ALTER TABLE blocks ADD COLUMN source_uid TEXT CONSTRAINT ck_blocks_source_uid CHECK (length(source_uid) <= 500);
