import Dynamics
import Foundation
import HTTPClient
import Relay
import SignIn

/// A client whose server is `transport`, at 2026-01-01T10:00:12Z.
func odata(
    _ transport: ScriptedTransport, tokens: any AccessTokenSource = FixedTokens(), limits: ODataLimits = ODataLimits()
) -> ODataClient {
    ODataClient(
        environment: "https://contoso.operations.dynamics.com/", tokens: tokens, transport: transport, limits: limits,
        clock: ManualClock())
}

struct ThingRow: ODataRow, Equatable {
    var Name: String
    var Price: Decimal?

    static let properties = ["Name", "Price"]
}

struct NewThing: Encodable, Sendable {
    var Name: String
    var Price: Decimal?
}

/// The fault that `body` throws, or `nil`.
func fault(_ body: () async throws -> some Any) async -> ODataFault? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? ODataFault
    }
}
