/// What this build calls itself in `--version`, in the log's first line and on the status page.
public enum Version {
    public static let current = "0.1.0"

    /// How it introduces itself in every call to another server.
    static let userAgent = "Causeway/\(current)"
}
