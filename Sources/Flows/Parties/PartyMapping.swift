import Commerce
import Cryptography
import Dynamics
import JSON
import Mapping
import Relay

/// Makes F&O's records of customers, companies and their addresses by the mapping documents.
struct PartyMapping: Sendable {
    let mappings: MappingSet
    let values: any ValueLookup
    let policies: PartyPolicies

    init(mappings: MappingSet, values: any ValueLookup, policies: PartyPolicies) {
        self.mappings = mappings
        self.values = values
        self.policies = policies
    }

    init(_ context: FlowContext, _ policies: PartyPolicies) {
        self.init(mappings: context.mappings.current, values: context.values, policies: policies)
    }

    func draft(_ customer: CustomerAccount, in area: String) throws -> AccountDraft {
        let records = ["customer": customer.record, "entity": entity(area)]
        let name = "Customer \(customer.id)"
        let addresses = try customer.addresses.compactMap { address -> AccountDraft.AddressDraft? in
            guard let id = address.id else { return nil }
            let all = records.merging(["address": Self.placed(address.record)]) { $1 }
            return .init(id: String(id), fields: try map("customer-address", all, area, "\(name), address \(id)"))
        }
        return AccountDraft(
            dataAreaID: area, fields: try map("customer", records, area, name), addresses: addresses)
    }

    func draft(
        _ company: CommerceCompany, administrator: CustomerAccount?, credit: CompanyCredit?, in area: String
    ) throws -> AccountDraft {
        var records = ["company": Self.placed(company.record), "entity": entity(area)]
        records["administrator"] = administrator?.record
        records["credit"] = credit?.record
        let name = "Company \(company.id)"
        let address = try map("company-address", records, area, name)
        return AccountDraft(
            dataAreaID: area, fields: try map("company", records, area, name),
            addresses: [.init(id: "company", fields: address)])
    }

    func map(
        _ document: String, _ records: [String: JSONValue], _ area: String, _ record: String
    ) throws -> MappedRecord {
        try mappings.fill(document, records, scope: area, values: values, title: record)
    }

    /// What the configuration says of the legal entity.
    func entity(_ area: String) -> JSONValue {
        let profile = policies.orders.profile(of: area)
        let currency = policies.customers.currencies[area] ?? policies.customers.currency
        return [
            "dataAreaId": .string(area), "customerGroup": .string(profile.customerGroup),
            "paymentTerms": .optional(profile.paymentTerms),
            "language": .optional(profile.language), "site": .optional(profile.site),
            "warehouse": .optional(profile.warehouse), "currency": .optional(currency),
        ]
    }

    /// With the country's alpha-3 code and the region under both platforms' names, as documents of orders have them.
    private static func placed(_ record: JSONValue) -> JSONValue {
        var address = record.objectValue ?? [:]
        let region = address["region"]?.objectValue?["region_code"]?.stringValue ?? address["region"]?.stringValue
        if let region { address["region_code"] = .string(region) }
        if let country = address["country_id"]?.stringValue {
            if let code = CountryRegion.alpha3(country) { address["country_iso3"] = .string(code) }
            if let region { address["country_region"] = .string("\(country)-\(region)") }
        }
        return .object(address)
    }

    /// The properties of a platform's record that a document reads, so that no others are asked for.
    func properties(of document: String, record: String) -> [String] {
        let fields = mappings.documents[document]?.fields ?? []
        let names = fields.flatMap(\.rule.paths).filter { $0.root == record }.compactMap { path -> String? in
            if case .member(let name)? = path.steps.first { name } else { nil }
        }
        return Set(names).sorted()
    }
}

extension Fingerprint {
    /// - Parameter told: All that the far side is told.
    init(_ kind: String, scope: String = "", key: String, told: [JSONValue]) {
        let digest = SHA256.hash(JSONWriter.bytes(.array(told)))
        self.init(key: LinkKey(kind: kind, scope: scope, key: key), digest: digest)
    }
}
