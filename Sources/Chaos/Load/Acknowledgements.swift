import Cryptography
import Foundation
import HTTPClient
import HTTPTypes
import Synchronization

/// Stands between the platforms and the gateway, and writes down what the gateway acknowledges.
final class Acknowledgements: HTTPTransport {
    private let inner: any HTTPTransport
    private let tally: Tally
    private struct State {
        var digests: Set<String> = []
        var invoices: [String: String] = [:]
    }

    private let state = Mutex(State())

    init(_ inner: any HTTPTransport, tally: Tally) {
        self.inner = inner
        self.tally = tally
    }

    func send(_ request: OutboundRequest) async throws(TransportError) -> OutboundResponse {
        do throws(TransportError) {
            let answer = try await inner.send(request)
            if (200..<300).contains(answer.status) {
                let isNew = note(request.body ?? [])
                tally.count(isNew ? "acknowledged" : "acknowledged again")
            } else {
                tally.count("refused with \(answer.status)")
            }
            return answer
        } catch {
            tally.count("without an answer")
            throw error
        }
    }

    /// SHA-256 in hex of the acknowledged business event of that invoice.
    func digest(ofInvoice number: String) -> String? { state.withLock { $0.invoices[number] } }

    /// - Returns: Whether it was not acknowledged before.
    private func note(_ body: [UInt8]) -> Bool {
        struct Invoice: Decodable { var InvoiceId: String }
        let digest = Hex.encode(SHA256.hash(body))
        let invoice = try? JSONDecoder().decode(Invoice.self, from: Data(body)).InvoiceId
        return state.withLock { state in
            if let invoice { state.invoices[invoice] = digest }
            return state.digests.insert(digest).inserted
        }
    }
}
