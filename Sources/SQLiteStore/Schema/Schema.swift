import GRDB

/// The tables. A shipped migration is never edited: add the next one.
enum Schema {
    static let migrator: DatabaseMigrator = {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1: events, deliveries, steps, links") { db in
            try db.execute(sql: events)
            try db.execute(sql: deliveries)
            try db.execute(sql: laneCounts)
            try db.execute(sql: history)
            try db.execute(sql: knowledge)
        }
        migrator.registerMigration("2: policies of subjects, versions, lanes under control") { db in
            try db.execute(sql: subjectPolicies)
            try db.execute(sql: eventFacts)
            try db.execute(sql: operatorsHand)
        }
        migrator.registerMigration("3: sealed bodies and attempts, erasures") { db in
            try db.execute(sql: sealedPayloads)
            try db.execute(sql: erasures)
        }
        migrator.registerMigration("4: pauses that destinations asked for") { db in
            try db.execute(sql: destinationHolds)
        }
        migrator.registerMigration("5: jobs on the far side") { db in
            try db.execute(sql: dataJobs)
        }
        migrator.registerMigration("6: value tables, and what waits for their rows") { db in
            try db.execute(sql: valueTables)
        }
        migrator.registerMigration("7: rows of polled lists") { db in
            try db.execute(sql: polledRows)
        }
        migrator.registerMigration("8: comparisons of both platforms, and their findings") { db in
            try db.execute(sql: reconciliations)
        }
        return migrator
    }()

    /// `id` is the order of arrival, and never used again (AUTOINCREMENT): people write it into tickets.
    private static let events = """
        CREATE TABLE event (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            source TEXT NOT NULL,
            kind TEXT NOT NULL,
            subject TEXT NOT NULL,
            dedup_key TEXT NOT NULL,
            received_at_ms INTEGER NOT NULL,
            body_bytes INTEGER NOT NULL CHECK (body_bytes >= 0),
            body_digest BLOB NOT NULL CHECK (length(body_digest) = 32),
            UNIQUE (source, dedup_key)
        ) STRICT;
        CREATE INDEX event_of_subject ON event (subject, id);

        -- Apart from the event, because it is large, is never rewritten, and goes before the event goes.
        CREATE TABLE body (
            event_id INTEGER PRIMARY KEY REFERENCES event (id) ON DELETE CASCADE,
            bytes BLOB NOT NULL
        ) STRICT;

        -- One row, for a write that proves that writing works.
        CREATE TABLE probe (id INTEGER PRIMARY KEY CHECK (id = 1), count INTEGER NOT NULL) STRICT;
        INSERT INTO probe VALUES (1, 0);
        """

    /// A subject's *head* is the one delivery of it that may be handed out. Every subject with unfinished deliveries
    /// has exactly one head; `delivery_head` refuses a second one, `SubjectHeads` sees to the first.
    ///
    /// Finished rows stand in no index that the dispatcher walks, so they cost it nothing.
    ///
    /// No list after IN has more than two values: SQLite compares with two, but for more it builds a temporary
    /// B-tree in every statement that touches a row, which costs more than the row.
    private static let deliveries = """
        CREATE TABLE delivery (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            event_id INTEGER NOT NULL REFERENCES event (id) ON DELETE CASCADE,
            flow TEXT NOT NULL,
            lane TEXT NOT NULL,
            subject TEXT NOT NULL,
            state TEXT NOT NULL DEFAULT 'ready' CHECK (
                state IN ('ready', 'running') OR state IN ('waiting', 'done') OR state IN ('parked', 'skipped')
                OR state = 'superseded'),
            is_head INTEGER NOT NULL CHECK (is_head IN (0, 1)),
            attempt INTEGER NOT NULL DEFAULT 0 CHECK (attempt >= 0),
            failures INTEGER NOT NULL DEFAULT 0 CHECK (failures BETWEEN 0 AND attempt),
            due_at_ms INTEGER NOT NULL,
            owner TEXT,
            claimed_at_ms INTEGER,
            lease_until_ms INTEGER,
            finished_at_ms INTEGER,
            summary TEXT,
            reason_code TEXT,
            reason_message TEXT,
            reason_advice TEXT,
            CHECK ((state = 'running') = (owner IS NOT NULL)),
            CHECK ((state = 'running') = (claimed_at_ms IS NOT NULL)),
            CHECK ((state = 'running') = (lease_until_ms IS NOT NULL)),
            CHECK (state <> 'running' OR (is_head = 1 AND attempt > 0)),
            CHECK ((state IN ('done', 'skipped') OR state = 'superseded') = (finished_at_ms IS NOT NULL)),
            CHECK (finished_at_ms IS NULL OR is_head = 0),
            CHECK (summary IS NULL OR state = 'done'),
            CHECK ((state IN ('ready', 'running') OR state = 'done') = (reason_code IS NULL)),
            CHECK ((reason_code IS NULL) = (reason_message IS NULL)),
            CHECK (reason_advice IS NULL OR reason_code IS NOT NULL)
        ) STRICT;
        CREATE INDEX delivery_of_event ON delivery (event_id);
        CREATE UNIQUE INDEX delivery_head ON delivery (subject) WHERE is_head = 1;
        CREATE INDEX delivery_behind_head ON delivery (subject, id)
            WHERE is_head = 0 AND finished_at_ms IS NULL;
        CREATE INDEX delivery_due ON delivery (lane, due_at_ms, id)
            WHERE is_head = 1 AND state IN ('ready', 'waiting');
        CREATE INDEX delivery_running ON delivery (owner, lease_until_ms) WHERE state = 'running';
        CREATE INDEX delivery_in_state ON delivery (lane, state, event_id);
        """

    /// Kept by triggers, so that no way of changing a delivery can forget them: the status page must not count a
    /// million rows each time somebody looks.
    private static let laneCounts = """
        CREATE TABLE lane_count (
            lane TEXT NOT NULL,
            state TEXT NOT NULL,
            count INTEGER NOT NULL CHECK (count >= 0),
            PRIMARY KEY (lane, state)
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER delivery_counted AFTER INSERT ON delivery BEGIN
            INSERT INTO lane_count VALUES (NEW.lane, NEW.state, 1)
                ON CONFLICT (lane, state) DO UPDATE SET count = count + 1;
        END;
        CREATE TRIGGER delivery_recounted AFTER UPDATE OF state ON delivery WHEN OLD.state <> NEW.state BEGIN
            UPDATE lane_count SET count = count - 1 WHERE lane = OLD.lane AND state = OLD.state;
            INSERT INTO lane_count VALUES (NEW.lane, NEW.state, 1)
                ON CONFLICT (lane, state) DO UPDATE SET count = count + 1;
        END;
        CREATE TRIGGER delivery_uncounted AFTER DELETE ON delivery BEGIN
            UPDATE lane_count SET count = count - 1 WHERE lane = OLD.lane AND state = OLD.state;
        END;

        CREATE TABLE lane_news (
            lane TEXT PRIMARY KEY,
            last_done_at_ms INTEGER,
            last_failure_at_ms INTEGER,
            reason_code TEXT,
            reason_message TEXT,
            reason_advice TEXT,
            CHECK ((last_failure_at_ms IS NULL) = (reason_code IS NULL)),
            CHECK ((reason_code IS NULL) = (reason_message IS NULL))
        ) STRICT, WITHOUT ROWID;
        """

    private static let history = """
        CREATE TABLE step (
            id INTEGER PRIMARY KEY,
            delivery_id INTEGER NOT NULL REFERENCES delivery (id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            intended_at_ms INTEGER NOT NULL,
            concluded_at_ms INTEGER,
            result BLOB,
            UNIQUE (delivery_id, name),
            CHECK ((concluded_at_ms IS NULL) = (result IS NULL))
        ) STRICT;

        CREATE TABLE attempt (
            id INTEGER PRIMARY KEY,
            delivery_id INTEGER NOT NULL REFERENCES delivery (id) ON DELETE CASCADE,
            attempt INTEGER NOT NULL CHECK (attempt > 0),
            owner TEXT NOT NULL,
            state TEXT NOT NULL CHECK (
                state IN ('done', 'waiting') OR state IN ('ready', 'parked') OR state IN ('skipped', 'superseded')),
            reason_code TEXT,
            reason_message TEXT,
            reason_advice TEXT,
            started_at_ms INTEGER NOT NULL,
            finished_at_ms INTEGER NOT NULL,
            exchanges TEXT NOT NULL CHECK (json_valid(exchanges)),
            UNIQUE (delivery_id, attempt),
            CHECK ((reason_code IS NULL) = (reason_message IS NULL))
        ) STRICT;
        """

    private static let knowledge = """
        CREATE TABLE link (
            kind TEXT NOT NULL,
            scope TEXT NOT NULL,
            key TEXT NOT NULL,
            value TEXT NOT NULL,
            -- Outlives the delivery that wrote it.
            delivery_id INTEGER REFERENCES delivery (id) ON DELETE SET NULL,
            written_at_ms INTEGER NOT NULL,
            PRIMARY KEY (kind, scope, key)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX link_back ON link (kind, scope, value, written_at_ms);
        CREATE INDEX link_of_delivery ON link (delivery_id, written_at_ms, key) WHERE delivery_id IS NOT NULL;

        CREATE TABLE cursor (
            name TEXT PRIMARY KEY,
            position TEXT NOT NULL,
            moved_at_ms INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE fingerprint (
            kind TEXT NOT NULL,
            scope TEXT NOT NULL,
            key TEXT NOT NULL,
            digest BLOB NOT NULL CHECK (length(digest) = 32),
            sent_at_ms INTEGER NOT NULL,
            PRIMARY KEY (kind, scope, key)
        ) STRICT, WITHOUT ROWID;
        """
}
