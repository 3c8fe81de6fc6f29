import CZip

/// An archive in memory that is open for reading. For one task: libzip's handles are not shared.
final class ZipReader {
    private let archive: OpaquePointer
    /// What libzip reads from; it lives until the archive is closed.
    private let memory: UnsafeMutableRawBufferPointer
    let count: Int

    init(_ bytes: [UInt8]) throws(ArchiveError) {
        memory = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, bytes.count), alignment: 1)
        memory.copyBytes(from: bytes)
        var error = zip_error_t()
        zip_error_init(&error)
        defer { zip_error_fini(&error) }
        guard let source = zip_source_buffer_create(memory.baseAddress, UInt64(bytes.count), 0, &error) else {
            memory.deallocate()
            throw .unreadable(String(cString: zip_error_strerror(&error)))
        }
        guard let archive = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error) else {
            zip_source_free(source)
            memory.deallocate()
            throw .unreadable(String(cString: zip_error_strerror(&error)))
        }
        self.archive = archive
        count = Int(max(0, zip_get_num_entries(archive, 0)))
    }

    deinit {
        zip_discard(archive)
        memory.deallocate()
    }

    func name(at index: Int) throws(ArchiveError) -> String {
        guard let name = zip_get_name(archive, UInt64(index), zip_flags_t(ZIP_FL_ENC_GUESS)) else {
            throw .unreadable("entry \(index) has no name")
        }
        return String(cString: name)
    }

    /// - Returns: `nil` if there are more bytes than `limit`, whatever the archive says about its sizes.
    func content(at index: Int, name: String, atMost limit: Int) throws(ArchiveError) -> [UInt8]? {
        guard let file = zip_fopen_index(archive, UInt64(index), 0) else {
            throw .unsupportedEntry(name, detail: String(cString: zip_strerror(archive)))
        }
        defer { zip_fclose(file) }
        var content: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: Self.chunkBytes)
        while true {
            let count = zip_fread(file, &chunk, UInt64(chunk.count))
            guard count >= 0 else { throw .corruptEntry(name, detail: String(cString: zip_file_strerror(file))) }
            // libzip compares the checksum when the end is reached.
            guard count > 0 else { return content }
            guard content.count + Int(count) <= limit else { return nil }
            content += chunk[..<Int(count)]
        }
    }

    private static let chunkBytes = 64 << 10
}
