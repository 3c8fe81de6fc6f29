import HTTPTypes
import JSON

extension ShopDesk {
    static let productHandlers: [String: Handler] = [
        "GET /V1/products": searching(.products),
        "GET /V1/products/{sku}": { desk, call throws(CommerceRefusal) in
            .object(try desk.product(call.text("sku")))
        },
        "POST /V1/products": { desk, call throws(CommerceRefusal) in
            try desk.save(call.object("product"), store: call.store)
        },
        "PUT /V1/products/{sku}": { desk, call throws(CommerceRefusal) in
            var product = call.object("product")
            // In a bulk request there is no path to take it from.
            if call.values["sku"] != nil { product["sku"] = .string(call.text("sku")) }
            return try desk.save(product, store: call.store)
        },
        "DELETE /V1/products/{sku}": { desk, call throws(CommerceRefusal) in
            let sku = try desk.product(call.text("sku"))["sku"]
            try desk.shelves.change { state throws(CommerceRefusal) in
                for shelf in [ShopShelf.products, .categoryLinks, .sourceItems] {
                    state[shelf].removeAll { $0["sku"] == sku }
                }
            }
            return true
        },
        "GET /V1/products/attributes/{attributeCode}/options": { desk, call throws(CommerceRefusal) in
            let code = call.text("attributeCode")
            let options = desk.shelves[.attributeOptions].filter { $0["attribute_code"]?.stringValue == code }
            return .array(options.map { ["label": $0["label"] ?? "", "value": $0["value"] ?? ""] })
        },
        "POST /V1/products/attributes/{attributeCode}/options": { desk, call throws(CommerceRefusal) in
            let label = call.object("option")["label"] ?? ""
            let code = JSONValue.string(call.text("attributeCode"))
            return try desk.shelves.change { state throws(CommerceRefusal) in
                let isTaken = state[.attributeOptions].contains {
                    $0["attribute_code"] == code && $0["label"] == label
                }
                guard !isTaken else {
                    throw .bad("Admin store attribute option label \"%1\" is already exists.", "\(label)")
                }
                let id = String(state[.attributeOptions].count + 1)
                _ = state.add(.attributeOptions, ["attribute_code": code, "label": label, "value": .string(id)])
                return .string("id_" + id)
            }
        },
    ]

    /// SKUs are compared without regard to case, as the database does.
    func product(_ sku: String) throws(CommerceRefusal) -> JSONObject {
        let found = shelves[.products].first { $0["sku"]?.stringValue?.lowercased() == sku.lowercased() }
        guard let found else {
            throw CommerceRefusal(
                status: .notFound,
                message: "The product that was requested doesn't exist. Verify the product and try again.")
        }
        return found
    }

    func hasProduct(_ sku: String) -> Bool { (try? product(sku)) != nil }

    /// Creates or updates. Under a store view's code the values of an existing product become that view's own, which
    /// is kept in `store_overrides`.
    func save(_ sent: JSONObject, store: String?) throws(CommerceRefusal) -> JSONValue {
        let date = date
        let sku = sent["sku"]?.stringValue ?? ""
        guard !sku.isEmpty, sku.count <= 64 else { throw .bad("The \"%1\" attribute value is empty.", "SKU") }
        return try shelves.change { state throws(CommerceRefusal) in
            let existing = state[.products].firstIndex { $0["sku"]?.stringValue?.lowercased() == sku.lowercased() }
            guard let index = existing else {
                for name in ["name", "attribute_set_id", "price"] where sent[name] == nil {
                    throw .bad("The value of attribute \"%1\" must be set", name)
                }
                let key = Self.urlKey(sent)
                guard key == nil || !state[.products].contains(where: { Self.urlKey($0) == key }) else {
                    throw .bad("URL key for specified store already exists.")
                }
                var product = sent
                product["status"] = sent["status"] ?? 1
                product["type_id"] = sent["type_id"] ?? "simple"
                product["created_at"] = .string(date)
                product["updated_at"] = .string(date)
                return .object(state.add(.products, product))
            }
            var product = JSONValue.object(state[.products][index]).merging(.object(sent)).objectValue ?? [:]
            product["custom_attributes"] = Self.merged(
                state[.products][index]["custom_attributes"], sent["custom_attributes"])
            product["updated_at"] = .string(date)
            if let store, store != "all" { product["store_overrides"] = .string(store) }
            state[.products][index] = product
            return .object(product)
        }
    }

    private static func urlKey(_ product: JSONObject) -> JSONValue? {
        let attributes = product["custom_attributes"]?.arrayValue ?? []
        return attributes.lazy.compactMap(\.objectValue).first { $0["attribute_code"] == "url_key" }?["value"]
    }

    private static func merged(_ old: JSONValue?, _ new: JSONValue?) -> JSONValue {
        let changed = new?.arrayValue ?? []
        let names = Set(changed.compactMap { $0.objectValue?["attribute_code"]?.stringValue })
        let kept = (old?.arrayValue ?? []).filter { attribute in
            !names.contains(attribute.objectValue?["attribute_code"]?.stringValue ?? "")
        }
        return .array(kept + changed)
    }
}
