/// Events in the shapes that Dynamics 365 sends, with values of our own.
enum BusinessEventFixtures {
    /// The members of an event about a posted invoice, each as JSON text, so that tests can replace one.
    static let invoicePosted: [String: String] = [
        "BusinessEventId": #""SalesInvoicePostedBusinessEvent""#,
        "BusinessEventLegalEntity": #""USMF""#,
        "ContextRecordSubject": #""""#,
        "ControlNumber": "5637912077",
        "EventId": #""A1C0D4B2-7E35-4B0E-9C55-2F1B6E0D7A90""#,
        "EventTime": #""/Date(1767261612000)/""#,
        "EventTimeIso8601": #""2026-01-01T10:00:12.4471205Z""#,
        "InitiatingUserAADObjectId": #""{7B0C2C53-91B7-4C7B-8A0B-0F4C3B6E1D22}""#,
        "InvoiceAccount": #""C-100042""#,
        "InvoiceAmountInAccountingCurrency": "242.0",
        "InvoiceDate": #""/Date(1767225600000)/""#,
        "InvoiceDueDate": #""/Date(1769817600000)/""#,
        "InvoiceId": #""CIV-000781""#,
        "InvoiceTaxAmount": "42.0",
        "LegalEntity": #""usmf""#,
        "MajorVersion": "0",
        "MinorVersion": "0",
        "ParentContextRecordSubjects": "[]",
        "SalesOrderId": #""SO-004512""#,
    ]

    /// - Parameter changes: Member names and their JSON text; `nil` takes the member out.
    static func invoicePosted(_ changes: [String: String?] = [:]) -> [UInt8] {
        object(invoicePosted, changes)
    }

    static let updatedCustomer: [String: String] = [
        "MessageName": #""OnExternalUpdated""#,
        "PrimaryEntityName": #""mserp_custcustomerv3entity""#,
        "PrimaryEntityId": #""00000000-0000-0000-0000-000000000000""#,
        "OperationCreatedOn": #""/Date(1767261612000+0000)/""#,
        "CorrelationId": #""0b7d5a3e-58d8-4c0f-9f7a-1f2f0e9a7c11""#,
        "InputParameters": """
        [ { "key": "Target", "value": {
            "__type": "Entity:http://schemas.microsoft.com/xrm/2011/Contracts",
            "LogicalName": "mserp_custcustomerv3entity",
            "Id": "0000077B-0000-0000-9a1c-005001000000",
            "Attributes": [
              { "key": "mserp_customeraccount", "value": "C-100042" },
              { "key": "mserp_dataareaid", "value": "USMF" },
              { "key": "mserp_creditlimit", "value": 1500.5 },
              { "key": "mserp_allowonaccount", "value": {
                  "__type": "OptionSetValue:http://schemas.microsoft.com/xrm/2011/Contracts", "Value": 200000001 } }
            ] } } ]
        """,
    ]

    static func updatedCustomer(_ changes: [String: String?] = [:]) -> [UInt8] {
        object(updatedCustomer, changes)
    }

    private static func object(_ members: [String: String], _ changes: [String: String?]) -> [UInt8] {
        var members = members
        for (name, value) in changes { members[name] = value }
        let lines = members.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }
        return [UInt8]("{\(lines.joined(separator: ",\n"))}".utf8)
    }
}
