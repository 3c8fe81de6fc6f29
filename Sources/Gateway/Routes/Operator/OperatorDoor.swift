import HTTPServer
import HTTPTypes
import Relay
import SQLiteStore

/// Adds routes under `/operator/v1`. Each demands the token, and each explains what the store refuses.
struct OperatorDoor {
    static let prefix = "/operator/v1"

    let access: OperatorAccess
    private(set) var table: RouteTable

    init(_ access: OperatorAccess, _ table: RouteTable) {
        self.access = access
        self.table = table
    }

    mutating func on(_ method: HTTPRequest.Method, _ path: String, _ handler: @escaping Router.Handler) {
        let access = access
        table.on(method, Self.prefix + path) { request, parameters in
            try access.demand(of: request)
            do {
                return try await handler(request, parameters)
            } catch let fault as StoreFault {
                throw Problem.unreadable(fault)
            } catch let refusal as RepairRefused {
                throw Problem.refused(refusal)
            } catch let unreadable as Unreadable {
                throw Problem.unreadablePayload(unreadable.description)
            }
        }
    }
}
