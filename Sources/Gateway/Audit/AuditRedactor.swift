import JSON
import Relay

/// What the audit trail keeps of a call, by the configuration's section `audit`.
struct AuditRedactor: Redactor {
    private let hidden: HiddenNames
    /// Where the name `email` is hidden, so is whatever looks like an address.
    private let masksMail: Bool
    private let bodyLimit: Int

    /// Characters of a failure's text that are kept.
    static let failureLimit = 500

    init(_ settings: AuditSettings = AuditSettings()) {
        hidden = HiddenNames(settings.redact + settings.alsoRedact + HiddenNames.secret)
        masksMail = hidden.contains("email")
        bodyLimit = settings.bodyLimit
    }

    func exchange(of call: Call) -> Exchange {
        let received = call.received ?? Call.Message()
        return Exchange(
            destination: call.destination, method: call.method, target: targets.target(call.target),
            status: call.status, identifiers: KeptHeaders.identifiers(in: call.sent.headers + received.headers),
            sentHeaders: kept(KeptHeaders.sent(call.sent.headers)),
            receivedHeaders: kept(KeptHeaders.received(received.headers)), sent: text(of: call.sent),
            received: text(of: received), failure: call.failure.map { String(plain($0).prefix(Self.failureLimit)) },
            startedAt: call.startedAt, milliseconds: call.milliseconds)
    }

    private var targets: TargetRedaction { TargetRedaction(hidden: hidden, masksMail: masksMail) }

    private func plain(_ text: String) -> String { masksMail ? Mask.mailAddresses(in: text) : text }

    /// `Location` holds a target.
    private func kept(_ headers: [String: String]) -> [String: String] {
        headers.reduce(into: [:]) { kept, header in
            kept[header.key] = header.key == "location" ? targets.target(header.value) : plain(header.value)
        }
    }

    /// - Returns: `nil` if there is no body.
    func text(of message: Call.Message) -> String? {
        let body = message.body
        guard !body.isEmpty else { return nil }
        let type = message.header("content-type")?.prefix { $0 != ";" }.lowercased() ?? ""
        if type == "application/x-www-form-urlencoded", let form = String(validating: body, as: UTF8.self) {
            return Excerpt.cut(targets.pairs(form).utf8, to: bodyLimit, mark: "\(body.count) bytes")
        }
        switch body.first(where: { !Self.blanks.contains($0) }) {
        case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "\""): return json(body)
        default: return freeText(body, type)
        }
    }

    private func json(_ body: [UInt8]) -> String {
        let (text, problem) = JSONRedaction.run(body, hidden: hidden, masksMail: masksMail, limit: bodyLimit)
        guard text.count <= bodyLimit, let problem else {
            return Excerpt.cut(text, to: bodyLimit, mark: "\(body.count) bytes")
        }
        return String(decoding: text, as: UTF8.self) + "… (no JSON from byte \(problem.byte) on, \(body.count) bytes)"
    }

    /// Pages of proxies, and whatever else is text; a note in place of what is none.
    private func freeText(_ body: [UInt8], _ type: String) -> String {
        guard !type.hasPrefix("multipart/"), let window = String(validating: window(of: body), as: UTF8.self),
            !window.unicodeScalars.contains(where: Self.isControl)
        else { return "(\(body.count) bytes of \(type.isEmpty ? "something" : type), not kept)" }
        return Excerpt.cut(
            plain(window).utf8, to: bodyLimit, isAll: window.utf8.count == body.count, mark: "\(body.count) bytes")
    }

    /// The beginning of a long text, ended before a word that it would cut: half an address is not seen as one.
    private func window(of body: [UInt8]) -> ArraySlice<UInt8> {
        guard body.count > bodyLimit + Self.longestWord else { return body[...] }
        let window = body[..<(bodyLimit + Self.longestWord)]
        let border = window.lastIndex { Self.blanks.contains($0) } ?? 0
        return body[..<border]
    }

    /// An address has at most 254 bytes (RFC 5321 §4.5.3.1).
    private static let longestWord = 256
    private static let blanks: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF]

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 && !["\t", "\n", "\r"].contains(scalar)
    }
}
