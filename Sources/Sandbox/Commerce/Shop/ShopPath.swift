/// Where a request goes: `/rest/{store}/V1/…` (PaaS) or `[/{tenant}]/V1/…` (SaaS), at once or by the bulk route.
struct ShopPath: Equatable {
    let edition: CommerceContract.Edition
    /// From the path; SaaS has it in a header.
    let store: String?
    let isBulk: Bool
    /// Behind `/V1`, decoded one by one: an encoded slash separates nothing.
    let segments: [String]

    init?(_ path: String) {
        var rest = path.split(separator: "/").map { QueryString.decode($0, plusIsSpace: false) ?? "" }[...]
        guard rest.first == "rest" else {
            if rest.first != "V1" { rest = rest.dropFirst() }
            guard rest.popFirst() == "V1" else { return nil }
            edition = .saas
            store = nil
            isBulk = rest.starts(with: ["async", "bulk"])
            segments = Array(isBulk ? rest.dropFirst(2) : rest)
            return
        }
        rest = rest.dropFirst()
        edition = .paas
        if let first = rest.first, !["V1", "async"].contains(first) {
            store = first
            rest = rest.dropFirst()
        } else {
            store = nil
        }
        isBulk = rest.starts(with: ["async", "bulk"])
        if isBulk { rest = rest.dropFirst(2) }
        guard rest.popFirst() == "V1" else { return nil }
        segments = Array(rest)
    }
}
