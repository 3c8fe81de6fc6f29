import JSON

/// What Adobe's published schema says about the requests of one edition, as far as Causeway makes them.
///
/// The data is made by `scripts/contracts`; where the schema asks for more than Commerce does, see
/// `CommerceDeviation`.
public struct CommerceContract: Sendable {
    public enum Edition: Sendable, CaseIterable {
        case paas
        case saas
    }

    /// One method of one path.
    struct Operation: Sendable {
        struct Parameter: Sendable {
            let place: String
            let name: String
            let isRequired: Bool
            let schema: ContractSchema
        }

        /// `POST /V1/order/{orderId}/ship`
        let name: String
        let method: String
        /// Of the path, behind `/V1`.
        let segments: [String]
        let parameters: [Parameter]

        var body: Parameter? { parameters.first { $0.place == "body" } }
        var isSearch: Bool { parameters.contains { $0.name.hasPrefix("searchCriteria") } }
    }

    let operations: [Operation]
    let definitions: [String: ContractSchema]

    public static func of(_ edition: Edition) throws -> CommerceContract {
        switch edition {
        case .paas: try paas.get()
        case .saas: try saas.get()
        }
    }

    private static let paas = Result { try CommerceContract(PackageResources.commerce_paas_json) }
    private static let saas = Result { try CommerceContract(PackageResources.commerce_saas_json) }

    /// - Parameter document: Swagger 2.0, as JSON.
    init(_ document: [UInt8]) throws(JSONSyntaxError) {
        let root = try JSONValue.parse(document).objectValue ?? [:]
        let shared = root["parameters"]?.objectValue ?? [:]
        var operations: [Operation] = []
        for path in root["paths"]?.objectValue?.fields ?? [] {
            for method in path.value.objectValue?.fields ?? [] {
                let parameters = method.value.objectValue?["parameters"]?.arrayValue ?? []
                operations.append(
                    Operation(
                        name: "\(method.key.uppercased()) \(path.key)", method: method.key.uppercased(),
                        segments: path.key.split(separator: "/").dropFirst().map(String.init),
                        parameters: parameters.compactMap { Operation.Parameter($0, shared) }))
            }
        }
        self.operations = operations
        let definitions = root["definitions"]?.objectValue?.fields ?? []
        self.definitions = Dictionary(
            uniqueKeysWithValues: definitions.map { ($0.key, ContractSchema($0.value)) })
    }

    /// `POST /V1/order/{orderId}/ship` for all that there are.
    public var operationNames: [String] { operations.map(\.name) }
}

extension CommerceContract.Operation.Parameter {
    fileprivate init?(_ json: JSONValue, _ shared: JSONObject) {
        var json = json
        if let reference = json.objectValue?["$ref"]?.stringValue {
            json = shared[String(reference.dropFirst("#/parameters/".count))] ?? .null
        }
        guard let object = json.objectValue, let place = object["in"]?.stringValue,
            let name = object["name"]?.stringValue
        else { return nil }
        self.init(
            place: place, name: name, isRequired: object["required"]?.boolValue ?? false,
            schema: ContractSchema(place == "body" ? object["schema"] : json))
    }
}
