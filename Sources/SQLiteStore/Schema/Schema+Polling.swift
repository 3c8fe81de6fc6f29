/// The seventh migration: what lists without a time of change showed last. As many rows as the lists have; a row that is
/// gone from its list goes at the end of the next walk. Where each poller stands is in `cursor`.
extension Schema {
    static let polledRows = """
        CREATE TABLE poll_digest (
            poller TEXT NOT NULL,
            key TEXT NOT NULL,
            digest BLOB NOT NULL CHECK (length(digest) = 32),
            seen_at_ms INTEGER NOT NULL,
            PRIMARY KEY (poller, key)
        ) STRICT, WITHOUT ROWID;
        """
}
