import Testing

@testable import Gateway

@Suite("Targets and forms in the audit trail")
struct TargetRedactionTests {
    private static let redaction = TargetRedaction(
        hidden: HiddenNames(HiddenNames.personal + HiddenNames.secret), masksMail: true)

    @Test(
        "keeps, to the byte, what nothing is hidden in",
        arguments: [
            "", "/", "/data/SalesOrderHeadersV2?cross-company=true", "/a%20b/c?d=e%2Ff+g&&h&=i",
            "/data/X(dataAreaId='usmf',SalesOrderNumber='SO%2D1')?$select=Email,Name&$top=5", "/%zz?%zz=%zz", "?",
            "a?b?c",
            "/data/CustomersV3?$filter=dataAreaId%20eq%20'usmf'%20and%20OrganizationName%20eq%20''",
        ])
    func kept(target: String) { #expect(Self.redaction.target(target) == target) }

    @Test(
        "hides parameters by name, literals by the field that they are compared with, and addresses",
        arguments: [
            ("/x?email=a&sku=b", "/x?email=•••&sku=b"), ("/x?email=", "/x?email="),
            ("/x?access_token=a", "/x?access_token=•••"),
            ("/x?customer%5Bemail%5D=a", "/x?customer%5Bemail%5D=•••"),
            ("/x?q=anna%40b.example", "/x?q=•••"), ("/customers/anna@b.example/x", "/customers/•••/x"),
            ("/data/C?$filter=PrimaryContactEmail%20eq%20'x'", "/data/C?$filter=PrimaryContactEmail%20eq%20'•••'"),
            (
                "/data/C?$filter=dataAreaId eq 'usmf' and PersonLastName eq 'O''Neil' and A eq 'b'",
                "/data/C?$filter=dataAreaId%20eq%20'usmf'%20and%20PersonLastName%20eq%20'•••'%20and%20A%20eq%20'b'"
            ),
            ("/data/C?$filter=contains(PersonLastName,'Doe')", "/data/C?$filter=contains(PersonLastName,'•••')"),
            (
                "/data/C?$filter=tolower(PersonLastName)+eq+tolower('Doe')",
                "/data/C?$filter=tolower(PersonLastName)%20eq%20tolower('•••')"
            ),
            ("/data/C?$filter=PersonLastName in ('A','B')", "/data/C?$filter=PersonLastName%20in%20('•••','•••')"),
            (
                "/data/C(dataAreaId='usmf',PersonLastName='Doe')?a=b",
                "/data/C(dataAreaId='usmf',PersonLastName='•••')?a=b"
            ),
            ("/data/C?$filter=PersonLastName eq 'Doe", "/data/C?$filter=PersonLastName%20eq%20'•••'"),
            (
                "/orders?searchCriteria[filter_groups][0][filters][0][field]=customer_email"
                    + "&searchCriteria[filter_groups][0][filters][0][value]=x&searchCriteria[pageSize]=1",
                "/orders?searchCriteria[filter_groups][0][filters][0][field]=customer_email"
                    + "&searchCriteria[filter_groups][0][filters][0][value]=•••&searchCriteria[pageSize]=1"
            ),
            (
                "/orders?s%5B0%5D%5Bvalue%5D=x&s%5B0%5D%5Bfield%5D=lastname",
                "/orders?s%5B0%5D%5Bvalue%5D=•••&s%5B0%5D%5Bfield%5D=lastname"
            ),
            (
                "/orders?s[0][field]=increment_id&s[0][value]=000000042",
                "/orders?s[0][field]=increment_id&s[0][value]=000000042"
            ),
        ])
    func hidden(target: String, kept: String) { #expect(Self.redaction.target(target) == kept) }

    @Test("cuts what is longer than a target should be")
    func cut() {
        let target = Self.redaction.target("/x?a=" + String(repeating: "b", count: 10_000))
        #expect(target.hasSuffix("b… (10005 bytes)") && target.utf8.count < TargetRedaction.limit + 50)
    }
}
