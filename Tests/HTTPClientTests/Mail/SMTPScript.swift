import Foundation

/// What a scripted mail server offers and refuses.
struct SMTPScript: Sendable {
    /// Lines behind `250-` of the answer to EHLO.
    var extensions = ["8BITMIME"]
    /// `AUTH PLAIN` with anything else is refused.
    var login: (user: String, password: String)?
    /// Recipient → reply in place of `250`.
    var refusedRecipients: [String: String] = [:]
    /// To MAIL FROM, in place of `250`.
    var senderReply = "250 2.1.0 Ok"
    /// To the end of the mail.
    var mailReply = "250 2.0.0 Ok: queued as TEST1"
    /// The connection is cut in place of the reply to this command; `.` is the end of the mail.
    var cutsAt: String?
    /// As `cutsAt`, but nothing is said for ever.
    var isSilentAt: String?

    /// What to say to a command; `nil` for what is none.
    func reply(to line: String) -> String? {
        let words = line.split(separator: " ", maxSplits: 1)
        switch words.first?.uppercased() {
        case "EHLO":
            let offers = extensions + (login == nil ? [] : ["AUTH PLAIN"])
            return (["mail.test"] + offers).enumerated()
                .map { "250\($0.offset == offers.count ? " " : "-")\($0.element)" }.joined(separator: "\r\n")
        case "AUTH": return line == "AUTH PLAIN" ? "334 " : "504 5.5.4 Not that way"
        case "MAIL": return senderReply
        case "RCPT":
            let refusal = refusedRecipients.first { line.contains("<\($0.key)>") }
            return refusal?.value ?? "250 2.1.5 Ok"
        case "DATA": return "354 Go ahead"
        case "STARTTLS": return extensions.contains("STARTTLS") ? "220 Go ahead" : "502 5.5.1 Not implemented"
        case "QUIT": return "221 Bye"
        default: return nil
        }
    }

    /// To what follows `334` (RFC 4616): nothing, user and password, with NULs between them.
    func reply(toLogin line: String) -> String {
        let text = "\0\(login?.user ?? "")\0\(login?.password ?? "")"
        return line == Data(text.utf8).base64EncodedString() ? "235 2.7.0 Ok" : "535 5.7.8 Wrong password"
    }
}
