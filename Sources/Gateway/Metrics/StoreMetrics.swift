import Relay

/// What metrics tell about the store's files and what is done to them, as of the last look.
struct StoreMetrics {
    let keeper: StoreKeeper

    /// In Prometheus' text format.
    func text() async -> String {
        var text = PrometheusText()
        if let figures = keeper.watch.figures {
            gauge("causeway_store_bytes", figures.bytes, "Size of the database file.", &text)
            gauge(
                "causeway_store_free_bytes", figures.freeBytes, "Parts of the file that new events will use.", &text)
            gauge("causeway_store_log_bytes", figures.logBytes, "Size of the write-ahead log.", &text)
            if let free = figures.diskFreeBytes {
                gauge("causeway_store_disk_free_bytes", free, "Room on the store's disk.", &text)
            }
        }
        let purged = keeper.purging.total
        let name = "causeway_store_purged_total"
        text.family(name, .counter, help: "What retention has taken away since the start.")
        for (what, count) in [("bodies", purged.bodies), ("attempts", purged.attempts), ("events", purged.events)] {
            text.sample(name, .init([("what", what)]), Double(count))
        }
        if let madeAt = (try? keeper.backups.kept())?.first?.madeAt {
            gauge(
                "causeway_backup_last_timestamp_seconds", Int(madeAt.millisecondsSince1970 / 1000),
                "When the newest backup was made.", &text)
        }
        if keeper.backups.settings != nil {
            let failed = await keeper.backups.last?.problem != nil
            gauge("causeway_backup_failed", failed ? 1 : 0, "1 if the last backup failed.", &text)
        }
        return text.content
    }

    private func gauge(_ name: String, _ value: Int, _ help: String, _ text: inout PrometheusText) {
        text.family(name, .gauge, help: help)
        text.sample(name, .init([]), Double(value))
    }
}
