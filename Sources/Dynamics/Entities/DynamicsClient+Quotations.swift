public import JSON
public import Relay

/// A quotation (`SalesQuotationHeadersV2`), as far as its key goes.
public struct QuotationRow: ODataKeyedRow, Codable, Equatable {
    public var dataAreaId: String
    public var SalesQuotationNumber: String
    public var SalesQuotationStatus: String?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case dataAreaId, SalesQuotationNumber, SalesQuotationStatus
    }

    public static let key = ["dataAreaId", "SalesQuotationNumber"]
    public static var properties: [String] { CodingKeys.allCases.map(\.rawValue) }
}

/// A line of a quotation (`SalesQuotationLines`).
public struct QuotationLineRow: ODataKeyedRow, Codable, Equatable {
    public var dataAreaId: String
    public var InventoryLotId: String
    public var SalesQuotationNumber: String
    /// The item's id in the shop's quote, if the line was created by Causeway.
    public var LineCreationSequenceNumber: Int

    enum CodingKeys: String, CodingKey, CaseIterable {
        case dataAreaId, InventoryLotId, SalesQuotationNumber, LineCreationSequenceNumber
    }

    public static let key = ["dataAreaId", "InventoryLotId"]
    public static var properties: [String] { CodingKeys.allCases.map(\.rawValue) }
}

extension DynamicsClient {
    /// - Parameter field: `CustomersReference` or `CustomerRequisitionNumber`.
    /// - Returns: At most two: one is a match, two mean that the quotation was created twice.
    public func quotations(
        where field: String, is reference: String, dataAreaId: String
    ) async throws -> [QuotationRow] {
        let filter = try DynamicsClient.filter(dataAreaId, field, reference)
        return try await odata.rows(names.salesQuotationHeaders, where: filter, top: 2)
    }

    public func createQuotation(fields: some Encodable & Sendable) async throws -> QuotationRow {
        try await odata.create(names.salesQuotationHeaders, fields)
    }

    /// Sends what differs from the quotation as it is.
    /// - Returns: The names of what was changed; `nil` if there is no such quotation.
    public func settleQuotation(
        number: String, dataAreaId: String, _ wanted: JSONObject
    ) async throws -> [String]? {
        let key = try ODataKey(["dataAreaId": dataAreaId.lowercased(), "SalesQuotationNumber": number])
        return try await odata.settle(names.salesQuotationHeaders, key: key, wanted)
    }

    /// Lets a quotation expire on the day of the moment.
    public func expireQuotation(number: String, dataAreaId: String, on moment: Timestamp) async throws {
        guard let day = ODataDate(utc: moment) else { return }
        _ = try await settleQuotation(
            number: number, dataAreaId: dataAreaId, ["SalesQuotationExpiryDate": .string(day.literal)])
    }

    public func quotationLines(number: String, dataAreaId: String) async throws -> [QuotationLineRow] {
        let filter = try DynamicsClient.filter(dataAreaId, "SalesQuotationNumber", number)
        return try await odata.rows(names.salesQuotationLines, where: filter)
    }

    public func createQuotationLine(fields: some Encodable & Sendable) async throws -> QuotationLineRow {
        try await odata.create(names.salesQuotationLines, fields)
    }

    /// Sends what differs from the line as it is.
    /// - Returns: The names of what was changed; `nil` if there is no such line.
    public func settleQuotationLine(
        lot: String, dataAreaId: String, _ wanted: JSONObject
    ) async throws -> [String]? {
        try await odata.settle(names.salesQuotationLines, key: Self.lineKey(lot, dataAreaId), wanted)
    }

    public func deleteQuotationLine(lot: String, dataAreaId: String) async throws {
        try await odata.delete(names.salesQuotationLines, key: Self.lineKey(lot, dataAreaId), if: .exists)
    }

    private static func lineKey(_ lot: String, _ dataAreaId: String) throws -> ODataKey {
        try ODataKey(["dataAreaId": dataAreaId.lowercased(), "InventoryLotId": lot])
    }
}
