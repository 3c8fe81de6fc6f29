public import Foundation

/// How both simulated platforms are set up.
public struct SandboxConfiguration: Sendable {
    /// To listen on. The operator surface has no password: keep it on loopback.
    public var host = "127.0.0.1"
    /// Serve both platforms over TLS, as the real ones are; `nil` for plain HTTP.
    public var tls: SandboxTLS?
    public var commerce = SandboxCommerceConfiguration()
    public var dynamics = SandboxDynamicsConfiguration()
    /// Keep a journal of what was done to orders; see `Sandbox.effects`.
    public var keepsEffects = false
    /// Of the random faults.
    public var seed: UInt64 = 1
    /// The platforms' clock; tests bring their own.
    public var now: @Sendable () -> Date = { Date() }

    public init() {}

    var scheme: String { tls == nil ? "http" : "https" }
}

/// The certificate that both simulated platforms show. Paths of PEM files.
public struct SandboxTLS: Sendable {
    /// The chain, with the platforms' own certificate first.
    public var certificate: String
    public var key: String
    /// Authorities of client certificates, which are demanded then.
    public var clientCA: String?

    public init(certificate: String, key: String, clientCA: String? = nil) {
        self.certificate = certificate
        self.key = key
        self.clientCA = clientCA
    }
}
