import CCurl
import Glibc

/// One request inside libcurl. Lives on libcurl's thread alone; the callbacks reach it through a raw pointer, which
/// is valid because ``CurlLoop`` keeps the transfer until its handle has been taken out of libcurl.
final class Transfer {
    let exchange: Exchange
    let easy: EasyHandle
    private var head = ResponseHead()
    private var body: [UInt8] = []
    /// How often the request was about to be sent.
    private(set) var sends = 0
    private var resendRefused = false
    private var exceededLimit: Int?
    /// The last one that was not connected to, because it is not public.
    private var refusedAddress: NetworkAddress?

    init(_ exchange: Exchange, on easy: EasyHandle) {
        self.exchange = exchange
        self.easy = easy
    }

    /// - Parameter code: libcurl's verdict.
    func result(_ code: CURLcode) -> Result<OutboundResponse, TransportError> {
        if let exceededLimit { return .failure(.responseTooLarge(limit: exceededLimit)) }
        if code != CURLE_OK, sends == 0, let refusedAddress {
            let host = exchange.head.destination
            return .failure(.refused("\(host) was handed out, and leads to \(refusedAddress), which is not public"))
        }
        guard code == CURLE_OK else {
            return .failure(
                TransferFailure.error(
                    code: code, sends: sends, resendRefused: resendRefused, destination: exchange.head.destination,
                    detail: easy.errorText))
        }
        // libcurl takes a connection that ends within the head for an answer.
        guard head.isComplete else {
            return .failure(.interrupted("\(exchange.head.destination): the head of the answer ends too early"))
        }
        return .success(OutboundResponse(status: head.status, headers: head.headers, body: body))
    }

    /// Makes libcurl call the functions below.
    func connectCallbacks() throws(EasyHandle.SetupFailure) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        try easy.set(CURLOPT_HEADERDATA, context)
        try easy.set(CURLOPT_WRITEDATA, context)
        try easy.set(CURLOPT_PREREQDATA, context)
        try easy.set(CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            Transfer.at(context)?.received(headLine: UnsafeRawBufferPointer(start: bytes, count: size * count)) ?? 0
        }
        try easy.set(CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            Transfer.at(context)?.received(body: UnsafeRawBufferPointer(start: bytes, count: size * count)) ?? 0
        }
        try easy.set(CURLOPT_PREREQFUNCTION) { context, address, _, _, _ in
            let address = address.flatMap { NetworkAddress(String(cString: $0)) }
            return Transfer.at(context)?.mayBeSent(to: address) == true ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
        }
        guard exchange.route.requiresPublicAddress else { return }
        try easy.set(CURLOPT_OPENSOCKETDATA, context)
        try easy.set(CURLOPT_OPENSOCKETFUNCTION) { context, _, address in
            guard let transfer = Transfer.at(context), let address else { return CURL_SOCKET_BAD }
            return transfer.socket(for: address)
        }
    }

    private static func at(_ context: UnsafeMutableRawPointer?) -> Transfer? {
        context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Called when a connection stands and the request is about to be written to it, each time anew.
    ///
    /// libcurl sends a request again, up to five times, when a kept connection ends before any byte of an answer
    /// (`Curl_retry_request` in its lib/transfer.c). The server may have acted on the first one, so the second is
    /// stopped here, before its first byte, unless the method is idempotent.
    ///
    /// A kept connection, too, must lead to where the request may go.
    private func mayBeSent(to address: NetworkAddress?) -> Bool {
        if exchange.route.requiresPublicAddress, address?.isPublic != true {
            refusedAddress = address
            return false
        }
        guard sends == 0 || exchange.head.isIdempotent else {
            resendRefused = true
            return false
        }
        sends += 1
        return true
    }

    /// A socket for the address that libcurl is about to connect to. This is the address itself, not the name: a name
    /// that resolves to something else each time cannot get around it.
    private func socket(for address: UnsafeMutablePointer<curl_sockaddr>) -> curl_socket_t {
        // The address is longer than the member that libcurl declares for it, if it is of IPv6.
        guard let offset = MemoryLayout<curl_sockaddr>.offset(of: \.addr) else { return CURL_SOCKET_BAD }
        let bytes = UnsafeRawBufferPointer(
            start: UnsafeRawPointer(address) + offset, count: Int(address.pointee.addrlen))
        guard let target = NetworkAddress(socketAddress: bytes), target.isPublic else {
            refusedAddress = NetworkAddress(socketAddress: bytes)
            return CURL_SOCKET_BAD
        }
        let type = address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue)
        return Glibc.socket(address.pointee.family, type, address.pointee.protocol)
    }

    /// - Returns: How many bytes were taken; any other number than all of them makes libcurl end the transfer.
    private func received(headLine line: UnsafeRawBufferPointer) -> Int {
        guard head.consume(line) else {
            exceededLimit = ResponseHead.maxBytes
            return 0
        }
        return line.count
    }

    private func received(body bytes: UnsafeRawBufferPointer) -> Int {
        guard body.count + bytes.count <= exchange.maxResponseBytes else {
            exceededLimit = exchange.maxResponseBytes
            return 0
        }
        body.append(contentsOf: bytes)
        return bytes.count
    }
}
