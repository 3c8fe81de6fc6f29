import Foundation
import HTTPServer
import JSON

/// A request that has passed the contract.
struct ShopCall {
    /// `POST /V1/order/{orderId}/ship`
    let name: String
    let values: [String: String]
    let query: String?
    let body: JSONObject
    /// The store view's code; `nil` if none was given.
    let store: String?

    func text(_ name: String) -> String { values[name] ?? "" }

    /// An increment id in the place of an entity id is not found, however many digits it has.
    func id(_ name: String) throws(CommerceRefusal) -> Int {
        let text = text(name)
        guard !text.isEmpty, text.allSatisfy({ $0.isASCII && $0.isNumber }) else {
            throw .wrongType(.string(text), expected: "int")
        }
        guard text.first != "0", let id = Int(text) else { throw .noSuchEntity }
        return id
    }

    func object(_ name: String) -> JSONObject { body[name]?.objectValue ?? [:] }
    func list(_ name: String) -> [JSONObject] { (body[name]?.arrayValue ?? []).compactMap(\.objectValue) }

    /// Quantities by order item from `items`; `nil` if there are none: everything.
    var quantities: [Int: Decimal]? {
        let items = list("items")
        guard !items.isEmpty else { return nil }
        return Dictionary(
            items.compactMap { item in
                item["order_item_id"]?.intValue.map { ($0, item["qty"]?.numberValue ?? 0) }
            }, uniquingKeysWith: +)
    }

    var comment: String? { object("comment")["comment"]?.stringValue }
}
