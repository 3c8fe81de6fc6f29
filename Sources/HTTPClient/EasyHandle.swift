import CCurl
import HTTPTypes

/// Owns a libcurl easy handle and what it points to: a list of header lines or of recipients, and the buffer for
/// error texts.
/// Lives on libcurl's thread alone.
final class EasyHandle {
    /// libcurl refused an option: it was built without what we need.
    struct SetupFailure: Error {
        let code: CURLcode
    }

    let pointer: UnsafeMutableRawPointer
    private var list: UnsafeMutablePointer<curl_slist>?
    private let errorBuffer = UnsafeMutableBufferPointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))

    init?() {
        guard let pointer = curl_easy_init() else {
            errorBuffer.deallocate()
            return nil
        }
        self.pointer = pointer
        errorBuffer.initialize(repeating: 0)
    }

    deinit {
        curl_easy_cleanup(pointer)
        curl_slist_free_all(list)
        errorBuffer.deallocate()
    }

    /// Forgets the request and keeps what the next one can use, such as TLS sessions.
    func reset() {
        curl_easy_reset(pointer)
        curl_slist_free_all(list)
        list = nil
        errorBuffer.update(repeating: 0)
    }

    /// What went wrong in libcurl's words, with names of hosts and certificates; empty if it said nothing.
    var errorText: String {
        String(decoding: errorBuffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Has ``errorText`` filled in.
    func collectErrorText() throws(SetupFailure) {
        try check(curl_easy_setopt_pointer(pointer, CURLOPT_ERRORBUFFER, errorBuffer.baseAddress))
    }

    /// What is the same for all requests.
    func configure(_ configuration: TransportConfiguration) throws(SetupFailure) {
        try collectErrorText()
        try set(CURLOPT_NOSIGNAL, 1)
        // Without it, giving up on a name that does not resolve would hold up all transfers until it does.
        try set(CURLOPT_QUICK_EXIT, 1)
        try set(CURLOPT_PROTOCOLS_STR, "http,https")
        try set(CURLOPT_FOLLOWLOCATION, 0)
        // The caller's URL is what gets signed (OAuth 1.0a), so that "/../" must stay as it is.
        try set(CURLOPT_PATH_AS_IS, 1)
        try set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS)
        try set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        try set(CURLOPT_SSL_VERIFYPEER, 1)
        try set(CURLOPT_SSL_VERIFYHOST, 2)
        if let caBundle = configuration.caBundle {
            try set(CURLOPT_CAINFO, caBundle)
            try set(CURLOPT_PROXY_CAINFO, caBundle)
            // Many builds look into a folder of the system's besides.
            try check(curl_easy_setopt_string(pointer, CURLOPT_CAPATH, nil))
            try check(curl_easy_setopt_string(pointer, CURLOPT_PROXY_CAPATH, nil))
        }
        if let path = configuration.unixSocket { try set(CURLOPT_UNIX_SOCKET_PATH, path) }
        try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        try set(CURLOPT_USERAGENT, configuration.userAgent)
        try set(CURLOPT_CONNECTTIMEOUT_MS, max(1, configuration.connectTimeout.wholeMilliseconds))
        try set(CURLOPT_MAXAGE_CONN, max(1, configuration.idleConnectionLifetime.wholeMilliseconds / 1000))
    }

    /// Which way the request goes.
    func configure(_ route: OutboundRoute, _ configuration: TransportConfiguration) throws(SetupFailure) {
        // An empty proxy is none, also not one from the environment.
        try set(CURLOPT_PROXY, route.proxy?.url ?? "")
        // Nor exceptions from there: who goes directly is decided by the route.
        try set(CURLOPT_NOPROXY, "")
        try set(CURLOPT_PROXY_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        if let login = route.proxy?.login {
            try set(CURLOPT_PROXYUSERNAME, login.user)
            try set(CURLOPT_PROXYPASSWORD, login.password)
        }
        // What is written for the server is not for the proxy.
        try set(CURLOPT_HEADEROPT, Int(CURLHEADER_SEPARATE))
        if !route.isOutside, let certificate = configuration.clientIdentity { try show(certificate) }
    }

    private func show(_ certificate: ClientIdentity) throws(SetupFailure) {
        switch certificate {
        case .pem(let chain, let key, let password):
            try set(CURLOPT_SSLCERTTYPE, "PEM")
            try set(CURLOPT_SSLCERT, chain)
            try set(CURLOPT_SSLKEY, key)
            if let password { try set(CURLOPT_KEYPASSWD, password) }
        case .pkcs12(let file, let password):
            try set(CURLOPT_SSLCERTTYPE, "P12")
            try set(CURLOPT_SSLCERT, file)
            try set(CURLOPT_KEYPASSWD, password)
        }
    }

    /// What is this request's own.
    func configure(_ head: RequestHead, body: [UInt8]) throws(SetupFailure) {
        try set(CURLOPT_URL, head.url)
        switch head.framing {
        case .headOnly:
            try set(CURLOPT_NOBODY, 1)
        case .noBody:
            try set(CURLOPT_HTTPGET, 1)
        case .body:
            try set(CURLOPT_POST, 1)
            try check(curl_easy_setopt_offset(pointer, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count)))
            // Copied, because libcurl reads it long after this call.
            let copied = (body.isEmpty ? [0] : body).withUnsafeBytes {
                curl_easy_setopt_pointer(
                    pointer, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: $0.baseAddress))
            }
            try check(copied)
        }
        if head.framing != .headOnly { try set(CURLOPT_CUSTOMREQUEST, head.method.rawValue) }
        try setList(CURLOPT_HTTPHEADER, head.lines)
    }

    /// A handle has one list.
    func setList(_ option: CURLoption, _ lines: [String]) throws(SetupFailure) {
        for line in lines {
            guard let longer = curl_slist_append(list, line) else {
                throw SetupFailure(code: CURLE_OUT_OF_MEMORY)
            }
            list = longer
        }
        try check(curl_easy_setopt_list(pointer, option, list))
    }

    func set(_ option: CURLoption, _ value: Int) throws(SetupFailure) {
        try check(curl_easy_setopt_long(pointer, option, value))
    }

    func set(_ option: CURLoption, _ value: String) throws(SetupFailure) {
        try check(curl_easy_setopt_string(pointer, option, value))
    }

    func set(_ option: CURLoption, _ value: UnsafeMutableRawPointer) throws(SetupFailure) {
        try check(curl_easy_setopt_pointer(pointer, option, value))
    }

    func set(_ option: CURLoption, _ value: @escaping curl_write_callback) throws(SetupFailure) {
        try check(curl_easy_setopt_write(pointer, option, value))
    }

    func set(_ option: CURLoption, _ value: @escaping curl_prereq_callback) throws(SetupFailure) {
        try check(curl_easy_setopt_prereq(pointer, option, value))
    }

    func set(_ option: CURLoption, _ value: @escaping curl_opensocket_callback) throws(SetupFailure) {
        try check(curl_easy_setopt_opensocket(pointer, option, value))
    }

    func check(_ code: CURLcode) throws(SetupFailure) {
        guard code == CURLE_OK else { throw SetupFailure(code: code) }
    }
}

extension Duration {
    /// Rounded up, so that what is left before a deadline never becomes a wait of zero.
    var wholeMilliseconds: Int {
        let (seconds, attoseconds) = components
        return Int(seconds) * 1000 + Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
}
