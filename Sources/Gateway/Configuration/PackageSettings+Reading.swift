extension PackageSettings {
    init(_ section: ConfigurationSection?) {
        self.init()
        guard let section else { return }
        let hosts = section.list("storageHosts").compactMap { item -> String? in
            let expected = "a host such as store.example.com, or .blob.core.windows.net for all hosts below it"
            guard let text = section.scalar(item.node, at: item.path, expected: expected) else { return nil }
            guard Self.isHost(text) else {
                section.reading.note(item.node, item.path, found: "\"\(text)\"", expected: expected)
                return nil
            }
            return text
        }
        if section.child("storageHosts") != nil { storageHosts = hosts }
        longestRun = section.duration("longestRun", in: .seconds(60)...(.seconds(7 * 86_400)), default: longestRun)
        maxPackageBytes = section.bytes("maxPackage", in: 1 << 10...1 << 30, default: maxPackageBytes)
        section.finish()
    }

    /// One dot alone, or in front of a top-level domain, would allow far too many.
    private static func isHost(_ text: String) -> Bool {
        let isWritten = text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-.".contains($0)) }
        return isWritten && !text.isEmpty && (!text.hasPrefix(".") || text.dropFirst().contains("."))
    }
}
