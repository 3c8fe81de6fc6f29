/// The third migration: sealed bytes, what was erased, and what the store knows of its own secrets.
///
/// `sealed_by` names the key of the row's sealed bytes, and is NULL while they are plain. Its indexes let the store
/// tell in a few steps which keys it needs, and find what is sealed by an older one.
extension Schema {
    static let sealedPayloads = """
        ALTER TABLE body ADD COLUMN sealed_by TEXT;
        CREATE INDEX body_sealed_by ON body (sealed_by);

        ALTER TABLE event ADD COLUMN patches_sealed_by TEXT;
        CREATE INDEX event_patches_sealed_by ON event (patches_sealed_by) WHERE patches IS NOT NULL;

        -- What `exchanges` holds when it is plain; '[]' stands there then.
        ALTER TABLE attempt ADD COLUMN sealed_exchanges BLOB;
        ALTER TABLE attempt ADD COLUMN sealed_by TEXT CHECK ((sealed_by IS NULL) = (sealed_exchanges IS NULL));
        CREATE INDEX attempt_sealed_by ON attempt (sealed_by) WHERE exchanges <> '[]' OR sealed_by IS NOT NULL;

        -- `key` is a keyed hash then, and this the key itself.
        ALTER TABLE link ADD COLUMN sealed_key BLOB;
        ALTER TABLE link ADD COLUMN sealed_by TEXT CHECK ((sealed_by IS NULL) = (sealed_key IS NULL));
        CREATE INDEX link_sealed_by ON link (sealed_by) WHERE sealed_by IS NOT NULL;

        ALTER TABLE search_key ADD COLUMN is_hashed INTEGER NOT NULL DEFAULT 0 CHECK (is_hashed IN (0, 1));
        """

    static let erasures = """
        CREATE TABLE erasure (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at_ms INTEGER NOT NULL,
            by TEXT NOT NULL,
            why TEXT NOT NULL,
            subject_kind TEXT NOT NULL,
            -- A keyed hash: it shows that a person was erased to whoever asks for this person, and to nobody else.
            subject_hash BLOB NOT NULL,
            events INTEGER NOT NULL,
            attempts INTEGER NOT NULL,
            links INTEGER NOT NULL,
            ended INTEGER NOT NULL,
            running INTEGER NOT NULL
        ) STRICT;

        -- Facts about the store itself.
        CREATE TABLE trait (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
        INSERT INTO trait VALUES ('erasure salt', randomblob(32));
        """
}
