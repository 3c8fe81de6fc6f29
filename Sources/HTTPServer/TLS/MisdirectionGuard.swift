import HTTPTypes

/// Refuses requests for another host than the one that the connection was made for (RFC 9110 §15.5.20). For listeners
/// with `serverNames`: without them the server claims no names, and no request is misdirected.
struct MisdirectionGuard: Responder {
    let responder: any Responder

    func respond(to request: Request) async -> Response {
        if let name = request.serverName, let host = request.headers[FieldName.host],
            !ServerNames.host(host, names: name)
        {
            return Response(Self.misdirected)
        }
        return await responder.respond(to: request)
    }

    private static let misdirected = Problem(
        "misdirected-request", status: .misdirectedRequest, title: "Misdirected request",
        detail: "The Host field names another host than the TLS handshake did; send it on a connection of its own.")
}
