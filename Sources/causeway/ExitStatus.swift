import ArgumentParser
import Foundation

/// The statuses that scripts and service managers rely on (`sysexits.h`). Wrong usage, 64, comes from the argument
/// parser.
enum ExitStatus {
    /// EX_DATAERR: a file that was given as argument is wrong.
    static let wrongData = ExitCode(65)
    /// EX_DATAERR: both platforms don't agree.
    static let differences = ExitCode(65)
    /// EX_SOFTWARE
    static let internalFault = ExitCode(70)
    /// EX_TEMPFAIL: the same command may succeed later.
    static let temporary = ExitCode(75)
    /// EX_CONFIG
    static let configuration = ExitCode(78)
}

/// A message for the person at the terminal, on standard error.
func complain(_ message: String) {
    FileHandle.standardError.write(Data((message + "\n").utf8))
}
