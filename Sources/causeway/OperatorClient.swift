import ArgumentParser
import Foundation
import Gateway
import HTTPClient
import HTTPTypes

/// Calls the operator API of a running gateway, and explains to a person what went wrong.
struct OperatorClient {
    private let address: String
    private let root: String
    private let token: String
    private let transport: any HTTPTransport

    /// - Parameter url: `http://127.0.0.1:8080`, or `unix:/run/causeway/operator.sock`.
    init(url: String, token: String) throws {
        let socket = url.hasPrefix("unix:") ? String(url.dropFirst("unix:".count)) : nil
        // The name stands for nothing: the connection is made by the socket's path.
        let server = socket == nil ? String(url.reversed().drop { $0 == "/" }.reversed()) : "http://localhost"
        address = url
        root = server + "/operator/v1"
        self.token = token
        transport = CurlTransport.causeway(unixSocket: socket)
    }

    /// The lane's name is its path: `dynamics/OrderToSalesOrder`.
    static func lanePath(_ lane: String) -> String { "/lanes/" + PercentEncoding.encode(lane, keeping: "/") }

    func get(_ path: String, query: [String: String] = [:]) async throws -> [UInt8] {
        try await send(.get, Self.target(path, query), nil)
    }

    func patch(_ path: String, _ body: some Encodable, query: [String: String]) async throws -> [UInt8] {
        try await send(.patch, Self.target(path, query), [UInt8](JSONEncoder().encode(body)))
    }

    func put(_ path: String, csv: [UInt8], query: [String: String]) async throws -> [UInt8] {
        try await send(.put, Self.target(path, query), csv, as: "text/csv; charset=utf-8")
    }

    func delete(_ path: String, query: [String: String]) async throws -> [UInt8] {
        try await send(.delete, Self.target(path, query), nil)
    }

    func post(_ path: String, _ body: some Encodable) async throws -> [UInt8] {
        try await post(path, json: [UInt8](JSONEncoder().encode(body)))
    }

    func post(_ path: String, json: [UInt8]) async throws -> [UInt8] { try await send(.post, path, json) }

    private static func target(_ path: String, _ query: [String: String]) -> String {
        let pairs = PercentEncoding.form(query.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
        return path + (pairs.isEmpty ? "" : "?" + pairs)
    }

    private func send(
        _ method: HTTPRequest.Method, _ target: String, _ body: [UInt8]?, as type: String = "application/json"
    ) async throws -> [UInt8] {
        var headers: HTTPFields = [.authorization: "Bearer \(token)", .accept: "application/json"]
        if body != nil { headers[.contentType] = type }
        let request = OutboundRequest(
            method: method, url: root + target, headers: headers, body: body, timeout: .seconds(30))
        let response: OutboundResponse
        do throws(TransportError) {
            response = try await transport.send(request)
        } catch {
            complain("No gateway answers at \(address): \(error). Is it running? Give its address with --url.")
            throw ExitStatus.temporary
        }
        guard (200..<300).contains(response.status) else { throw explain(response) }
        return response.body
    }

    private struct ProblemView: Decodable {
        var type: String
        var title: String
        var detail: String
    }

    private func explain(_ response: OutboundResponse) -> any Error {
        let problem = try? JSONDecoder().decode(ProblemView.self, from: Data(response.body))
        switch (response.status, problem?.type) {
        case (401, _):
            complain("The gateway refuses the token. Set CAUSEWAY_OPERATOR_TOKEN to the value of its operator.token.")
            return ExitStatus.configuration
        case (404, "urn:causeway:problem:not-found"):
            complain(
                "The operator API of this gateway is off. Set operator.token in its configuration and restart it.")
            return ExitStatus.configuration
        default:
            complain(problem.map { "\($0.title). \($0.detail)" } ?? "The gateway answered \(response.status).")
            return response.status >= 500 ? ExitStatus.temporary : ExitCode.failure
        }
    }
}
