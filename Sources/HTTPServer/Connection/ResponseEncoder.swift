import HTTPTypes

/// Writes responses' status lines and fields (RFC 9112 §4, §5), one after the other into the same memory.
struct ResponseEncoder {
    /// What the Connection field says.
    enum ConnectionOption { case none, close, keepAlive }

    /// The head of the response that was encoded last, and what was put behind it.
    private(set) var bytes: [UInt8] = []
    private var date = HTTPDate()

    /// Makes `bytes` the head of `response`, including its empty line.
    /// - Parameter now: Seconds since 1970.
    /// - Returns: Whether it may be sent. If not, a value would have broken the framing, or the status is not final.
    mutating func encode(_ response: Response, connection: ConnectionOption, at now: Int) -> Bool {
        bytes.removeAll(keepingCapacity: true)
        guard (200...599).contains(response.status.code) else { return false }
        bytes.append("HTTP/1.1 ")
        bytes.append(decimal: response.status.code)
        bytes.append(ASCII.space)
        bytes.append(text: response.status.reasonPhrase)
        bytes.append("\r\nDate: ")
        bytes += date.value(at: now)
        if response.allowsBody {
            bytes.append("\r\nContent-Length: ")
            bytes.append(decimal: response.body.count)
        }
        switch connection {
        case .none: break
        case .close: bytes.append("\r\nConnection: close")
        case .keepAlive: bytes.append("\r\nConnection: keep-alive")
        }
        for field in response.headers where !Self.isOurs(field.name) {
            guard append(field) else { return false }
        }
        bytes.append("\r\n\r\n")
        return true
    }

    /// Puts a body behind the head.
    mutating func append(_ body: [UInt8]) { bytes += body }

    /// Fields that only the connection can know.
    private static func isOurs(_ name: HTTPField.Name) -> Bool {
        switch name {
        case .contentLength, .transferEncoding, .connection, .date: true
        default: false
        }
    }

    private mutating func append(_ field: HTTPField) -> Bool {
        bytes.append("\r\n")
        bytes.append(text: field.name.rawName)
        bytes.append(": ")
        return field.withUnsafeBytesOfValue { value in
            bytes += value
            return value.allSatisfy { $0 >= ASCII.space && $0 != ASCII.delete || $0 == ASCII.tab }
        }
    }
}

extension Response {
    /// Whether a body may follow the head; with HEAD it does not, and its length is told all the same.
    var allowsBody: Bool { status != .noContent && status != .notModified }

    /// Whether the handler wants this to be the connection's last response. Its other fields need no look-up.
    var asksToClose: Bool {
        headers.contains { $0.name == .connection && FieldList.contains("close", in: [$0]) }
    }
}
