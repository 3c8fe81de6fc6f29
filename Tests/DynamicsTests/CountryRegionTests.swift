import Testing

@testable import Dynamics

@Suite("Country codes")
struct CountryRegionTests {
    @Test(
        "A country of the shop gets the code that D365 uses",
        arguments: [
            ("DE", "DEU"), ("AT", "AUT"), ("CH", "CHE"), ("US", "USA"), ("GB", "GBR"), ("NL", "NLD"), ("IE", "IRL"),
            ("SE", "SWE"), ("SK", "SVK"), ("SI", "SVN"), ("EE", "EST"), ("ES", "ESP"), ("KR", "KOR"), ("AX", "ALA"),
            ("de", "DEU"),
        ])
    func known(_ alpha2: String, _ alpha3: String) {
        #expect(CountryRegion.alpha3(alpha2) == alpha3)
    }

    @Test("What is no country is nil", arguments: ["", "D", "DEU", "XX", "UK", "EU", "ZZ", " DE", "\u{131}T", "ß"])
    func unknown(_ code: String) {
        #expect(CountryRegion.alpha3(code) == nil)
    }

    @Test("All 249 countries have a code of their own, of three capital letters")
    func complete() {
        #expect(CountryRegion.codes.count == 249)
        #expect(Set(CountryRegion.codes.values).count == 249)
        #expect(
            CountryRegion.codes.allSatisfy { pair in
                pair.key.utf8.count == 2 && pair.value.utf8.count == 3
                    && (pair.key + pair.value).utf8.allSatisfy { (65...90).contains($0) }
            })
    }
}
