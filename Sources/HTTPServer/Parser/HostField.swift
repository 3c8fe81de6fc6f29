/// The grammar of Host and of an absolute target's authority: `uri-host [ ":" port ]` (RFC 9110 §7.2).
enum HostField {
    /// An empty host is refused (RFC 9110 §4.2.1), and so is user information.
    static func isValid(_ bytes: Span<UInt8>) -> Bool {
        guard bytes.count > 0 else { return false }
        if bytes[0] == UInt8(ascii: "[") {
            guard let close = bytes.firstIndex(of: UInt8(ascii: "]")) else { return false }
            return isIPv6(bytes.extracting(1..<close)) && isPortSuffix(bytes.extracting((close + 1)...))
        }
        let hostEnd = bytes.firstIndex(of: ASCII.colon) ?? bytes.count
        return isRegisteredName(bytes.extracting(..<hostEnd)) && isPortSuffix(bytes.extracting(hostEnd...))
    }

    /// Empty, or a colon and a port of at most 65535, which may be left out (RFC 3986 §3.2.3).
    private static func isPortSuffix(_ bytes: Span<UInt8>) -> Bool {
        if bytes.isEmpty { return true }
        guard bytes[0] == ASCII.colon else { return false }
        var port = 0
        for index in 1..<bytes.count {
            guard ASCII.isDigit(bytes[index]) else { return false }
            port = port * 10 + Int(bytes[index] - UInt8(ascii: "0"))
            guard port <= 65535 else { return false }
        }
        return true
    }

    private static func isRegisteredName(_ bytes: Span<UInt8>) -> Bool {
        guard bytes.count > 0, bytes.count <= 255 else { return false }
        var index = 0
        while index < bytes.count {
            if bytes[index] == ASCII.percent {
                guard index + 2 < bytes.count, ASCII.hexValue(bytes[index + 1]) != nil,
                    ASCII.hexValue(bytes[index + 2]) != nil
                else { return false }
                index += 3
            } else {
                guard ByteSet.registeredName.contains(bytes[index]) else { return false }
                index += 1
            }
        }
        return true
    }

    /// Shape only: groups of one to four digits, at most one `::`, an IPv4 tail (RFC 3986 §3.2.2).
    private static func isIPv6(_ bytes: Span<UInt8>) -> Bool {
        guard bytes.count >= 2, bytes.count <= 45 else { return false }
        var text = bytes.text
        var compressions = 0
        var groups = 0
        if let dot = text.firstIndex(of: "."), let colon = text[..<dot].lastIndex(of: ":") {
            guard isIPv4(text[text.index(after: colon)...]) else { return false }
            groups = 1
            text = text[...colon] + "0"
        }
        if text == "::" { return true }
        var parts = text.split(separator: ":", omittingEmptySubsequences: false)
        if text.hasPrefix("::") { parts.removeFirst() } else if text.hasSuffix("::") { parts.removeLast() }
        for part in parts {
            if part.isEmpty {
                compressions += 1
            } else {
                guard part.utf8.count <= 4, part.utf8.allSatisfy({ ASCII.hexValue($0) != nil }) else { return false }
                groups += 1
            }
        }
        return compressions == 0 ? groups == 8 : compressions == 1 && groups <= 7
    }

    private static func isIPv4(_ text: Substring) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                part.utf8.allSatisfy(ASCII.isDigit) && part.utf8.count <= 3 && UInt8(part) != nil
            }
    }
}
