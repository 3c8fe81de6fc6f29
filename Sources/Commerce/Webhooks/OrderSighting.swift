import JSON
import Relay

/// The few fields of an order, as they stand in a webhook.
struct OrderSighting {
    /// What stands at a field.
    enum Field: Equatable {
        case absent
        case text(String)
        case number(String)
        /// Something that can be no id: `an object`.
        case other(String)
    }

    let place: OrderPlace
    var incrementID = Field.absent
    var entityID = Field.absent
    var storeID = Field.absent
    var email = Field.absent
    var customerID = Field.absent
    var updatedAt = Field.absent

    init(place: OrderPlace) {
        self.place = place
    }

    /// - Returns: The order in the first of `OrderPlace.allCases` that holds one.
    static func find(in body: [UInt8]) throws(JSONSyntaxError) -> OrderSighting? {
        var scanner = JSONScanner(body)
        var sightings: [OrderSighting] = []
        var bare = OrderSighting(place: .bare)
        let first = try scanner.next()
        if first == .beginObject {
            while case .key(let name) = try scanner.next() {
                if scanner.isEqual(name, "data") {
                    try findInData(&scanner, &sightings)
                } else if let place = OrderPlace.topLevel.first(where: { scanner.isEqual(name, $0.key) }) {
                    try read(&scanner, at: place, into: &sightings)
                } else {
                    try bare.take(name, &scanner)
                }
            }
        } else {
            try scanner.skip(first)
        }
        _ = try scanner.next()
        if bare.incrementID != .absent { sightings.append(bare) }
        return sightings.min { $0.place < $1.place }
    }

    private static func findInData(
        _ scanner: inout JSONScanner, _ sightings: inout [OrderSighting]
    ) throws(JSONSyntaxError) {
        let token = try scanner.next()
        guard token == .beginObject else { return try scanner.skip(token) }
        while case .key(let name) = try scanner.next() {
            if scanner.isEqual(name, OrderPlace.observer.key) {
                try read(&scanner, at: .observer, into: &sightings)
            } else {
                try scanner.skipValue()
            }
        }
    }

    private static func read(
        _ scanner: inout JSONScanner, at place: OrderPlace, into sightings: inout [OrderSighting]
    ) throws(JSONSyntaxError) {
        sightings.removeAll { $0.place == place }
        let token = try scanner.next()
        guard token == .beginObject else { return try scanner.skip(token) }
        var sighting = OrderSighting(place: place)
        while case .key(let name) = try scanner.next() { try sighting.take(name, &scanner) }
        sightings.append(sighting)
    }

    private mutating func take(
        _ name: JSONScanner.Text, _ scanner: inout JSONScanner
    ) throws(JSONSyntaxError) {
        if scanner.isEqual(name, "increment_id") {
            incrementID = try Field(&scanner)
        } else if scanner.isEqual(name, "entity_id") {
            entityID = try Field(&scanner)
        } else if scanner.isEqual(name, "store_id") {
            storeID = try Field(&scanner)
        } else if scanner.isEqual(name, "customer_email") {
            email = try Field(&scanner)
        } else if scanner.isEqual(name, "customer_id") {
            customerID = try Field(&scanner)
        } else if scanner.isEqual(name, "updated_at") {
            updatedAt = try Field(&scanner)
        } else {
            try scanner.skipValue()
        }
    }

    func notice() throws(WebhookError) -> OrderNotice {
        OrderNotice(
            incrementID: try readIncrementID(), entityID: try id(entityID, "entity_id"),
            storeID: try id(storeID, "store_id"), email: readEmail(), customerID: readCustomerID(),
            updatedAt: readUpdatedAt())
    }

    // What only helps to find an order, or to tell old from new, is no reason to refuse it.

    private func readEmail() -> String? {
        guard case .text(let text) = email, (3...WebhookReader.longestEmail).contains(text.utf8.count) else {
            return nil
        }
        return text
    }

    private func readCustomerID() -> Int? {
        guard case .text(let text) = customerID.asText, let id = Int(text), id > 0 else { return nil }
        return id
    }

    private func readUpdatedAt() -> Timestamp? {
        guard case .text(let text) = updatedAt else { return nil }
        return CommerceTime.parse(text)
    }

    private func readIncrementID() throws(WebhookError) -> String {
        let path = place.path + "increment_id"
        let limit = WebhookReader.longestIncrementID
        let expected = "the order's number as text of 1 to \(limit) characters"
        guard case .text(let text) = incrementID.asText, !text.isEmpty else {
            throw .unusableField(path: path, found: incrementID.found, expected: expected)
        }
        guard text.unicodeScalars.count <= limit else {
            throw .unusableField(path: path, found: "\(text.unicodeScalars.count) characters", expected: expected)
        }
        // It becomes part of the subject, of log lines and of URLs.
        guard !text.unicodeScalars.contains(where: Self.isBlankOrControl) else {
            throw .unusableField(path: path, found: "white space or control characters", expected: expected)
        }
        return text
    }

    /// Asking Unicode's tables costs more than the rest of the reading, and numbers are ASCII.
    private static func isBlankOrControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII ? scalar.value <= 0x20 : scalar.properties.isWhitespace
    }

    private func id(_ field: Field, _ name: String) throws(WebhookError) -> Int? {
        switch field.asText {
        case .absent, .text(""): return nil
        case .text(let text):
            if let id = Int(text), id >= 0 { return id }
        case .number, .other: break
        }
        throw .unusableField(path: place.path + name, found: field.found, expected: "a whole number or nothing")
    }
}

extension OrderSighting.Field {
    fileprivate init(_ scanner: inout JSONScanner) throws(JSONSyntaxError) {
        let token = try scanner.next()
        switch token {
        case .string(let text): self = .text(scanner.string(text))
        case .number(let range): self = .number(scanner.number(range).text)
        case .bool: self = .other("a boolean")
        case .beginObject: self = .other("an object")
        case .beginArray: self = .other("a list")
        case .null, .key, .endObject, .endArray, .end: self = .absent
        }
        try scanner.skip(token)
    }

    /// Whole numbers are taken as their text, as Commerce itself sends ids either way.
    fileprivate var asText: Self {
        if case .number(let text) = self, Int(text) != nil { .text(text) } else { self }
    }

    fileprivate var found: String {
        switch self {
        case .absent: "nothing"
        case .text(""): "an empty text"
        case .text(let text): "the text \"\(text.prefix(40))\""
        case .number(let text): "the number \(text.prefix(40))"
        case .other(let kind): kind
        }
    }
}
