/// The sixth migration: value tables, and what deliveries wait for.
extension Schema {
    static let valueTables = """
        CREATE TABLE value_row (
            name TEXT NOT NULL CHECK (name <> ''),
            -- The legal entity; empty for all of them.
            scope TEXT NOT NULL CHECK (scope = lower(scope)),
            key TEXT NOT NULL CHECK (key <> ''),
            -- Column → value.
            columns TEXT NOT NULL CHECK (json_valid(columns) AND json_type(columns) = 'object'),
            PRIMARY KEY (name, scope, key)
        ) STRICT, WITHOUT ROWID;

        -- The row of a value table without which a parked delivery cannot go on.
        ALTER TABLE delivery ADD COLUMN waits_for TEXT CHECK (waits_for IS NULL OR state = 'parked');
        CREATE INDEX delivery_waits_for ON delivery (waits_for) WHERE waits_for IS NOT NULL;
        -- Whether a value table was changed while it was at work, so that it may have missed a row.
        ALTER TABLE delivery ADD COLUMN values_changed INTEGER NOT NULL DEFAULT 0 CHECK (values_changed IN (0, 1));
        """
}
