import HTTPServer
import HTTPTypes
import Relay

/// `/operator/v1/backups`, `/operator/v1/sealing` and `/operator/v1/erasures`: the store under an operator's hand.
struct CareRoutes: Sendable {
    /// Erasures on one page.
    static let pageLimit = 500

    let keeper: StoreKeeper
    let clock: any WallClock
    /// Tells the dispatcher that subjects may go on.
    let wakeAll: @Sendable () -> Void

    func add(to door: inout OperatorDoor) {
        door.on(.get, "/backups") { _, _ in try await backups() }
        door.on(.post, "/backups") { request, _ in try await backUp(request) }
        door.on(.get, "/sealing") { _, _ in try await sealing(status: .ok) }
        door.on(.post, "/sealing") { request, _ in try await seal(request) }
        door.on(.get, "/erasures") { request, _ in try await erasures(request) }
        door.on(.post, "/erasures") { request, _ in try await erase(request) }
    }

    private func backups() async throws -> Response {
        OperatorJSON.response(try await BackupsJSON(keeper.backups))
    }

    private func backUp(_ request: Request) async throws -> Response {
        try OperatorOrder(request).finish()
        do {
            let file = try await keeper.backups.start()
            return OperatorJSON.response(StartedBackupJSON(file: file), status: .accepted)
        } catch BackupKeeper.Refused.running(let file) {
            throw Problem.backupRunning(file)
        } catch BackupKeeper.Refused.off {
            throw Problem.backupsOff
        }
    }

    private func sealing(status: HTTPResponse.Status) async throws -> Response {
        OperatorJSON.response(try await SealingJSON(keeper.sealing), status: status)
    }

    private func seal(_ request: Request) async throws -> Response {
        try OperatorOrder(request).finish()
        Task { await keeper.sealing.run() }
        return try await sealing(status: .accepted)
    }

    private func erasures(_ request: Request) async throws -> Response {
        let query = try QueryParameters(request.query, known: ["limit"])
        let limit = try query.value("limit", expected: "a number from 1 to \(Self.pageLimit)") { text in
            Int(text).flatMap { (1...Self.pageLimit).contains($0) ? $0 : nil }
        }
        let records = try await keeper.erasing.store.erasures(limit: limit ?? 50)
        return OperatorJSON.response(ErasuresJSON(erasures: records.map(ErasureJSON.init)))
    }

    private func erase(_ request: Request) async throws -> Response {
        var order = try OperatorOrder(request)
        let subject = try order.person()
        guard try order.flag("dryRun") != true else {
            _ = (order.member("by"), order.member("why"))
            try order.finish()
            let count = try await keeper.erasing.count(subject)
            return OperatorJSON.response(HoldingsJSON(holdings: ErasureCountJSON(count)))
        }
        // It is kept, so it must not name the person.
        let act = try order.act(at: clock.now())
        try order.finish()
        let record = try await keeper.erasing.erase(subject, act)
        wakeAll()
        return OperatorJSON.response(ErasureJSON(record), status: .created)
    }
}

extension OperatorOrder {
    /// Who is to be erased: exactly one of `email` and `customer`.
    fileprivate mutating func person() throws(Problem) -> SearchKey {
        let email = try text("email").map { SearchKey(.email, $0) }
        let customer = try text("customer").map { SearchKey(.customer, $0) }
        switch (email, customer) {
        case (let email?, nil):
            // A short word would be found in everything.
            guard email.value.wholeMatch(of: /[^@\s]+@[^@\s]+/) != nil else {
                throw Self.refused(member("email"), "one address, such as jane@example.com")
            }
            return email
        case (nil, let customer?): return customer
        default: throw .unusableBody("email, customer: expected exactly one of them.")
        }
    }
}
