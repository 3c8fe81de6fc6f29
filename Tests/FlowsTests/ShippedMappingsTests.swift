import Flows
import Foundation
import JSON
import Mapping
import Testing

@Suite("The shipped mapping documents")
struct ShippedMappingsTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    private static let set = Result { try FlowCatalog.catalog.load(shipped: FlowCatalog.shipped) }

    @Test("have nothing wrong with them")
    func valid() throws {
        #expect(try Self.set.get().documents.count == FlowCatalog.shipped.count)
    }

    @Test("stand in files that are named as they are, each in the program")
    func files() throws {
        let folder = Self.root.appending(path: "../../Sources/Flows/Mappings").path
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".yaml") }
        #expect(Set(files) == Set(FlowCatalog.shipped.keys))
        for (file, yaml) in FlowCatalog.shipped {
            #expect(MappingCatalog.name(of: yaml).map { "\($0).yaml" } == file)
        }
    }

    @Test("read back as the same ones when they are written down", arguments: FlowCatalog.shipped.keys.sorted())
    func readBack(file: String) throws {
        let name = String(file.dropLast(".yaml".count))
        let document = try #require(try Self.set.get().documents[name])
        var shipped = FlowCatalog.shipped
        shipped[file] = document.yaml
        let again = try FlowCatalog.catalog.load(shipped: shipped).documents[name]
        #expect(again?.fields.map(\.rule) == document.fields.map(\.rule))
    }

    @Test("call functions that docs/mapping.md describes in their own words, and it names no others")
    func functions() throws {
        let page = try String(contentsOf: Self.root.appending(path: "../../docs/mapping.md"), encoding: .utf8)
        let section = page.components(separatedBy: "## Functions")[1].components(separatedBy: "\n## ")[0]
        let rows = Set(section.split(separator: "\n").filter { $0.hasPrefix("| `") }.map(String.init))
        let expected = FlowCatalog.catalog.functions.map { function in
            let (least, most) = (function.arguments.lowerBound, function.arguments.upperBound)
            return
                "| `\(function.name)` | \(least == most ? "\(least)" : "\(least) to \(most)") | \(function.purpose) |"
        }
        #expect(Set(expected).subtracting(rows).sorted() == [])
        #expect(rows.subtracting(expected).sorted() == [])
    }

    @Test("The documents that docs/mapping.md shows are accepted")
    func examples() throws {
        let page = try String(contentsOf: Self.root.appending(path: "../../docs/mapping.md"), encoding: .utf8)
        let blocks = page.components(separatedBy: "```yaml\n").dropFirst().map {
            $0.components(separatedBy: "```")[0]
        }
        let head = "mapping: order-header\nfrom: commerce.order\nto: dynamics.SalesOrderHeader\n"
        let documents = blocks.compactMap { block in
            block.contains("mapping: order-header") ? block : block.hasPrefix("fields:") ? head + block : nil
        }
        #expect(documents.count == 3)
        for document in documents {
            do throws(MappingRefused) {
                _ = try FlowCatalog.catalog.load(shipped: FlowCatalog.shipped, own: ["own.yaml": document])
            } catch {
                Issue.record("\(error)")
            }
        }
    }
}
