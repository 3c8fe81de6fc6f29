/// What a mail server says (RFC 5321 §4.2), as far as it matters to the sender. Pure.
struct MailReplies: Equatable {
    /// Of one reply; the rest is left out.
    static let maxCharacters = 200
    static let maxComplaints = 10

    /// The last line of the last reply.
    private(set) var last: String?
    /// Replies that refuse something. On the way to a mail that was taken in the end, these are recipients.
    private(set) var complaints: [String] = []

    /// - Parameter line: With or without its line end.
    mutating func consume(_ line: String) {
        let code = line.prefix(3)
        guard code.count == 3, let first = code.first, code.allSatisfy({ $0.isASCII && $0.isNumber }) else { return }
        let isLastLine = line.dropFirst(3).first != "-"
        guard isLastLine else { return }
        let text = MailReplies.readable(line)
        last = text
        // Ways to sign in are tried one after the other; what was said before one of them worked is over.
        if code == "235" { complaints = [] }
        if ["4", "5"].contains(first), complaints.count < MailReplies.maxComplaints { complaints.append(text) }
    }

    private static func readable(_ line: String) -> String {
        let text = EncodedWord.oneLine(line)
        return String(text.reversed().drop { $0 == " " }.reversed().prefix(maxCharacters))
    }
}
