import Yams

/// Typed values. Each reader notes what is wrong and returns a stand-in (see `ConfigurationReading`).
extension ConfigurationSection {
    func text(_ key: String, default fallback: String) -> String {
        optionalText(key) ?? fallback
    }

    func text(_ key: String, expected: String) -> String {
        if child(key) == nil { missing(key, expected: expected) }
        return optionalText(key, expected: expected) ?? ""
    }

    func optionalText(_ key: String, expected: String = "a text") -> String? {
        child(key).flatMap { scalar($0, at: childPath(key), expected: expected) }
    }

    func secret(_ key: String, expected: String, atLeast length: Int = 1) -> Secret {
        if child(key) == nil { missing(key, expected: expected) }
        let value = optionalText(key, expected: expected)
        if let value, value.count < length {
            refuse(key, found: "a secret of \(value.count) characters", expected: "at least \(length)")
        }
        return Secret(value ?? "")
    }

    func flag(_ key: String, default fallback: Bool) -> Bool {
        value(key, expected: "true or false") { ["true": true, "false": false][$0] } ?? fallback
    }

    func integer(_ key: String, in range: ClosedRange<Int>, default fallback: Int) -> Int {
        value(key, expected: "a whole number from \(range.lowerBound) to \(range.upperBound)") {
            Int($0).flatMap { range.contains($0) ? $0 : nil }
        } ?? fallback
    }

    func duration(_ key: String, in range: ClosedRange<Duration>, default fallback: Duration) -> Duration {
        let limits = "\(Quantity.text(range.lowerBound)) to \(Quantity.text(range.upperBound))"
        return value(key, expected: "a duration from \(limits), such as 30s, 5m or 4h") {
            Quantity.duration($0).flatMap { range.contains($0) ? $0 : nil }
        } ?? fallback
    }

    func bytes(_ key: String, in range: ClosedRange<Int>, default fallback: Int) -> Int {
        let limits = "\(Quantity.text(bytes: range.lowerBound)) to \(Quantity.text(bytes: range.upperBound))"
        return value(key, expected: "a size from \(limits), such as 16KiB or 1MiB") {
            Quantity.bytes($0).flatMap { range.contains($0) ? $0 : nil }
        } ?? fallback
    }

    func choice<Choice: RawRepresentable & CaseIterable>(_ key: String, default fallback: Choice) -> Choice
    where Choice.RawValue == String {
        let names = Choice.allCases.map(\.rawValue)
        return value(key, expected: names.joined(separator: ", "), Choice.init(rawValue:)) ?? fallback
    }

    /// The one key of a section that holds alternatives, such as `auth`.
    func alternative(_ keys: [String]) -> String? {
        let present = keys.filter { child($0) != nil }
        guard present.count != 1 else { return present[0] }
        let expected = "exactly one of \(keys.joined(separator: ", "))"
        reading.note(
            node, path, found: present.isEmpty ? "none" : present.joined(separator: " and "), expected: expected)
        return nil
    }

    /// A scalar parsed by `parse`, which returns `nil` for what it does not understand.
    func value<Value>(_ key: String, expected: String, _ parse: (String) -> Value?) -> Value? {
        guard let node = child(key), let text = scalar(node, at: childPath(key), expected: expected) else {
            return nil
        }
        if let value = parse(text) { return value }
        // The text as written: what a reference stands for may be secret.
        reading.note(node, childPath(key), found: Self.kind(of: node), expected: expected)
        return nil
    }

    /// The text of a scalar with its references filled in.
    func scalar(_ node: Node, at path: String, expected: String) -> String? {
        guard case .scalar(let scalar) = node else {
            reading.note(node, path, found: Self.kind(of: node), expected: expected)
            return nil
        }
        do throws(Interpolation.Failure) {
            return try reading.interpolation.resolve(scalar.string)
        } catch {
            reading.note(node, path, found: error.found, expected: error.expected)
            return nil
        }
    }
}

extension Quantity {
    static func text(_ duration: Duration) -> String {
        let milliseconds =
            duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000
        for (unit, size) in [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000)] as [(String, Int64)]
        where milliseconds >= size && milliseconds % size == 0 {
            return "\(milliseconds / size)\(unit)"
        }
        return "\(milliseconds)ms"
    }

    static func text(bytes: Int) -> String {
        for (unit, shift) in [("GiB", 30), ("MiB", 20), ("KiB", 10)]
        where bytes >= 1 << shift && bytes % (1 << shift) == 0 {
            return "\(bytes >> shift)\(unit)"
        }
        return "\(bytes)"
    }
}
