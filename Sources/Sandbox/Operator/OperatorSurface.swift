import Foundation
import HTTPServer
import HTTPTypes
import JSON

/// `/sandbox/v1/…`: places orders, posts invoices and turns the fault knobs from outside. Without a password, and
/// not part of what is simulated.
struct OperatorSurface: Responder {
    static let prefix = "/sandbox/v1/"

    let commerce: SandboxCommerce
    let dynamics: SandboxDynamics

    init(_ commerce: SandboxCommerce, _ dynamics: SandboxDynamics) {
        self.commerce = commerce
        self.dynamics = dynamics
    }

    func respond(to request: Request) async -> Response {
        do {
            return try await answer(request)
        } catch let error as OperatorRefusal {
            return error.response
        } catch {
            return OperatorRefusal(status: .conflict, text: "\(error)").response
        }
    }

    private func answer(_ request: Request) async throws -> Response {
        switch (request.method, String(request.path.dropFirst(Self.prefix.count))) {
        case (.get, "state"): Self.ok(.object(state))
        case (.get, "faults"): Self.ok(.object(faults))
        case (.put, "faults"): try setFaults(OperatorBody(request, known: ["commerce", "dynamics", "identity"]))
        case (.post, "orders"): try await placeOrder(OperatorBody(request, known: OrderTicket.members))
        case (.post, "invoices"):
            try await postInvoice(OperatorBody(request, known: ["salesOrder", "dataAreaId", "lines"]))
        case (.post, "items"):
            try releaseItem(
                OperatorBody(request, known: ["number", "name", "dataAreaId", "salesPrice", "isService"]))
        case (.post, "breaks"): try breakOneThing(OperatorBody(request, known: Self.breakMembers))
        case (.post, "events/test"): Self.ok(["taken": .bool(try await dynamics.sendTestEvent())])
        case (.post, "events/resend"): Self.ok(["taken": .int(await dynamics.resendFailedEvents())])
        case (.post, "tokens/expire"): expireTokens()
        case (.get, let path) where path.hasPrefix("webhooks/"):
            try webhook(incrementID: String(path.dropFirst("webhooks/".count)))
        default:
            throw OperatorRefusal(
                status: .notFound,
                text: """
                    There is no \(request.method.rawValue) \(request.path). There are GET state, GET webhooks/{order}, \
                    GET and PUT faults, and POST orders, invoices, items, breaks, events/test, events/resend and tokens/expire.
                    """)
        }
    }

    /// With a line end, for people at a terminal.
    static func ok(_ json: JSONValue, status: HTTPResponse.Status = .ok) -> Response {
        .json(JSONWriter.bytes(json) + [0x0A], status: status)
    }

    private func expireTokens() -> Response {
        dynamics.expireTokens()
        return Self.ok(["expired": true])
    }

    private func placeOrder(_ body: OperatorBody) async throws -> Response {
        let ticket = try OrderTicket(body)
        let order = ticket.order { commerce.newIncrementID(storeID: $0) }
        guard ticket.isSent else {
            let entityID = try commerce.register(order)
            return Self.ok(
                ["incrementID": .string(order.incrementID), "entityID": .int(entityID)], status: .created)
        }
        let placed = try await commerce.place(order)
        let (seconds, attoseconds) = placed.elapsed.components
        let milliseconds = Decimal(seconds) * 1000 + Decimal(attoseconds / 1_000_000_000_000) / 1000
        return Self.ok(
            [
                "incrementID": .string(placed.incrementID), "entityID": .int(placed.entityID),
                "gatewayStatus": placed.status.map(JSONValue.int) ?? .null,
                "gatewayFailure": .optional(placed.failure), "milliseconds": .number(milliseconds),
            ], status: .created)
    }

    /// The webhook of an order as Commerce would send it now, with its headers: for whoever wants to send it by hand.
    private func webhook(incrementID: String) throws -> Response {
        guard commerce.order(incrementID: incrementID) != nil else {
            throw OperatorRefusal(
                status: .notFound, text: "\(SandboxError.unknownOrder(incrementID: incrementID))")
        }
        let (body, headers) = try commerce.webhook(incrementID: incrementID)
        return Response(status: .ok, headers: headers, body: body)
    }

    private func postInvoice(_ body: OperatorBody) async throws -> Response {
        let number = try await dynamics.postInvoice(
            salesOrder: try body.required("salesOrder", body.string("salesOrder")),
            dataAreaId: try body.required("dataAreaId", body.string("dataAreaId")), lines: try lines(body))
        return Self.ok(["invoiceNumber": .string(number)], status: .created)
    }

    /// `{"1": 2}`: line number to quantity.
    private func lines(_ body: OperatorBody) throws(OperatorRefusal) -> [Decimal: Decimal]? {
        guard let object = try body.object("lines") else { return nil }
        var lines: [Decimal: Decimal] = [:]
        for field in object.fields {
            guard let number = Decimal(string: field.key, locale: nil), let quantity = field.value.numberValue else {
                throw .bad("\"lines\" maps line numbers to quantities: {\"1\": 2}.")
            }
            lines[number] = quantity
        }
        return lines
    }

    private func releaseItem(_ body: OperatorBody) throws -> Response {
        let number = try body.required("number", body.string("number"))
        let item = SandboxItem(
            number, name: try body.string("name") ?? "", salesPrice: try body.number("salesPrice") ?? 0,
            isService: try body.bool("isService") ?? false)
        try dynamics.release(item, dataAreaId: try body.required("dataAreaId", body.string("dataAreaId")))
        return Self.ok(["number": .string(number)], status: .created)
    }
}
