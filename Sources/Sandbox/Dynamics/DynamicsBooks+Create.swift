import Foundation
import HTTPTypes
import JSON

/// Creating rows: first what every entity checks, then each entity's own rules, in F&O's order.
extension DynamicsBooks {
    /// - Returns: The new row's position in the table of the set.
    mutating func create(
        _ schema: EntitySchema, _ sent: JSONObject, at date: Date
    ) throws(ODataRefusal) -> Int {
        guard !schema.isReadOnly else {
            throw .infolog(schema, "Creating records is not allowed in the entity \(schema.type)")
        }
        var fields = try checked(schema, sent)
        let area = fields["dataAreaId"]?.stringValue ?? defaultCompany
        switch schema.type {
        case EntitySchema.customers.type:
            try completeCustomer(&fields, area)
            let position = customers.insert(fields, recordID: nextRecordID())
            enterAddressBook(position)
            return position
        case EntitySchema.customerAddresses.type:
            return try createAddress(fields, area)
        case EntitySchema.quotationHeaders.type: return try createQuotation(fields, area)
        case EntitySchema.quotationLines.type: return try createQuotationLine(fields, area)
        case EntitySchema.salesOrderHeaders.type:
            try completeOrder(&fields, area, at: date)
            return orders.insert(fields, recordID: nextRecordID())
        case EntitySchema.paymentJournalHeaders.type: return try createJournal(&fields, area)
        case EntitySchema.paymentJournalLines.type: return try createJournalLine(&fields, area)
        case EntitySchema.returnOrderHeaders.type: return try createReturnOrder(&fields, area)
        case EntitySchema.returnOrderLines.type: return try createReturnLine(&fields, area)
        default:
            try completeLine(schema, &fields, area)
            let position = lines.insert(fields, recordID: nextRecordID())
            calculateTotals(fields["SalesOrderNumber"]?.stringValue ?? "", area)
            return position
        }
    }

    /// Names, types, what is read-only and what must be there; the company in lower case.
    private func checked(_ schema: EntitySchema, _ sent: JSONObject) throws(ODataRefusal) -> JSONObject {
        var fields = try typed(schema, sent)
        let area = fields["dataAreaId"]?.stringValue?.lowercased() ?? defaultCompany
        guard hasCompany(area) else {
            throw .notInTable(schema, value: area, field: "Company", table: "Legal entities")
        }
        fields["dataAreaId"] = .string(area)
        for property in schema.properties where property.isRequired {
            guard let value = fields[property.name], value != "", value != 0 else {
                throw .infolog(schema, "Field '\(property.name)' must be filled in")
            }
        }
        return fields
    }

    /// Names, types, and what is read-only.
    func typed(_ schema: EntitySchema, _ sent: JSONObject) throws(ODataRefusal) -> JSONObject {
        var fields = JSONObject()
        for field in sent.fields {
            guard let property = schema.property(field.key) else { throw .unknownMember(field.key, schema) }
            guard property.kind.accepts(field.value) else {
                throw .malformed(
                    """
                    Cannot convert the literal of property '\(field.key)' to the expected type \
                    '\(property.kind.edmName)'.
                    """)
            }
            guard !property.isReadOnly else {
                throw .infolog(schema, "Field '\(field.key)' is read-only and can't be set")
            }
            // Kept as a number, not as text: 110.10 is given back as 110.1.
            fields.append(field.key, field.value.numberValue.map { .number($0) } ?? field.value)
        }
        return fields
    }

    private mutating func completeCustomer(_ fields: inout JSONObject, _ area: String) throws(ODataRefusal) {
        let schema = EntitySchema.customers
        func text(_ name: String) -> String { fields[name]?.stringValue ?? "" }
        guard ["Person", "Organization", ""].contains(text("PartyType")) else {
            throw .infolog(schema, "The value '\(text("PartyType"))' of field 'PartyType' is not valid")
        }
        if text("PartyType").isEmpty { fields["PartyType"] = "Organization" }
        let name = text("PartyType") == "Person" ? "PersonLastName" : "OrganizationName"
        guard !text(name).isEmpty else { throw .infolog(schema, "Field '\(name)' must be filled in") }
        guard configuration.customerGroups.contains(text("CustomerGroupId")) else {
            throw .notInTable(
                schema, value: text("CustomerGroupId"), field: "Customer group", table: "Customer groups")
        }
        try checkCurrency(text("SalesCurrencyCode"), schema)
        for property in schema.properties where property.name.hasSuffix("CountryRegionId") {
            try checkCountry(text(property.name), schema)
        }
        let account = try number(
            text("CustomerAccount"), field: "Customer account", configuration.customerNumbers, prefix: "C", area,
            schema)
        guard customers.position("CustomerAccount", account, dataAreaId: area) == nil else {
            throw .infolog(
                schema,
                """
                Cannot create a record in Customers (CustTable). Customer account: \(account). \
                The record already exists
                """)
        }
        fields["CustomerAccount"] = .string(account)
        try chooseParty(&fields)
    }

