import HTTPTypes

extension CommerceContract {
    /// An operation and the values in the places of its placeholders, decoded.
    struct Match {
        let operation: Operation
        let values: [String: String]
    }

    /// - Parameter segments: What follows `/V1`, each percent-decoded: an encoded slash separates nothing.
    func match(_ method: HTTPRequest.Method, _ segments: [String]) -> Match? {
        best(method) { operation in
            guard operation.segments.count == segments.count else { return nil }
            var values: [String: String] = [:]
            for (pattern, segment) in zip(operation.segments, segments) {
                if pattern.hasPrefix("{") {
                    guard !segment.isEmpty else { return nil }
                    values[String(pattern.dropFirst().dropLast())] = segment
                } else if pattern != segment {
                    return nil
                }
            }
            return values
        }
    }

    /// For the asynchronous routes, which write `{sku}` as `bySku` and take its value from the body.
    func bulkMatch(_ method: HTTPRequest.Method, _ segments: [String]) -> Match? {
        guard method != .get else { return nil }
        return best(method) { operation in
            let names = operation.segments.map { segment in
                guard segment.hasPrefix("{") else { return segment }
                let name = segment.dropFirst().dropLast()
                return "by" + name.prefix(1).uppercased() + name.dropFirst()
            }
            return names == segments ? [:] : nil
        }
    }

    /// The one with the fewest placeholders: `/products/tier-prices` is no product's path.
    private func best(_ method: HTTPRequest.Method, _ values: (Operation) -> [String: String]?) -> Match? {
        operations.filter { $0.method == method.rawValue }
            .compactMap { operation in values(operation).map { Match(operation: operation, values: $0) } }
            .min { $0.values.count < $1.values.count }
    }
}
