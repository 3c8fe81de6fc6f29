import Foundation
import JSON

extension ShopDesk {
    static let companyHandlers: [String: Handler] = [
        "GET /V1/company/": searching(.companies),
        "GET /V1/company/{companyId}": reading(.companies, by: "companyId"),
        "POST /V1/company/": { desk, call throws(CommerceRefusal) in
            .object(try desk.createCompany(call.object("company")))
        },
        "PUT /V1/company/{companyId}": { desk, call throws(CommerceRefusal) in
            let (id, sent) = (try call.id("companyId"), call.object("company"))
            return .object(
                try desk.shelves.update(.companies, id: id) { company throws(CommerceRefusal) in
                    company = sent
                    company["id"] = .int(id)
                })
        },
        "PUT /V1/customers/{customerId}/companies/{companyId}": { desk, call throws(CommerceRefusal) in
            let companyID = try call.id("companyId")
            _ = try desk.shelves.record(.companies, id: companyID)
            _ = try desk.shelves.update(.customers, id: try call.id("customerId")) {
                customer throws(CommerceRefusal) in
                let attributes: JSONValue = ["company_attributes": ["company_id": .int(companyID), "status": 1]]
                customer["extension_attributes"] =
                    (customer["extension_attributes"] ?? .object([:])).merging(attributes)
            }
            return true
        },
        "GET /V1/companyCredits/company/{companyId}": { desk, call throws(CommerceRefusal) in
            let companyID = try call.id("companyId")
            guard let credit = desk.shelves[.credits].first(where: { $0["company_id"]?.intValue == companyID }) else {
                throw .noSuchEntity
            }
            return .object(credit)
        },
        "PUT /V1/companyCredits/{id}": { desk, call throws(CommerceRefusal) in
            let (id, sent) = (try call.id("id"), call.object("creditLimit"))
            let credit = try desk.shelves.update(.credits, id: id) { credit throws(CommerceRefusal) in
                for name in ["credit_limit", "currency_code", "exceed_limit"] {
                    credit[name] = sent[name] ?? credit[name]
                }
                credit.computeAvailable()
            }
            desk.keep(credit, type: 2, amount: 0, comment: sent["credit_comment"]?.stringValue)
            return .object(credit)
        },
        "POST /V1/companyCredits/{creditId}/increaseBalance": { desk, call throws(CommerceRefusal) in
            try desk.move(call, by: 1, types: [1, 2, 4, 5, 6])
        },
        "POST /V1/companyCredits/{creditId}/decreaseBalance": { desk, call throws(CommerceRefusal) in
            try desk.move(call, by: -1, types: [2, 3, 4])
        },
        "GET /V1/companyCredits/history": searching(.creditHistory),
        "GET /V1/carts/{cartId}": reading(.quotes, by: "cartId"),
    ]

    func createCompany(_ sent: JSONObject) throws(CommerceRefusal) -> JSONObject {
        let admin = sent["super_user_id"]?.intValue ?? 0
        guard shelves[.customers].contains(where: { $0["id"]?.intValue == admin }) else {
            throw .bad("Invalid value of \"%1\" provided for the %2 field.", String(admin), "super_user_id")
        }
        return try shelves.change { state throws(CommerceRefusal) in
            guard !state[.companies].contains(where: { $0["company_email"] == sent["company_email"] }) else {
                throw .bad("Company with this email address already exists in the system.")
            }
            let company = state.add(.companies, sent)
            _ = state.add(
                .credits,
                [
                    "company_id": company["id"] ?? 0, "credit_limit": 0, "balance": 0, "currency_code": "EUR",
                    "exceed_limit": false, "available_limit": 0,
                ])
            return company
        }
    }

    private func move(_ call: ShopCall, by sign: Decimal, types: Set<Int>) throws(CommerceRefusal) -> JSONValue {
        let type = call.body["operationType"]?.intValue ?? 0
        guard types.contains(type) else { throw .bad("Invalid operation type: %1.", String(type)) }
        let value = call.body["value"]?.numberValue ?? 0
        guard value > 0 else { throw .bad("Invalid attribute value.") }
        let credit = try shelves.update(.credits, id: try call.id("creditId")) { credit throws(CommerceRefusal) in
            guard credit["currency_code"] == call.body["currency"] else {
                throw .bad("The credit is in another currency.")
            }
            credit["balance"] = .number((credit["balance"]?.numberValue ?? 0) + sign * value)
            credit.computeAvailable()
        }
        keep(credit, type: type, amount: sign * value, comment: call.body["comment"]?.stringValue)
        return true
    }

    private func keep(_ credit: JSONObject, type: Int, amount: Decimal, comment: String?) {
        _ = shelves.add(
            .creditHistory,
            [
                "company_credit_id": credit["id"] ?? 0, "type": .int(type), "amount": .number(amount),
                "balance": credit["balance"] ?? 0, "credit_limit": credit["credit_limit"] ?? 0,
                "comment": .optional(comment), "datetime": .string(date),
            ])
    }
}

extension JSONObject {
    fileprivate mutating func computeAvailable() {
        self["available_limit"] = .number(
            (self["credit_limit"]?.numberValue ?? 0) + (self["balance"]?.numberValue ?? 0))
    }
}
