import JSON

/// Writes a JSON text anew, without white space, with hidden values masked, until a limit is reached.
///
/// It goes from token to token and never makes a tree, so that a member that comes twice is masked twice, and a text
/// that breaks off is shown exactly as far as it was JSON. What follows is not guessed at.
struct JSONRedaction {
    private let hidden: HiddenNames
    private let masksMail: Bool
    private let limit: Int

    private var output: [UInt8] = []
    private var needsComma = false
    /// The next value belongs to a hidden name.
    private var nextIsHidden = false
    /// The name of the member that comes next, if it may say what another one holds.
    private var nextNames = false
    /// Open containers; for each, whether the value beside a telling name is hidden: `{"field":"email","value":…}`.
    private var open: [Bool] = []
    /// How many containers were open where a hidden one began.
    private var hiddenFrom: Int?

    private init(_ hidden: HiddenNames, masksMail: Bool, limit: Int) {
        self.hidden = hidden
        self.masksMail = masksMail
        self.limit = limit
    }

    /// Members that name a field, and those that hold its value, as Commerce writes attributes, filters and errors.
    private static let telling: Set<String> = ["attribute_code", "field", "fieldName", "key", "code", "name"]
    private static let told: Set<String> = ["value", "fieldValue"]

    /// - Returns: The text, and where it stops being JSON; longer than `limit` by a few bytes if something is left out.
    static func run(
        _ body: [UInt8], hidden: HiddenNames, masksMail: Bool, limit: Int
    ) -> (text: [UInt8], problem: JSONSyntaxError?) {
        var redaction = JSONRedaction(hidden, masksMail: masksMail, limit: limit)
        var scanner = JSONScanner(body, ignoringByteOrderMark: true)
        do throws(JSONSyntaxError) {
            while redaction.output.count <= limit {
                let token = try scanner.next()
                guard token != .end else { break }
                redaction.write(token, scanner)
            }
            return (redaction.output, nil)
        } catch {
            return (redaction.output, error)
        }
    }

    private mutating func write(_ token: JSONScanner.Token, _ scanner: borrowing JSONScanner) {
        let isHidden = nextIsHidden || hiddenFrom != nil
        switch token {
        case .key(let name): return write(name: name, scanner)
        case .beginObject: return begin(UInt8(ascii: "{"))
        case .beginArray: return begin(UInt8(ascii: "["))
        case .endObject: return end(UInt8(ascii: "}"))
        case .endArray: return end(UInt8(ascii: "]"))
        case .string(let text): write(text, isHidden: isHidden, scanner)
        case .number(let range):
            separate()
            if isHidden { output.append(UInt8(ascii: "0")) } else { output += scanner.source(range) }
        case .bool(let flag):
            separate()
            output += (flag && !isHidden ? "true" : "false").utf8
        case .null:
            separate()
            output += "null".utf8
        case .end: return
        }
        concludeValue()
    }

    private mutating func write(name: JSONScanner.Text, _ scanner: borrowing JSONScanner) {
        separate()
        output.append(UInt8(ascii: "\""))
        output += scanner.source(name).prefix(limit)
        output.append(UInt8(ascii: "\""))
        output.append(UInt8(ascii: ":"))
        needsComma = false
        let name = scanner.string(name)
        nextIsHidden = hidden.contains(name) || (open.last == true && Self.told.contains(name))
        nextNames = Self.telling.contains(name)
    }

    private mutating func write(_ text: JSONScanner.Text, isHidden: Bool, _ scanner: borrowing JSONScanner) {
        let source = scanner.source(text)
        if nextNames, !open.isEmpty, hidden.contains(scanner.string(text)) { open[open.count - 1] = true }
        separate()
        output.append(UInt8(ascii: "\""))
        if isHidden {
            if !source.isEmpty { output += Mask.text.utf8 }
        } else if let masked = mailMasked(text, scanner) {
            output += masked
        } else {
            output += source.prefix(limit + 1)
        }
        output.append(UInt8(ascii: "\""))
    }

    /// - Returns: `nil` if there is no address in the text.
    private func mailMasked(_ text: JSONScanner.Text, _ scanner: borrowing JSONScanner) -> [UInt8]? {
        // An @ may be written with an escape.
        guard masksMail, scanner.source(text).contains(where: { $0 == UInt8(ascii: "@") || $0 == UInt8(ascii: "\\") })
        else { return nil }
        let plain = scanner.string(text)
        let masked = Mask.mailAddresses(in: plain)
        guard masked != plain else { return nil }
        // The writer brings its own quotes.
        return Array(JSONWriter.bytes(.string(masked)).dropFirst().dropLast().prefix(limit + 1))
    }

    private mutating func begin(_ bracket: UInt8) {
        separate()
        output.append(bracket)
        if nextIsHidden, hiddenFrom == nil { hiddenFrom = open.count }
        open.append(false)
        (needsComma, nextIsHidden, nextNames) = (false, false, false)
    }

    private mutating func end(_ bracket: UInt8) {
        output.append(bracket)
        open.removeLast()
        if hiddenFrom == open.count { hiddenFrom = nil }
        concludeValue()
    }

    private mutating func separate() { if needsComma { output.append(UInt8(ascii: ",")) } }

    private mutating func concludeValue() { (needsComma, nextIsHidden, nextNames) = (true, false, false) }
}
