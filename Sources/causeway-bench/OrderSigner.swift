import Cryptography
import Dispatch
import Synchronization

/// Signs orders as one of the two kinds of sender does.
enum OrderSigner {
    /// HMAC-SHA256 over the body, made as the orders go out.
    case hmac(key: [UInt8])
    /// RSA PKCS #1 v1.5 with SHA-256 over the body's base64, as Commerce itself signs. A signature takes a third of
    /// a millisecond, so they are made before the clock starts; the first is that of order 1.
    case presigned([[UInt8]])

    /// Bytes of the signature in base64.
    var length: Int {
        switch self {
        case .hmac: 44
        case .presigned(let signatures): signatures.first?.count ?? 0
        }
    }

    /// - Returns: `nil` if this order was not signed before.
    func signature(of body: [UInt8], number: Int) -> [UInt8]? {
        switch self {
        case .hmac(let key): Base64.encodeBytes(HMACSHA256.code(key: key, message: body))
        case .presigned(let signatures): signatures.indices.contains(number - 1) ? signatures[number - 1] : nil
        }
    }

    /// Signs the orders 1...count on all cores.
    static func presigning(_ count: Int, of template: OrderTemplate, with key: RSAPrivateKey) throws -> OrderSigner {
        let signatures = Mutex([[UInt8]](repeating: [], count: count))
        let failure = Mutex<KeyError?>(nil)
        let share = 256
        DispatchQueue.concurrentPerform(iterations: (count + share - 1) / share) { part in
            var template = template
            do throws(KeyError) {
                for index in (part * share)..<min((part + 1) * share, count) {
                    template.number = index + 1
                    let signature = Base64.encodeBytes(try key.sign(Base64.encodeBytes(template.body)))
                    signatures.withLock { $0[index] = signature }
                }
            } catch {
                failure.withLock { $0 = error }
            }
        }
        if let failure = failure.withLock({ $0 }) { throw failure }
        return .presigned(signatures.withLock { $0 })
    }
}
