/// Fills in `${NAME}` from the environment and `${file:PATH}`, `${credential:NAME}` and the like from where they say;
/// `$${` stands for a plain `${`.
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
    static let open: Character = "\u{E000}"
    static let close: Character = "\u{E001}"

    /// Gives the value of what follows the prefix of a reference.
    typealias Source = (_ name: String) throws(Failure) -> String

    var environment: [String: String]
    /// By the prefix that stands before the colon.
    var sources: [String: Source]

    /// - Parameter readFile: Reads a file named in the configuration; `nil` if it cannot be read as text.
    init(environment: [String: String], readFile: @escaping (String) -> String?) {
        self.environment = environment
        sources = [
            "file": { (path) throws(Failure) in try Self.content(of: path, readFile) },
            "credential": { (name) throws(Failure) in try Self.credential(name, environment, readFile) },
        ]
    }

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
                    found: "\"${\" without \"}\"", expected: Self.shapes + ", or $${ for a plain ${")
            }
            resolved += try value(of: String(rest[..<end]))
            rest = rest[rest.index(after: end)...]
        }
        return Self.unveil(resolved + rest)
    }

    private func value(of reference: String) throws(Failure) -> String {
        if let colon = reference.firstIndex(of: ":"), let source = sources[String(reference[..<colon])] {
            return try source(String(reference[reference.index(after: colon)...]))
        }
        let isName =
            reference.first.map { $0 == "_" || $0.isLetter } == true
            && reference.allSatisfy { $0.isASCII && ($0 == "_" || $0.isLetter || $0.isNumber) }
        guard isName else {
            throw Failure(found: "${\(reference)}", expected: Self.shapes)
        }
        guard let value = environment[reference], !value.isEmpty else {
            throw Failure(
                found: "${\(reference)}, which the environment does not set",
                expected: "the variable \(reference) to be set")
        }
        return value
    }

    private static let shapes =
        "${NAME} of an environment variable, or ${file:PATH}, ${credential:NAME}, ${secret:NAME} or ${vault:NAME}"

    private static func content(of path: String, _ readFile: (String) -> String?) throws(Failure) -> String {
        guard let text = readFile(path) else {
            throw Failure(
                found: "no readable file \(path)", expected: "a text file at that path, relative to this file")
        }
        return withoutLineEnd(text)
    }

    /// A credential that systemd hands to the service (systemd.exec(5), `LoadCredential=`).
    private static func credential(
        _ name: String, _ environment: [String: String], _ readFile: (String) -> String?
    ) throws(Failure) -> String {
        let reference = "${credential:\(name)}"
        guard !name.isEmpty, name.utf8.count <= 255, !name.contains("/"), ![".", ".."].contains(name) else {
            throw Failure(found: reference, expected: "the name of a credential, without folders")
        }
        guard let folder = environment["CREDENTIALS_DIRECTORY"], !folder.isEmpty else {
            throw Failure(
                found: "\(reference), but CREDENTIALS_DIRECTORY is not set",
                expected: "a service with LoadCredential=\(name):… or LoadCredentialEncrypted=, which systemd started"
            )
        }
        guard let text = readFile("\(folder)/\(name)") else {
            throw Failure(
                found: "\(reference), which systemd did not hand over",
                expected: "LoadCredential=\(name):… or LoadCredentialEncrypted= in the service's unit")
        }
        return withoutLineEnd(text)
    }

    private static func withoutLineEnd(_ text: String) -> String {
        text.hasSuffix("\r\n") || text.hasSuffix("\n") ? String(text.dropLast()) : text
    }
}
