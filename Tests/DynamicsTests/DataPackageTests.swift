import Archive
import Testing

@testable import Dynamics

@Suite("A data package")
struct DataPackageTests {
    private let csv = Array("CUSTOMERACCOUNT,NAME\r\nC-1,\"O'Neil & <Sons>\"\r\n".utf8)

    @Test("holds manifest, header and the data as it was given")
    func entries() throws {
        let package = try DataPackage(project: "Web & Shop", entity: "Customers V3", csv: csv)
        let entries = try ZipArchive.read(try package.zip())
        #expect(entries.map(\.name) == ["Manifest.xml", "PackageHeader.xml", "Customers V3.csv"])
        #expect(entries[2].content == csv)
        let manifest = String(decoding: entries[0].content, as: UTF8.self)
        #expect(manifest.contains("<DefinitionGroupName>Web &amp; Shop</DefinitionGroupName>"))
        #expect(manifest.contains("<InputFilePath>Customers V3.csv</InputFilePath>"))
        #expect(manifest.contains("<ArrayIndex>1</ArrayIndex><EntityField>NAME</EntityField>"))
        #expect(manifest.contains("<SourceFormat>CSV</SourceFormat>"))
        let header = String(decoding: entries[1].content, as: UTF8.self)
        #expect(header.contains("<PackageType>DefinitionGroup</PackageType>"))
    }

    @Test("comes back as it was written, and is the same bytes each time")
    func roundTrip() throws {
        let package = try DataPackage(project: "Web & Shop", entity: "Größen", csv: csv)
        let zip = try package.zip()
        #expect(try package.zip() == zip)
        let read = try DataPackage(zip: zip)
        #expect(read.project == "Web & Shop")
        #expect(read.files == [DataPackage.File(entity: "Größen", name: "Größen.csv", content: csv)])
    }

    @Test("of XML has its data under the name of its entity")
    func xml() throws {
        let xml = Array("<Document><CUSTOMER><NAME>x</NAME></CUSTOMER></Document>".utf8)
        let package = try DataPackage(project: "P", entity: "E", xml: xml, fields: ["NAME"])
        #expect(try DataPackage(zip: package.zip()).files.first?.name == "E.xml")
    }

    @Test("that F&O exported takes other data and keeps its own manifest, UTF-16 too")
    func template() throws {
        let text = """
            <DataManagementPackageManifest><DefinitionGroupName>P</DefinitionGroupName><PackageEntityList>
            <DataManagementPackageEntityData><EntityName>A &amp; B</EntityName>
            <InputFilePath>ab.csv</InputFilePath></DataManagementPackageEntityData>
            <DataManagementPackageEntityData><EntityName>Empty</EntityName>
            <InputFilePath>none.csv</InputFilePath></DataManagementPackageEntityData>
            </PackageEntityList></DataManagementPackageManifest>
            """
        let utf16: [UInt8] = [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let exported = try ZipArchive.write([
            ArchiveEntry(name: "manifest.xml", content: utf16), ArchiveEntry(name: "ab.csv", content: [1]),
        ])
        let package = try DataPackage(zip: exported)
        #expect(package.files.map(\.entity) == ["A & B"])
        let changed = try package.replacing(entity: "A & B", content: csv)
        let entries = try ZipArchive.read(try changed.zip())
        #expect(entries.map(\.content) == [utf16, csv])
        #expect(throws: DataManagementFault.self) { try package.replacing(entity: "Empty", content: csv) }
    }

    @Test(
        "is refused when it is none",
        arguments: [
            "no manifest", "<a/>", "<!DOCTYPE x><DataManagementPackageEntityData>",
            "<DataManagementPackageEntityData><EntityName>A</EntityName></DataManagementPackageEntityData>",
        ])
    func unusable(_ manifest: String) throws {
        let name = manifest == "no manifest" ? "other.xml" : "Manifest.xml"
        let zip = try ZipArchive.write([ArchiveEntry(name: name, content: Array(manifest.utf8))])
        #expect(throws: DataManagementFault.self) { try DataPackage(zip: zip) }
        #expect(throws: DataManagementFault.self) { try DataPackage(zip: Array("no zip".utf8)) }
        #expect(throws: DataManagementFault.self) { try DataPackage(project: "P", entity: "E", csv: []) }
        #expect(throws: DataManagementFault.self) {
            try DataPackage(project: "P", entity: "E", csv: Array("A\n".utf8))
        }
        #expect(throws: DataManagementFault.self) { try DataPackage(project: "P", entity: "../E", csv: csv).zip() }
    }

    @Test(
        "writes text into XML so that it comes out as it was",
        arguments: ["a<b>&\"c\"", "é €", "x\r\ny", "&amp;#65;"])
    func text(_ text: String) { #expect(XMLText.unescape(XMLText.escape(text)[...]) == text) }

    @Test("shows links without their keys")
    func link() throws {
        let link = try StorageHosts().checked("https://a.blob.core.windows.net/dmf/x.zip?sig=SECRET&se=1")
        var dump = ""
        Swift.dump(link, to: &dump)
        #expect(!"\(link) \(String(reflecting: link)) \(dump)".contains("SECRET"))
    }

    @Test(
        "goes to Azure's storage and nowhere else",
        arguments: [
            ("https://a.blob.core.windows.net/x", true), ("https://A.BLOB.core.windows.net/x", true),
            ("http://a.blob.core.windows.net/x", false), ("https://blob.core.windows.net.evil.example/x", false),
            ("https://a.blob.core.windows.net@evil.example/x", false),
            ("https://evil.example/?.blob.core.windows.net", false),
            ("file:///etc/passwd", false), ("https://127.0.0.1/x", false), ("", false),
        ])
    func hosts(_ url: String, _ isAllowed: Bool) {
        #expect(((try? StorageHosts().checked(url)) != nil) == isAllowed)
    }
}
