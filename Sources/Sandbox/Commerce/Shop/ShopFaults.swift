import Synchronization

/// The plan of what goes wrong inside answers; can be changed while the shop serves.
final class ShopFaults: Sendable {
    private let state = Mutex(ShopFaultPlan())

    var plan: ShopFaultPlan {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }

    /// Counts one down; `false` if none is left.
    func takeBulkLockFailure() -> Bool {
        state.withLock { plan in
            guard plan.nextBulkLockFailures > 0 else { return false }
            plan.nextBulkLockFailures -= 1
            return true
        }
    }
}
