import Cryptography
import Foundation

extension ConfigurationSection {
    /// The address of another server, without a slash at the end. `http` needs a loopback host or
    /// `allowPlainHTTP: true` in the same section, since tokens would travel in the clear.
    func baseURL(_ key: String, such example: String, default fallback: String? = nil) -> String {
        let mayBePlain = flag("allowPlainHTTP", default: false)
        if fallback == nil, child(key) == nil { missing(key, expected: "an address such as \(example)") }
        guard let text = optionalText(key, expected: "an address such as \(example)") else { return fallback ?? "" }
        guard let parts = URLComponents(string: text), let host = parts.host, !host.isEmpty,
            ["http", "https"].contains(parts.scheme), parts.query == nil, parts.fragment == nil, parts.user == nil
        else {
            refuse(
                key, found: "\"\(text)\"", expected: "an address such as \(example), without user, query and fragment"
            )
            return ""
        }
        guard parts.scheme == "https" || mayBePlain || Self.isLoopback(host) else {
            refuse(
                key, found: "plain http to \(host)",
                expected: "https, or allowPlainHTTP: true beside it if the network between is yours")
            return ""
        }
        return String(text.reversed().drop { $0 == "/" }.reversed())
    }

    /// The PEM text in a file, or given as such.
    func publicKey(_ key: String, _ files: ConfigurationFiles) -> String? {
        guard let text = optionalText(key, expected: "the path of a PEM file") else { return nil }
        guard let pem = text.contains("-----BEGIN") ? text : files.text(at: text) else {
            refuse(key, found: "no readable file \(text)", expected: "a PEM file at that path, relative to this file")
            return nil
        }
        do {
            _ = try RSAPublicKey(pem: pem)
            return pem
        } catch {
            refuse(
                key, found: "no RSA public key (\(error))",
                expected: "PEM text that begins -----BEGIN PUBLIC KEY-----")
            return nil
        }
    }

    static func isLoopback(_ host: String) -> Bool {
        let host = host.trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
        return host == "localhost" || host == "::1"
            || host.hasPrefix("127.") && host.allSatisfy { $0 == "." || $0.isASCII && $0.isNumber }
    }
}
