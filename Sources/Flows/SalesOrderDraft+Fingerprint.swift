import Cryptography
import Dynamics
import Foundation
import Relay

extension SalesOrderDraft {
    /// All that F&O would be told of this order. What Commerce adds when Causeway writes back (the sales order's number,
    /// comments, invoices, the status) is not among it.
    func fingerprint() throws -> Fingerprint {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let told = Told(customer: customer, header: header(account: ""), lines: lines(salesOrderNumber: ""))
        return Fingerprint(
            key: LinkKey(kind: "order", scope: dataAreaID, key: incrementID),
            digest: SHA256.hash([UInt8](try encoder.encode(told))))
    }

    private struct Told: Encodable {
        var customer: NewCustomer
        var header: NewSalesOrderHeader
        var lines: [NewSalesOrderLine]
    }
}
