import HTTPTypes

/// Reads any bytes as what tells who a client is: a PROXY header, `Forwarded` and `X-Forwarded-For`, an address and a
/// range. A broken promise traps, which the fuzzer reports with its input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    checkProxyHeader(bytes)
    let text = String(decoding: bytes, as: UTF8.self)
    checkForwarded(text)
    checkAddresses(text)
    return 0
}

/// However a header goes on, it ends or is refused within its limit.
private func checkProxyHeader(_ bytes: [UInt8]) {
    var parser = ProxyHeaderParser()
    var used = 0
    do throws(ProxyHeaderError) {
        for byte in bytes + [UInt8](repeating: ASCII.lf, count: 16 + ProxyHeaderParser.maxBinaryBytes) {
            used += 1
            guard try parser.receive(byte) == nil else { break }
        }
    } catch {}
    let isText = bytes.first == UInt8(ascii: "P")
    let limit = isText ? ProxyHeaderParser.maxTextBytes : 16 + ProxyHeaderParser.maxBinaryBytes
    precondition(used <= limit, "a PROXY header longer than its limit")
}

/// Whatever a client writes, whom a trusted proxy names behind it is believed.
private func checkForwarded(_ text: String) {
    guard let trusted = AddressRange("10.0.0.0/8"), let client = IPAddress("198.51.100.77"),
        let common = HTTPField.Name("X-Forwarded-For"), let standard = HTTPField.Name("Forwarded")
    else { preconditionFailure("the addresses and names are valid") }
    for (name, own) in [(common, "198.51.100.77"), (standard, "for=198.51.100.77;proto=https")] {
        for added in [own, own + ", " + own.replacing("198.51.100.77", with: "10.0.0.1")] {
            let fields: HTTPFields = [name: text + ", " + added]
            precondition(
                ForwardedClient.address(in: fields, trusted: [trusted]) == client, "a client made itself another one")
        }
        _ = ForwardedClient.address(in: [name: text], trusted: [trusted])
    }
}

/// What is written out is read as the same.
private func checkAddresses(_ text: String) {
    if let address = IPAddress(text) {
        precondition(IPAddress(address.description) == address, "an address changes when it is written")
    }
    if let range = AddressRange(text) {
        precondition(AddressRange(range.description) == range, "a range changes when it is written")
    }
}
