import JSON

extension ShopDesk {
    static let categoryHandlers: [String: Handler] = [
        "GET /V1/categories": { desk, call throws(CommerceRefusal) in
            let root = QueryString.parse(call.query ?? "")?.first { $0.name == "rootCategoryId" }
            guard let id = Int(root?.value ?? "2"), let tree = desk.tree(id) else { throw .noSuchEntity }
            return tree
        },
        "GET /V1/categories/{categoryId}": reading(.categories, by: "categoryId"),
        "POST /V1/categories": { desk, call throws(CommerceRefusal) in
            let sent = call.object("category")
            let parent = try desk.shelves.record(.categories, id: sent["parent_id"]?.intValue ?? 2)
            guard sent["name"] != nil, sent["is_active"] != nil else {
                throw .bad("Could not save category: %1", "The \"Category Name\" attribute value is empty.")
            }
            var category = sent
            category["parent_id"] = parent["id"]
            category["level"] = .int((parent["level"]?.intValue ?? 0) + 1)
            return .object(desk.shelves.add(.categories, category))
        },
        "PUT /V1/categories/{id}": { desk, call throws(CommerceRefusal) in
            let sent = call.object("category")
            return .object(
                try desk.shelves.update(.categories, id: try call.id("id")) { category throws(CommerceRefusal) in
                    category.append(contentsOf: sent)
                })
        },
        "PUT /V1/categories/{categoryId}/move": { desk, call throws(CommerceRefusal) in
            let parent = call.body["parentId"]?.intValue ?? 0
            _ = try desk.shelves.record(.categories, id: parent)
            _ = try desk.shelves.update(.categories, id: try call.id("categoryId")) {
                category throws(CommerceRefusal) in
                category["parent_id"] = .int(parent)
            }
            return true
        },
        "GET /V1/categories/{categoryId}/products": { desk, call throws(CommerceRefusal) in
            let id = call.text("categoryId")
            return .array(
                desk.shelves[.categoryLinks].filter { $0["category_id"]?.stringValue == id }.map(JSONValue.object))
        },
        "PUT /V1/categories/{categoryId}/products": { desk, call throws(CommerceRefusal) in
            let link = call.object("productLink")
            _ = try desk.product(link["sku"]?.stringValue ?? "")
            try desk.shelves.change { state throws(CommerceRefusal) in
                state[.categoryLinks].removeAll {
                    $0["sku"] == link["sku"] && $0["category_id"] == link["category_id"]
                }
                _ = state.add(.categoryLinks, link)
            }
            return true
        },
        "DELETE /V1/categories/{categoryId}/products/{sku}": { desk, call throws(CommerceRefusal) in
            let (id, sku) = (call.text("categoryId"), call.text("sku"))
            return try desk.shelves.change { state throws(CommerceRefusal) in
                let before = state[.categoryLinks].count
                state[.categoryLinks].removeAll {
                    $0["sku"]?.stringValue == sku && $0["category_id"]?.stringValue == id
                }
                guard state[.categoryLinks].count < before else {
                    throw .bad("The category doesn't contain the specified product.")
                }
                return true
            }
        },
    ]

    /// Deeper trees than this are cut off.
    private static let deepest = 16

    private func tree(_ id: Int, depth: Int = 0) -> JSONValue? {
        guard depth < Self.deepest, var category = try? shelves.record(.categories, id: id) else { return nil }
        let children = shelves[.categories].filter { $0["parent_id"]?.intValue == id }
        category["product_count"] = .int(
            shelves[.categoryLinks].count { $0["category_id"]?.stringValue == String(id) })
        category["children_data"] = .array(
            children.compactMap { child in child["id"]?.intValue.flatMap { tree($0, depth: depth + 1) } })
        return .object(category)
    }
}
