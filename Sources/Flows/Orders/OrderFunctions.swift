import Dynamics
import Foundation
import JSON
import Mapping

/// Rules of orders and addresses that are truly code.
enum OrderFunctions {
    static let all = [countryISO3, partyType, addressName, houseNumber, streetWithoutHouseNumber]

    static let countryISO3 = MappingFunction(
        "countryISO3", arguments: 1...1,
        purpose: "The ISO 3166-1 alpha-3 code of a country whose alpha-2 code is given."
    ) { (values) throws(MappingFunctionFault) in
        guard let country = values[0] else { return nil }
        guard let code = country.stringValue.flatMap(CountryRegion.alpha3) else {
            throw MappingFunctionFault(
                found: JSONNode(value: country).found, expected: "an ISO 3166-1 code of two letters")
        }
        return .string(code)
    }

    static let partyType = MappingFunction(
        "partyType", arguments: 1...1, purpose: "Organization if the given company's name is there, otherwise Person."
    ) { values in
        isEmpty(values[0]) ? "Person" : "Organization"
    }

    static let addressName = MappingFunction(
        "addressName", arguments: 2...4,
        purpose:
            "The first value, usually a company's name; where there is none, the others with blanks between them."
    ) { values in
        if let company = values[0], !isEmpty(company) { return company }
        let names = values.dropFirst().compactMap { $0?.stringValue }.filter { !$0.isEmpty }
        return names.isEmpty ? nil : .string(names.joined(separator: " "))
    }

    static let houseNumber = MappingFunction(
        "houseNumber", arguments: 1...1,
        purpose:
            "The house number at the end, or before the first comma's end, of a street's first line: 4/2 of Weg 4/2."
    ) { values in
        StreetLine(values[0]).number.map(JSONValue.string)
    }

    static let streetWithoutHouseNumber = MappingFunction(
        "streetWithoutHouseNumber", arguments: 1...1,
        purpose: "A street's lines without the house number of the first, with line breaks between them."
    ) { values in
        let street = StreetLine(values[0])
        let lines = ([street.name] + street.more).filter { !$0.isEmpty }
        return lines.isEmpty ? nil : .string(lines.joined(separator: "\n"))
    }

    private static func isEmpty(_ value: JSONValue?) -> Bool {
        switch value {
        case nil, .null: true
        case .string(let text): text.allSatisfy(\.isWhitespace)
        default: false
        }
    }
}

/// The first line of a street taken apart: `Lindenweg 4/2` and `12 rue de la Paix` alike.
private struct StreetLine {
    let name: String
    let number: String?
    /// The other lines.
    let more: [String]

    init(_ value: JSONValue?) {
        var lines = (value?.arrayValue ?? value.map { [$0] } ?? []).compactMap(\.stringValue)
            .flatMap { $0.split(whereSeparator: \.isNewline).map(String.init) }
        let first = lines.isEmpty ? "" : lines.removeFirst()
        more = lines
        let words = first.split(separator: " ")
        if words.count > 1, let last = words.last, Self.isNumber(last) {
            (name, number) = (words.dropLast().joined(separator: " "), String(last))
        } else if words.count > 1, let start = words.first, Self.isNumber(start) {
            (name, number) = (words.dropFirst().joined(separator: " "), start.trimmingCharacters(in: [","]))
        } else {
            (name, number) = (first, nil)
        }
    }

    /// `4`, `4/2`, `12a`, `7-9`: begins with a digit, and has at most one letter beside digits and marks.
    private static func isNumber(_ word: Substring) -> Bool {
        guard word.first?.isASCII == true, word.first?.isNumber == true else { return false }
        return word.count(where: \.isLetter) <= 1
            && word.allSatisfy { $0.isLetter || $0.isNumber || "/-,.".contains($0) }
    }
}
