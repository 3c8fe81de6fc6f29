/// The fifth migration: jobs on the far side.
extension Schema {
    static let dataJobs = """
        CREATE TABLE data_job (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            kind TEXT NOT NULL CHECK (kind IN ('import', 'export')),
            project TEXT NOT NULL,
            entity TEXT NOT NULL,
            scope TEXT NOT NULL,
            execution_id TEXT NOT NULL UNIQUE,
            overwrites INTEGER NOT NULL CHECK (overwrites IN (0, 1)),
            package_digest BLOB CHECK (package_digest IS NULL OR length(package_digest) = 32),
            state TEXT NOT NULL CHECK (
                state IN ('prepared', 'uploaded') OR state IN ('running', 'succeeded')
                OR state IN ('partlySucceeded', 'failed') OR state = 'unclear'),
            created_at_ms INTEGER NOT NULL,
            changed_at_ms INTEGER NOT NULL,
            next_look_at_ms INTEGER,
            starts INTEGER NOT NULL DEFAULT 0 CHECK (starts >= 0),
            looks INTEGER NOT NULL DEFAULT 0 CHECK (looks >= 0),
            failures INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
            reason_code TEXT,
            reason_message TEXT,
            reason_advice TEXT,
            findings TEXT,
            CHECK ((state IN ('prepared', 'uploaded') OR state = 'running') = (next_look_at_ms IS NOT NULL)),
            CHECK ((reason_code IS NULL) = (reason_message IS NULL)),
            CHECK (reason_advice IS NULL OR reason_code IS NOT NULL),
            CHECK (state <> 'succeeded' OR reason_code IS NULL)
        ) STRICT;
        CREATE INDEX data_job_due ON data_job (next_look_at_ms) WHERE next_look_at_ms IS NOT NULL;
        CREATE INDEX data_job_in_state ON data_job (state, id);
        CREATE INDEX data_job_finished ON data_job (changed_at_ms) WHERE next_look_at_ms IS NULL;

        -- Apart from the job, because it is large and goes before the job goes.
        CREATE TABLE data_job_package (
            job_id INTEGER PRIMARY KEY REFERENCES data_job (id) ON DELETE CASCADE,
            bytes BLOB NOT NULL,
            digest BLOB NOT NULL CHECK (length(digest) = 32),
            sealed_by TEXT
        ) STRICT;
        CREATE INDEX data_job_package_sealed_by ON data_job_package (sealed_by);
        """
}
