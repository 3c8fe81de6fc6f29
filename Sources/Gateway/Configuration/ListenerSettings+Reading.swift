import HTTPServer

extension ServerSettings {
    /// The keys of `server` that say where to listen and how.
    mutating func readListeners(_ section: ConfigurationSection, _ files: ConfigurationFiles) {
        tls = section.section("tls").map { TLSConfiguration($0, files) }
        unix = section.unixPlace(files)
        if let listeners = section.section("listeners") {
            operatorListener = listeners.section("operator").flatMap { ListenerSettings($0, files) }
            healthListener = listeners.section("health").flatMap { ListenerSettings($0, files) }
            refuseSharedPlaces(listeners)
            listeners.finish()
        }
    }

    /// Two listeners at one place would fail only when the server starts, and with less to say.
    private func refuseSharedPlaces(_ section: ConfigurationSection) {
        var taken: [(role: ListenerRole, place: ListenerSettings.Place)] = []
        for (role, settings) in allListeners {
            if let other = taken.first(where: { $0.place.collides(with: settings.place) }) {
                section.refuse(
                    role.rawValue, found: "the place where the \(other.role.rawValue) listener is",
                    expected: "another port or path; without this section, \(other.role.rawValue) serves these routes"
                )
            }
            taken.append((role, settings.place))
        }
    }
}

extension ListenerSettings.Place {
    fileprivate func collides(with other: Self) -> Bool {
        switch (self, other) {
        case (.tcp(let host, let port), .tcp(let otherHost, let otherPort)):
            port != 0 && port == otherPort && (host == otherHost || Self.isAny(host) || Self.isAny(otherHost))
        case (.unix(let path, _), .unix(let otherPath, _)): path == otherPath
        default: false
        }
    }

    private static func isAny(_ host: String) -> Bool { host == "0.0.0.0" || host == "::" }
}

extension ListenerSettings {
    /// - Returns: `nil` only if a problem was noted.
    fileprivate init?(_ section: ConfigurationSection, _ files: ConfigurationFiles) {
        let tls = section.section("tls").map { TLSConfiguration($0, files) }
        let unix = section.unixPlace(files)
        let host = section.text("host", default: "127.0.0.1")
        if unix == nil, section.child("port") == nil {
            section.missing("port", expected: "the port of this listener, or unix: the path of a socket")
        }
        let port = section.integer("port", in: 0...65535, default: 0)
        self.init(unix ?? .tcp(host: host, port: port), tls: tls)
        section.finish()
    }
}

extension TLSConfiguration {
    /// Also tries whether the files can be used: here the place in the file is known.
    fileprivate init(_ section: ConfigurationSection, _ files: ConfigurationFiles) {
        let certificate = section.text(
            "certificate", expected: "the path of a PEM file: the certificate and its chain")
        let key = section.text("key", expected: "the path of a PEM file: the certificate's private key")
        let clientCA = section.optionalText(
            "clientCA", expected: "the path of a PEM file: the authorities of client certificates")
        self.init(
            certificate: files.path(certificate), key: files.path(key), clientCA: clientCA.map(files.path),
            serverNames: section.serverNames("serverNames"))
        section.finish()
        guard section.child("certificate") != nil, section.child("key") != nil else { return }
        do throws(TLSError) {
            _ = try TLSCredentials(self)
        } catch {
            section.refuse(error.part.rawValue, found: "an unusable file", expected: "another one: \(error)")
        }
    }
}

extension ConfigurationSection {
    /// `unix` and `mode`, which exclude `host` and `port`.
    fileprivate func unixPlace(_ files: ConfigurationFiles) -> ListenerSettings.Place? {
        let expected = "an octal number of three digits in quotes, such as \"0660\""
        let mode: UInt32? = value("mode", expected: expected) { text in
            UInt32(text, radix: 8).flatMap { (0o100...0o777).contains($0) ? $0 : nil }
        }
        guard let path = optionalText("unix", expected: "the path of a Unix-domain socket") else {
            if child("mode") != nil { refuseKey("mode", expected: "mode only beside unix") }
            return nil
        }
        for key in ["host", "port"] where child(key) != nil {
            refuseKey(key, expected: "either unix, or host and port")
        }
        let socket = files.path(path)
        let limit = SocketAddress.maxUnixPathBytes
        if path.isEmpty || socket.utf8.count > limit {
            refuse("unix", found: "a path of \(socket.utf8.count) bytes", expected: "1 to \(limit) bytes")
        }
        return .unix(path: socket, mode: mode ?? ListenerSettings.defaultMode)
    }

    fileprivate func serverNames(_ key: String) -> [String] {
        let expected = "a DNS name such as shop.example.com or *.example.com"
        let items = list(key)
        if child(key) != nil, items.isEmpty { refuse(key, found: "no name", expected: "at least one, or no \(key)") }
        return items.compactMap { item in
            guard let name = scalar(item.node, at: item.path, expected: expected) else { return nil }
            if !Self.isServerName(name) {
                reading.note(item.node, item.path, found: Self.kind(of: item.node), expected: expected)
            }
            return name.lowercased()
        }
    }

    /// Letters, digits and hyphens (RFC 1123 §2.1). Clients that connect to an address send no name (RFC 6066 §3).
    private static func isServerName(_ name: String) -> Bool {
        let name = name.hasPrefix("*.") ? String(name.dropFirst(2)) : name
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        let isAddress = labels.count == 4 && labels.allSatisfy { UInt8($0) != nil }
        return name.utf8.count <= 253 && !isAddress
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                    && label.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
            }
    }
}
