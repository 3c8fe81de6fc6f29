import ArgumentParser
import Foundation

struct Erase: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Erase a person's data from the store of a running gateway.",
        discussion: """
            Bodies, what was sent and received, edits, reasons and search keys of the person's events go, and the \
            links of customer accounts. Events stay as rows without content. Deliveries that are not finished end as \
            skipped. What is kept is that it was done, when, by whom and why, with a keyed hash of the subject. \
            Backups keep what they have until they are deleted.
            """)

    @Option(help: "The person's e-mail address.")
    var email: String?
    @Option(help: "The person's customer account.")
    var customer: String?
    @Option(help: "Why; kept for ever, so don't name the person. Needed without --dry-run.")
    var why = ""
    @Option(help: "Who asks for it. (default: the user at the terminal)")
    var by: String?
    @Flag(help: "Only count what would be erased.")
    var dryRun = false
    @OptionGroup var server: OperatorOptions

    func validate() throws {
        guard (email == nil) != (customer == nil) else {
            throw ValidationError("Give either --email or --customer.")
        }
        guard dryRun || !why.isEmpty else { throw ValidationError("Give --why, or --dry-run to count only.") }
    }

    private struct Order: Encodable {
        var email: String?
        var customer: String?
        var why: String
        var by: String
        var dryRun: Bool
    }

    private struct Count: Decodable {
        var events: Int
        var attempts: Int
        var links: Int
        var unfinished: Int
        var running: Int
    }

    private struct Answer: Decodable {
        var id: Int64?
        var count: Count?
        var holdings: Count?
    }

    func run() async throws {
        let order = Order(
            email: email, customer: customer, why: why, by: by ?? NSUserName(), dryRun: dryRun)
        let body = try await server.client().post("/erasures", order)
        if server.json { return print(String(decoding: body, as: UTF8.self)) }
        let answer = try JSONDecoder().decode(Answer.self, from: Data(body))
        guard let count = answer.count ?? answer.holdings else { return }
        print(answer.id.map { "erased (number \($0)):" } ?? "would erase:")
        print("  events      \(count.events)")
        print("  attempts    \(count.attempts)")
        print("  links       \(count.links)")
        print("  unfinished  \(count.unfinished)")
        guard count.running > 0 else { return }
        complain("\(count.running) deliveries run, so their events are left. Ask again when they have ended.")
        throw ExitStatus.temporary
    }
}
