import HTTPTypes
import Testing

@testable import HTTPServer

@Suite("The router")
struct RouterTests {
    private struct Broken: Error {}

    private static let router: Router = {
        var router = Router(logger: .silent)
        func answer(_ pattern: String) -> Router.Handler {
            { _, parameters in .text("\(pattern) \(parameters["a"])|\(parameters["b"])") }
        }
        for pattern in [
            "/", "/health/live", "/{a}", "/x/{a}", "/x/literal", "/x/{a}/y/{b}", "/x/literal/z", "/slash/",
        ] {
            router.on(.get, pattern, answer(pattern))
        }
        router.on(.post, "/x/{b}") { _, parameters in .text("post \(parameters["a"])|\(parameters["b"])") }
        router.on(.options, "/own") { _, _ in .text("own") }
        router.on(.get, "/problem") { _, _ in
            throw Problem("no-tea", status: .init(code: 418), title: "No \"tea\"", detail: "Line\none\\")
        }
        router.on(.get, "/broken") { _, _ in throw Broken() }
        return router
    }()

    private func respond(_ method: HTTPRequest.Method, _ path: String) async -> Response {
        await Self.router.respond(to: Request(method: method, path: path))
    }

    @Test(
        "finds the handler, literal segments before placeholders, and decodes placeholder values",
        arguments: [
            ("/", "/ |"),
            ("/health/live", "/health/live |"),
            ("/one", "/{a} one|"),
            ("/x/one", "/x/{a} one|"),
            ("/x/literal", "/x/literal |"),
            ("/x/literal/z", "/x/literal/z |"),
            ("/x/literal/y/two", "/x/{a}/y/{b} literal|two"),
            ("/x/a%2Fb", "/x/{a} a/b|"),
            ("/x/a%20b%25%C3%A4", "/x/{a} a b%ä|"),
            ("/slash/", "/slash/ |"),
        ])
    func finds(_ path: String, _ text: String) async {
        let response = await respond(.get, path)
        #expect(response.status == .ok)
        #expect(String(decoding: response.body, as: UTF8.self) == text)
        #expect(response.route == String(text.prefix { $0 != " " }))
    }

    @Test("keeps placeholder names apart by method")
    func namesByMethod() async {
        #expect(await respond(.post, "/x/v").body == Array("post |v".utf8))
    }

    @Test(
        "answers 404 with a problem for anything else",
        arguments: [
            "/x/", "/x/one/y", "/x/one/y/", "/health/", "/health/live/", "/HEALTH/live", "//", "", "/x/a/b/c/d",
        ])
    func notFound(_ path: String) async {
        let response = await respond(.get, path)
        #expect(response.status == .notFound)
        #expect(response.problemSlug == "not-found")
        #expect(response.route == nil)
        #expect(response.headers[.contentType] == "application/problem+json")
    }

    @Test(
        "answers 501 to methods that nobody registered, wherever they are sent",
        arguments: ["/", "/x/one", "/no/where"])
    func unknownMethod(_ path: String) async throws {
        let response = await respond(try #require(HTTPRequest.Method("BREW")), path)
        #expect(response.status == .notImplemented)
        #expect(response.problemSlug == "method-not-implemented")
    }

    @Test("answers at once where no handler has to wait, and the same as otherwise")
    func atOnce() async {
        var router = Self.router
        router.on(
            .get, "/now/{a}",
            immediately: { _, parameters in
                guard parameters["a"] != "broken" else { throw Broken() }
                return .text(parameters["a"])
            })
        for (method, path) in [
            (HTTPRequest.Method.get, "/now/one"), (.head, "/now/one"), (.get, "/now/broken"), (.get, "/now/%FF"),
            (.post, "/now/one"), (.options, "/now/one"), (.get, "/no/where"), (.options, "*"),
        ] {
            let request = Request(method: method, path: path)
            let response = await router.respond(to: request)
            #expect(router.respondAtOnce(to: request) == response)
        }
        #expect(router.respondAtOnce(to: Request(method: .get, path: "/one")) == nil)
    }

    @Test("answers 405 with what is allowed")
    func methodNotAllowed() async {
        let response = await respond(.delete, "/x/one")
        #expect(response.status == .methodNotAllowed)
        #expect(response.problemSlug == "method-not-allowed")
        #expect(response.headers[.allow] == "GET, HEAD, OPTIONS, POST")
        #expect(response.route != nil)
    }

    @Test("answers HEAD by the GET handler")
    func head() async {
        #expect(await respond(.head, "/health/live").status == .ok)
        #expect(await respond(.head, "/own").status == .methodNotAllowed)
    }

    @Test("answers OPTIONS with what is allowed, unless a handler does")
    func options() async {
        let response = await respond(.options, "/x/one")
        #expect(response.status == .noContent)
        #expect(response.headers[.allow] == "GET, HEAD, OPTIONS, POST")
        #expect(await respond(.options, "/own").body == Array("own".utf8))
        #expect(await respond(.options, "*").headers[.allow] == "GET, HEAD, OPTIONS, POST")
        #expect(await respond(.options, "/nowhere/at/all").status == .notFound)
    }

    @Test("turns a thrown problem into the answer")
    func thrownProblem() async {
        let response = await respond(.get, "/problem")
        #expect(response.status.code == 418)
        #expect(response.problemSlug == "no-tea")
        #expect(response.route == "/problem")
        let json =
            #"{"type":"urn:causeway:problem:no-tea","title":"No \"tea\"","status":418,"detail":"Line\u000aone\\"}"#
        #expect(String(decoding: response.body, as: UTF8.self) == json)
    }

    @Test("turns any other error into a 500 that says nothing about it")
    func thrownError() async {
        let response = await respond(.get, "/broken")
        #expect(response.status == .internalServerError)
        #expect(response.problemSlug == "internal-error")
        #expect(!String(decoding: response.body, as: UTF8.self).contains("Broken"))
    }

    @Test("refuses placeholder values that are not UTF-8")
    func notUTF8() async {
        let response = await respond(.get, "/x/%FF")
        #expect(response.status == .badRequest)
        #expect(response.problemSlug == "invalid-path")
    }

    @Test("a later handler for the same method and path replaces the earlier one")
    func replaces() async {
        var router = Router(logger: .silent)
        router.on(.get, "/a/{b}") { _, _ in .text("1") }
        router.on(.get, "/a/{c}") { _, parameters in .text("2\(parameters["c"])\(parameters["b"])") }
        #expect(await router.respond(to: Request(method: .get, path: "/a/v")).body == Array("2v".utf8))
    }
}
