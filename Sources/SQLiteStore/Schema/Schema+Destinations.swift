/// The fourth migration: what destinations asked for that outlives the process.
extension Schema {
    static let destinationHolds = """
        CREATE TABLE destination_hold (
            destination TEXT PRIMARY KEY,
            since_ms INTEGER NOT NULL,
            -- On the clock that never jumps, which counts from the boot.
            since_uptime_ms INTEGER NOT NULL,
            boot TEXT,
            wait_ms INTEGER NOT NULL CHECK (wait_ms > 0)
        ) STRICT, WITHOUT ROWID;
        """
}
