import Dynamics

extension ServiceBusSettings {
    /// - Returns: A stand-in if a problem was noted.
    init(_ section: ConfigurationSection) {
        defer { section.finish() }
        let namespace = section.namespace()
        var auth = Auth.entra
        if let ways = section.requiredSection("auth", holding: "sas: { policy, key } or entra: true") {
            auth = Auth(ways)
        }
        self.init(place: Self.place(in: namespace, section), auth: auth)
        receivers = section.integer("receivers", in: 1...32, default: receivers)
        longPoll = section.duration("longPoll", in: .seconds(1)...(.seconds(60)), default: longPoll)
        renewEvery = section.duration("renewEvery", in: .seconds(1)...(.seconds(240)), default: renewEvery)
        maxMessageBytes = section.bytes("maxMessage", in: 1 << 10...64 << 20, default: maxMessageBytes)
    }

    private static func place(in namespace: String, _ section: ConfigurationSection) -> ServiceBusPlace {
        let topic = section.optionalText("topic", expected: "the name of a topic")
        let subscription = section.optionalText("subscription", expected: "the name of a subscription of the topic")
        guard section.alternative(["queue", "topic"]) == "topic" else {
            if subscription != nil, topic == nil {
                section.refuseKey("subscription", expected: "topic beside it; a queue has no subscriptions")
            }
            return ServiceBusPlace(namespace: namespace, queue: section.text("queue", default: ""))
        }
        if subscription == nil { section.missing("subscription", expected: "the subscription of the topic") }
        return ServiceBusPlace(namespace: namespace, topic: topic ?? "", subscription: subscription ?? "")
    }
}

extension ServiceBusSettings.Auth {
    fileprivate init(_ section: ConfigurationSection) {
        defer { section.finish() }
        self = .entra
        switch section.alternative(["sas", "entra"]) {
        case "sas":
            guard let sas = section.section("sas") else { return }
            defer { sas.finish() }
            self = .sas(
                policy: sas.text("policy", expected: "the name of a shared access policy"),
                key: sas.secret("key", expected: "the policy's primary or secondary key"))
        case "entra":
            guard !section.flag("entra", default: true) else { return }
            section.refuse("entra", found: "false", expected: "true, or sas: { policy, key } in its place")
        default: return
        }
    }
}

extension ConfigurationSection {
    /// `contoso`, `contoso.servicebus.windows.net`, or an address, for national clouds and rehearsals.
    fileprivate func namespace() -> String {
        let example = "https://contoso.servicebus.windows.net"
        _ = flag("allowPlainHTTP", default: false)
        let expected = "a name such as contoso, or an address such as \(example)"
        if child("namespace") == nil { missing("namespace", expected: expected) }
        guard let text = optionalText("namespace", expected: expected) else { return example }
        if text.contains("://") { return baseURL("namespace", such: example) }
        guard !text.isEmpty, text.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-.".contains($0)) })
        else {
            refuse("namespace", found: "\"\(text)\"", expected: expected)
            return example
        }
        return "https://" + (text.contains(".") ? text : text + ".servicebus.windows.net")
    }
}
