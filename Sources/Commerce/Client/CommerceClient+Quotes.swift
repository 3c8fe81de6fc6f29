import JSON

extension CommerceClient {
    /// `GET /V1/carts/{cartId}` (`Magento_Cart::manage`). Safe to repeat.
    /// - Returns: `nil` if the shop has no such cart.
    public func quote(id: Int) async throws -> NegotiableQuote? {
        try await existing(.cart, id) { node throws(OrderReadingError) in try NegotiableQuote(node) }
    }
}
