public import Foundation
import JSON

/// Where a company's environment shows what its customers owe. Standard F&O has no entity for it, so it is the
/// company's own.
public struct BalanceSource: Sendable, Equatable {
    /// With `dataAreaId` and `CustomerAccount`.
    public var entitySet: String
    /// What the customer owes, above zero, in the account's currency.
    public var field: String

    public init(entitySet: String, field: String) {
        self.entitySet = entitySet
        self.field = field
    }
}

extension DynamicsClient {
    /// - Returns: `nil` if there is no row for the account, which owes nothing then.
    /// - Throws: `ODataFault.unexpectedRow` if what stands there is no number.
    public func balance(
        account: String, dataAreaId: String, from source: BalanceSource
    ) async throws -> Decimal? {
        let filter = try DynamicsClient.filter(dataAreaId, "CustomerAccount", account)
        let rows = try await odata.fieldRows(source.entitySet, where: filter, [source.field])
        guard let row = rows.first else { return nil }
        guard let balance = row.values[source.field]?.numberValue else {
            throw ODataFault.unexpectedRow(
                ODataCall(method: "GET", entitySet: source.entitySet), detail: "\(source.field) is not a number")
        }
        return balance
    }
}
