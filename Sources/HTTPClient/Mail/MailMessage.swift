import Foundation

/// A plain text mail (RFC 5322), as programs send it.
public struct MailMessage: Sendable, Equatable {
    public var from: MailAddress
    /// At least one.
    public var to: [MailAddress]
    public var subject: String
    /// UTF-8, lines of any length, ended by LF.
    public var text: String
    /// Left of the `@` in `Message-ID`; what is not a letter, digit, `-` or `_` is left out. The same id for the same
    /// message sent again lets mailboxes drop the second one.
    public var id: String
    public var millisecondsSince1970: Int64

    public init(
        from: MailAddress, to: [MailAddress], subject: String, text: String, id: String, millisecondsSince1970: Int64
    ) {
        self.from = from
        self.to = to
        self.subject = subject
        self.text = text
        self.id = id
        self.millisecondsSince1970 = millisecondsSince1970
    }

    /// A longer subject is cut.
    static let maxSubjectCharacters = 200

    /// Header and body, all lines ended by CR LF. Dots at the beginning of lines are left to libcurl.
    var bytes: [UInt8] {
        let identity = id.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
        let lines = [
            "Date: \(MailMessage.date(millisecondsSince1970))",
            "From: \(MailMessage.mailbox(from))",
            "To: \(to.map(MailMessage.mailbox).joined(separator: ",\r\n "))",
            "Message-ID: <\(identity)@\(from.domain)>",
            "Subject: "
                + EncodedWord.unstructured(String(subject.prefix(MailMessage.maxSubjectCharacters)), used: 9),
            // RFC 3834 §5: keeps autoresponders from answering.
            "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: quoted-printable",
        ]
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n" + QuotedPrintable.encode(text)).utf8)
    }

    private static func mailbox(_ address: MailAddress) -> String {
        address.name.map { "\(EncodedWord.phrase($0))\r\n <\(address.address)>" } ?? address.address
    }

    /// `Sat, 21 Nov 2026 08:57:39 +0000` (RFC 5322 §3.3).
    private static func date(_ milliseconds: Int64) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let moment = Date(timeIntervalSince1970: Double(milliseconds / 1000))
        let parts = calendar.dateComponents([.year, .month, .day, .weekday, .hour, .minute, .second], from: moment)
        func two(_ number: Int?) -> String { (number ?? 0) < 10 ? "0\(number ?? 0)" : "\(number ?? 0)" }
        let day = weekdays[((parts.weekday ?? 1) - 1) % weekdays.count]
        let month = months[((parts.month ?? 1) - 1) % months.count]
        return "\(day), \(two(parts.day)) \(month) \(parts.year ?? 1970) "
            + "\(two(parts.hour)):\(two(parts.minute)):\(two(parts.second)) +0000"
    }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
