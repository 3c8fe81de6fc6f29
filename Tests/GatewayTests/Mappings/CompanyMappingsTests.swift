import Foundation
import Mapping
import Testing

@testable import Gateway

@Suite("The folder of mapping documents")
struct CompanyMappingsTests {
    private func problems(_ folder: DocumentFolder) -> [String] {
        do {
            _ = try CompanyMappings.load(MappingSettings(folder: MappingFolder(folder.path)))
            return []
        } catch {
            return error.problems.map(\.description)
        }
    }

    @Test("is laid over the shipped documents")
    func loads() throws {
        let folder = try DocumentFolder([
            "a.yaml": DocumentFolder.header("  SalesOrderPoolId: { constant: WEB }"), ".hidden.yaml": "x",
            "b.txt": "x",
            "order-header.yaml.previous": "x",
        ])
        let set = try CompanyMappings.load(MappingSettings(folder: MappingFolder(folder.path)))
        #expect(set.documents["order-header"]?.fields.first { $0.name == "SalesOrderPoolId" }?.isOwn == true)
    }

    @Test("is refused with file, line and column of each mistake")
    func mistakes() throws {
        let folder = try DocumentFolder([
            "a.yaml": DocumentFolder.header("  SalesOrderPoolId: { constant: WEB, form: x }"),
            "b.yml": "mapping: order-hedder\nfrom: commerce.order\nto: dynamics.SalesOrderHeader\nfields: {}\n",
        ])
        let problems = problems(folder)
        #expect(
            problems.contains { $0.hasPrefix("a.yaml:5:") && $0.contains("SalesOrderPoolId.form") }, "\(problems)")
        #expect(problems.contains { $0.hasPrefix("b.yml:1:10: mapping: found order-hedder, which nothing uses") })
    }

    @Test("that is not there is refused")
    func missing() throws {
        let folder = try DocumentFolder()
        try FileManager.default.removeItem(atPath: folder.path)
        #expect(problems(folder).allSatisfy { $0.contains("no readable folder") } && problems(folder).count == 1)
    }

    @Test("with a file that is too long, or no UTF-8, is refused")
    func unreadable() throws {
        let folder = try DocumentFolder(["a.yaml": String(repeating: "#\n", count: 200_000)])
        #expect(problems(folder) == ["a.yaml:1:1: found a file of more than 262144 bytes; expected a shorter one"])
        try Data([0xFF, 0xFE, 0x00]).write(to: URL(fileURLWithPath: folder.path + "/a.yaml"))
        #expect(problems(folder) == ["a.yaml:1:1: found bytes that are no UTF-8; expected a text in UTF-8"])
    }

    @Test("may be checked with a draft in place of one of its documents, whatever that file is called")
    func drafts() throws {
        let folder = try DocumentFolder(["mine.yaml": DocumentFolder.header("  Nonsense: order.x")])
        let draft = ["/tmp/draft.yaml": DocumentFolder.header("  SalesOrderPoolId: { constant: WEB }")]
        let set = try CompanyMappings.load(MappingSettings(folder: MappingFolder(folder.path)), drafts: draft)
        #expect(set.documents["order-header"]?.fields.contains { $0.isOwn } == true)
    }

    @Test("is named in the configuration, relative to its file, and readable without the rest of it")
    func settings() throws {
        let configuration = try ConfigurationFixture.read(
            replacing: "operator:", with: "mapping: { folder: mappings }\noperator:")
        #expect(configuration.mapping.folder?.path == "/etc/causeway/mappings")
        let folder = try DocumentFolder(["causeway.yaml": "mapping: { folder: own }\ncommerce: { x: ${MISSING} }\n"])
        let settings = try MappingSettings.load(path: folder.path + "/causeway.yaml", environment: [:])
        #expect(settings.folder?.path == folder.path + "/own")
        #expect(
            ConfigurationFixture.problems(
                replacing: "operator:", with: "mapping: { folders: mappings }\noperator:"
            ).contains { $0.contains("mapping.folders: found an unknown key; expected perhaps folder") })
    }
}
