/// Fills in `${NAME}` from the environment and `${file:PATH}` from a file; `$${` stands for a plain `${`.
///
/// YAML reserves braces inside `{ … }`, so the references are veiled before the YAML parser sees them, character by
/// character, which keeps every line and column. Because values are filled in after parsing, no value can change
/// the structure of the file.
struct Interpolation {
    /// What a reference could not be resolved to.
    struct Failure: Error, Equatable {
        var found: String
        var expected: String
    }

    /// Private-use characters (YAML 1.2 §5.1 allows them), which no configuration has a use for.
    private static let open: Character = "\u{E000}"
    private static let close: Character = "\u{E001}"

    var environment: [String: String]
    /// Reads a file named in the configuration; `nil` if it cannot be read as text.
    var readFile: (String) -> String?

    static func veil(_ yaml: String) -> String {
        var veiled = ""
        veiled.reserveCapacity(yaml.utf8.count)
        var isInside = false
        var previous: Character?
        for character in yaml {
            switch character {
            case "{" where previous == "$":
                veiled.append(open)
                isInside = true
            case "}" where isInside:
                veiled.append(close)
                isInside = false
            default:
                if character.isNewline { isInside = false }
                veiled.append(character)
            }
            previous = character
        }
        return veiled
    }

    /// For quoting a text from the file in a message.
    static func unveil(_ text: String) -> String {
        String(text.map { $0 == open ? "{" : $0 == close ? "}" : $0 })
    }

    func resolve(_ text: String) throws(Failure) -> String {
        guard text.contains(Self.open) else { return Self.unveil(text) }
        var resolved = ""
        var rest = text[...]
        while let brace = rest.firstIndex(of: Self.open) {
            let before = rest[..<brace]
            rest = rest[rest.index(after: brace)...]
            guard !before.hasSuffix("$$") else {
                resolved += before.dropLast(2) + "${"
                continue
            }
            resolved += before.dropLast()
            guard let end = rest.firstIndex(of: Self.close) else {
                throw Failure(
                    found: "\"${\" without \"}\"", expected: "${NAME} or ${file:PATH}, or $${ for a plain ${")
            }
            resolved += try value(of: String(rest[..<end]))
            rest = rest[rest.index(after: end)...]
        }
        return Self.unveil(resolved + rest)
    }

    private func value(of reference: String) throws(Failure) -> String {
        if reference.hasPrefix("file:") {
            let path = String(reference.dropFirst("file:".count))
            guard let text = readFile(path) else {
                throw Failure(
                    found: "no readable file \(path)", expected: "a text file at that path, relative to this file")
            }
            return text.hasSuffix("\r\n") || text.hasSuffix("\n") ? String(text.dropLast()) : text
        }
        let isName =
            reference.first.map { $0 == "_" || $0.isLetter } == true
            && reference.allSatisfy { $0.isASCII && ($0 == "_" || $0.isLetter || $0.isNumber) }
        guard isName else {
            throw Failure(found: "${\(reference)}", expected: "${NAME} of an environment variable, or ${file:PATH}")
        }
        guard let value = environment[reference], !value.isEmpty else {
            throw Failure(
                found: "${\(reference)}, which the environment does not set",
                expected: "the variable \(reference) to be set")
        }
        return value
    }
}
