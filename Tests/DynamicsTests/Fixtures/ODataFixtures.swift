/// Answers of F&O's OData service, in its format, with invented values.
enum ODataFixture {
    static func infolog(_ text: String) -> String {
        """
        {"error":{"code":"","message":"An error has occurred.","innererror":{"message":"Write failed for table row of \
        type 'SalesOrderLineV3Entity'. Infolog: \(text)","type":\
        "System.Web.OData.Exceptions.ODataException","stacktrace":"   at X.Y()"}}}
        """
    }

    static let siteIsMandatory = infolog(
        "Warning: Inventory dimension Site is mandatory and must consequently be specified.; "
            + "Error: Update has been canceled.; Info: validateWrite failed on data source "
            + "'SalesOrderLineV3Entity (SalesOrderLineV3Entity)'.")

    static let updateConflict = infolog(
        "Error: Cannot edit a record in Sales orders (SalesTable). An update conflict occurred due to another user "
            + "process deleting the record or changing one or more fields in the record.")

    /// What stands before F&O while it is serviced.
    static let maintenancePage = """
        <!DOCTYPE html><html><head><title>503</title></head><body><h1>Service Unavailable</h1></body></html>
        """

    /// Two orders with one reference: somebody created it twice.
    static let doubleReference = """
        {"@odata.context":"https://contoso.operations.dynamics.com/data/$metadata#SalesOrderHeadersV2",
         "value":[
          {"@odata.etag":"W/\\"JzAsNTYzNzE0NDU3Nic=\\"","dataAreaId":"usmf","SalesOrderNumber":"SO-004512",
           "CustomersOrderReference":"000000123","SalesOrderStatus":"Backorder"},
          {"@odata.etag":"W/\\"JzAsNTYzNzE0NDU3Nyc=\\"","dataAreaId":"usmf","SalesOrderNumber":"SO-004513",
           "CustomersOrderReference":"000000123","SalesOrderStatus":"SomethingNew"}]}
        """

    /// A row whose date is a day, kept at noon, with an empty date beside it, an exact amount and a large number.
    static let invoice = """
        {"@odata.context":"x","@odata.etag":"W/\\"JzEsMjI1NjU0MjEwNDYn\\"","dataAreaId":"usmf",
         "InvoiceNumber":"CIV-000123","InvoiceDate":"2026-01-15T12:00:00Z","DueDate":"1900-01-01T12:00:00Z",
         "TotalInvoiceAmount":79228162514264.337593,"RecordId":9007199254740993}
        """

    static let serviceDocument = """
        {"@odata.context":"https://contoso.operations.dynamics.com/data/$metadata","value":[
         {"name":"CustomersV3","kind":"EntitySet","url":"CustomersV3"},
         {"name":"SalesOrderHeadersV2","kind":"EntitySet","url":"SalesOrderHeadersV2"},
         {"name":"SalesOrderLines","kind":"EntitySet","url":"SalesOrderLines"}]}
        """

    static func page(_ names: String..., next: String? = nil) -> String {
        let rows = names.map { #"{"@odata.etag":"W/\"1\"","Name":"\#($0)"}"# }.joined(separator: ",")
        let link = next.map { #","@odata.nextLink":"\#($0)""# } ?? ""
        return #"{"@odata.context":"x","value":[\#(rows)]\#(link)}"#
    }
}
