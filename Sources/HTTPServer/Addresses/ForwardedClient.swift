import HTTPTypes

/// Who sent a request that came through proxies, by `Forwarded` (RFC 7239) or `X-Forwarded-For`.
///
/// Each proxy adds the address it was called from at the right end, and everything left of what a trusted proxy
/// added may be invented. So the list is read from the right, and the first address that is no trusted proxy's is
/// the client's.
enum ForwardedClient {
    /// Proxies in a row; whoever names more is not believed.
    static let maxHops = 16

    /// - Returns: `nil` if no field tells. That includes fields that are malformed where it matters, and two fields
    ///   that disagree: a proxy that writes one of them passes on what the client wrote into the other.
    static func address(in headers: HTTPFields, trusted: [AddressRange]) -> IPAddress? {
        let standard = Name.forwarded.map { headers[fields: $0] } ?? []
        let common = Name.xForwardedFor.map { headers[fields: $0] } ?? []
        switch (standard.isEmpty, common.isEmpty) {
        case (true, true): return nil
        case (false, true): return client(of: standard, trusted) { forwardedAddress($0) }
        case (true, false): return client(of: common, trusted) { node($0) }
        case (false, false):
            let first = client(of: standard, trusted) { forwardedAddress($0) }
            return first == client(of: common, trusted) { node($0) } ? first : nil
        }
    }

    private enum Name {
        static let forwarded = HTTPField.Name("Forwarded")
        static let xForwardedFor = HTTPField.Name("X-Forwarded-For")
    }

    /// Lines of one field are one list (RFC 9110 §5.3).
    private static func client(
        of lines: [HTTPField], _ trusted: [AddressRange], _ parse: (Substring) -> IPAddress?
    ) -> IPAddress? {
        var farthest: IPAddress?
        var hops = 0
        for line in lines.reversed() {
            let value = line.value
            var rest = value[...]
            while let element = lastElement(of: &rest) {
                if element.isEmpty { continue }
                hops += 1
                guard hops <= maxHops, let address = parse(element) else { return nil }
                guard trusted.contains(address) else { return address }
                farthest = address
            }
        }
        return farthest
    }

    /// Takes what is right of the last comma that is not quoted. Reading from the right, a quote that a client left
    /// open cannot swallow what a proxy added.
    private static func lastElement(of rest: inout Substring) -> Substring? {
        guard !rest.isEmpty else { return nil }
        var isQuoted = false
        var index = rest.utf8.endIndex
        while index > rest.utf8.startIndex {
            let before = rest.utf8.index(before: index)
            switch rest.utf8[before] {
            case ASCII.quote: isQuoted.toggle()
            case ASCII.comma where !isQuoted:
                let element = trimmed(rest[index...])
                rest = rest[..<before]
                return element
            default: break
            }
            index = before
        }
        let element = trimmed(rest)
        rest = ""
        return element
    }

    /// `for=192.0.2.60;proto=http;by=203.0.113.43` (RFC 7239 §4).
    private static func forwardedAddress(_ element: Substring) -> IPAddress? {
        var found: IPAddress?
        for pair in element.split(separator: ";", omittingEmptySubsequences: false) {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { return nil }
            guard trimmed(parts[0]).lowercased() == "for" else { continue }
            // Each parameter once per element (RFC 7239 §4).
            guard found == nil, let value = unquoted(trimmed(parts[1])), let address = node(value) else { return nil }
            found = address
        }
        return found
    }

    /// An address, with or without a port; IPv6 in brackets, or bare as many proxies write it in
    /// `X-Forwarded-For`. Not `unknown` and not an obfuscated name (RFC 7239 §6).
    private static func node(_ text: Substring) -> IPAddress? {
        if text.first == "[" {
            guard let end = text.firstIndex(of: "]"), text.utf8.contains(ASCII.colon) else { return nil }
            let port = text[text.index(after: end)...]
            guard port.isEmpty || isPort(port) else { return nil }
            return IPAddress(text[text.index(after: text.startIndex)..<end])
        }
        if let address = IPAddress(text) { return address }
        guard let colon = text.firstIndex(of: ":"), isPort(text[colon...]) else { return nil }
        return IPAddress(text[..<colon])
    }

    private static func isPort(_ text: Substring) -> Bool {
        text.first == ":" && (2...6).contains(text.utf8.count) && text.utf8.dropFirst().allSatisfy(ASCII.isDigit)
    }

    private static func unquoted(_ text: Substring) -> Substring? {
        guard text.first == "\"" else { return text }
        guard text.utf8.count >= 2, text.last == "\"" else { return nil }
        return text.dropFirst().dropLast()
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text
        while let first = text.utf8.first, first == ASCII.space || first == ASCII.tab { text = text.dropFirst() }
        while let last = text.utf8.last, last == ASCII.space || last == ASCII.tab { text = text.dropLast() }
        return text
    }
}
