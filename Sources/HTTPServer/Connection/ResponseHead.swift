import HTTPTypes

/// Writes a response's status line and fields (RFC 9112 §4, §5).
struct ResponseHead {
    let response: Response
    /// Whether the request was HEAD: the fields are those of the GET response (RFC 9110 §9.3.2).
    let isForHEAD: Bool
    let connection: ConnectionOption

    /// What the Connection field says.
    enum ConnectionOption { case none, close, keepAlive }

    /// Whether the body follows the head.
    var sendsBody: Bool { !isForHEAD && allowsBody }

    private var allowsBody: Bool { response.status != .noContent && response.status != .notModified }

    /// Appends the head including its empty line.
    /// - Returns: Whether it may be sent. If not, a value would have broken the framing, or the status is not final.
    func append(to bytes: inout [UInt8], date: [UInt8]) -> Bool {
        guard (200...599).contains(response.status.code) else { return false }
        bytes.append("HTTP/1.1 ")
        bytes.append(decimal: response.status.code)
        bytes.append(ASCII.space)
        bytes.append(text: response.status.reasonPhrase)
        bytes.append("\r\nDate: ")
        bytes += date
        if allowsBody {
            bytes.append("\r\nContent-Length: ")
            bytes.append(decimal: response.body.count)
        }
        switch connection {
        case .none: break
        case .close: bytes.append("\r\nConnection: close")
        case .keepAlive: bytes.append("\r\nConnection: keep-alive")
        }
        for field in response.headers where !Self.isOurs(field.name) {
            guard Self.append(field, to: &bytes) else { return false }
        }
        bytes.append("\r\n\r\n")
        return true
    }

    /// Whether the handler wants this to be the connection's last response. Its other fields need no look-up.
    static func asksToClose(_ response: Response) -> Bool {
        response.headers.contains { $0.name == .connection && FieldList.contains("close", in: [$0]) }
    }

    /// Fields that only the connection can know.
    private static func isOurs(_ name: HTTPField.Name) -> Bool {
        switch name {
        case .contentLength, .transferEncoding, .connection, .date: true
        default: false
        }
    }

    private static func append(_ field: HTTPField, to bytes: inout [UInt8]) -> Bool {
        bytes.append("\r\n")
        bytes.append(text: field.name.rawName)
        bytes.append(": ")
        return field.withUnsafeBytesOfValue { value in
            bytes += value
            return value.allSatisfy { $0 >= ASCII.space && $0 != ASCII.delete || $0 == ASCII.tab }
        }
    }
}
