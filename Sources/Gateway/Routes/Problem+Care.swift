import HTTPServer
import HTTPTypes

extension Problem {
    static func backupRunning(_ file: String) -> Problem {
        Problem(
            "backup-running", status: .conflict, title: "A backup is being made",
            detail: "\(file) is not finished yet. GET /operator/v1/backups shows when it is.")
    }

    static var backupsOff: Problem {
        Problem(
            "backups-off", status: .conflict, title: "There is no folder for backups",
            detail: "Set store.backups.folder in causeway.yaml and restart, or use causeway backup --to FILE.")
    }

    static func unreadablePayload(_ words: String) -> Problem {
        Problem(
            "unreadable-body", status: .unprocessableContent, title: "This part of the store cannot be read",
            detail: "\(words). Everything else can.")
    }
}