    private mutating func completeOrder(
        _ fields: inout JSONObject, _ area: String, at date: Date
    ) throws(ODataRefusal) {
        let schema = EntitySchema.salesOrderHeaders
        func text(_ name: String) -> String { fields[name]?.stringValue ?? "" }
        for name in ["OrderingCustomerAccountNumber", "InvoiceCustomerAccountNumber"] {
            guard let customer = customers.row("CustomerAccount", text(name), dataAreaId: area) else {
                throw .notInTable(schema, value: text(name), field: "Customer account", table: "Customers")
            }
            guard ["", "No", "Payment", "Requisition", "Never", "PurchOrder"].contains(customer.text("OnHoldStatus"))
            else {
                throw .infolog(
                    schema, "Customer account \(text(name)) is on hold for \(customer.text("OnHoldStatus"))",
                    status: .internalServerError)
            }
            if text("CurrencyCode").isEmpty { fields["CurrencyCode"] = .string(customer.text("SalesCurrencyCode")) }
            inherit("DefaultShippingSiteId", from: customer.text("SiteId"), &fields)
            inherit("DefaultShippingWarehouseId", from: customer.text("WarehouseId"), &fields)
        }
        try checkCurrency(text("CurrencyCode"), schema)
        try checkCountry(text("DeliveryAddressCountryRegionId"), schema)
        try checkCountry(text("InvoiceAddressCountryRegionId"), schema)
        let reference = text("CustomersOrderReference")
        if configuration.refusesRepeatedReferences, !reference.isEmpty,
            let other = orders.row("CustomersOrderReference", reference, dataAreaId: area)
        {
            throw .infolog(
                schema, "Customer reference \(reference) is already used on order \(other.text("SalesOrderNumber"))")
        }
        let order = try number(
            text("SalesOrderNumber"), field: "Sales order", configuration.salesOrderNumbers, prefix: "SO", area,
            schema)
        guard orders.position("SalesOrderNumber", order, dataAreaId: area) == nil else {
            throw .infolog(
                schema,
                """
                Cannot create a record in Sales orders (SalesTable). Sales order: \(order). \
                The record already exists
                """)
        }
        fields["SalesOrderNumber"] = .string(order)
        fields["SalesOrderStatus"] = "Backorder"
        fields["SalesOrderProcessingStatus"] = "Active"
        fields["OrderCreationDateTime"] = .string(TimeText(date).odata)
        fields["AreTotalsCalculated"] = "Yes"
    }

    /// A number from the sequence, or the one that was sent, as the sequence's setting demands.
    private mutating func number(
        _ sent: String, field: String, _ numbering: SandboxDynamicsConfiguration.Numbering, prefix: String,
        _ area: String, _ schema: EntitySchema
    ) throws(ODataRefusal) -> String {
        switch (numbering, sent.isEmpty) {
        case (.automatic, true): return nextNumber(prefix, dataAreaId: area)
        case (.manual, false): return sent
        case (.automatic, false):
            throw .infolog(
                schema, "The number sequence of '\(field)' does not allow manual numbers, but '\(sent)' was sent")
        case (.manual, true):
            throw .infolog(schema, "Field '\(field)' must be filled in: its number sequence is manual")
        }
    }

    func checkCurrency(_ code: String, _ schema: EntitySchema) throws(ODataRefusal) {
        guard configuration.currencies.contains(code) else {
            throw .notInTable(schema, value: code, field: "Currency", table: "Currency")
        }
    }

    /// F&O's own ids have three letters: `AUT`, not `AT`.
    func checkCountry(_ code: String, _ schema: EntitySchema) throws(ODataRefusal) {
        guard code.isEmpty || code.wholeMatch(of: /[A-Z]{3}/) != nil else {
            throw .notInTable(schema, value: code, field: "Country/region", table: "Country/region")
        }
    }

    /// Fills what was not sent. An empty text that was sent stays: it overrides the default.
    private func inherit(_ name: String, from value: String, _ fields: inout JSONObject) {
        if fields[name] == nil, !value.isEmpty { fields[name] = .string(value) }
    }
}
