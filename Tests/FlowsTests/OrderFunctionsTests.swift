import JSON
import Mapping
import Testing

@testable import Flows

@Suite("Functions that documents of orders can call")
struct OrderFunctionsTests {
    struct Street: CustomTestStringConvertible, Sendable {
        let lines: JSONValue
        let name: JSONValue?
        let number: JSONValue?
        var testDescription: String { "\(lines)" }
    }

    @Test(
        "a street is taken apart where a number stands at an end, and left whole where none does",
        arguments: [
            Street(lines: ["Lindenweg 4/2", "Top 3"], name: "Lindenweg\nTop 3", number: "4/2"),
            Street(lines: "Lindenweg 12a\nHinterhaus", name: "Lindenweg\nHinterhaus", number: "12a"),
            Street(lines: ["12 rue de la Paix"], name: "rue de la Paix", number: "12"),
            Street(lines: ["12, rue de la Paix"], name: "rue de la Paix", number: "12"),
            Street(lines: ["Straße des 17. Juni 135"], name: "Straße des 17. Juni", number: "135"),
            Street(lines: ["Postfach"], name: "Postfach", number: nil),
            Street(lines: ["4711"], name: "4711", number: nil),
            Street(lines: ["Rue 1er Mai"], name: "Rue 1er Mai", number: nil),
            Street(lines: [], name: nil, number: nil),
        ])
    func street(_ street: Street) throws {
        #expect(try OrderFunctions.streetWithoutHouseNumber.body([street.lines]) == street.name)
        #expect(try OrderFunctions.houseNumber.body([street.lines]) == street.number)
    }

    @Test("a country's two letters become three; what is none is refused, and nothing stays nothing")
    func country() throws {
        #expect(try OrderFunctions.countryISO3.body(["at"]) == "AUT")
        #expect(try OrderFunctions.countryISO3.body([nil]) == nil)
        for stranger: JSONValue in ["XX", "Austria", 43] {
            #expect(throws: MappingFunctionFault.self) { try OrderFunctions.countryISO3.body([stranger]) }
        }
    }

    @Test("who has a company's name is an organization, and its addresses are named by it")
    func names() throws {
        #expect(try OrderFunctions.partyType.body(["Falk GmbH"]) == "Organization")
        #expect(try OrderFunctions.partyType.body([nil]) == "Person")
        #expect(try OrderFunctions.partyType.body(["  "]) == "Person")
        #expect(try OrderFunctions.addressName.body(["Falk GmbH", "Ines", "Falk"]) == "Falk GmbH")
        #expect(try OrderFunctions.addressName.body([nil, "Ines", "Falk"]) == "Ines Falk")
        #expect(try OrderFunctions.addressName.body([nil, nil, "Falk"]) == "Falk")
        #expect(try OrderFunctions.addressName.body([nil, nil, nil]) == nil)
    }
}
