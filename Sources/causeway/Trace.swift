import ArgumentParser
import Foundation

struct Trace: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tell all that happened to one order, invoice or customer, in its sequence.")

    @Option(help: "An order's number, such as 000000042.")
    var order: String?
    @Option(help: "An invoice's number, such as CIV-000781.")
    var invoice: String?
    @Option(help: "A customer's number.")
    var customer: String?
    @Option(help: "A customer's e-mail address.")
    var email: String?
    @OptionGroup var server: OperatorOptions

    private var query: [String: String] {
        ["order": order, "invoice": invoice, "customer": customer, "email": email].compactMapValues { $0 }
    }

    func validate() throws {
        guard query.count == 1 else {
            throw ValidationError("Give one of --order, --invoice, --customer and --email.")
        }
    }

    func run() async throws {
        let answer = try await server.client().get("/trace", query: query)
        if server.json { return print(String(decoding: answer, as: UTF8.self)) }
        let trace = try JSONDecoder().decode(TraceView.self, from: Data(answer))
        for line in trace.lines { print(TextTable.printable(line)) }
    }
}
