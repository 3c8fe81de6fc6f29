import Foundation
import GRDB
public import Relay

/// Something in the store that no key opens. Everything else can be read.
public struct Unreadable: Error, Equatable, CustomStringConvertible {
    /// For a person: `the body of event 17`.
    public var what: String
    public var fault: VaultFault

    public var description: String { "\(what) cannot be read: \(fault)" }
}

extension PayloadVault {
    func open(_ payload: StoredPayload, at place: PayloadPlace, of what: @autoclosure () -> String) throws(Unreadable)
        -> [UInt8]
    {
        do throws(VaultFault) {
            return try open(payload, at: place)
        } catch {
            throw Unreadable(what: what(), fault: error)
        }
    }
}

extension Row {
    /// - Returns: `nil` for NULL.
    func payload(_ column: String, by key: String) -> StoredPayload? {
        (self[column] as Data?).map { StoredPayload([UInt8]($0), sealedBy: self[key]) }
    }
}
