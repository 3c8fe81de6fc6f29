/// One message of Commerce's, with the values that it names.
public struct CommerceComplaint: Sendable, Equatable {
    /// Its placeholders filled in.
    public var message: String
    /// By placeholder, without the percent sign: `sku`, or `1`, `2`, … where Commerce gives a list.
    public var parameters: [String: String]

    public init(message: String, parameters: [String: String] = [:]) {
        self.message = message
        self.parameters = parameters
    }
}

extension CommerceFault {
    /// The most that the shop takes at once, if it refused a request for being above its input limits. Known by its
    /// placeholder: stores in other languages translate the text.
    /// https://developer.adobe.com/commerce/webapi/get-started/api-security/
    public var inputLimit: Int? {
        guard status == 400 else { return nil }
        return complaints.lazy.compactMap { $0.parameters["max"] }.compactMap { Int($0) }.first
    }
}
