import HTTPServer
import HTTPTypes

/// The blob storage that links of the data package API lead to.
struct SandboxBlobs: Responder {
    static let prefix = "/sandbox-blobs"

    let management: SandboxDataManagement

    func respond(to request: Request) async -> Response {
        let core = management.core
        core.counters.count("\(request.method.rawValue) \(Self.prefix)/{blob}")
        // Whoever sends a token along has shown it to another server.
        guard request.headers[.authorization] == nil else {
            return Self.refused(.badRequest, "InvalidAuthenticationInfo")
        }
        let blob = String(request.path.dropFirst(Self.prefix.count + 1))
        return management.blob { state in
            if let code = state.blobs.refusal(of: blob, query: request.query, at: core.now()) {
                return Self.refused(.forbidden, code)
            }
            switch request.method {
            case .put:
                guard request.headers.value("x-ms-blob-type") == "BlockBlob" else {
                    return Self.refused(.badRequest, "MissingRequiredHeader")
                }
                guard request.headers.value("x-ms-version") != nil else {
                    return Self.refused(.badRequest, "InvalidHeaderValue")
                }
                state.blobs.put(request.body, as: blob)
                return Response(status: .created)
            case .get:
                guard let bytes = state.blobs.blobs[blob] else { return Self.refused(.notFound, "BlobNotFound") }
                return Response(
                    status: .ok, headers: [.contentType: "application/octet-stream"], body: bytes)
            default: return Self.refused(.methodNotAllowed, "UnsupportedHttpVerb")
            }
        }
    }

    private static func refused(_ status: HTTPResponse.Status, _ code: String) -> Response {
        Response(
            status: status, headers: [.contentType: "application/xml"],
            body: Array(
                "<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>\(code)</Code><Message>No.</Message></Error>"
                    .utf8))
    }
}
