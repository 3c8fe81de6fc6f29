import JSON
import Relay

extension CommerceClient {
    /// All returns of an order: `GET /V1/returns` (`Magento_Rma::magento_rma`). Adobe Commerce only, not Open Source.
    /// Safe to repeat.
    public func returns(orderID: Int) async throws -> [CommerceReturn] {
        try await searchAll(.searchReturns, [[.init("order_id", .eq, String(orderID))]], key: \.entityID) {
            node throws(OrderReadingError) in try CommerceReturn(node)
        }
    }

    /// `GET /V1/returns/{id}` (`Magento_Rma::magento_rma`). Safe to repeat.
    /// - Returns: `nil` if the shop has no such return.
    public func `return`(id: Int) async throws -> CommerceReturn? {
        try await existing(.return, id) { node throws(OrderReadingError) in try CommerceReturn(node) }
    }

    /// `POST /V1/returns` (`Magento_Rma::magento_rma`). Not safe to repeat: look for its effect in `returns` first.
    /// - Returns: The return as the shop keeps it.
    public func createReturn(_ draft: ReturnDraft) async throws -> CommerceReturn {
        let body: JSONValue = ["rmaDataObject": draft.json]
        return try await orderLocks.withLock(draft.orderID) {
            try await answer(CommerceOperation.createReturn.rawValue) {
                try CommerceReturn(JSONNode(value: await call(.createReturn, body: body)))
            }
        }
    }

    /// Reads a return, changes it and writes it back whole: `GET` and `PUT /V1/returns/{id}`
    /// (`Magento_Rma::magento_rma`). Safe to repeat.
    /// - Parameter orderID: Whose return it is.
    /// - Throws: A `CommerceFault` that parks if there is no such return.
    public func updateReturn(
        id: Int, orderID: Int, _ change: (inout CommerceReturn) -> Void
    ) async throws -> CommerceReturn {
        try await orderLocks.withLock(orderID) {
            guard var record = try await self.return(id: id) else { throw CommerceFault.gone(.return, id) }
            change(&record)
            let body: JSONValue = ["rmaDataObject": record.json]
            return try await answer(CommerceOperation.updateReturn.rawValue) {
                try CommerceReturn(JSONNode(value: await call(.updateReturn, id, body: body)))
            }
        }
    }

    /// The texts of a return's comments: `GET /V1/returns/{id}/comments` (`Magento_Rma::magento_rma`). Safe to repeat.
    public func comments(returnID: Int) async throws -> [String] {
        try await comments(.returnComments, returnID)
    }

    /// Adds a comment for the merchant's eyes: `POST /V1/returns/{id}/comments` (`Magento_Rma::magento_rma`). Not safe
    /// to repeat: look for its text in `comments(returnID:)` first.
    /// - Parameter status: The return's own.
    public func addReturnComment(returnID: Int, orderID: Int, text: String, status: String) async throws {
        let body: JSONValue = [
            "data": [
                "admin": true, "comment": .string(text), "customer_notified": false, "rma_entity_id": .int(returnID),
                "status": .string(status), "visible_on_front": false,
            ]
        ]
        try await orderLocks.withLock(orderID) {
            try confirmed(await call(.commentReturn, returnID, body: body), .commentReturn)
        }
    }

    /// Adds the parcel with which the goods come back: `POST /V1/returns/{id}/tracking-numbers`
    /// (`Magento_Rma::magento_rma`). Not safe to repeat: look for its number in the return's `tracks` first.
    public func addReturnTrack(_ track: ShipmentTrack, returnID: Int, orderID: Int) async throws {
        let body: JSONValue = [
            "track": [
                "carrier_code": .string(track.carrierCode), "carrier_title": .string(track.title),
                "rma_entity_id": .int(returnID), "track_number": .string(track.number),
            ]
        ]
        try await orderLocks.withLock(orderID) {
            try confirmed(await call(.addReturnTrack, returnID, body: body), .addReturnTrack)
        }
    }
}

extension CommerceFault {
    /// What was to be changed is not there.
    static func gone(_ operation: CommerceOperation, _ id: any CustomStringConvertible) -> CommerceFault {
        CommerceFault(
            kind: .notFound, call: operation.rawValue, status: 404,
            detail: "the shop has no record with the id \(id).")
    }
}
