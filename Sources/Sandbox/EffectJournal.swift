import Synchronization

/// Something that a platform did to an order because somebody asked for it over its interface.
public struct SandboxEffect: Sendable, Equatable {
    /// The order's number in the shop (`increment_id`), which F&O keeps as `CustomersOrderReference`.
    public let order: String
    public let kind: Kind

    public enum Kind: Sendable, Hashable {
        case header(number: String)
        case line(number: String)
        /// The ERP's number, written to the order in the shop.
        case externalNumber(String)
        case comment(String)
        /// - Parameter comment: The remark on the invoice in the shop.
        case invoice(comment: String)
        /// - Parameter comment: The remark on the shipment in the shop.
        case shipment(comment: String)
        case track(number: String)
        case creditMemo(comment: String)
        /// A return, and what is added to it later.
        case `return`(String)
        /// The order's state, as `cancel`, `hold` and `unhold` leave it.
        case state(String)
    }

    public init(order: String, kind: Kind) {
        self.order = order
        self.kind = kind
    }
}

/// What both platforms did, one thing after the other. Kept only where it is asked for: it grows with every order.
final class EffectJournal: Sendable {
    private let isOn: Bool
    private let kept = Mutex<[SandboxEffect]>([])

    init(isOn: Bool) { self.isOn = isOn }

    func note(_ order: String, _ kind: SandboxEffect.Kind) {
        guard isOn else { return }
        kept.withLock { $0.append(SandboxEffect(order: order, kind: kind)) }
    }

    var effects: [SandboxEffect] { kept.withLock { $0 } }
}
