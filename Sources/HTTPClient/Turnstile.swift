/// Who may go on to libcurl, and who waits for another to leave. Pure.
///
/// libcurl can queue transfers by itself, but its queue sometimes holds one back until a timer runs out although a
/// connection is free (seen with 7.88), and it does not watch deadlines of those in it.
struct Turnstile<Element> {
    private let maxPerDestination: Int
    private let maxTotal: Int
    private var inside: [Origin: Int] = [:]
    private var total = 0
    /// In order of arrival.
    private(set) var waiting: [(destination: Origin, element: Element)] = []

    init(maxPerDestination: Int, maxTotal: Int) {
        self.maxPerDestination = max(1, maxPerDestination)
        self.maxTotal = max(1, maxTotal)
    }

    mutating func arrive(_ element: Element, for destination: Origin) {
        waiting.append((destination, element))
    }

    /// Lets the first one in for whose destination there is room. One that waits for a busy destination holds up
    /// nobody who wants to go elsewhere.
    mutating func admit() -> Element? {
        guard total < maxTotal,
            let index = waiting.firstIndex(where: { inside[$0.destination, default: 0] < maxPerDestination })
        else { return nil }
        let (destination, element) = waiting.remove(at: index)
        inside[destination, default: 0] += 1
        total += 1
        return element
    }

    /// One of those let in for this destination is done.
    mutating func leave(_ destination: Origin) {
        let left = inside[destination, default: 1] - 1
        inside[destination] = left == 0 ? nil : left
        total -= 1
    }

    /// Takes out those who give up waiting.
    mutating func withdraw(where isGivingUp: (Element) -> Bool) -> [Element] {
        let leaving = waiting.map(\.element).filter(isGivingUp)
        if !leaving.isEmpty { waiting.removeAll { isGivingUp($0.element) } }
        return leaving
    }
}
