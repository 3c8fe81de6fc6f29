import SignIn
import Synchronization

/// Hands out `token 1` until it is told that the token is bad, then `token 2`, and so on.
final class FixedTokens: AccessTokenSource {
    private let number = Mutex(1)

    func token() async throws -> String { "token \(number.withLock { $0 })" }

    func invalidate(_ token: String) async {
        number.withLock { if token == "token \($0)" { $0 += 1 } }
    }
}
