import JSON

extension CommerceClient {
    /// Reads an answer; one of another shape is a fault of the call, not of a webhook.
    func answer<Value>(_ call: String, _ read: () async throws -> Value) async throws -> Value {
        do {
            return try await read()
        } catch let error as OrderReadingError {
            throw CommerceFault(kind: .unexpected, call: call, detail: error.description)
        }
    }

    /// A record by its id; `nil` if there is none.
    func existing<Record>(
        _ operation: CommerceOperation, _ values: any CustomStringConvertible..., scope: StoreScope = .configured,
        _ read: (JSONNode) throws(OrderReadingError) -> Record
    ) async throws -> Record? {
        try await answer(operation.rawValue) {
            let value: JSONValue
            do {
                value = try await call(
                    CommerceCall(operation: operation, values: values.map(\.description), scope: scope))
            } catch let fault as CommerceFault where fault.kind == .notFound {
                return nil
            }
            return try read(JSONNode(value: value))
        }
    }

    /// An answer that is a list itself.
    func list<Row>(
        _ operation: CommerceOperation, _ values: any CustomStringConvertible..., body: JSONValue? = nil,
        _ read: (JSONNode) throws(OrderReadingError) -> Row
    ) async throws -> [Row] {
        try await answer(operation.rawValue) {
            let list = JSONNode(
                value: try await call(
                    CommerceCall(
                        operation: operation, values: values.map(\.description),
                        body: body.map { JSONWriter.bytes($0) })))
            var rows: [Row] = []
            for node in try list.list() { rows.append(try read(node)) }
            return rows
        }
    }

    /// The texts of a document's comments. Not searched and not paged: there is no such parameter.
    func comments(_ operation: CommerceOperation, _ id: Int) async throws -> [String] {
        try await answer(operation.rawValue) {
            try JSONNode(value: await call(operation, id))["items"].list().compactMap { try $0["comment"].text() }
        }
    }

    /// The id of what a call has made.
    func identifier(_ operation: CommerceOperation, _ value: JSONValue) async throws -> Int {
        try await answer(operation.rawValue) {
            let id = JSONNode(value: value)
            return try id.required(id.integer(), "an id")
        }
    }

    /// Takes `true` for an answer and nothing else.
    func confirmed(_ answer: JSONValue, _ operation: CommerceOperation) throws {
        guard answer == .bool(true) else {
            throw CommerceFault(kind: .unexpected, call: operation.rawValue, detail: "the answer is not true")
        }
    }
}
