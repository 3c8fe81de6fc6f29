/// Makes the requests that a load generator sends, one after the other.
protocol RequestSource {
    var head: [UInt8] { get }
    var body: [UInt8] { get }

    /// Makes `head` and `body` those of the next request; `false` if there is none left.
    mutating func advance() -> Bool
}

/// `GET /health/live`, without end.
struct HealthRequests: RequestSource {
    let head: [UInt8]
    let body: [UInt8] = []

    init(port: UInt16, keepsAlive: Bool) {
        let connection = keepsAlive ? "" : "Connection: close\r\n"
        head = Array("GET /health/live HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n\(connection)\r\n".utf8)
    }

    mutating func advance() -> Bool { true }
}
