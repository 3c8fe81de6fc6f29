import Foundation

/// Files under names that change at once or not at all.
enum FolderEntry {
    /// Readable by the owner only; takes the place of a file that was left behind.
    static func createEmpty(at path: String) throws(CopyFault) {
        unlink(path)
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw fault("\(path) cannot be written") }
        close(descriptor)
    }

    /// Returns when all of the file is on stable storage.
    static func sync(_ path: String) throws(CopyFault) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw fault("\(path) cannot be opened") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw fault("\(path) cannot be synced") }
    }

    /// Returns when the new name is on stable storage.
    static func rename(_ path: String, to name: String) throws(CopyFault) {
        guard Glibc.rename(path, name) == 0 else { throw fault("\(path) cannot be renamed to \(name)") }
        try sync(folder(of: name))
    }

    /// A second name for the same file.
    static func link(_ path: String, as name: String) throws(CopyFault) {
        guard Glibc.link(path, name) == 0 else { throw fault("\(path) cannot be kept as \(name)") }
        try sync(folder(of: name))
    }

    /// 0 if there is none.
    static func bytes(of path: String) -> Int {
        var figures = stat()
        return stat(path, &figures) == 0 ? Int(figures.st_size) : 0
    }

    static func folder(of path: String) -> String {
        URL(fileURLWithPath: path).deletingLastPathComponent().path
    }

    private static func fault(_ words: String) -> CopyFault {
        CopyFault("\(words): \(String(cString: strerror(errno)))")
    }
}

/// Room on a file system.
enum DiskRoom {
    /// - Returns: Bytes that this process may still write there; `nil` if the system does not say.
    static func free(at folder: String) -> Int? {
        var figures = statvfs()
        guard statvfs(folder, &figures) == 0 else { return nil }
        return Int(figures.f_bavail) * Int(figures.f_frsize)
    }

    /// Refuses what would fill the disk, which the store itself may need to go on.
    /// - Throws: `CopyFault`.
    static func demand(_ bytes: Int, for path: String) throws(CopyFault) {
        let folder = FolderEntry.folder(of: path)
        guard let free = free(at: folder), free < bytes + reserve else { return }
        throw CopyFault(
            "\(folder) has \(free >> 20) MiB of room; the copy takes \(bytes >> 20) MiB, and \(reserve >> 20) MiB "
                + "must stay free")
    }

    /// Left to whoever else writes there.
    static let reserve = 16 << 20
}
