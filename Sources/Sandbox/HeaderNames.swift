import HTTPTypes

extension HTTPFields {
    /// For names that swift-http-types has no constant for. A name that is no token is left out.
    mutating func set(_ name: String, to value: String) {
        guard let name = HTTPField.Name(name) else { return }
        self[name] = value
    }

    func value(_ name: String) -> String? {
        HTTPField.Name(name).flatMap { self[$0] }
    }
}
