import Cryptography

/// Tokens of which any one opens a door: several during a rotation.
struct TokenSet: Sendable {
    /// Digests instead of tokens, so that all have one length and the comparison takes the same time for each.
    private let digests: [[UInt8]]

    init(_ tokens: [Secret]) {
        digests = tokens.map { SHA256.hash(Array($0.reveal().utf8)) }
    }

    /// Compares with every token, whichever fits.
    func contains(_ candidate: String) -> Bool {
        let digest = SHA256.hash(Array(candidate.utf8))
        var isKnown = false
        for known in digests {
            let isEqual = constantTimeEqual(known, digest)
            isKnown = isKnown || isEqual
        }
        return isKnown
    }
}
