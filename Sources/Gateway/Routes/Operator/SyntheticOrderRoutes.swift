import HTTPServer
import HTTPTypes
import Relay

/// `/operator/v1/synthetic-order`: the last round trip, and a new one.
struct SyntheticOrderRoutes: Sendable {
    let orders: SyntheticOrders?

    func add(to door: inout OperatorDoor) {
        door.on(.get, "/synthetic-order") { _, _ in OperatorJSON.response(try await standing()) }
        door.on(.post, "/synthetic-order") { _, _ in
            guard let orders else { throw Problem.syntheticOrderOff }
            await orders.begin()
            return OperatorJSON.response(try await standing(), status: .accepted)
        }
    }

    private func standing() async throws(Problem) -> SyntheticOrderJSON {
        guard let orders else { throw .syntheticOrderOff }
        return await SyntheticOrderJSON(orders)
    }
}

/// The last round trip, as `/status` and the operator API show it.
struct SyntheticOrderJSON: Encodable {
    var running: Bool
    var order: String?
    var startedAt: String?
    var finishedAt: String?
    /// Left out before the first one has ended.
    var arrived: Bool?
    var seconds: Double?
    var limitSeconds: Double
    var problemCode: String?
    /// For holders of the operator token.
    var problem: Reason?

    init(_ orders: SyntheticOrders, showsReason: Bool = true) async {
        let last = await orders.last
        running = await orders.isRunning
        limitSeconds = Double(orders.settings.limit.wholeMilliseconds) / 1000
        order = showsReason ? last?.incrementID : nil
        startedAt = last?.startedAt.iso8601
        finishedAt = last?.finishedAt.iso8601
        arrived = last.map { $0.problem == nil }
        seconds = last?.took.map { Double($0.wholeMilliseconds) / 1000 }
        problemCode = last?.problem?.code
        problem = showsReason ? last?.problem : nil
    }
}
