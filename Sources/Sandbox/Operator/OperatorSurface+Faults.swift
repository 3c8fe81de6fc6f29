import Foundation
import HTTPServer
import JSON

extension OperatorSurface {
    var faults: JSONObject {
        [
            "commerce": .object(commerce.faults.plan.json), "dynamics": .object(dynamics.faults.plan.json),
            "identity": .object(dynamics.identityFaults.plan.json),
        ]
    }

    /// Replaces the plans that are named; a knob that is left out is off. Nothing changes if any of it is wrong.
    func setFaults(_ body: OperatorBody) throws(OperatorRefusal) -> Response {
        let commercePlan = try plan("commerce", body)
        let dynamicsPlan = try plan("dynamics", body)
        let identityPlan = try plan("identity", body)
        if let commercePlan { commerce.faults.plan = commercePlan }
        if let dynamicsPlan { dynamics.faults.plan = dynamicsPlan }
        if let identityPlan { dynamics.identityFaults.plan = identityPlan }
        return Self.ok(.object(faults))
    }

    private func plan(_ platform: String, _ body: OperatorBody) throws(OperatorRefusal) -> FaultPlan? {
        guard let object = try body.object(platform) else { return nil }
        return try FaultPlan(OperatorBody(object, known: FaultPlan().json.keys))
    }
}

extension FaultPlan {
    var json: JSONObject {
        [
            "cutBeforeCommit": .number(Decimal(cutBeforeCommit)), "cutAfterCommit": .number(Decimal(cutAfterCommit)),
            "latencyMilliseconds": .int(Int(latency / .milliseconds(1))), "isAway": .bool(isAway),
            "isUnreachable": .bool(isUnreachable),
            "nextUnauthorized": .int(nextUnauthorized), "nextTooManyRequests": .int(nextTooManyRequests),
            "retryAfterSeconds": retryAfterSeconds.map(JSONValue.int) ?? .null,
            "nextServerErrors": .int(nextServerErrors), "nextMaintenancePages": .int(nextMaintenancePages),
        ]
    }

    /// Above this the latency would only look like a hang.
    private static let maxLatencyMilliseconds = 600_000

    init(_ body: OperatorBody) throws(OperatorRefusal) {
        self.init()
        cutBeforeCommit = try Self.fraction("cutBeforeCommit", body)
        cutAfterCommit = try Self.fraction("cutAfterCommit", body)
        let milliseconds = try Self.count("latencyMilliseconds", body)
        latency = .milliseconds(min(milliseconds, Self.maxLatencyMilliseconds))
        isAway = try body.bool("isAway") ?? false
        isUnreachable = try body.bool("isUnreachable") ?? false
        nextUnauthorized = try Self.count("nextUnauthorized", body)
        nextTooManyRequests = try Self.count("nextTooManyRequests", body)
        if body.has("retryAfterSeconds") { retryAfterSeconds = try body.int("retryAfterSeconds") }
        nextServerErrors = try Self.count("nextServerErrors", body)
        nextMaintenancePages = try Self.count("nextMaintenancePages", body)
    }

    private static func fraction(_ name: String, _ body: OperatorBody) throws(OperatorRefusal) -> Double {
        guard let number = try body.number(name) else { return 0 }
        guard (0...1).contains(number), let fraction = Double(number.description) else {
            throw .bad("\"\(name)\" is \(number); it must be in 0...1.")
        }
        return fraction
    }

    private static func count(_ name: String, _ body: OperatorBody) throws(OperatorRefusal) -> Int {
        let count = try body.int(name) ?? 0
        guard count >= 0 else { throw .bad("\"\(name)\" is \(count); it must be at least 0.") }
        return count
    }
}
