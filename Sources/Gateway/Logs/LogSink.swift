#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where finished lines go.
public protocol LogSink: Sendable {
    /// - Parameter line: Without its line end.
    func write(line: [UInt8])
}

/// A file descriptor. Each line is one `write(2)`, so that lines of several threads don't mix.
public struct DescriptorSink: LogSink {
    private let descriptor: Int32

    public static let standardError = DescriptorSink(descriptor: STDERR_FILENO)

    public init(descriptor: Int32) { self.descriptor = descriptor }

    public var isTerminal: Bool { isatty(descriptor) == 1 }

    public func write(line: [UInt8]) {
        var rest = (line + [0x0A])[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if count == 0 || errno != EINTR {
                // A log that cannot be written must not stop the gateway.
                return
            }
        }
    }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    #if canImport(Glibc)
        Glibc.write(descriptor, bytes, count)
    #else
        Darwin.write(descriptor, bytes, count)
    #endif
}
