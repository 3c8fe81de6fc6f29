/// Bodies of `$batch`, line ends included.
enum BatchFixture {
    /// Lines as MIME ends them.
    static func lines(_ lines: String...) -> String { lines.map { $0 + "\r\n" }.joined() }

    static let orderWithLine = lines(
        "--batch_7f",
        "Content-Type: multipart/mixed; boundary=changeset_1_7f",
        "",
        "--changeset_1_7f",
        "Content-Type: application/http",
        "Content-Transfer-Encoding: binary",
        "Content-ID: 1",
        "",
        "POST SalesOrderHeadersV2?cross-company=true HTTP/1.1",
        "Content-Type: application/json",
        "",
        #"{"Name":"WEB-000123"}"#,
        "--changeset_1_7f",
        "Content-Type: application/http",
        "Content-Transfer-Encoding: binary",
        "Content-ID: 2",
        "",
        "PATCH CustomersV3(dataAreaId='usmf',CustomerAccount='C-1')?cross-company=true HTTP/1.1",
        #"If-Match: W/"JzAs1,1""#,
        "Content-Type: application/json",
        "",
        #"{"Name":"A","Price":49.9}"#,
        "--changeset_1_7f--",
        "--batch_7f",
        "Content-Type: application/http",
        "Content-Transfer-Encoding: binary",
        "",
        "GET Things?$select=Name,Price&$filter=Name%20eq%20'A'&cross-company=true HTTP/1.1",
        "Accept: application/json",
        "",
        "",
        "--batch_7f",
        "Content-Type: multipart/mixed; boundary=changeset_3_7f",
        "",
        "--changeset_3_7f",
        "Content-Type: application/http",
        "Content-Transfer-Encoding: binary",
        "Content-ID: 3",
        "",
        "DELETE Things(Name='B')?cross-company=true HTTP/1.1",
        "If-Match: *",
        "",
        "",
        "--changeset_3_7f--",
        "--batch_7f--")

    /// One answer inside of a part.
    static func answer(_ status: String, _ body: String = "", contentID: Int? = nil) -> String {
        var head = ["Content-Type: application/http", "Content-Transfer-Encoding: binary"]
        if let contentID { head.append("Content-ID: \(contentID)") }
        head += ["", "HTTP/1.1 \(status)", "Content-Type: application/json; odata.metadata=minimal", "", body]
        return head.map { $0 + "\r\n" }.joined()
    }

    static func changeSet(_ answers: String..., boundary: String = "changesetresponse_1") -> String {
        "Content-Type: multipart/mixed; boundary=\(boundary)\r\n\r\n"
            + answers.map { "--\(boundary)\r\n\($0)" }.joined() + "--\(boundary)--\r\n"
    }

    static func batch(_ parts: String...) -> String {
        parts.map { "--batchresponse_1\r\n\($0)" }.joined() + "--batchresponse_1--\r\n"
    }

    /// One of two change sets is refused for its second operation, and all of it is undone.
    static let oneChangeSetFails = batch(
        changeSet(answer("400 Bad Request", ODataFixture.siteIsMandatory, contentID: 2)),
        changeSet(answer("201 Created", #"{"Name":"C"}"#, contentID: 3), boundary: "changesetresponse_2"))
}
