import Foundation
import HTTPServer
import HTTPTypes
import Synchronization

/// `POST /data/$batch`: each change set is one transaction, which is done as a whole or not at all.
struct BatchAPI {
    let api: DynamicsAPI

    func answer(_ request: Request) throws(ODataRefusal) -> Response {
        let batch = try BatchRequest(request)
        let goesOn = request.headers.value("Prefer")?.lowercased().contains("odata.continue-on-error") == true
        var body = BatchAnswer()
        for part in batch.parts {
            let isGood: Bool
            switch part {
            case .single(let operation):
                let response = single(operation.request)
                isGood = response.status.kind == .successful
                body.add(response)
            case .changeSet(let operations):
                let answers = changeSet(operations)
                isGood = answers.allSatisfy { $0.response.status.kind == .successful }
                body.addChangeSet(answers)
            }
            guard isGood || goesOn else { break }
        }
        return body.response
    }

    private func single(_ request: Request) -> Response {
        do throws(ODataRefusal) {
            let path = try ODataPath(request.path)
            api.core.counters.count("\(request.method.rawValue) \(path.name)")
            return request.method == .get ? try api.read(path, request) : try api.write(path, request)
        } catch {
            return error.response
        }
    }

    /// All answers, or only that of the operation that was refused.
    private func changeSet(_ operations: [BatchRequest.Operation]) -> [BatchAnswer.Inner] {
        let core = api.core
        let date = core.now()
        return core.books.withLock { books in
            var changed = books
            var answers: [BatchAnswer.Inner] = []
            var all: [ODataWrite.Done] = []
            for operation in operations {
                do throws(ODataRefusal) {
                    let path = try ODataPath(operation.request.path)
                    core.counters.count("\(operation.request.method.rawValue) \(path.name)")
                    let write = try ODataWrite(operation.request, path)
                    let done = try write.apply(to: &changed, core.writeFaults, at: date)
                    all.append(done)
                    answers.append((api.response(to: write, done), operation.contentID))
                } catch {
                    return [(error.response, operation.contentID)]
                }
            }
            books = changed
            all.forEach(api.note)
            return answers
        }
    }
}

/// The answer to a batch, as it grows.
struct BatchAnswer {
    typealias Inner = (response: Response, contentID: String?)

    private let boundary = "batchresponse_\(UUID().uuidString.lowercased())"
    private var bytes: [UInt8] = []

    mutating func add(_ response: Response) {
        bytes += "--\(boundary)\r\n".utf8
        bytes += Self.part((response, nil))
    }

    mutating func addChangeSet(_ answers: [Inner]) {
        let inner = "changesetresponse_\(UUID().uuidString.lowercased())"
        bytes += "--\(boundary)\r\nContent-Type: multipart/mixed; boundary=\(inner)\r\n\r\n".utf8
        for answer in answers {
            bytes += "--\(inner)\r\n".utf8
            bytes += Self.part(answer)
        }
        bytes += "--\(inner)--\r\n".utf8
    }

    private static func part(_ inner: Inner) -> [UInt8] {
        let status = inner.response.status
        var head = "Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n"
        if let id = inner.contentID { head += "Content-ID: \(id)\r\n" }
        head += "\r\nHTTP/1.1 \(status.code) \(status.reasonPhrase)\r\n"
        for field in inner.response.headers { head += "\(field.name.rawName): \(field.value)\r\n" }
        return [UInt8]("\(head)\r\n".utf8) + inner.response.body + [0x0D, 0x0A]
    }

    var response: Response {
        var response = Response(
            status: .ok, headers: [.contentType: "multipart/mixed; boundary=\(boundary)"],
            body: bytes + [UInt8]("--\(boundary)--\r\n".utf8))
        response.headers.set("OData-Version", to: "4.0")
        return response
    }
}
