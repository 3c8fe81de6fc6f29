extension ServerSettings {
    init(_ section: ConfigurationSection?, _ files: ConfigurationFiles) {
        self.init()
        guard let section else { return }
        host = section.text("host", default: host)
        port = section.integer("port", in: 0...65535, default: port)
        if let section = section.section("limits") { limits = Limits(section) }
        access = AccessSettings(section)
        readListeners(section, files)
        section.finish()
    }
}

extension ServerSettings.Limits {
    fileprivate init(_ section: ConfigurationSection) {
        self.init()
        let wait = Duration.seconds(1)...Duration.seconds(3600)
        head = section.bytes("head", in: 1024...(1 << 20), default: head)
        body = section.bytes("body", in: 1024...(64 << 20), default: body)
        headers = section.integer("headers", in: 8...10_000, default: headers)
        idle = section.duration("idle", in: wait, default: idle)
        headTimeout = section.duration("headTimeout", in: wait, default: headTimeout)
        bodyTimeout = section.duration("bodyTimeout", in: wait, default: bodyTimeout)
        responseTimeout = section.duration("responseTimeout", in: wait, default: responseTimeout)
        handshakeTimeout = section.duration("handshakeTimeout", in: wait, default: handshakeTimeout)
        connections = section.integer("connections", in: 1...100_000, default: connections)
        more = MoreLimits(section, body: body)
        section.finish()
    }
}

extension StoreSettings {
    init(_ section: ConfigurationSection?, _ files: ConfigurationFiles) {
        self.init()
        guard let section else {
            sqlite = files.path(sqlite)
            return
        }
        section.notAvailableYet("postgres", instead: "sqlite: a path")
        sqlite = files.path(section.text("sqlite", default: sqlite))
        waiting = section.integer("waiting", in: 1...65_536, default: waiting)
        encryption = EncryptionSettings(section.section("encryption"))
        backups = BackupSettings(section.section("backups"), files)
        section.finish()
    }
}

extension OperatorSettings {
    init(_ section: ConfigurationSection?) {
        self.init()
        guard let section else { return }
        token = section.secret(
            "token", expected: "the bearer token of the operator API", atLeast: OperatorSettings.shortestToken)
        section.finish()
    }
}

extension LogSettings {
    init(_ section: ConfigurationSection?) {
        self.init()
        guard let section else { return }
        level = section.choice("level", default: level)
        format = section.choice("format", default: format)
        section.finish()
    }
}

extension ShutdownSettings {
    init(_ section: ConfigurationSection?) {
        self.init()
        guard let section else { return }
        deadline = section.duration("deadline", in: .zero...(.seconds(600)), default: deadline)
        section.finish()
    }
}
