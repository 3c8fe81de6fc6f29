import Foundation
import HTTPTypes

extension EventGridSettings {
    init(_ section: ConfigurationSection) {
        self.init(
            tokens: section.requiredEndpointTokens(),
            topics: section.requiredTexts("topics", expected: "the resource id of a topic: /subscriptions/…"),
            header: section.section("header").map(Header.init), bearer: section.section("bearer").map(Bearer.init))
        section.finish()
    }
}

extension EventGridSettings.Header {
    fileprivate init(_ section: ConfigurationSection) {
        let name = section.text("name", expected: "the header that the subscription adds, such as x-causeway-key")
        if !name.isEmpty, HTTPField.Name(name) == nil {
            section.refuse("name", found: "\"\(name)\"", expected: "a header's name, such as x-causeway-key")
        }
        let expected = "the header's value"
        if section.child("values") == nil { section.missing("values", expected: expected) }
        self.init(name: name, values: section.secrets("values", expected: expected))
        section.finish()
    }
}

extension EventGridSettings.Bearer {
    fileprivate init(_ section: ConfigurationSection) {
        let expected = "the directory's id, a GUID: it is part of the tokens' issuer"
        if section.child("tenant") == nil { section.missing("tenant", expected: expected) }
        let tenant = section.value("tenant", expected: expected) {
            UUID(uuidString: $0) == nil ? nil : $0.lowercased()
        }
        let authority = section.baseURL(
            "authority", such: EntraSettings.publicAuthority, default: EntraSettings.publicAuthority)
        let applications = section.texts("applicationIDs", expected: "the id of the application that sends")
        self.init(
            tenant: tenant ?? "",
            audiences: section.requiredTexts("audiences", expected: "the id or URI of the gateway's application"),
            applicationIDs: applications.isEmpty ? [Self.eventGridApplication] : applications, authority: authority)
        keys = IssuerKeys(section, default: keys)
        section.finish()
    }
}

extension DataverseSettings {
    init(_ section: ConfigurationSection) {
        let tokens = section.requiredEndpointTokens()
        switch section.alternative(["headers", "webhookKey", "query"]) {
        case "headers":
            let pairs = section.section("headers").map { Self.pairs($0, areHeaders: true) }
            self.init(tokens: tokens, signIn: .headers(pairs ?? [:]))
        case "query":
            let pairs = section.section("query").map { Self.pairs($0, areHeaders: false) }
            self.init(tokens: tokens, signIn: .query(pairs ?? [:]))
        default:
            let keys = section.secrets("webhookKey", expected: "the key that Dataverse sends as ?code=")
            self.init(tokens: tokens, signIn: .webhookKey(keys))
        }
        section.finish()
    }

    private static func pairs(_ section: ConfigurationSection, areHeaders: Bool) -> [String: [Secret]] {
        var pairs: [String: [Secret]] = [:]
        for name in section.keys {
            if areHeaders, HTTPField.Name(name) == nil {
                section.refuseKey(name, expected: "a header's name, such as x-causeway-key")
            }
            pairs[name] = section.secrets(name, expected: "the value that Dataverse sends")
        }
        if pairs.isEmpty {
            section.reading.note(section.node, section.path, found: "nothing", expected: "at least one name: value")
        }
        section.finish()
        return pairs
    }
}
