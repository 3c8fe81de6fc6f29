import Commerce
import Dynamics
import Foundation
import JSON
import Mapping
import Relay

/// Everything that F&O will be asked to create for one order, worked out before the first call.
///
/// What the records say is the business of the mapping documents `order-customer`, `order-header` and `order-line`; the
/// keys by which they are found again are set here.
struct SalesOrderDraft: Sendable {
    let incrementID: String
    /// Lower case.
    let dataAreaID: String
    /// Lower case, without white space at its ends; the natural key of the customer within the legal entity.
    let email: String
    let customer: MappedRecord
    let sale: OrderSale

    private let headerFields: MappedRecord
    private let lineFields: [MappedRecord]

    /// - Throws: `Verdict` or `OrderLinesError`: skips orders in a state without effect, parks what does not fit.
    init(
        _ order: CommerceOrder, policy: OrderPolicy, mappings: MappingSet, values: any ValueLookup
    ) throws {
        if let state = order.state, policy.skippedStates.contains(state) {
            throw Verdict.skip(
                "order-state", "Order \(order.incrementID) is in state \(state); a later change of it is carried.")
        }
        guard order.incrementID.utf16.count <= CustomersOrderReference.longest else {
            throw Verdict.park(
                "unmapped",
                "Order \(order.incrementID) has a number of more than \(CustomersOrderReference.longest) characters, which is "
                    + "what CustomersOrderReference holds.")
        }
        let records = try OrderRecords(order, policy: policy, values: values)
        let area = records.dataAreaID
        func map(_ document: String, _ roots: [String: JSONValue]) throws(Verdict) -> MappedRecord {
            do throws(MappingFault) {
                return try mappings.map(document, roots, scope: area, values: values)
            } catch {
                throw Verdict.unmapped(error, order: order, roots)
            }
        }
        incrementID = order.incrementID
        dataAreaID = area
        email = records.email
        sale = records.sale
        var customer = try map("order-customer", records.customer)
        customer.set("dataAreaId", .string(area))
        customer.set("PrimaryContactEmail", .string(records.email))
        self.customer = customer
        var header = try map("order-header", records.header)
        header.set("dataAreaId", .string(area))
        header.set("CustomersOrderReference", .string(order.incrementID))
        headerFields = header
        lineFields = try zip(records.lines, records.sale.lines).map { roots, line in
            var fields = try map("order-line", roots)
            fields.set("dataAreaId", .string(area))
            fields.set("LineNumber", .int(line.number))
            return fields
        }
    }

    /// - Parameter account: Also the account that is invoiced, unless the document names another.
    func header(account: String) -> MappedRecord {
        var header = headerFields
        header.set("OrderingCustomerAccountNumber", .string(account))
        if header["InvoiceCustomerAccountNumber"] == nil {
            header.set("InvoiceCustomerAccountNumber", .string(account))
        }
        return header
    }

    func lines(salesOrderNumber: String) -> [MappedRecord] {
        lineFields.map { fields in
            var line = fields
            line.set("SalesOrderNumber", .string(salesOrderNumber))
            return line
        }
    }
}

extension Verdict {
    /// A country that neither the value table `countries` nor ISO 3166-1 knows is the shopper's to correct.
    fileprivate static func unmapped(
        _ fault: MappingFault, order: CommerceOrder, _ records: [String: JSONValue]
    ) -> Verdict {
        guard case .nothing(_, let field, _) = fault, field.hasSuffix("CountryRegionId") else {
            return .unmapped(fault, record: "Order \(order.incrementID)")
        }
        let account = records["address"]?.objectValue
        let address = account ?? records["order"]?.objectValue?["shipping_address"]?.objectValue
        let country = address?["country_id"]?.stringValue
        return .park(
            "unknown-country",
            "Order \(order.incrementID): country_id is \(country.map { "\"\($0)\"" } ?? "missing"); "
                + "expected an ISO 3166-1 code of two letters, or a row of the value table countries.",
            advice: "Correct the address in Commerce and send the order again, or add the row.")
    }
}
