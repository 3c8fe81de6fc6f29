import HTTPClient
import Relay

/// Plain text mails.
struct MailChannel: AlertChannel {
    let name: String
    let id: String
    let gateway: String
    let from: MailAddress
    let to: [MailAddress]
    let transport: any MailSending

    func send(_ notice: AlertNotice) async throws(AlertSendFailure) -> AlertReceipt {
        let message = MailMessage(
            from: from, to: to, subject: notice.headline(gateway), text: text(notice), id: notice.id,
            millisecondsSince1970: notice.at.millisecondsSince1970)
        do throws(MailError) {
            let receipt = try await transport.send(message)
            return AlertReceipt(answer: receipt.reply, complaints: receipt.complaints)
        } catch {
            throw AlertSendFailure(error.description, outcomeIsUnclear: error.outcomeIsUnclear)
        }
    }

    private func text(_ notice: AlertNotice) -> String {
        let alert = notice.alert
        let facts = [
            "Gateway: \(gateway)", "Cause: \(alert.cause)", "Severity: \(alert.severity.rawValue)",
            "At: \(notice.at.iso8601)",
        ]
        return ([alert.title, ""] + notice.details + [""] + facts).joined(separator: "\n")
    }
}
