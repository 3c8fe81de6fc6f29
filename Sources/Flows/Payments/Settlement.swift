import Dynamics
import Foundation
import JSON

/// What a payment pays in F&O.
enum Settlement: Sendable, Equatable {
    /// Nothing is invoiced yet.
    case prepayment
    case invoice(String)
    /// Several invoices, of which nobody says which one; F&O's own settlement decides.
    case open

    /// - Parameters:
    ///   - linked: The posted invoice that the shop's invoice was made from.
    ///   - invoices: All that are posted for the sales order, credit notes as well.
    static func of(amount: Decimal, linked: String?, invoices: [SalesInvoiceHeaderRow]) -> Settlement {
        if let linked { return .invoice(linked) }
        let due = invoices.filter { ($0.TotalInvoiceAmount ?? 0) > 0 }
        guard let first = due.first else { return .prepayment }
        guard due.count > 1 else { return .invoice(first.InvoiceNumber) }
        let equal = due.filter { $0.TotalInvoiceAmount == amount }
        return equal.count == 1 ? .invoice(equal[0].InvoiceNumber) : .open
    }

    /// For mapping documents: `settlement.prepayment`, `settlement.invoice`.
    var json: JSONValue {
        switch self {
        case .prepayment: ["prepayment": "Yes"]
        case .invoice(let number): ["invoice": .string(number)]
        case .open: [:]
        }
    }
}
