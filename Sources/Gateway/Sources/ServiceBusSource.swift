import Dynamics
import HTTPClient
import Logging
import Relay
import SignIn

/// Business Events from Service Bus: all receivers of one queue or subscription.
struct ServiceBusSource: Sendable {
    let book: SourceBook
    private let receiver: ServiceBusReceiver
    private let count: Int

    /// - Parameter entra: A source of tokens for `SignInResource.serviceBus`; asked only if they are configured.
    init(
        _ settings: ServiceBusSettings, entra: () -> any AccessTokenSource, transport: any HTTPTransport,
        intake: Intake, routes: [String: Route], fields: NoticeFields, unreadable: Route, signals: AlertSignals,
        onTestEvent: @escaping @Sendable () -> Void, clock: any WallClock, logger: Logger
    ) {
        let credential: ServiceBusCredential =
            switch settings.auth {
            case .sas(let policy, let key): .signature(ServiceBusSignature(policy: policy, key: key.reveal()))
            case .entra: .entra(entra())
            }
        let client = ServiceBusClient(
            place: settings.place, credential: credential, transport: transport,
            limits: ServiceBusLimits(longPoll: settings.longPoll, maxMessageBytes: settings.maxMessageBytes),
            clock: clock)
        book = SourceBook(
            name: ServiceBusReceiver.name, place: settings.place.entity, receivers: settings.receivers, clock: clock)
        receiver = ServiceBusReceiver(
            client: client, intake: intake, routes: routes, fields: fields, unreadable: unreadable,
            renewEvery: settings.renewEvery, book: book, signals: signals, onTestEvent: onTestEvent, clock: clock,
            logger: logger)
        count = settings.receivers
    }

    /// Works until it is cancelled; then it ends when the messages in hand are stored.
    func run() async {
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<count { group.addTask { await receiver.run() } }
        }
    }
}
