/// The one line of version 1: `PROXY TCP4 192.0.2.1 198.51.100.1 56324 443` (§2.1).
enum ProxyTextLine {
    /// - Parameter line: Without its CR LF, beginning with `PROXY `.
    static func read(_ line: ArraySlice<UInt8>) throws(ProxyHeaderError) -> ProxyHeader {
        guard line.allSatisfy({ (0x20...0x7E).contains($0) }) else { throw .malformedText }
        let fields = line.split(separator: ASCII.space, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        // What follows UNKNOWN is not looked at.
        if fields.count >= 2, fields[1] == "UNKNOWN" { return .noClient }
        guard fields.count == 6, let isIPv4 = ["TCP4": true, "TCP6": false][fields[1]] else { throw .malformedText }
        guard let client = address(fields[2], isIPv4: isIPv4), address(fields[3], isIPv4: isIPv4) != nil,
            isPort(fields[4]), isPort(fields[5])
        else { throw .malformedText }
        return .client(client)
    }

    /// `::ffff:192.0.2.1` is an address of TCP6 by its spelling.
    private static func address(_ text: String, isIPv4: Bool) -> IPAddress? {
        text.contains(":") == isIPv4 ? nil : IPAddress(text)
    }

    /// 0...65535 without leading zeros.
    private static func isPort(_ text: String) -> Bool {
        guard (1...5).contains(text.utf8.count), text.utf8.allSatisfy(ASCII.isDigit) else { return false }
        return UInt16(text) != nil && (text == "0" || text.first != "0")
    }
}
