/// For changes that people make outside the store, such as uploading a document: they are on record like all others.
public protocol ActBook: Sendable {
    /// - Parameters:
    ///   - verb: `upload`.
    ///   - target: What it is done to, for a person: `mapping order-header`.
    func record(_ act: OperatorAct, verb: String, target: String) async throws
}
