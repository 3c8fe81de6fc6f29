import ArgumentParser

/// What one run of `ingest` measures.
struct IngestSetup {
    enum Signature: String, ExpressibleByArgument, CaseIterable, Codable {
        case hmac, rsa

        var title: String {
            switch self {
            case .hmac: "HMAC-SHA256"
            case .rsa: "RSA-SHA256 over base64"
            }
        }
    }

    var connections = 128
    var keepsAlive = true
    var usesTLS = false
    /// Bytes of each order's JSON.
    var size = 2048
    var signature = Signature.hmac
    /// Undelivered events that are in the store before the first order comes.
    var backlog = 0
    var seconds = 10.0
    var warmUp = 2.0
    /// Orders signed beforehand with RSA: the run ends with the last one.
    var presigned = 60_000
    /// Seconds to measure the raw commit rate; 0 leaves it out.
    var rawSeconds = 0.0

    /// The rows of the published table: each varies one thing.
    static let matrix: [IngestSetup] = {
        var rows = [1, 16, 64, 128, 1000].map { connections in
            var setup = IngestSetup()
            setup.connections = connections
            return setup
        }
        rows += [1024, 16_384, 65_536, 262_144].map { size in
            var setup = IngestSetup()
            setup.size = size
            return setup
        }
        var fresh = IngestSetup()
        fresh.keepsAlive = false
        var tls = IngestSetup()
        tls.usesTLS = true
        var handshakes = tls
        handshakes.keepsAlive = false
        var rsa = IngestSetup()
        rsa.signature = .rsa
        var backlog = IngestSetup()
        backlog.backlog = 1_000_000
        return rows + [fresh, tls, handshakes, rsa, backlog]
    }()
}
