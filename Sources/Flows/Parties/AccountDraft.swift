import JSON
import Mapping

/// What F&O is to hold of a customer or company in one legal entity, worked out before the first call that changes
/// something.
struct AccountDraft: Sendable {
    /// Lower case.
    let dataAreaID: String
    /// As the mapping document made it, without the keys.
    let fields: MappedRecord
    let addresses: [AddressDraft]

    struct AddressDraft: Sendable {
        /// The address's id in Commerce; `company` for a company's only one.
        let id: String
        let fields: MappedRecord
    }

    /// What is sent of an account that is there already. A party stays what it is, and has no names of the other type: an
    /// order with a company's name makes an organization of a shopper.
    func changes(without createOnly: Set<String>, partyType: String) -> JSONObject {
        let foreign = partyType == "Person" ? "Organization" : "Person"
        return JSONObject(
            (fields.json.objectValue ?? [:]).fields.filter { field in
                field.key != "PartyType" && !createOnly.contains(field.key) && !field.key.hasPrefix(foreign)
            })
    }

    /// For the fingerprint.
    var json: JSONValue {
        [
            "dataAreaId": .string(dataAreaID), "account": fields.json,
            "addresses": .array(addresses.map { ["id": .string($0.id), "fields": $0.fields.json] }),
        ]
    }
}
