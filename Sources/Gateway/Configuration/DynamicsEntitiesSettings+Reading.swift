import Dynamics

extension EntitySetNames {
    /// Each name under the key that `EntitySetNames.keys` gives it.
    init(_ section: ConfigurationSection?) {
        self.init()
        guard let section else { return }
        for (key, path) in Self.keys {
            let expected = "the name of an entity set, such as \(self[keyPath: path])"
            if let name = section.value(key, expected: expected, ODataName.checked) { self[keyPath: path] = name }
        }
        section.finish()
    }
}

enum ODataName {
    /// What stands in an address as it is: names of OData are letters, digits and `_` (OData 4.0 ABNF,
    /// `odataIdentifier`).
    static func checked(_ text: String) -> String? {
        let isName =
            (1...128).contains(text.count) && text.first?.isNumber == false
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
        return isName ? text : nil
    }
}
