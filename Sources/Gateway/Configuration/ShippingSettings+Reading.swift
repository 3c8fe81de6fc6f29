import Dynamics
import Flows

extension ShippingSettings {
    /// - Parameter root: Holds `shipments`, `invoices` and `orderStatus`.
    init(_ root: ConfigurationSection) {
        self.init()
        if let section = root.section("shipments") {
            bundles = section.choice("bundles", default: bundles)
            section.finish()
        }
        if let section = root.section("invoices") {
            readInvoices(section)
            section.finish()
        }
        if let section = root.section("orderStatus") {
            told = section.processingStatuses("tell", default: told)
            cancellation = section.choice("canceled", default: cancellation)
            lineCancellation = section.choice("canceledLines", default: lineCancellation)
            section.finish()
        }
    }

    private mutating func readInvoices(_ section: ConfigurationSection) {
        capture.standard = section.choice("capture", default: capture.standard)
        if let methods = section.section("captureByMethod") {
            for method in methods.keys {
                capture.methods[method] = methods.choice(method, default: capture.standard)
            }
            methods.finish()
        }
        invoiceOrderProperty = section.value(
            "orderProperty", expected: "a property of the invoice lines, such as OriginalSalesOrderNumber",
            ODataName.checked)
    }
}

extension OrderChangePolicy {
    init(_ section: ConfigurationSection?) {
        self.init()
        guard let section else { return }
        cancellation = section.choice("cancel", default: cancellation)
        hold = section.choice("hold", default: hold)
        edit = section.choice("edit", default: edit)
        update = section.choice("update", default: update)
        openStatuses = section.processingStatuses("statuses", default: openStatuses)
        section.finish()
    }
}

extension ShipmentEntities {
    init(_ section: ConfigurationSection?) {
        self.init()
        guard let section else { return }
        let expected = "the name of an entity set of your own, such as \(headers)"
        headers = section.value("headers", expected: expected, ODataName.checked) ?? headers
        lines = section.value("lines", expected: expected, ODataName.checked) ?? lines
        if let table = section.section("fields") {
            for name in table.keys {
                guard Field(rawValue: name) != nil else {
                    // Asked for, so that it is not refused once more as an unknown one.
                    _ = table.child(name)
                    table.refuseKey(
                        name, expected: "one of \(Field.allCases.map(\.rawValue).joined(separator: ", "))")
                    continue
                }
                fields[name] = table.value(
                    name, expected: "a property of the entity, such as \(name)", ODataName.checked)
            }
            table.finish()
        }
        section.finish()
    }
}

extension ConfigurationSection {
    /// `SalesOrderProcessingStatus`es of F&O.
    fileprivate func processingStatuses(_ key: String, default fallback: Set<String>) -> Set<String> {
        guard child(key) != nil else { return fallback }
        let known = [
            "Active", "Confirmed", "Picked", "PartiallyDelivered", "Delivered", "PartiallyInvoiced",
            "DeliveredPartiallyInvoiced", "Invoiced",
        ]
        let expected = "SalesOrderProcessingStatus: \(known.joined(separator: ", "))"
        let words = texts(key, expected: expected)
        if let stranger = words.first(where: { !known.contains($0) }) {
            refuse(key, found: "\"\(stranger)\"", expected: expected)
        }
        return Set(words)
    }
}
