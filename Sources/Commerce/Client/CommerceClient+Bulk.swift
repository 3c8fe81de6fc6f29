import JSON
import Relay

/// Asynchronous bulk requests. Each needs the permission of the operation that it repeats, and
/// `Magento_Logging::system_magento_logging_bulk_operations` for its status. The order of the operations is not kept,
/// and one record twice in a request races against itself. Prices and source items have no bulk here: their own
/// operations take lists, and answer at once.
/// https://developer.adobe.com/commerce/webapi/rest/use-rest/asynchronous-web-endpoints/
extension CommerceClient {
    /// Creates products, or updates those that exist: `POST /async/bulk/V1/products`. Safe to repeat.
    public func submitProducts(_ drafts: [ProductDraft], scope: StoreScope = .all) async throws -> BulkSubmission {
        try await submit(.createProduct, drafts.map(\.body), scope: scope)
    }

    /// Updates products: `PUT /async/bulk/V1/products/bySku`. Safe to repeat. SKUs stand in the body alone, where
    /// slashes do no harm.
    public func submitProductUpdates(
        _ drafts: [ProductDraft], scope: StoreScope = .all
    ) async throws -> BulkSubmission {
        try await submit(.updateProduct, drafts.map(\.body), scope: scope)
    }

    /// Creates customers: `POST /async/bulk/V1/customers`. Not safe to repeat: look for their effect in `customers`.
    public func submitCustomers(_ drafts: [CustomerDraft]) async throws -> BulkSubmission {
        try await submit(.createCustomer, drafts.map { ["customer": $0.json] })
    }

    /// - Parameter bodies: Of the synchronous operation. At most `BatchSizes.mostRows`.
    private func submit(
        _ operation: CommerceOperation, _ bodies: [JSONValue], scope: StoreScope = .configured
    ) async throws -> BulkSubmission {
        guard (1...BatchSizes.mostRows).contains(bodies.count) else {
            throw CommerceFault(
                kind: .rejected, call: operation.rawValue,
                detail: "\(bodies.count) bodies; a bulk request takes 1 to \(BatchSizes.mostRows).")
        }
        let call = CommerceCall(
            operation: operation, body: JSONWriter.bytes(.array(bodies)), scope: scope, isBulk: true)
        return try await answer(call.name) { try BulkSubmission(JSONNode(value: await self.call(call))) }
    }

    /// `GET /V1/bulk/{bulkUuid}/status`. Safe to repeat.
    public func bulkStatus(_ id: String) async throws -> [BulkOperation] {
        try await answer(CommerceOperation.bulkStatus.rawValue) {
            let answer = JSONNode(value: try await call(.bulkStatus, id))
            return try answer["operations_list"].list().map { node throws(OrderReadingError) in
                try BulkOperation(node)
            }
        }
    }

    /// Waits until a bulk request is worked off. What is still open after the last wait is looked for by `verify`:
    /// where no consumer runs, a status stays open for ever (magento2#31741), and in some versions it is wrong
    /// (magento2#28288).
    /// - Parameter verify: Whether the effect of the body with this index can be found.
    /// - Returns: By index, for all bodies.
    public func results(
        of submission: BulkSubmission, polling: BulkPolling = .standard, verify: (Int) async throws -> Bool
    ) async throws -> [Int: BulkResult] {
        var operations: [Int: BulkOperation] = [:]
        for wait in polling.waits {
            try await clock.sleep(for: wait)
            operations = submission.byIndex(try await bulkStatus(submission.id))
            if submission.accepted.allSatisfy({ operations[$0].map { $0.status != .open } ?? false }) { break }
        }
        var results: [Int: BulkResult] = [:]
        for rejection in submission.rejected { results[rejection.index] = .failed(rejection.message) }
        for index in submission.accepted {
            let message = operations[index]?.message ?? "no reason given"
            results[index] =
                switch operations[index]?.status {
                case .complete: .done
                case .failedRetriably: .retriable(message)
                case .failed, .rejected: .failed(message)
                case .open, nil: try await verify(index) ? .done : .unknown
                }
        }
        return results
    }
}

extension BulkSubmission {
    /// Accepted unless it says otherwise: `request_items` carry the index of each body.
    fileprivate init(_ answer: JSONNode) throws(OrderReadingError) {
        id = try answer["bulk_uuid"].required(answer["bulk_uuid"].text(), "a bulk's id")
        accepted = []
        rejected = []
        for item in try answer["request_items"].list() {
            let index = try item["id"].required(item["id"].integer(), "an item's index")
            if try item["status"].text() == "rejected" {
                rejected.append(Rejection(index: index, message: try item["error_message"].text() ?? "rejected"))
            } else {
                accepted.append(index)
            }
        }
    }
}

extension BulkOperation {
    fileprivate init(_ operation: JSONNode) throws(OrderReadingError) {
        let status = try operation["status"].integer().flatMap(Status.init)
        self.init(
            id: try operation["id"].required(operation["id"].integer(), "an operation's id"),
            status: try operation["status"].required(status, "a status in 1...5"),
            message: try operation["result_message"].text())
    }
}
