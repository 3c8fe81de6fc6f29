import Foundation
import HTTPClient
import HTTPTypes
import Sandbox

/// Something done wrong on purpose, to prove that the count at the end sees it.
public enum Sabotage: String, Sendable, CaseIterable {
    /// A second sales order for an order of the shop.
    case doubledOrder
    /// An acknowledged event that the store does not have.
    case lostEvent
    /// A call in a pause that was asked for.
    case brokenPause

    /// What it must be found as.
    public var finding: Finding.Check {
        switch self {
        case .doubledOrder: .doubled
        case .lostEvent: .lost
        case .brokenPause: .pause
        }
    }

    func commit(on stage: ChaosStage) async throws {
        switch self {
        case .doubledOrder: try await double(on: stage)
        case .lostEvent: try stage.deleteEvent(1)
        case .brokenPause: try await breakPause(on: stage)
        }
    }

    private func double(on stage: ChaosStage) async throws {
        guard let order = stage.sandbox.dynamics.snapshot().orders.first else { return }
        let body = """
            {"dataAreaId":"\(order.dataAreaId)","CustomersOrderReference":"\(order.customersOrderReference)",\
            "OrderingCustomerAccountNumber":"\(order.orderingCustomerAccount)",\
            "InvoiceCustomerAccountNumber":"\(order.orderingCustomerAccount)","CurrencyCode":"\(order.currencyCode)"}
            """
        let answer = try await stage.transport.send(
            OutboundRequest(
                method: .post, url: stage.addresses.dynamicsBaseURL + "/data/SalesOrderHeadersV2",
                headers: [.authorization: "Bearer \(try await token(on: stage))", .contentType: "application/json"],
                body: Array(body.utf8)))
        guard answer.status == 201 else {
            throw ChaosError.sabotageRefused(String(decoding: answer.body, as: UTF8.self))
        }
    }

    private func token(on stage: ChaosStage) async throws -> String {
        struct Token: Decodable { var access_token: String }
        let dynamics = stage.platforms.dynamics
        let form = PercentEncoding.form([
            ("grant_type", "client_credentials"), ("client_id", dynamics.clientID),
            ("client_secret", dynamics.clientSecret), ("scope", stage.addresses.dynamicsBaseURL + "/.default"),
        ])
        let answer = try await stage.transport.send(
            OutboundRequest(
                method: .post, url: "\(stage.addresses.authorityURL)/\(dynamics.tenant)/oauth2/v2.0/token",
                headers: [.contentType: "application/x-www-form-urlencoded"], body: Array(form.utf8)))
        guard let token = try? JSONDecoder().decode(Token.self, from: Data(answer.body)) else {
            throw ChaosError.noToken
        }
        return token.access_token
    }

    private func breakPause(on stage: ChaosStage) async throws {
        stage.sandbox.commerce.faults.update {
            $0.nextTooManyRequests = 1
            $0.retryAfterSeconds = 60
        }
        for wait in [Duration.zero, .milliseconds(1200)] {
            try await Task.sleep(for: wait)
            _ = try await stage.transport.send(
                OutboundRequest(method: .get, url: stage.addresses.commerceBaseURL + "/rest/default/V1/orders/1"))
        }
    }
}
