import Commerce
import Dynamics
import HTTPServer
import Relay

/// Whether an edited body can take the place of the one that was received: it must be readable at the door, and be
/// about the same record, whose deliveries keep their order.
enum EditedBody {
    static func check(_ body: [UInt8], of event: EventOverview, _ fields: NoticeFields) throws(Problem) {
        let subject: String
        do {
            switch (event.source, event.kind) {
            case ("commerce", OrderNotice.kind):
                subject = try (CommerceEvent.orderNotice(in: body) ?? WebhookReader.readOrder(body)).subject
            case ("commerce", let name):
                guard let kind = CommerceRecordKind(rawValue: name) else { return }
                subject = try CommerceEvent.recordNotice(in: body, kind: kind).subject
            case ("dynamics", _): subject = try BusinessEventReader.read(body).subject(body, fields)
            default: return
            }
        } catch {
            throw .unusableBody("body: \(error)")
        }
        guard subject == event.subject else {
            throw .unusableBody(
                "body: found one about \(subject.prefix(100)), expected \(event.subject), as event \(event.id) is.")
        }
    }
}
