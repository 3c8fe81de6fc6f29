import CCurl
import Testing

@testable import HTTPClient

@Suite struct TransferFailureTests {
    private func error(
        _ code: CURLcode, sends: Int, resendRefused: Bool = false, detail: String = ""
    ) throws -> TransportError {
        TransferFailure.error(
            code: code, sends: sends, resendRefused: resendRefused,
            destination: try Origin(url: "https://shop.example.com/"), detail: detail)
    }

    @Test(
        "before the request was sent, nothing is unclear, whatever went wrong",
        arguments: [
            CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT, CURLE_SSL_CONNECT_ERROR,
            CURLE_PEER_FAILED_VERIFICATION,
            CURLE_OPERATION_TIMEDOUT, CURLE_RECV_ERROR, CURLE_OUT_OF_MEMORY,
        ])
    func before(_ code: CURLcode) throws {
        let error = try error(code, sends: 0)
        #expect(!error.outcomeIsUnclear)
        #expect(error.description.hasPrefix("not connected: shop.example.com:443: "))
    }

    @Test(
        "after the request was sent, everything is unclear",
        arguments: [
            CURLE_OPERATION_TIMEDOUT, CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_PARTIAL_FILE,
            CURLE_WEIRD_SERVER_REPLY, CURLE_HTTP2, CURLE_HTTP2_STREAM, CURLE_UNSUPPORTED_PROTOCOL,
            CURLE_COULDNT_CONNECT, CURLE_OUT_OF_MEMORY,
        ])
    func after(_ code: CURLcode) throws {
        let error = try error(code, sends: 1, detail: "a quote from the server")
        #expect(error.outcomeIsUnclear)
        #expect(error.description.hasPrefix("interrupted: shop.example.com:443: "))
        #expect(!error.description.contains("quote"))
    }

    @Test("a repetition that was refused is told as such")
    func resend() throws {
        #expect(
            try error(CURLE_ABORTED_BY_CALLBACK, sends: 1, resendRefused: true)
                == .interrupted(
                    "shop.example.com:443 closed the connection without an answer; the request is not repeated"))
    }

    @Test("libcurl's own words about a failed connection are kept")
    func detail() throws {
        let error = try error(CURLE_PEER_FAILED_VERIFICATION, sends: 0, detail: "certificate has expired")
        #expect(error == .notConnected("shop.example.com:443: certificate has expired"))
    }
}
