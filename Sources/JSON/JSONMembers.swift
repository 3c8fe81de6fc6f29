/// The members of one object, each as it is written: for envelopes, whose contents are kept byte for byte.
public struct JSONMembers: Sendable {
    private var sources: [String: [UInt8]] = [:]

    /// - Returns: `nil` for a JSON text that is no object.
    /// - Throws: `JSONSyntaxError`, also for a name that stands twice: two readers could disagree about it.
    public init?(_ bytes: [UInt8]) throws(JSONSyntaxError) {
        var scanner = JSONScanner(bytes, ignoringByteOrderMark: true)
        let first = try scanner.next()
        guard first == .beginObject else {
            try scanner.skip(first)
            _ = try scanner.next()
            return nil
        }
        while case .key(let name) = try scanner.next() {
            let source = Array(try scanner.source(from: scanner.next()))
            guard sources.updateValue(source, forKey: scanner.string(name)) == nil else {
                throw JSONSyntaxError(byte: name.offset, problem: "a member's name stands twice")
            }
        }
        _ = try scanner.next()
    }

    /// The bytes of a member's value, `null` included; `nil` if there is none of this name.
    public func source(_ name: String) -> [UInt8]? { sources[name] }

    /// - Returns: `nil` unless the member is a string that is not empty.
    public func text(_ name: String) -> String? {
        guard let source = sources[name], case .string(let text)? = try? JSONValue.parse(source), !text.isEmpty
        else { return nil }
        return text
    }
}

extension JSONScanner.Text {
    /// Of the opening quote.
    var offset: Int { range.lowerBound - 1 }
}

/// A text that holds one record, or a list of them: how batches arrive.
public enum JSONRecords {
    /// - Returns: The elements of a list, or the whole text, each as it is written.
    /// - Throws: `JSONSyntaxError`, also if there are more than `limit`.
    public static func cut(_ bytes: [UInt8], atMost limit: Int) throws(JSONSyntaxError) -> [[UInt8]] {
        var scanner = JSONScanner(bytes, ignoringByteOrderMark: true)
        let first = try scanner.next()
        guard first == .beginArray else {
            let record = Array(try scanner.source(from: first))
            _ = try scanner.next()
            return [record]
        }
        var records: [[UInt8]] = []
        var token = try scanner.next()
        while token != .endArray {
            let record = try scanner.source(from: token)
            guard records.count < limit else {
                throw JSONSyntaxError(byte: record.startIndex, problem: "more than \(limit) records in one list")
            }
            records.append(Array(record))
            token = try scanner.next()
        }
        _ = try scanner.next()
        return records
    }
}
