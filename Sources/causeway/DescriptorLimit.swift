import Glibc
import Logging

/// How many files and connections this process may have open.
enum DescriptorLimit {
    /// For the store, its readers, libcurl, epoll and the log.
    private static let own = 64

    /// Takes what the system allows: the soft limit is 1,024 nearly everywhere, for the sake of programs that use
    /// `select`, which nothing here does.
    static func raise(for connections: Int, _ logger: Logger) {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        if limit.rlim_cur < limit.rlim_max {
            limit.rlim_cur = limit.rlim_max
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        }
        guard limit.rlim_cur < rlim_t(connections + own) else { return }
        logger.warning(
            "fewer descriptors than server.limits.connections needs: further connections wait until some are closed",
            metadata: ["descriptors": "\(limit.rlim_cur)", "connections": "\(connections)"])
    }
}
