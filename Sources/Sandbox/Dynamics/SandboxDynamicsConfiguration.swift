public import Foundation

/// How the simulated D365 is set up.
public struct SandboxDynamicsConfiguration: Sendable {
    /// 0 takes any free port.
    public var port = 0
    public var tenant = "00000000-0000-4000-8000-000000000001"
    public var clientID = "00000000-0000-4000-8000-000000000002"
    public var clientSecret = "sandbox-client-secret"
    /// On premises F&O is under `/namespaces/AXSF`, and AD FS gives the tokens; in the cloud Entra ID does.
    public var isOnPremises = false
    /// Client ids of the user-assigned identities of the machine, beside its system-assigned one.
    public var managedIdentities: Set<String> = ["00000000-0000-4000-8000-000000000003"]
    /// What App Service gives to an app as `IDENTITY_HEADER`.
    public var identityHeader = "sandbox-identity-header"
    /// Of an access token.
    public var tokenLifetime = Duration.seconds(3599)
    /// Lower case; the first is the service user's default company, the only one seen without `cross-company=true`.
    public var legalEntities = ["usmf", "dat"]
    /// What each legal entity has released, by legal entity.
    public var items: [String: [SandboxItem]] = [
        "usmf": SandboxItem.standard, "dat": SandboxItem.standard,
    ]
    public var customerGroups: Set = ["10", "20", "30", "80", "90", "WEB"]
    public var currencies: Set = ["EUR", "USD", "GBP", "CHF", "CAD", "SEK", "DKK", "NOK", "PLN", "JPY"]
    /// Names of customer payment journals.
    public var journalNames: Set = ["CustPay", "WebPay"]
    public var paymentMethods: Set = ["CHECK", "CARD", "PAYPAL", "BANK"]
    public var bankAccounts: Set = ["USMF OPER", "USMF CARD"]
    public var returnReasonCodes: Set = ["21", "22", "DEFECT", "WRONG"]
    public var dispositionCodes: Set = ["10", "20", "CREDIT"]
    public var customerNumbers = Numbering.automatic
    public var salesOrderNumbers = Numbering.automatic
    /// Which F&O computes itself on all lines, by legal entity; none means 0.
    public var salesTaxPercent: [String: Decimal] = [:]
    /// F&O takes the same customer reference as often as it comes, unless its parameters say to refuse it.
    public var refusesRepeatedReferences = false
    /// Packing slips may ship more than was ordered.
    public var allowsOverdelivery = false
    public var shippingEvents = SandboxShippingEvents()
    /// Rows in one page of an answer.
    public var pageSize = 10_000
    /// Sent again this many times after a failed business event, then the event goes to the error log.
    public var eventRetries = 3
    public var eventRetryWait = Duration.seconds(1)
    public var eventTimeout = Duration.seconds(10)
    public var serviceBus = SandboxServiceBusConfiguration()
    public var faults = FaultPlan.none
    /// Of Entra, which fails by itself.
    public var identityFaults = FaultPlan.none

    public init() {}

    /// What a number sequence allows.
    public enum Numbering: Sendable {
        /// Numbers come from the sequence; one that is sent is refused.
        case automatic
        /// A number must be sent.
        case manual
    }
}

/// A released product.
public struct SandboxItem: Sendable, Equatable {
    public var number: String
    /// Of the shared product, which invoice lines show. Here the same as the number unless given.
    public var productNumber: String
    public var name: String
    /// Taken for lines that send no price.
    public var salesPrice: Decimal
    /// A service is not in stock: it needs neither site nor warehouse.
    public var isService: Bool
    /// Stopped for sales.
    public var isBlocked: Bool

    public init(
        _ number: String, productNumber: String? = nil, name: String = "", salesPrice: Decimal = 0,
        isService: Bool = false, isBlocked: Bool = false
    ) {
        self.number = number
        self.productNumber = productNumber ?? number
        self.name = name.isEmpty ? number : name
        self.salesPrice = salesPrice
        self.isService = isService
        self.isBlocked = isBlocked
    }

    /// What the ready-made orders need, and two names for a shipping charge.
    public static let standard = [
        SandboxItem("MUG-01", name: "Mug", salesPrice: Decimal(1495) / 100),
        SandboxItem("LAMP-02", name: "Desk lamp", salesPrice: Decimal(5490) / 100),
        SandboxItem("TEE-M-RED", name: "Tee M red", salesPrice: 25),
        SandboxItem("GIFT-BOX", name: "Gift box", salesPrice: 42),
        SandboxItem("DESK-SET", name: "Desk set"),
        SandboxItem("SETUP-01", name: "Setup by phone", salesPrice: 79, isService: true),
        SandboxItem("SHIPPING", name: "Shipping", isService: true),
        SandboxItem("FREIGHT", name: "Freight", isService: true),
        SandboxItem("RETIRED-01", name: "No longer sold", isBlocked: true),
    ]
}
