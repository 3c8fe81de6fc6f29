/// Comparisons of both platforms, and what they found.
extension Schema {
    static let reconciliations = """
        CREATE TABLE reconciliation (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            from_ms INTEGER NOT NULL,
            until_ms INTEGER NOT NULL CHECK (until_ms >= from_ms),
            asked_by TEXT,
            state TEXT NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'done') OR state = 'incomplete'),
            started_at_ms INTEGER NOT NULL,
            finished_at_ms INTEGER,
            tally TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(tally)),
            reason_code TEXT,
            reason_message TEXT,
            reason_advice TEXT,
            CHECK ((state = 'running') = (finished_at_ms IS NULL)),
            CHECK ((reason_code IS NULL) = (reason_message IS NULL)),
            CHECK (reason_advice IS NULL OR reason_code IS NOT NULL),
            CHECK ((state = 'incomplete') = (reason_code IS NOT NULL))
        ) STRICT;
        CREATE INDEX reconciliation_started ON reconciliation (started_at_ms);

        CREATE TABLE reconciliation_finding (
            reconciliation_id INTEGER NOT NULL REFERENCES reconciliation (id) ON DELETE CASCADE,
            number INTEGER NOT NULL CHECK (number > 0),
            code TEXT NOT NULL,
            subject TEXT NOT NULL,
            near TEXT,
            scope TEXT,
            far TEXT,
            near_value TEXT,
            far_value TEXT,
            text TEXT NOT NULL,
            advice TEXT,
            repair TEXT,
            state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'repaired') OR state = 'accepted'),
            settled_at_ms INTEGER,
            settled_by TEXT,
            note TEXT,
            PRIMARY KEY (reconciliation_id, number),
            CHECK ((state = 'open') = (settled_at_ms IS NULL)),
            CHECK ((settled_at_ms IS NULL) = (settled_by IS NULL)),
            CHECK ((settled_at_ms IS NULL) = (note IS NULL))
        ) STRICT, WITHOUT ROWID;
        """
}
