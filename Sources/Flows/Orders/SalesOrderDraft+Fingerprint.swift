import Cryptography
import JSON
import Mapping
import Relay

extension SalesOrderDraft {
    /// All that F&O would be told of this order. What Commerce adds when Causeway writes back (the sales order's number,
    /// comments, invoices, the status) is not among it, unless a company's own mapping document reads it.
    func fingerprint() -> Fingerprint {
        let told: JSONValue = [
            "customer": customer.json, "header": header(account: "").json,
            "lines": .array(lines(salesOrderNumber: "").map(\.json)),
        ]
        return Fingerprint(
            key: LinkKey(kind: "order", scope: dataAreaID, key: incrementID),
            digest: SHA256.hash(JSONWriter.bytes(told)))
    }
}
