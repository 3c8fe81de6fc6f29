import JSON

extension DynamicsClient {
    /// How far a sales order has come; `nil` if there is none of this number.
    public func salesOrderStatus(number: String, dataAreaId: String) async throws -> SalesOrderStatusRow? {
        try await odata.row(names.salesOrderHeaders, key: DynamicsClient.key(number, dataAreaId))
    }

    /// The rows of a shipment: of its header, usually one, and its lines.
    /// - Parameter packingSlip: The shipment's number.
    public func shipment(
        _ packingSlip: String, dataAreaId: String, in entities: ShipmentEntities
    ) async throws -> (headers: [OpenRow], lines: [OpenRow]) {
        let filter = try DynamicsClient.filter(dataAreaId, entities.name(.PackingSlipId), packingSlip)
        let headers: [OpenRow] = try await odata.rows(entities.headers, where: filter)
        guard !headers.isEmpty else { return ([], []) }
        return (headers, try await odata.rows(entities.lines, where: filter))
    }

    /// The numbers of all shipments of a sales order, each once, in the sequence of the rows.
    public func shipmentNumbers(
        salesOrder: String, dataAreaId: String, in entities: ShipmentEntities
    ) async throws -> [String] {
        let filter = try DynamicsClient.filter(dataAreaId, entities.name(.SalesOrderNumber), salesOrder)
        let headers: [OpenRow] = try await odata.rows(entities.headers, where: filter)
        var numbers: [String] = []
        for row in headers {
            guard let number = row.fields[entities.name(.PackingSlipId)]?.stringValue else { continue }
            if !numbers.contains(number) { numbers.append(number) }
        }
        return numbers
    }

    static func key(_ salesOrder: String, _ dataAreaId: String) throws(ODataFault) -> ODataKey {
        try ODataKey(["dataAreaId": dataAreaId.lowercased(), "SalesOrderNumber": salesOrder])
    }
}

extension DynamicsClient {
    /// The lines of an invoice with all that the environment shows of them, such as the sales order of each line.
    public func openSalesInvoiceLines(invoiceNumber: String, dataAreaId: String) async throws -> [OpenRow] {
        let filter = try DynamicsClient.filter(dataAreaId, "InvoiceNumber", invoiceNumber)
        return try await odata.rows(names.salesInvoiceLines, where: filter)
    }
}
