/// The second migration: what deliveries of a subject mean to each other, what was applied and carried, lanes under a
/// person's hand.
extension Schema {
    static let subjectPolicies = """
        ALTER TABLE delivery ADD COLUMN latest_wins INTEGER NOT NULL DEFAULT 0 CHECK (latest_wins IN (0, 1));
        ALTER TABLE delivery ADD COLUMN lets_pass INTEGER NOT NULL DEFAULT 0 CHECK (lets_pass IN (0, 1));
        ALTER TABLE delivery ADD COLUMN is_bulk INTEGER NOT NULL DEFAULT 0 CHECK (is_bulk IN (0, 1));
        -- The place in the subject's queue, where that is not the place of arrival: an edited copy stands in for
        -- the delivery with this id.
        ALTER TABLE delivery ADD COLUMN place INTEGER CHECK (place < id);

        -- A parked delivery that lets others pass is not in the queue at all.
        DROP INDEX delivery_behind_head;
        CREATE INDEX delivery_behind_head ON delivery (subject, coalesce(place, id))
            WHERE is_head = 0 AND finished_at_ms IS NULL AND (lets_pass = 0 OR state <> 'parked');
        DROP INDEX delivery_due;
        CREATE INDEX delivery_due ON delivery (lane, is_bulk, due_at_ms, id)
            WHERE is_head = 1 AND state IN ('ready', 'waiting');
        CREATE INDEX delivery_latest_wins ON delivery (subject, flow, coalesce(place, id))
            WHERE latest_wins = 1 AND finished_at_ms IS NULL;
        CREATE INDEX delivery_bulk ON delivery (subject) WHERE is_bulk = 1 AND finished_at_ms IS NULL;
        """

    static let eventFacts = """
        ALTER TABLE event ADD COLUMN version INTEGER;
        -- The event that this one is an edited copy of.
        ALTER TABLE event ADD COLUMN edited_from INTEGER REFERENCES event (id) ON DELETE SET NULL;
        CREATE INDEX event_edited_from ON event (edited_from) WHERE edited_from IS NOT NULL;
        -- What a person changed of the records that its steps send: a JSON object of merge patches, each as text, by
        -- step.
        ALTER TABLE event ADD COLUMN patches BLOB;

        -- The newest version of a subject that a flow has carried.
        CREATE TABLE applied (
            flow TEXT NOT NULL,
            subject TEXT NOT NULL,
            version INTEGER NOT NULL,
            PRIMARY KEY (flow, subject)
        ) STRICT, WITHOUT ROWID;

        -- Numbered streams of the sources: the highest number so far, and those below it that never came.
        CREATE TABLE stream (
            name TEXT PRIMARY KEY,
            last INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE stream_gap (
            name TEXT NOT NULL,
            first INTEGER NOT NULL,
            last INTEGER NOT NULL CHECK (last >= first),
            seen_at_ms INTEGER NOT NULL,
            PRIMARY KEY (name, first)
        ) STRICT, WITHOUT ROWID;

        -- What people look for events by; `token` is the value itself, or a keyed hash of it. A value of one legal
        -- entity stands twice: as `usmf/SO-004512`, and without its entity under the kind `order, any entity`.
        CREATE TABLE search_key (
            kind TEXT NOT NULL,
            token BLOB NOT NULL,
            event_id INTEGER NOT NULL REFERENCES event (id) ON DELETE CASCADE,
            PRIMARY KEY (kind, token, event_id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX search_key_of_event ON search_key (event_id);
        INSERT OR IGNORE INTO search_key
            SELECT l.kind, CAST(l.scope || '/' || l.value AS BLOB), d.event_id
              FROM link l JOIN delivery d ON d.id = l.delivery_id
             WHERE l.kind = 'order' OR l.kind = 'invoice' OR l.kind = 'customer';
        INSERT OR IGNORE INTO search_key
            SELECT l.kind || ', any entity', CAST(l.value AS BLOB), d.event_id
              FROM link l JOIN delivery d ON d.id = l.delivery_id
             WHERE l.kind = 'order' OR l.kind = 'invoice' OR l.kind = 'customer';
        """

    static let operatorsHand = """
        CREATE TABLE lane_pause (
            lane TEXT PRIMARY KEY,
            since_ms INTEGER NOT NULL,
            until_ms INTEGER,
            by TEXT NOT NULL,
            why TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE alert (
            cause TEXT PRIMARY KEY,
            since_ms INTEGER NOT NULL,
            detail BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;

        -- What people did, for those who ask later. Outlives what it was done to.
        CREATE TABLE operator_act (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at_ms INTEGER NOT NULL,
            by TEXT NOT NULL,
            act TEXT NOT NULL,
            target TEXT NOT NULL,
            event_id INTEGER,
            why TEXT NOT NULL,
            -- JSON, made by us.
            detail TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(detail))
        ) STRICT;
        -- The events that an act touched, one or many.
        CREATE TABLE operator_act_event (
            event_id INTEGER NOT NULL,
            act_id INTEGER NOT NULL REFERENCES operator_act (id) ON DELETE CASCADE,
            PRIMARY KEY (event_id, act_id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX operator_act_events ON operator_act_event (act_id);
        """
}
