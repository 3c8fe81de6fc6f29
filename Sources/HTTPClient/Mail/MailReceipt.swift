/// A mail server's word that it took a mail.
public struct MailReceipt: Sendable, Equatable {
    /// `250 2.0.0 Ok: queued as 4F2A1`
    public var reply: String
    /// What it refused on the way: recipients that don't get the mail, while at least one does.
    public var complaints: [String]

    public init(reply: String, complaints: [String] = []) {
        self.reply = reply
        self.complaints = complaints
    }
}
