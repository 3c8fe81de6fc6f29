import Commerce
import Foundation
import JSON
import Testing

@testable import Flows

/// An order in a platform's shape with what a bookkeeper expects of it: a file of the folder `Orders`.
///
/// `body` is what Commerce sends, digit by digit. `orders` are the money settings that the file wants. The rest is one of
/// `becomes` (parts of the records, and the sums in both currencies), `parks` (code and a part of the message) and
/// `skips` (code).
struct OrderFixture: CustomTestStringConvertible, Sendable {
    let name: String
    let root: JSONNode
    var testDescription: String { "\(name): \(root["about"].value?.stringValue ?? "")" }
    var body: [UInt8] { JSONWriter.bytes(root["body"].value ?? .null) }

    static let all: [OrderFixture] = {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Orders")
        let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        return files.sorted { $0.path < $1.path }.compactMap { file in
            guard let data = try? Data(contentsOf: file), let root = try? JSONValue.parse([UInt8](data)) else {
                return nil
            }
            return OrderFixture(
                name: file.deletingPathExtension().lastPathComponent, root: JSONNode(value: root))
        }
    }()

    static func all(with outcome: String) -> [OrderFixture] { all.filter { $0.root[outcome].value != nil } }

    /// - Parameter currency: In place of the one that the file asks for.
    func draft(in currency: OrderMoney.Currency? = nil) throws -> SalesOrderDraft {
        let order = try CommerceOrder.read(body)
        var policy = samplePolicy()
        policy.money = money
        if let currency { policy.money.currency = currency }
        let draft = try SalesOrderDraft(order, policy: policy)
        try order.refusePartlyCanceled()
        return draft
    }

    private var money: OrderMoney {
        var money = OrderMoney()
        let orders = root["orders"]
        func word(_ key: String) -> String { orders[key].value?.stringValue ?? "" }
        money.currency = .init(rawValue: word("currency")) ?? money.currency
        money.prices = .init(rawValue: word("prices")) ?? money.prices
        money.tax = .init(rawValue: word("tax")) ?? money.tax
        money.pricesIncludeTax = orders["pricesIncludeTax"].value?.boolValue ?? false
        money.giftCards = treatment(orders["giftCards"]) ?? money.giftCards
        money.storeCredit = treatment(orders["storeCredit"]) ?? money.storeCredit
        money.rewardPoints = treatment(orders["rewardPoints"]) ?? money.rewardPoints
        money.giftWrapping = treatment(orders["giftWrapping"]) ?? money.giftWrapping
        for fee in orders["fees"].value?.objectValue?.fields ?? [] { money.fees[fee.key] = fee.value.stringValue }
        return money
    }

    private func treatment(_ node: JSONNode) -> OrderMoney.Treatment? {
        node["item"].value?.stringValue.map { .item($0) } ?? (node.value == "park" ? .park : nil)
    }
}
