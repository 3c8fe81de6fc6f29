import Commerce
import Dynamics
import Relay

/// Where an order goes, in F&O's words.
struct DeliveryAddress: Sendable, Equatable {
    var name: String
    var street: String
    var zipCode: String?
    var city: String?
    var state: String?
    /// F&O's own country id, usually ISO 3166-1 alpha-3.
    var countryRegionID: String

    /// - Throws: `Verdict` that parks when the country is unknown.
    init(_ address: CommerceAddress, order incrementID: String) throws {
        guard let country = address.countryID, let code = CountryRegion.alpha3(country) else {
            throw Verdict.park(
                "unknown-country",
                "Order \(incrementID): country_id is \(address.countryID.map { "\"\($0)\"" } ?? "missing"); "
                    + "expected an ISO 3166-1 code of two letters.",
                advice: "Correct the address in Commerce and send the order again.")
        }
        countryRegionID = code
        let person = [address.firstname, address.lastname].compactMap(\.self).joined(separator: " ")
        name = address.company.flatMap { $0.isEmpty ? nil : $0 } ?? person
        street = address.street.joined(separator: "\n")
        zipCode = address.postcode
        city = address.city
        state = address.regionCode
    }
}
