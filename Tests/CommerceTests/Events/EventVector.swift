/// An event as Adobe delivers it, signed in both ways. Made with OpenSSL; the private half of the key, which is that of
/// ``SignatureVector``, was thrown away.
enum EventVector {
    static let body = Array(
        """
        {"specversion":"1.0","id":"5f0b5a0e-7f2c-4f0f-9b3a-0d7a3f1c2b11","source":"urn:uuid:11111111-2222-4333-8\
        444-555555555555","type":"com.adobe.commerce.observer.sales_order_save_commit_after","datacontenttype":"\
        application/json","time":"2026-01-01T00:00:05.000Z","eventid":"9f2f7f7e-0f2e-4c6e-8a3d-2f9f6f1f0a01","ev\
        ent_id":"9f2f7f7e-0f2e-4c6e-8a3d-2f9f6f1f0a01","recipientclientid":"0123456789abcdef0123456789abcdef","r\
        ecipient_client_id":"0123456789abcdef0123456789abcdef","data":{"key":"c0ffee00-0000-4000-8000-0000000000\
        01","value":{"id":"42","increment_id":"000000042","created_at":"2026-01-01 00:00:00","updated_at":"2026-\
        01-01 00:00:00"},"source":"merchant.stage","_metadata":{"commerceEdition":"Adobe Commerce","commerceVers\
        ion":"2.4.9","eventsClientVersion":"1.22.0","storeId":"1","websiteId":"1","storeGroupId":"1"}}}
        """.utf8)
    static let clientID = "0123456789abcdef0123456789abcdef"
    static let signature = """
        MYYTFQgRqj/08mLZGbjXa9mT1RgmQtAjiRppKHsjf7d1wqsfXL99MGJgGvf2lx83HJZlFpuvLtypPB2HO8ZZnY8Jomqn8zU41y5I0RAk\
        +1cPlEVrgx85ov0cGulnsE0FONnTNhNMFt3zD7xgnMC845qxGLkKYEyFDfAkiDpGmN+EPA5/c/TnqW9AN6q0/4tffEYU2zAA8mmkL6In\
        ZWsfMULhOyGk906QlYTfHWnNBYaaERnj+7DZc+52ohM0ul+g/OrhUDTM52nGW1NZmVW2SPQBjkjJA5/YmGzLiHiKrVgqmHDqziKkLsD9\
        8dAaOz0DBdm4wo5pwOw228zwQTzdsg==
        """
    static let clientSecret = "p8e-example-client-secret"
    static let hmac = "ZG07Bw/vvOaaR++bv/vT+lo+7bu3imUrjrPmgqysB/8="

    /// The body with one piece replaced.
    static func changed(_ piece: String, _ other: String) -> [UInt8] {
        Array(String(decoding: body, as: UTF8.self).replacing(piece, with: other).utf8)
    }
}
