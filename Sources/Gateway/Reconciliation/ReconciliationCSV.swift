import Relay

/// Findings as comma-separated values (RFC 4180), for spreadsheets.
enum ReconciliationCSV {
    static let columns = [
        "number", "code", "subject", "order", "legalEntity", "record", "commerce", "dynamics", "text", "advice",
        "repair", "state", "settledAt", "settledBy", "note",
    ]

    static func bytes(_ findings: [ReconciliationFinding]) -> [UInt8] {
        let rows = [columns] + findings.map(cells)
        return Array(rows.map { $0.map(quoted).joined(separator: ",") + "\r\n" }.joined().utf8)
    }

    private static func cells(_ finding: ReconciliationFinding) -> [String] {
        [
            String(finding.number), finding.code, finding.subject, finding.near ?? "", finding.scope ?? "",
            finding.far ?? "", finding.nearValue ?? "", finding.farValue ?? "", finding.text, finding.advice ?? "",
            finding.repair ?? "", finding.state.rawValue, finding.settledAt?.iso8601 ?? "", finding.settledBy ?? "",
            finding.note ?? "",
        ]
    }

    /// What comes from outside must not become a formula in a spreadsheet.
    private static func quoted(_ cell: String) -> String {
        let isFormula = cell.first.map { "=+-@\t\r".contains($0) } ?? false
        let text = isFormula ? "'" + cell : cell
        guard text.contains(where: { ",\"\n\r\r\n".contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
