import Foundation
import HTTPServer
import JSON

/// `POST /sandbox/v1/breaks`: breaks one thing on purpose, for whoever wants to see it found.
extension OperatorSurface {
    static let breakMembers = [
        "what", "order", "salesOrder", "dataAreaId", "line", "price", "state", "status", "processing",
    ]

    private enum Breakage: String, CaseIterable {
        /// `salesOrder`, `dataAreaId`: deletes it with its lines.
        case loseSalesOrder
        /// The same: enters it a second time.
        case doubleSalesOrder
        /// And `line`, `price`.
        case changePrice
        /// And `status`, `processing`, such as `Delivered`: without telling anybody.
        case setSalesOrderStatus
        /// `salesOrder`, `dataAreaId`: posts an invoice whose event never leaves.
        case loseInvoiceEvent
        /// `order`: the ERP's number is gone from the shop's order.
        case dropNumber
        /// And `state`, such as `canceled`: without telling anybody.
        case setOrderState
    }

    func breakOneThing(_ body: OperatorBody) throws -> Response {
        let name = try body.required("what", body.string("what"))
        guard let what = Breakage(rawValue: name) else {
            let known = Breakage.allCases.map(\.rawValue).joined(separator: ", ")
            throw OperatorRefusal.bad("There is nothing \"\(name)\" to break; there are \(known).")
        }
        func text(_ member: String) throws(OperatorRefusal) -> String {
            try body.required(member, body.string(member))
        }
        var answer: JSONObject = ["broken": .string(name)]
        switch what {
        case .loseSalesOrder:
            try dynamics.loseSalesOrder(text("salesOrder"), dataAreaId: text("dataAreaId"))
        case .doubleSalesOrder:
            let double = try dynamics.doubleSalesOrder(text("salesOrder"), dataAreaId: text("dataAreaId"))
            answer.append("salesOrder", .string(double))
        case .changePrice:
            try dynamics.changePrice(
                to: body.required("price", body.number("price")), line: body.number("line") ?? 1,
                salesOrder: text("salesOrder"), dataAreaId: text("dataAreaId"))
        case .setSalesOrderStatus:
            try dynamics.setStatus(
                text("status"), processing: body.string("processing") ?? text("status"),
                salesOrder: text("salesOrder"), dataAreaId: text("dataAreaId"))
        case .loseInvoiceEvent:
            let number = try dynamics.postInvoiceSilently(
                salesOrder: text("salesOrder"), dataAreaId: text("dataAreaId"))
            answer.append("invoiceNumber", .string(number))
        case .dropNumber: try commerce.dropExternalNumber(incrementID: text("order"))
        case .setOrderState: try commerce.setState(text("state"), incrementID: text("order"))
        }
        return Self.ok(.object(answer))
    }
}
