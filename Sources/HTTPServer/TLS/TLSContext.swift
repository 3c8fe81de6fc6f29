import COpenSSL

/// OpenSSL's context of one listener: certificate, key, rules and the keys of session tickets. A reload makes a new one;
/// connections keep the one that they began with.
///
/// `@unchecked Sendable`: nothing is changed after `init`. What is done with it then is `SSL_new`, which OpenSSL allows
/// on several threads at once (openssl-threads(7)).
final class TLSContext: @unchecked Sendable {
    let pointer: OpaquePointer
    /// The end of the certificate's validity, seconds since 1970.
    let expiresAt: Int
    /// Whether the certificate was valid, as far as its dates go, when the context was made.
    let isCurrent: Bool
    private let rules: Rules

    /// What the callbacks of the handshake look at.
    private final class Rules {
        let serverNames: ServerNames
        init(_ serverNames: ServerNames) { self.serverNames = serverNames }
    }

    /// Reads the files.
    init(_ configuration: TLSConfiguration) throws(TLSError) {
        guard let pointer = SSL_CTX_new(TLS_server_method()) else {
            throw .failed(operation: "making a TLS context", reason: TLSFailure.drain())
        }
        let rules = Rules(ServerNames(configuration.serverNames))
        do throws(TLSError) {
            try Self.setProtocols(pointer)
            let leaf = try Self.setCertificate(pointer, configuration)
            (expiresAt, isCurrent) = (leaf.expiresAt, leaf.isCurrent)
            if let path = configuration.clientCA { try Self.requireClients(pointer, path) }
            Self.setCallbacks(pointer, rules)
        } catch {
            SSL_CTX_free(pointer)
            throw error
        }
        self.pointer = pointer
        self.rules = rules
    }

    deinit { SSL_CTX_free(pointer) }

    private static func setProtocols(_ context: OpaquePointer) throws(TLSError) {
        SSL_CTX_set_options(context, TLS_SERVER_OPTIONS)
        let modes = SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER
        SSL_CTX_ctrl(context, SSL_CTRL_MODE, Int(modes), nil)
        // One system call reads a record with its header, and what follows if it fits.
        SSL_CTX_set_read_ahead_on(context)
        // Tickets only: a client carries its own session, so that resuming costs this side no memory.
        SSL_CTX_ctrl(context, SSL_CTRL_SET_SESS_CACHE_MODE, Int(SSL_SESS_CACHE_OFF), nil)
        SSL_CTX_set_timeout(context, TLSConfiguration.sessionLifetime)
        SSL_CTX_ctrl(context, SSL_CTRL_SET_MAX_CERT_LIST, TLSConfiguration.maxClientChainBytes, nil)
        let sessionContext = Array("causeway".utf8)
        guard SSL_CTX_ctrl(context, SSL_CTRL_SET_MIN_PROTO_VERSION, Int(TLS1_2_VERSION), nil) == 1,
            SSL_CTX_set_cipher_list(context, TLSConfiguration.cipherList) == 1,
            SSL_CTX_set_ciphersuites(context, TLSConfiguration.cipherSuites) == 1,
            SSL_CTX_set_groups(context, TLSConfiguration.groups) == 1,
            SSL_CTX_set_session_id_context(context, sessionContext, UInt32(sessionContext.count)) == 1
        else { throw .failed(operation: "setting up TLS", reason: TLSFailure.drain()) }
    }

    /// - Returns: The server's own certificate.
    private static func setCertificate(
        _ context: OpaquePointer, _ configuration: TLSConfiguration
    ) throws(TLSError) -> Certificate {
        let chain = try PEMFile(.certificate, configuration.certificate).certificates()
        let key = try PEMFile(.key, configuration.key).privateKey()
        defer { EVP_PKEY_free(key) }
        let leaf = chain[0]
        guard SSL_CTX_use_certificate(context, leaf.pointer) == 1 else {
            throw .malformed(.certificate, path: configuration.certificate, reason: TLSFailure.drain())
        }
        guard X509_check_private_key(leaf.pointer, key) == 1 else {
            _ = TLSFailure.drain()
            throw .keyMismatch(key: configuration.key, certificate: configuration.certificate)
        }
        guard SSL_CTX_use_PrivateKey(context, key) == 1 else {
            throw .malformed(.key, path: configuration.key, reason: TLSFailure.drain())
        }
        for certificate in chain.dropFirst() {
            guard SSL_CTX_add_chain_certificate(context, certificate.pointer) == 1 else {
                throw .malformed(.certificate, path: configuration.certificate, reason: TLSFailure.drain())
            }
        }
        return leaf
    }

