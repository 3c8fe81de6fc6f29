import Foundation
import GRDB
import Relay

/// What is kept of a person outside of events: links, and sentences of lanes, people and alerts.
enum LooseEnds {
    static func erase(_ holdings: Holdings, _ db: Database) throws {
        for link in holdings.links {
            try db.run(
                "DELETE FROM link WHERE kind = ? AND scope = ? AND key = ?", [link.kind, link.scope, link.key])
            try db.run(
                "DELETE FROM fingerprint WHERE kind = ? AND scope = ? AND key = ?", [link.kind, link.scope, link.key])
        }
        for (table, key, columns) in sentences {
            for row in try db.rows("SELECT * FROM \(table)") {
                for column in columns {
                    guard let text = text(row, column), let taken = takeOut(holdings.needles, of: text) else {
                        continue
                    }
                    let value: any DatabaseValueConvertible = table == "alert" ? Data(taken.utf8) : taken
                    try db.run(
                        "UPDATE \(table) SET \(column) = ? WHERE \(key) = ?", [value, row[key] as DatabaseValue])
                }
            }
        }
    }

    static func takeOut(_ needles: [Needle], of text: String) -> String? {
        var taken: String?
        for needle in needles { taken = needle.taken(outOf: taken ?? text) ?? taken }
        return taken
    }

    private static func text(_ row: Row, _ column: String) -> String? {
        if case .blob(let data) = (row[column] as DatabaseValue).storage {
            return String(decoding: data, as: UTF8.self)
        }
        return row[column]
    }

    /// Tables with sentences of people and platforms; all of them small.
    private static let sentences = [
        ("lane_news", "lane", ["reason_message", "reason_advice"]),
        ("lane_pause", "lane", ["why", "by"]),
        ("operator_act", "id", ["why", "target", "detail"]),
        ("alert", "cause", ["detail"]),
    ]
}
