import Foundation

/// Where mails are handed in, and how.
public struct MailServer: Sendable {
    /// For `smtp`; `smtps` is TLS from the first byte, whatever this says.
    public enum Security: String, Sendable, CaseIterable {
        /// Nothing but the greeting before STARTTLS; a server without it gets no mail.
        case required
        /// STARTTLS if the server offers it. Whoever is between can take the offer away.
        case opportunistic
        case off
    }

    public struct Login: Sendable {
        public var user: String
        public var password: String

        public init(user: String, password: String) {
            self.user = user
            self.password = password
        }
    }

    /// `smtp://` or `smtps://`, host and port.
    let url: String
    /// `mail.example.com:587`: all that errors say of it.
    let destination: String
    let security: Security
    let login: Login?
    let caBundle: String?

    /// - Parameters:
    ///   - url: `smtp://mail.example.com:587` or `smtps://mail.example.com:465`; without a port 25 and 465.
    ///   - caBundle: PEM file with the authorities to trust instead of the system's.
    /// - Throws: `MailError.invalidServer`, which quotes neither URL nor login.
    public init(
        url: String, security: Security = .required, login: Login? = nil, caBundle: String? = nil
    ) throws(MailError) {
        guard url.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), let parts = URLComponents(string: url),
            let scheme = parts.scheme, ["smtp", "smtps"].contains(scheme), let host = parts.host, !host.isEmpty
        else { throw .invalidServer("expected smtp://host:587 or smtps://host:465") }
        guard parts.user == nil, parts.password == nil else {
            throw .invalidServer("user and password don't belong into the address")
        }
        guard ["", "/"].contains(parts.path), parts.query == nil, parts.fragment == nil else {
            throw .invalidServer("expected nothing behind the port")
        }
        let port = parts.port ?? (scheme == "smtps" ? 465 : 25)
        guard (1...65535).contains(port) else { throw .invalidServer("expected a port from 1 to 65535") }
        if let login {
            guard !login.user.isEmpty, (login.user + login.password).unicodeScalars.allSatisfy({ !$0.isControl })
            else { throw .invalidServer("expected a user, and no control characters in user and password") }
        }
        self.url = "\(scheme)://\(host):\(port)"
        destination = "\(host):\(port)"
        self.security = security
        self.login = login
        self.caBundle = caBundle
    }
}
