import Dynamics

/// How data packages go to F&O and come from it.
public struct PackageSettings: Sendable, Equatable {
    /// Hosts that F&O's links may lead to; see `StorageHosts`.
    public var storageHosts = StorageHosts.azure
    /// A job that runs longer is given to a person as unclear.
    public var longestRun = Duration.seconds(24 * 3600)
    public var maxPackageBytes = 64 << 20

    public init() {}
}
