import Foundation
import TestSupport

/// Files that refuse every write, also through descriptors that were opened before: the nearest thing to a file
/// system that the kernel has made read-only after an error.
final class Immutability {
    private let files: [String]

    init(of files: [String]) throws {
        self.files = files
        for file in files { try SmallDisk.run("chattr", "+i", file) }
    }

    deinit { try? end() }

    func end() throws {
        for file in files { try SmallDisk.run("chattr", "-i", file) }
    }

    /// Whether this process may do that, and whether the file system here keeps to it.
    static let isPossible: Bool = {
        guard geteuid() == 0, let folder = try? TemporaryFolder() else { return false }
        let path = folder.path("file")
        let descriptor = open(path, O_RDWR | O_CREAT, 0o600)
        defer { close(descriptor) }
        guard descriptor >= 0, let immutability = try? Immutability(of: [path]) else { return false }
        defer { try? immutability.end() }
        return write(descriptor, "x", 1) < 0
    }()
}
