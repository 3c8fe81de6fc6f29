import COpenSSL

extension RSAPublicKey {
    /// A key as JSON Web Keys write it (RFC 7518 §6.3.1).
    /// - Parameters:
    ///   - modulus: `n`, big-endian.
    ///   - exponent: `e`, big-endian; odd, and at most 64 bits.
    /// - Throws: A ``KeyError`` for a key of less than 2048 or more than 16384 bits, or one that is not sound.
    public init(modulus: [UInt8], exponent: [UInt8]) throws(KeyError) {
        let allowed = KeyHandle.allowedBits
        guard modulus.count <= allowed.upperBound / 8 else {
            throw .unsuitableSize(bits: modulus.count * 8, allowed: allowed)
        }
        guard !modulus.isEmpty, (1...RSAPublicKey.longestExponent).contains(exponent.count),
            exponent.last.map({ $0 & 1 == 1 }) == true
        else { throw .malformed(kind: "public key", reason: "modulus or exponent cannot be those of an RSA key") }
        guard let key = RSAPublicKey.key(modulus, exponent) else {
            throw .malformed(kind: "public key", reason: OpenSSLFailure.drain())
        }
        try self.init(KeyHandle(adopting: key, kind: "public key"))
    }

    /// Bytes. 65537 takes three; longer ones only make verifying slow.
    private static let longestExponent = 8

    /// - Returns: A key that the caller owns.
    private static func key(_ modulus: [UInt8], _ exponent: [UInt8]) -> OpaquePointer? {
        let builder = OSSL_PARAM_BLD_new()
        defer { OSSL_PARAM_BLD_free(builder) }
        let n = BN_bin2bn(modulus, Int32(modulus.count), nil)
        let e = BN_bin2bn(exponent, Int32(exponent.count), nil)
        defer {
            BN_free(n)
            BN_free(e)
        }
        guard let builder, let n, let e else { return nil }
        // The parameters point to their names, which therefore have to outlive them.
        return OSSL_PKEY_PARAM_RSA_N.withCString { modulusName in
            OSSL_PKEY_PARAM_RSA_E.withCString { exponentName in
                guard OSSL_PARAM_BLD_push_BN(builder, modulusName, n) == 1,
                    OSSL_PARAM_BLD_push_BN(builder, exponentName, e) == 1,
                    let parameters = OSSL_PARAM_BLD_to_param(builder)
                else { return nil }
                defer { OSSL_PARAM_free(parameters) }
                return key(from: parameters)
            }
        }
    }

    private static func key(from parameters: UnsafeMutablePointer<OSSL_PARAM>) -> OpaquePointer? {
        let context = EVP_PKEY_CTX_new_from_name(nil, "RSA", nil)
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        guard EVP_PKEY_fromdata_init(context) == 1,
            EVP_PKEY_fromdata(context, &key, EVP_PKEY_PUBLIC_PARTS, parameters) == 1
        else { return nil }
        return key
    }

    /// Modulus and exponent, big-endian without leading zeros: for those who publish the key as a JSON Web Key.
    public var numbers: (modulus: [UInt8], exponent: [UInt8]) {
        func bytes(_ name: String) -> [UInt8] {
            var number: OpaquePointer?
            defer { BN_free(number) }
            guard EVP_PKEY_get_bn_param(key.pointer, name, &number) == 1, let number else { return [] }
            var bytes = [UInt8](repeating: 0, count: (Int(BN_num_bits(number)) + 7) / 8)
            BN_bn2bin(number, &bytes)
            return bytes
        }
        return (bytes(OSSL_PKEY_PARAM_RSA_N), bytes(OSSL_PKEY_PARAM_RSA_E))
    }
}
