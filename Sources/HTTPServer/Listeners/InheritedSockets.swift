import CSockets
import Glibc

/// A socket that the service manager opened and that listens already.
public struct InheritedSocket: Sendable, Equatable {
    let descriptor: Int32
}

/// Sockets handed over by the service manager (sd_listen_fds(3)): so that a restart refuses nobody, and the server
/// needs no right to open port 443.
public enum InheritedSockets {
    /// The first one, by convention.
    private static let firstDescriptor: Int32 = 3
    private static let limit: Int32 = 64

    /// - Parameter environment: `LISTEN_PID`, `LISTEN_FDS` and `LISTEN_FDNAMES`; names are what listeners are called.
    /// - Returns: By name, those that were meant for this process. Sockets that don't listen for streams are left out.
    public static func take(environment: [String: String]) -> [String: InheritedSocket] {
        guard environment["LISTEN_PID"].flatMap(Int32.init) == getpid(),
            let count = environment["LISTEN_FDS"].flatMap(Int32.init), (1...limit).contains(count)
        else { return [:] }
        let names = (environment["LISTEN_FDNAMES"] ?? "").split(separator: ":", omittingEmptySubsequences: false)
        var sockets: [String: InheritedSocket] = [:]
        for index in 0..<count {
            let descriptor = firstDescriptor + index
            guard isListening(descriptor), Int(index) < names.count else { continue }
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
            sockets[String(names[Int(index)])] = InheritedSocket(descriptor: descriptor)
        }
        return sockets
    }

    private static func isListening(_ descriptor: Int32) -> Bool {
        var listens: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        return getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &listens, &length) == 0 && listens == 1
    }
}
