import Foundation
import Glibc

/// What another process has used, from `/proc`.
enum ProcessTimes {
    /// User and system time so far. proc(5): `utime` and `stime` are fields 14 and 15; the second field may hold
    /// spaces and ends with ")".
    static func cpuSeconds(of process: pid_t) -> Double {
        let stat = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
        let fields = stat.split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else { return 0 }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }
}
