import CZip

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

enum ZipWriter {
    static func write(_ entries: [ArchiveEntry]) throws(ArchiveError) -> [UInt8] {
        var error = zip_error_t()
        zip_error_init(&error)
        defer { zip_error_fini(&error) }
        guard let target = zip_source_buffer_create(nil, 0, 0, &error) else {
            throw .notWritten(String(cString: zip_error_strerror(&error)))
        }
        // Closing the archive gives up one reference; the bytes are read through this one.
        zip_source_keep(target)
        defer { zip_source_free(target) }
        guard let archive = zip_open_from_source(target, ZIP_CREATE | ZIP_TRUNCATE, &error) else {
            zip_source_free(target)
            throw .notWritten(String(cString: zip_error_strerror(&error)))
        }
        do throws(ArchiveError) {
            for entry in entries { try add(entry, to: archive) }
        } catch {
            zip_discard(archive)
            throw error
        }
        guard zip_close(archive) == 0 else {
            let detail = String(cString: zip_strerror(archive))
            zip_discard(archive)
            throw .notWritten(detail)
        }
        return try bytes(of: target)
    }

    private static func add(_ entry: ArchiveEntry, to archive: OpaquePointer) throws(ArchiveError) {
        func failure() -> ArchiveError { .notWritten(String(cString: zip_strerror(archive))) }
        // Compressed when the archive is closed, so libzip gets a copy of its own, which it frees.
        guard let copy = malloc(max(1, entry.content.count)) else { throw .notWritten("out of memory") }
        entry.content.withUnsafeBytes { content in
            if let bytes = content.baseAddress { copy.copyMemory(from: bytes, byteCount: content.count) }
        }
        guard let source = zip_source_buffer(archive, copy, UInt64(entry.content.count), 1) else {
            free(copy)
            throw failure()
        }
        let index = zip_file_add(archive, entry.name, source, zip_flags_t(ZIP_FL_ENC_UTF_8))
        guard index >= 0 else {
            zip_source_free(source)
            throw failure()
        }
        guard
            zip_file_set_dostime(archive, UInt64(index), 0, firstDay, 0) == 0,
            zip_set_file_compression(archive, UInt64(index), ZIP_CM_DEFLATE, 9) == 0
        else { throw failure() }
    }

    private static func bytes(of source: OpaquePointer) throws(ArchiveError) -> [UInt8] {
        func failure() -> ArchiveError { .notWritten(String(cString: zip_error_strerror(zip_source_error(source)))) }
        guard zip_source_open(source) == 0 else { throw failure() }
        defer { zip_source_close(source) }
        guard zip_source_seek(source, 0, SEEK_END) == 0 else { throw failure() }
        let length = zip_source_tell(source)
        guard length > 0, zip_source_seek(source, 0, SEEK_SET) == 0 else { throw failure() }
        var bytes = [UInt8](repeating: 0, count: Int(length))
        guard zip_source_read(source, &bytes, UInt64(length)) == length else { throw failure() }
        return bytes
    }

    /// 1980-01-01, where DOS time begins.
    private static let firstDay: UInt16 = 1 << 5 | 1
}
