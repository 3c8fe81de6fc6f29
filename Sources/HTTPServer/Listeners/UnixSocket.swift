import CSockets
import Glibc

/// Opens listening Unix-domain sockets, and removes their files.
enum UnixSocket {
    /// The file as it was made, so that only this one is removed.
    struct File: Equatable {
        let path: String
        fileprivate let device: UInt
        fileprivate let inode: UInt

        fileprivate init?(_ path: String) {
            var status = stat()
            guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK else { return nil }
            self.path = path
            device = UInt(status.st_dev)
            inode = UInt(status.st_ino)
        }

        /// Unless another process has put its own in the place.
        func remove() {
            if File(path) == self { unlink(path) }
        }
    }

    /// A file that a crashed process left behind is replaced; one that is in use, or no socket, is not.
    static func open(
        path: String, mode: UInt32, backlog: Int
    ) throws(ServerError) -> (descriptor: Int32, file: File?) {
        let address = SocketAddress(unixPath: path)
        guard var name = sockaddr_un(path) else {
            throw .cannotListen(
                address: address, reason: "the path is empty or longer than \(sockaddr_un.maxPathBytes) bytes")
        }
        let descriptor = socket(AF_UNIX, streamType, 0)
        guard descriptor >= 0 else { throw .cannotListen(address: address, reason: SystemCalls.message(errno)) }
        // On Linux the file inherits the socket's mode, less the umask: nobody gets in before `chmod` has run.
        fchmod(descriptor, mode)
        var code = bind(descriptor, &name)
        if code == EADDRINUSE, isStale(path, &name) {
            unlink(path)
            code = bind(descriptor, &name)
        }
        if code == 0, chmod(path, mode) != 0 || listen(descriptor, Int32(clamping: backlog)) != 0 {
            code = errno
            unlink(path)
        }
        guard code == 0 else {
            close(descriptor)
            throw error(code, address)
        }
        return (descriptor, File(path))
    }

    private static let streamType = Int32(
        SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)

    /// - Returns: 0 or an error number.
    private static func bind(_ descriptor: Int32, _ name: inout sockaddr_un) -> Int32 {
        call(&name) { Glibc.bind(descriptor, $0, $1) }
    }

    /// Whether the file is a socket at which nobody listens.
    private static func isStale(_ path: String, _ name: inout sockaddr_un) -> Bool {
        guard File(path) != nil else { return false }
        let probe = socket(AF_UNIX, streamType, 0)
        guard probe >= 0 else { return false }
        defer { close(probe) }
        return call(&name) { connect(probe, $0, $1) } == ECONNREFUSED
    }

    private static func call(
        _ name: inout sockaddr_un, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        withUnsafePointer(to: &name) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0 ? 0 : errno
            }
        }
    }

    private static func error(_ code: Int32, _ address: SocketAddress) -> ServerError {
        switch code {
        case EADDRINUSE: .addressInUse(address: address)
        case EACCES, EPERM: .permissionDenied(address: address)
        default: .cannotListen(address: address, reason: SystemCalls.message(code))
        }
    }
}

extension SocketAddress {
    /// Longest path of a Unix-domain socket (unix(7)).
    public static var maxUnixPathBytes: Int { sockaddr_un.maxPathBytes }
}

extension sockaddr_un {
    /// Without the NUL that ends it.
    static let maxPathBytes = MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1

    /// - Returns: `nil` if the path is empty, too long, or has a NUL.
    init?(_ path: String) {
        let bytes = Array(path.utf8)
        guard !bytes.isEmpty, bytes.count <= Self.maxPathBytes, !bytes.contains(0) else { return nil }
        self.init()
        sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &sun_path) { $0.copyBytes(from: bytes) }
    }
}
