import HTTPTypes
import Testing

@testable import HTTPServer

/// A small generator with a seed, so that a failure can be repeated.
private struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

@Suite("What strangers may write about addresses")
struct HostileAddressTests {
    private static let pieces = [
        "192.0.2.1", "10.0.0.1", "2001:db8::1", "[2001:db8::1]", "::ffff:10.0.0.1", "for", "=", ";", ",", "\"", "\\",
        " ", "\t", "by", "unknown", "_x", ":", "80", "/", "24", "%", "é", ".", "[", "]", "For=\"[::1]:1\"",
    ]

    @Test("does not change whom a trusted proxy names behind it", arguments: [1, 2, 3, 4] as [UInt64])
    func fields(seed: UInt64) throws {
        var dice = Dice(state: seed)
        let trusted = [try #require(AddressRange("10.0.0.0/8"))]
        let client = IPAddress("198.51.100.77")
        for (field, own) in [("Forwarded", "for=198.51.100.77;proto=https"), ("X-Forwarded-For", "198.51.100.77")] {
            let name = try #require(HTTPField.Name(field))
            for _ in 0..<3000 {
                let count = Int.random(in: 0...12, using: &dice)
                let strange = (0..<count).compactMap { _ in Self.pieces.randomElement(using: &dice) }.joined()
                _ = AddressRange(strange)
                let alone: HTTPFields = [name: strange]
                _ = ForwardedClient.address(in: alone, trusted: trusted)
                for added in [", " + own, "," + own + ", 10.0.0.1", ", " + own + ",for=10.0.0.1"] {
                    // What the second proxy adds has the form of its field.
                    guard added.contains("for=10") == (field == "Forwarded") || !added.contains("10.0.0.1") else {
                        continue
                    }
                    let fields: HTTPFields = [name: strange + added]
                    #expect(ForwardedClient.address(in: fields, trusted: trusted) == client, "\(strange + added)")
                }
            }
        }
    }

    @Test("a PROXY header with any bytes changed is read or refused within its limit", arguments: [5, 6] as [UInt64])
    func proxyHeaders(seed: UInt64) {
        var dice = Dice(state: seed)
        for row in ProxyRow.text + ProxyRow.binary {
            for _ in 0..<200 {
                var bytes = row.bytes
                for _ in 0..<Int.random(in: 1...3, using: &dice) where !bytes.isEmpty {
                    bytes[Int.random(in: bytes.indices, using: &dice)] = .random(in: .min ... .max, using: &dice)
                }
                bytes += [UInt8](repeating: 0x0A, count: 5000)
                var parser = ProxyHeaderParser()
                var used = 0
                reading: for byte in bytes {
                    used += 1
                    do throws(ProxyHeaderError) {
                        if try parser.receive(byte) != nil { break reading }
                    } catch {
                        break reading
                    }
                }
                #expect(used <= 16 + ProxyHeaderParser.maxBinaryBytes)
            }
        }
    }
}
