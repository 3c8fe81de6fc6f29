/// A step whose record a person may change before it is sent again: `EventEdit.patches`.
public struct PatchableStep: Sendable, Equatable {
    /// The step's name; a `#` at its end stands for a number: `line #`.
    public var name: String
    /// Members of the record that must stay as the mapping made them, since it is found again by them.
    public var keys: Set<String>

    public init(_ name: String, keys: Set<String>) {
        self.name = name
        self.keys = keys
    }

    public func matches(_ step: String) -> Bool {
        guard name.hasSuffix("#") else { return step == name }
        let prefix = name.dropLast()
        guard step.hasPrefix(prefix), let number = Int(step.dropFirst(prefix.count)) else { return false }
        return number > 0 && step == "\(prefix)\(number)"
    }
}
