import Commerce

extension CommerceEventSettings {
    init(_ section: ConfigurationSection, _ files: ConfigurationFiles) {
        self.init(
            clientID: section.text("clientID", expected: "the client id of the project in Adobe's Developer Console"),
            publicKeys: section.publicKeys("publicKeys", files),
            clientSecrets: section.secrets("clientSecrets", expected: "the project's client secret"),
            types: section.eventTypes())
        section.finish()
    }
}

extension ConfigurationSection {
    /// `orderEvents`, `invoiceEvents`, …; kinds for which nothing is said are left out.
    fileprivate func eventTypes() -> [CommerceRecordKind: Set<String>] {
        var types: [CommerceRecordKind: Set<String>] = [:]
        for kind in CommerceRecordKind.allCases {
            let named = texts("\(kind.rawValue)Events", expected: "a type of event, such as observer.order_paid")
            if !named.isEmpty { types[kind] = Set(named) }
        }
        return types
    }
}

extension WebhookIMSSettings {
    /// - Parameter hasSignatures: Whether webhooks may be signed as well.
    init(_ section: ConfigurationSection, hasSignatures: Bool) {
        let keys = IssuerKeys(section, default: .keySet(Self.publicKeySet))
        self.init(
            clientIDs: section.requiredTexts("clientIDs", expected: "the client id of the hooks' OAuth credentials"),
            organization: section.text("organization", expected: "the IMS organization, such as 0123ABC@AdobeOrg"),
            keys: keys, demand: section.choice("demand", default: .both))
        if section.child("demand") != nil, !hasSignatures {
            section.refuse(
                "demand", found: "a choice between one thing", expected: "nothing here, or signatures beside ims")
        }
        section.finish()
    }
}

extension IssuerKeys {
    /// Reads `keySet`, the address of a key set, or `publicKeys`.
    init(_ section: ConfigurationSection, default fallback: IssuerKeys) {
        let pinned = section.publicKeys("publicKeys")
        if section.child("publicKeys") != nil, section.child("keySet") != nil {
            section.refuse("keySet", found: "an address beside publicKeys", expected: "one of the two")
        }
        if !pinned.isEmpty {
            self = .pinned(pinned)
        } else if section.child("keySet") != nil {
            self = .keySet(section.baseURL("keySet", such: WebhookIMSSettings.publicKeySet))
        } else {
            self = fallback
        }
    }
}
