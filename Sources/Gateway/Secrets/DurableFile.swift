import Glibc

/// A small file that is replaced as a whole, so that a crash or a power cut leaves the old one or the new one.
enum DurableFile {
    struct Failure: Error {
        let detail: String

        init(_ doing: String) { detail = "\(doing): \(String(cString: strerror(errno)))" }
    }

    /// - Throws: `Failure`; the file is as it was then.
    static func replace(_ path: String, with bytes: [UInt8]) throws(Failure) {
        let draft = path + ".new"
        // What a command left that was killed; the lock keeps others out.
        unlink(draft)
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure("\(draft) cannot be made") }
        do throws(Failure) {
            keepOwner(of: path, on: descriptor)
            try write(bytes, to: descriptor)
            guard fsync(descriptor) == 0 else { throw Failure("\(draft) cannot be synced") }
            close(descriptor)
        } catch {
            close(descriptor)
            unlink(draft)
            throw error
        }
        guard rename(draft, path) == 0 else { throw Failure("\(draft) cannot be renamed") }
        try syncFolder(of: path)
    }

    /// Renames a file in its folder; what has the new name is replaced.
    static func move(_ path: String, to other: String) throws(Failure) {
        guard rename(path, other) == 0 else { throw Failure("\(path) cannot be renamed") }
        try syncFolder(of: other)
    }

    /// So that what root changes stays readable for the service's user.
    private static func keepOwner(of path: String, on descriptor: Int32) {
        var status = stat()
        if stat(path, &status) == 0 { _ = fchown(descriptor, status.st_uid, status.st_gid) }
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) throws(Failure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 || errno == EINTR else { throw Failure("writing failed") }
            rest = rest.dropFirst(max(0, count))
        }
    }

    /// The new name is on disk with its folder.
    private static func syncFolder(of path: String) throws(Failure) {
        let folder = path.lastIndex(of: "/").map { path[..<$0].isEmpty ? "/" : String(path[..<$0]) } ?? "."
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure("\(folder) cannot be opened") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw Failure("\(folder) cannot be synced") }
    }

    /// Keeps other writers out until it is released, or its process ends. Waits for them: they take a moment.
    struct Lock: ~Copyable {
        private let descriptor: Int32

        init(_ path: String) throws(Failure) {
            descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
            guard descriptor >= 0 else { throw Failure("\(path) cannot be made") }
            while flock(descriptor, LOCK_EX) != 0 {
                guard errno == EINTR else {
                    let failure = Failure("\(path) cannot be locked")
                    close(descriptor)
                    throw failure
                }
            }
        }

        deinit { close(descriptor) }
    }
}
