public import Foundation

/// How both simulated platforms are set up.
public struct SandboxConfiguration: Sendable {
    /// To listen on. The operator surface has no password: keep it on loopback.
    public var host = "127.0.0.1"
    public var commerce = SandboxCommerceConfiguration()
    public var dynamics = SandboxDynamicsConfiguration()
    /// Keep a journal of what was done to orders; see `Sandbox.effects`.
    public var keepsEffects = false
    /// Of the random faults.
    public var seed: UInt64 = 1
    /// The platforms' clock; tests bring their own.
    public var now: @Sendable () -> Date = { Date() }

    public init() {}
}
