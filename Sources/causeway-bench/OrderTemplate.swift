/// One signed webhook request after the other: the order's number is patched into the same bytes, and the signature
/// into the same head, so that the generator costs little beside the server.
struct OrderTemplate: RequestSource {
    /// Digits of the order's number.
    private static let digits = 12

    private let signer: OrderSigner
    private(set) var head: [UInt8]
    private(set) var body: [UInt8]
    private let numberOffset: Int
    private let signatureOffset: Int
    /// Of the order that `body` holds.
    var number = 0 {
        didSet { writeNumber() }
    }

    /// - Parameters:
    ///   - signer: Makes or has the signatures.
    ///   - size: Bytes of the body; a smaller one than an order with one line is not possible.
    ///   - keepsAlive: Whether the connection is used again.
    init(signer: OrderSigner, host: String, size: Int, keepsAlive: Bool) {
        self.signer = signer
        let digits = String(repeating: "0", count: Self.digits)
        let beforeNumber =
            #"{"subject":[],"eventName":"sales_order_save_commit_after","data":{"order":{"increment_id":""#
        let order = Self.order(size: size - beforeNumber.utf8.count - Self.digits)
        body = Array((beforeNumber + digits + order).utf8)
        numberOffset = beforeNumber.utf8.count
        let beforeSignature = """
            POST /webhooks/commerce/order HTTP/1.1\r
            Host: \(host)\r
            Content-Type: application/json\r
            Content-Length: \(body.count)\r
            Connection: \(keepsAlive ? "keep-alive" : "close")\r
            x-adobe-commerce-webhook-signature: 
            """
        let signature = String(repeating: "=", count: signer.length)
        head = Array((beforeSignature + signature + "\r\n\r\n").utf8)
        signatureOffset = beforeSignature.utf8.count
    }

    mutating func advance() -> Bool {
        number += 1
        guard let signature = signer.signature(of: body, number: number) else { return false }
        head.replaceSubrange(signatureOffset..<(signatureOffset + signature.count), with: signature)
        return true
    }

    private mutating func writeNumber() {
        var rest = number
        for index in stride(from: numberOffset + Self.digits - 1, through: numberOffset, by: -1) {
            body[index] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
        }
    }

    /// What follows the number: an order of as many lines as fit, filled up with a customer's note.
    private static func order(size: Int) -> String {
        // The flow refuses an order whose lines do not add up. With up to six of them, all sums are as long.
        func start(lines: Int) -> String {
            let total = "\(lines * 100 + 10).0"
            return #"","store_id":"1","state":"new","status":"pending","base_currency_code":"EUR","#
                + #""order_currency_code":"EUR","base_grand_total":\#(total),"grand_total":\#(total),"#
                + #""base_shipping_amount":10.0,"customer_email":"buyer@example.com","customer_is_guest":1,"#
                + #""updated_at":"2026-01-01 00:00:00","items":["#
        }
        let line =
            #"{"sku":"AB-1","name":"Widget","qty_ordered":2,"base_price":50,"price":50,"product_type":"simple"}"#
        let end =
            #"],"addresses":[{"address_type":"shipping","postcode":"1010","country_id":"AT"},"#
            + #"{"address_type":"billing","postcode":"1010","country_id":"AT"}],"#
            + #""shipping_method":"flatrate_flatrate","payment":{"method":"checkmo"},"customer_note":""#
        let close = #""}}}"#
        let room = size - start(lines: 1).utf8.count - end.utf8.count - close.utf8.count
        let lines = max(1, min(6, (room + 1) / (line.utf8.count + 1)))
        let items = Array(repeating: line, count: lines).joined(separator: ",")
        let note = String(repeating: "n", count: max(0, room - items.utf8.count))
        return start(lines: lines) + items + end + note + close
    }
}
