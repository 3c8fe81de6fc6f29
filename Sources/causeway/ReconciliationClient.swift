import ArgumentParser
import Foundation

/// Talks with a gateway about one comparison.
struct ReconciliationClient {
    /// Findings in one answer.
    private static let page = 500

    let client: OperatorClient
    let id: Int64

    private struct Order: Encodable {
        var by: String
        var why: String?
    }

    /// Prints what was found; ends with a status that says whether anything is open.
    func show(format: FindingFormat) async throws {
        let view = try await whole()
        switch format {
        case .json:
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            print(String(decoding: try encoder.encode(view), as: UTF8.self))
        case .csv:
            let csv = try await client.get("/reconciliations/\(id)", query: ["format": "csv"])
            FileHandle.standardOutput.write(Data(csv))
        case .table: print(view.text)
        }
        guard view.state == "done" else { throw ExitStatus.temporary }
        guard view.open == 0 else { throw ExitStatus.differences }
    }

    /// With the findings of all pages.
    private func whole() async throws -> ReconciliationView {
        var whole: ReconciliationView?
        var after = 0
        while true {
            let query = ["after": String(after), "limit": String(Self.page)]
            let part = try ReconciliationView(try await client.get("/reconciliations/\(id)", query: query))
            var view = whole ?? part
            if whole != nil { view.findings = (view.findings ?? []) + (part.findings ?? []) }
            view.next = nil
            whole = view
            guard let next = part.next else { return view }
            after = next
        }
    }

    /// Goes on behind one that cannot be repaired now.
    func repairAll(_ act: ActOptions) async throws {
        var failure: (any Error)?
        for finding in try await whole().findings ?? [] where finding.state == "open" && finding.repair != nil {
            do {
                try await settle(finding.number, "repair", act)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
    }

    func settle(_ number: Int, _ verb: String, _ act: ActOptions) async throws {
        let answer = try await client.post(
            "/reconciliations/\(id)/findings/\(number)/\(verb)", Order(by: act.by, why: act.why))
        let finding = try JSONDecoder().decode(FindingView.self, from: Data(answer))
        print(
            TextTable.printable(
                "\(number) \(finding.code) \(finding.subject): \(finding.state). \(finding.note ?? "")"))
    }
}

/// A comparison as the operator API shows it.
struct ReconciliationView: Codable {
    var id: Int64
    var state: String
    var from: String
    var until: String
    var by: String?
    var startedAt: String
    var finishedAt: String?
    var orders: Int
    var salesOrders: Int
    var agreed: Int
    var underWay: Int
    var excused: Int
    var open: Int
    var dropped: Int
    var reason: ReasonView?
    var findings: [FindingView]?
    var next: Int?

    struct ReasonView: Codable {
        var code: String
        var message: String
        var advice: String?
    }

    init(_ answer: [UInt8]) throws { self = try JSONDecoder().decode(Self.self, from: Data(answer)) }

    var text: String {
        var lines = [
            "reconciliation \(id): \(state), \(from) to \(until)",
            "\(orders) orders, \(salesOrders) sales orders: \(agreed) agree, \(underWay) under way, \(excused) excused, "
                + "\(open) findings open",
        ]
        if let reason { lines.append("\(reason.code): \(reason.message)") }
        if dropped > 0 { lines.append("\(dropped) more findings were not kept.") }
        guard let findings, !findings.isEmpty else { return lines.map(TextTable.printable).joined(separator: "\n") }
        var table = TextTable(["NO", "FINDING", "SUBJECT", "COMMERCE", "D365", "REPAIR", "STATE"])
        for finding in findings {
            table.add([
                String(finding.number), finding.code, finding.subject, finding.commerce ?? "-",
                finding.dynamics ?? "-", finding.repair ?? "by hand", finding.state,
            ])
        }
        let sentences = findings.map { "\($0.number): \($0.text) \($0.advice ?? "")" }
        return (lines.map(TextTable.printable) + [table.text] + sentences.map(TextTable.printable))
            .joined(separator: "\n")
    }
}

struct FindingView: Codable {
    var number: Int
    var code: String
    var subject: String
    var order: String?
    var legalEntity: String?
    var record: String?
    var commerce: String?
    var dynamics: String?
    var text: String
    var advice: String?
    var repair: String?
    var state: String
    var settledAt: String?
    var settledBy: String?
    var note: String?
}
