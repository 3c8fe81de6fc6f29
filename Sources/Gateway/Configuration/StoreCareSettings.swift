import Cryptography
public import Relay

/// `store.encryption`: keys for people's data in the store.
public struct EncryptionSettings: Sendable, Equatable {
    /// 32 secret bytes.
    public struct Key: Sendable, Equatable {
        /// Stands beside what it seals.
        public var id: String
        private let secret: Secret

        /// - Parameter bytes: 32.
        init(id: String, bytes: [UInt8]) {
            self.id = id
            secret = Secret(Hex.encode(bytes))
        }

        var bytes: [UInt8] { Hex.decode(secret.reveal()) ?? [] }

        static let byteCount = 32
    }

    /// The first one seals, all of them open.
    public var keys: [Key]
    /// Hashes e-mail addresses and order numbers, so that they can be looked for; never changes.
    public var searchKey: Key

    public init(keys: [Key], searchKey: Key) {
        self.keys = keys
        self.searchKey = searchKey
    }
}

/// `store.backups`: copies made while the gateway works.
public struct BackupSettings: Sendable, Equatable {
    /// An existing folder, best on another disk.
    public var folder: String
    /// Copies that are kept, the newest ones; at least 1.
    public var keep: Int
    /// `nil`: only when somebody asks.
    public var every: Duration?

    public init(folder: String, keep: Int = 7, every: Duration? = .seconds(24 * 3600)) {
        self.folder = folder
        self.keep = keep
        self.every = every
    }
}

extension RetentionRules {
    /// Bodies are for replays, and an order that is in F&O is seldom replayed after a month; the audit trail answers
    /// questions of a quarter; the bare rows answer those of a business year.
    public static let standard = RetentionRules(
        ages: Ages(bodies: .days(30), attempts: .days(90), events: .days(400)))
}

extension Duration {
    static func days(_ count: Int) -> Duration { .seconds(count * 86_400) }
}