    private static func requireClients(_ context: OpaquePointer, _ path: String) throws(TLSError) {
        guard let store = SSL_CTX_get_cert_store(context) else {
            throw .failed(operation: "setting up TLS", reason: TLSFailure.drain())
        }
        for authority in try PEMFile(.clientCA, path).certificates() {
            guard X509_STORE_add_cert(store, authority.pointer) == 1,
                SSL_CTX_add_client_CA(context, authority.pointer) == 1
            else { throw .malformed(.clientCA, path: path, reason: TLSFailure.drain()) }
        }
        SSL_CTX_set_verify_depth(context, TLSConfiguration.maxChainDepth)
        SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nil)
    }

    private static func setCallbacks(_ context: OpaquePointer, _ rules: Rules) {
        SSL_CTX_set_alpn_select_cb(context, selectProtocol, nil)
        SSL_CTX_set_session_ticket_cb(context, nil, acceptTicket, nil)
        guard !rules.serverNames.isEmpty else { return }
        // Not retained: the rules live as long as the context, which every connection keeps.
        SSL_CTX_set_servername_argument(context, Unmanaged.passUnretained(rules).toOpaque())
        SSL_CTX_set_servername_callback(context) { ssl, alert, argument in
            guard let argument, let name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name) else {
                return SSL_TLSEXT_ERR_NOACK
            }
            let rules = Unmanaged<Rules>.fromOpaque(argument).takeUnretainedValue()
            if rules.serverNames.contains(String(cString: name)) { return SSL_TLSEXT_ERR_OK }
            alert?.pointee = SSL_AD_UNRECOGNIZED_NAME
            return SSL_TLSEXT_ERR_ALERT_FATAL
        }
    }

    /// Called only for clients that offer protocols (RFC 7301): `http/1.1` or none at all.
    private static let selectProtocol: SSL_CTX_alpn_select_cb_func = { _, selected, length, offered, count, _ in
        let own = TLSConfiguration.applicationProtocols
        var rest = UnsafeBufferPointer(start: offered, count: Int(count))[...]
        while let size = rest.first.map(Int.init), size < rest.count {
            if rest.prefix(1 + size).elementsEqual(own) {
                selected?.pointee = offered.map { $0 + rest.startIndex + 1 }
                length?.pointee = UInt8(size)
                return SSL_TLSEXT_ERR_OK
            }
            rest = rest.dropFirst(1 + size)
        }
        return SSL_TLSEXT_ERR_ALERT_FATAL
    }

    /// OpenSSL does not look at a client's certificate again when its session is resumed: one that has expired since
    /// must go through the whole handshake, which refuses it.
    private static let acceptTicket: SSL_CTX_decrypt_session_ticket_fn = { _, session, _, _, status, _ in
        switch status {
        case SSL_TICKET_SUCCESS, SSL_TICKET_SUCCESS_RENEW:
            if let peer = SSL_SESSION_get0_peer(session), !Certificate.isCurrent(peer) {
                return SSL_TICKET_RETURN_IGNORE_RENEW
            }
            return status == SSL_TICKET_SUCCESS ? SSL_TICKET_RETURN_USE : SSL_TICKET_RETURN_USE_RENEW
        case SSL_TICKET_EMPTY, SSL_TICKET_NO_DECRYPT: return SSL_TICKET_RETURN_IGNORE_RENEW
        default: return SSL_TICKET_RETURN_IGNORE
        }
    }
}
