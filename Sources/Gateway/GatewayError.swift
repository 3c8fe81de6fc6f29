import HTTPServer
import SQLiteStore

public enum GatewayError: Error, Equatable, CustomStringConvertible {
    case startedBefore

    public var description: String { "this gateway was started before; make a new one" }

    /// Whether the same start may succeed later without anybody changing the configuration: the address or the store
    /// is still held by another process, or the store's disk has trouble.
    public static func mayPass(_ error: any Error) -> Bool {
        switch error {
        case ServerError.addressInUse, StoreOpenError.inUse, StoreOpenError.unusable: true
        default: false
        }
    }
}
