public import Relay

/// Why a data package did not get across. Calls of the API itself fail with `ODataFault`.
public enum DataManagementFault: DeliveryFault, Equatable, CustomStringConvertible {
    /// The link's key has expired, or the file behind it is gone: ask for a new link.
    case linkExpired(status: Int, code: String)
    case storageUnavailable(status: Int?, detail: String, retryAfter: Duration?)
    case storageRefused(status: Int, code: String)
    /// The API sent us to a server that is not on the list.
    case foreignLink(host: String)
    case packageTooLarge(limit: Int)
    /// An answer that is not what the API is documented to give.
    case unexpectedAnswer(action: String, detail: String)
    /// - Parameter detail: What is wrong with the package.
    case unusablePackage(detail: String)

    public var destination: String? { "dynamics" }

    public var failureKind: FailureKind {
        switch self {
        case .linkExpired, .storageUnavailable: .unavailable
        case .storageRefused: .unexpected
        case .foreignLink: .misconfigured
        case .packageTooLarge, .unusablePackage: .validation
        case .unexpectedAnswer: .unexpected
        }
    }

    public var retryAfter: Duration? {
        if case .storageUnavailable(_, _, let wait) = self { wait } else { nil }
    }

    public var reason: Reason { Reason(code: code, message: description, advice: advice) }

    private var code: String {
        switch self {
        case .linkExpired: "dmf-link-expired"
        case .storageUnavailable: "dmf-storage-unavailable"
        case .storageRefused: "dmf-storage-refused"
        case .foreignLink: "dmf-foreign-link"
        case .packageTooLarge: "dmf-package-too-large"
        case .unexpectedAnswer: "dmf-unexpected-answer"
        case .unusablePackage: "dmf-unusable-package"
        }
    }

    private var advice: String? {
        switch self {
        case .foreignLink: "If that is your environment's storage, add it to dynamics.packages.storageHosts."
        case .packageTooLarge: "Split the data, or raise dynamics.packages.maxPackage."
        case .unexpectedAnswer: "Compare the action with $metadata of the environment."
        case .linkExpired, .storageUnavailable, .storageRefused, .unusablePackage: nil
        }
    }

    public var description: String {
        switch self {
        case .linkExpired(let status, let code):
            "The link to D365's blob storage is no longer good (status \(status), \(code))."
        case .storageUnavailable(let status, let detail, _):
            "D365's blob storage is not available (\(status.map { "status \($0)" } ?? "no answer")): \(detail)"
        case .storageRefused(let status, let code):
            "D365's blob storage does not take the package (status \(status), \(code))."
        case .foreignLink(let host):
            "D365 answered with a link to \(host), which is not on the list of its storage; it was not followed."
        case .packageTooLarge(let limit): "The package is larger than \(limit) bytes."
        case .unexpectedAnswer(let action, let detail):
            "The answer to \(action) is not what was asked for: \(detail)"
        case .unusablePackage(let detail): "The package cannot be used: \(detail)"
        }
    }
}
