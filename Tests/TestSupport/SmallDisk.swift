import Foundation

/// A file system in memory with a size of its own: a disk that can be filled without harm. Only root can make one.
public final class SmallDisk: Sendable {
    public struct Failure: Error { public let command: String }

    public let path: String

    /// - Parameter options: Of mount(8): `size=2m`.
    public init(_ options: String) throws {
        path = FileManager.default.temporaryDirectory.appending(path: "causeway-disk-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try Self.run("mount", "-t", "tmpfs", "-o", options, "none", path)
    }

    deinit {
        try? Self.run("umount", "-l", path)
        try? FileManager.default.removeItem(atPath: path)
    }

    public func remount(_ options: String) throws { try Self.run("mount", "-o", "remount," + options, path) }

    /// Whether this process may mount at all; containers often may not, even as root.
    public static let isPossible: Bool = geteuid() == 0 && (try? SmallDisk("size=64k")) != nil

    /// - Throws: `Failure` if the command ends with another status than 0.
    public static func run(_ command: String...) throws {
        let process = try ChildProcess("/usr/bin/env", command)
        guard process.waitUntilExit() == 0 else { throw Failure(command: command.joined(separator: " ")) }
    }
}
