import COpenSSL
import CSockets
import Glibc
import Testing

@testable import HTTPServer

@Suite("The TLS transport", .blocking)
struct ReadAheadTests {
    @Test("claims that nothing is left only if it has just looked, not from records that it read ahead")
    func readAhead() async throws {
        let folder = try CertificateFolder(try TestAuthority().issue("localhost"))
        let context = try TLSContext(folder.configuration())
        let (listener, address) = try ListeningSocket.open(SocketAddress(host: "127.0.0.1", port: 0), backlog: 1)
        defer { close(listener) }
        async let records = Self.records(to: address.port)
        var descriptor: Int32 = -1
        while descriptor < 0 { descriptor = SystemCalls.accept(listener).descriptor }
        let transport = TLSTransport(over: SocketTransport(descriptor: descriptor), context)
        defer { transport.close(reset: true) }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1024, alignment: 1)
        defer { buffer.deallocate() }

        // Both records come in one segment, so that the second one is there once the first one is.
        var results: [ReadResult] = []
        while results.count < 3 {
            let result = transport.read(into: buffer)
            if !results.isEmpty || result != .wouldBlock { results.append(result) }
        }
        let client = try await records
        #expect(results[0] == .bytes(1, isDrained: false))
        #expect(results[1] == .bytes(1, isDrained: false))
        #expect(results[2] == .wouldBlock)
        withExtendedLifetime(client) {}
    }

    private static func records(to port: Int) async throws -> TLSClient {
        let client = try TLSClient(port: port)
        try client.sendTogether([[0x61], [0x62]])
        return client
    }
}
