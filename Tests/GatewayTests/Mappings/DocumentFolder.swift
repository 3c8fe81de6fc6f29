import Foundation

/// A folder with mapping documents, gone with its test.
final class DocumentFolder: Sendable {
    let path = FileManager.default.temporaryDirectory.appending(path: "causeway-mappings-\(UUID())").path

    init(_ files: [String: String] = [:]) throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for (name, text) in files { try write(text, to: name) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    }

    func text(of name: String) -> String? { try? String(contentsOfFile: "\(path)/\(name)", encoding: .utf8) }

    var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }

    /// A document of the company over the shipped one for the header of orders.
    static func header(_ rows: String) -> String {
        "mapping: order-header\nfrom: commerce.order\nto: dynamics.SalesOrderHeader\nfields:\n\(rows)\n"
    }
}
