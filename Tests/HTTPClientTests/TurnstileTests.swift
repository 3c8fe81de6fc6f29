import Testing

@testable import HTTPClient

@Suite struct TurnstileTests {
    private let shop: Origin
    private let erp: Origin

    init() throws {
        shop = try Origin(url: "https://shop.example.com/")
        erp = try Origin(url: "https://erp.example.com/")
    }

    /// Everybody who is let in now.
    private func admitted(_ turnstile: inout Turnstile<Int>) -> [Int] {
        var admitted: [Int] = []
        while let element = turnstile.admit() { admitted.append(element) }
        return admitted
    }

    @Test("lets in as many as allowed for a destination, in order, and others past those who wait")
    func perDestination() {
        var turnstile = Turnstile<Int>(maxPerDestination: 2, maxTotal: 10)
        for number in 1...4 { turnstile.arrive(number, for: shop) }
        turnstile.arrive(5, for: erp)
        #expect(admitted(&turnstile) == [1, 2, 5])
        turnstile.leave(shop)
        #expect(admitted(&turnstile) == [3])
        turnstile.leave(erp)
        #expect(admitted(&turnstile) == [])
        #expect(turnstile.waiting.map(\.element) == [4])
    }

    @Test("lets in no more than allowed altogether")
    func total() {
        var turnstile = Turnstile<Int>(maxPerDestination: 2, maxTotal: 2)
        turnstile.arrive(1, for: shop)
        turnstile.arrive(2, for: erp)
        turnstile.arrive(3, for: erp)
        #expect(admitted(&turnstile) == [1, 2])
        turnstile.leave(shop)
        #expect(admitted(&turnstile) == [3])
    }

    @Test("who gives up waiting is gone and takes no place")
    func withdrawal() {
        var turnstile = Turnstile<Int>(maxPerDestination: 1, maxTotal: 1)
        for number in 1...3 { turnstile.arrive(number, for: shop) }
        #expect(admitted(&turnstile) == [1])
        let withdrawn = turnstile.withdraw { $0 == 2 }
        #expect(withdrawn == [2])
        turnstile.leave(shop)
        #expect(admitted(&turnstile) == [3])
    }

    @Test("limits below one count as one, so that nobody waits for ever", arguments: [0, -1])
    func impossibleLimits(_ limit: Int) {
        var turnstile = Turnstile<Int>(maxPerDestination: limit, maxTotal: limit)
        turnstile.arrive(1, for: shop)
        #expect(admitted(&turnstile) == [1])
    }
}
