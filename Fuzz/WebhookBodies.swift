@testable import JSON

/// Reads any bytes as a webhook's body. What is accepted must be JSON that a second reader sees alike: each token
/// lies inside the text, behind the one before it, and what is open is closed.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let body = Array(UnsafeBufferPointer(start: start, count: count))
    let isJSON = scans(body)
    do {
        let notice = try WebhookReader.readOrder(body)
        precondition(isJSON, "an order in what is not JSON")
        let characters = notice.incrementID.unicodeScalars.count
        precondition((1...WebhookReader.longestIncrementID).contains(characters), "a number of unusable length")
    } catch .malformedJSON {
        precondition(!isJSON, "JSON that the reader calls malformed")
    } catch {
        precondition(isJSON, "a complaint about the fields of what is not JSON")
    }
    return 0
}

private func scans(_ body: [UInt8]) -> Bool {
    var scanner = JSONScanner(body)
    var end = 0
    var depth = 0
    do {
        while true {
            switch try scanner.next() {
            case .end:
                precondition(depth == 0, "an end inside a container")
                return true
            case .key(let text), .string(let text):
                precondition(text.range.lowerBound > end - 1 && text.range.upperBound < body.count, "a stray string")
                precondition(String(validating: body[text.range], as: UTF8.self) != nil, "a string that is no UTF-8")
                _ = scanner.string(text)
                end = text.range.upperBound
            case .number(let range):
                precondition(range.lowerBound >= end && range.upperBound <= body.count, "a stray number")
                precondition(Double(scanner.number(range).text) != nil, "a number that is none")
                end = range.upperBound
            case .beginObject, .beginArray: depth += 1
            case .endObject, .endArray: depth -= 1
            case .bool, .null: break
            }
            precondition((0...JSONScanner.depthLimit).contains(depth), "deeper than the limit")
        }
    } catch {
        return false
    }
}
