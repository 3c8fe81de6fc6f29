import Foundation
import HTTPClient
import HTTPTypes
import JSON

/// Which store view's values a call reads or writes.
/// https://developer.adobe.com/commerce/webapi/rest/use-rest/
public enum StoreScope: Sendable, Equatable {
    /// The one in the configuration.
    case configured
    /// The values that hold wherever a store view has none of its own. Written under a store view's code, a product's
    /// values become that view's own, and on shops with several views others are copied along (magento2#9186).
    case all
    /// A store view's code.
    case view(String)
}

/// One request to Commerce, complete but for host and credentials.
struct CommerceCall {
    var operation: CommerceOperation
    /// For the path's placeholders.
    var values: [String] = []
    /// With its question mark, percent-encoded.
    var query = ""
    var body: [UInt8]?
    var scope = StoreScope.configured
    /// By the asynchronous bulk route: the body is an array of bodies.
    var isBulk = false

    /// `POST /V1/order/42/invoice`
    var name: String {
        isBulk
            ? "\(operation.method.rawValue) /async/bulk/V1\(operation.bulkTarget)"
            : "\(operation.method.rawValue) /V1\(operation.target(values))"
    }

    /// Commerce answers some writes with nothing at all.
    var mayAnswerNothing: Bool {
        switch operation {
        case .saveSourceItems, .deleteSourceItems, .assignCompany: true
        default: false
        }
    }
}

extension CommerceClient {
    func call(
        _ operation: CommerceOperation, _ values: any CustomStringConvertible..., query: String = "",
        body: JSONValue? = nil, scope: StoreScope = .configured
    ) async throws -> JSONValue {
        try await call(
            CommerceCall(
                operation: operation, values: values.map(\.description), query: query,
                body: body.map { JSONWriter.bytes($0) }, scope: scope))
    }

    /// Refuses what cannot be asked, before anything is sent.
    func check(_ call: CommerceCall) throws {
        guard call.operation.editions.contains(endpoint.edition) else {
            throw CommerceFault(
                kind: .unsupported, call: call.operation.rawValue,
                detail: "this operation does not exist in the edition \(endpoint.edition.rawValue).")
        }
        // Whatever is done to them, somebody on the way takes them for directories.
        if let value = call.values.first(where: { ["", ".", ".."].contains($0) }) {
            throw CommerceFault(
                kind: .rejected, call: call.operation.rawValue, detail: "\"\(value)\" cannot stand in a path.")
        }
    }
}

extension CommerceEndpoint {
    func url(_ call: CommerceCall) -> String {
        let channel = call.isBulk ? "/async/bulk" : ""
        let target = call.isBulk ? call.operation.bulkTarget : call.operation.target(call.values) + call.query
        return switch edition {
        case .paas: "\(base)/rest/\(code(call.scope))\(channel)/V1\(target)"
        case .saas: "\(base)/V1\(channel)\(target)"
        }
    }

    func headers(_ call: CommerceCall) -> HTTPFields {
        var headers = self.headers
        if edition == .saas, let name = HTTPField.Name("Store") { headers[name] = code(call.scope) }
        return headers
    }

    private func code(_ scope: StoreScope) -> String {
        switch scope {
        case .configured: store
        case .all: "all"
        case .view(let code): PercentEncoding.encode(code)
        }
    }
}

extension JSONValue {
    /// An object of what is there: members without a value are left out, since Commerce takes no `null`.
    static func members(_ members: KeyValuePairs<String, JSONValue?>) -> JSONValue {
        .object(
            JSONObject(members.compactMap { name, value in value.map { JSONObject.Field(key: name, value: $0) } }))
    }
}
