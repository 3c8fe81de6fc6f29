/// What holds a secret shows no more of itself than its kind, so that neither a log nor a failed test prints it.
extension SignInWay: CustomStringConvertible, CustomReflectable {
    public var description: String { name }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension ADFSApplication: CustomStringConvertible, CustomReflectable {
    public var description: String { "AD FS application \(clientID)" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension ManagedIdentity: CustomStringConvertible, CustomReflectable {
    public var description: String { clientID.map { "managed identity \($0)" } ?? "system-assigned identity" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension ManagedIdentity.Endpoint: CustomStringConvertible, CustomReflectable {
    public var description: String {
        switch self {
        case .instanceMetadata(let url): url
        case .appService(let url, _): url
        }
    }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
