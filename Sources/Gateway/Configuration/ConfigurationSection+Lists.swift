import Cryptography
import Yams

/// Values of which several may be right: during a rotation the old and the new one.
extension ConfigurationSection {
    /// One text, or a list of them; empty if there is none.
    func texts(_ key: String, expected: String) -> [String] {
        guard let node = child(key) else { return [] }
        if case .sequence = node {
            return list(key).compactMap { scalar($0.node, at: $0.path, expected: expected) }
        }
        return scalar(node, at: childPath(key), expected: expected).map { [$0] } ?? []
    }

    /// The same, and at least one.
    func requiredTexts(_ key: String, expected: String) -> [String] {
        let texts = texts(key, expected: expected)
        if child(key) == nil || texts.contains("") { missing(key, expected: expected) }
        return texts
    }

    /// One secret, or a list of them.
    func secrets(_ key: String, expected: String, atLeast length: Int = shortestSecret) -> [Secret] {
        texts(key, expected: expected).map { text in
            if text.count < length {
                refuse(key, found: "a secret of \(text.count) characters", expected: "at least \(length)")
            }
            return Secret(text)
        }
    }

    /// As many characters as any secret must have that opens a door.
    static let shortestSecret = 16

    /// Keys in PEM: paths or the text itself.
    func publicKeys(_ key: String, _ files: ConfigurationFiles? = nil) -> [String] {
        let expected = files == nil ? "a public key in PEM, such as ${file:entra.pem}" : "the path of a PEM file"
        return texts(key, expected: expected).compactMap { text in
            guard let pem = text.contains("-----BEGIN") ? text : files?.text(at: text) else {
                refuse(key, found: "no key", expected: expected)
                return nil
            }
            do {
                _ = try RSAPublicKey(pem: pem)
                return pem
            } catch {
                refuse(key, found: "no RSA public key (\(error))", expected: expected)
                return nil
            }
        }
    }

    /// The last parts of addresses that senders post to; they stand in a path.
    func endpointTokens() -> [Secret] {
        let length = BusinessEventSettings.shortestToken
        let expected = "a token of at least \(length) characters that nobody can guess"
        return list("tokens").compactMap { item -> Secret? in
            guard let text = scalar(item.node, at: item.path, expected: expected) else { return nil }
            guard text.count >= length, text.allSatisfy(\.isUnreserved) else {
                reading.note(
                    item.node, item.path, found: "\(text.count) characters",
                    expected: expected + ", made of letters, digits and - . _ ~")
                return nil
            }
            return Secret(text)
        }
    }

    func requiredEndpointTokens() -> [Secret] {
        let expected = "a list with a token of at least \(BusinessEventSettings.shortestToken) characters"
        if list("tokens").isEmpty { missing("tokens", expected: expected) }
        return endpointTokens()
    }
}

extension Character {
    /// RFC 3986 §2.3: goes into a path without percent-encoding.
    fileprivate var isUnreserved: Bool { isASCII && (isLetter || isNumber || "-._~".contains(self)) }
}
