import JSON

/// The few fields of a record, as they stand in a webhook.
protocol WebhookSighting {
    init(place: RecordPlace)

    /// Whether a body's own members are a record.
    var isRecord: Bool { get }

    /// Reads the value of the member that was just named, or skips it.
    mutating func take(_ name: JSONScanner.Text, _ scanner: inout JSONScanner) throws(JSONSyntaxError)
}

extension WebhookSighting {
    /// One pass over the bytes, to their end: what is stored is JSON.
    /// - Returns: The record in the first of `places` that holds one.
    static func find(in body: [UInt8], at places: [RecordPlace]) throws(JSONSyntaxError) -> Self? {
        var finder = SightingFinder<Self>(places: places)
        return try finder.search(body)
    }
}

private struct SightingFinder<Sighting: WebhookSighting> {
    let places: [RecordPlace]
    /// With their rank in `places`.
    var sightings: [(rank: Int, sighting: Sighting)] = []

    mutating func search(_ body: [UInt8]) throws(JSONSyntaxError) -> Sighting? {
        var scanner = JSONScanner(body)
        var bare = Sighting(place: .bare)
        let first = try scanner.next()
        if first == .beginObject {
            while case .key(let name) = try scanner.next() {
                if scanner.isEqual(name, "data") {
                    try searchData(&scanner)
                } else if let rank = rank(.top, name, scanner) {
                    try read(&scanner, rank)
                } else {
                    try bare.take(name, &scanner)
                }
            }
        } else {
            try scanner.skip(first)
        }
        _ = try scanner.next()
        return sightings.min { $0.rank < $1.rank }?.sighting ?? (bare.isRecord ? bare : nil)
    }

    private mutating func searchData(_ scanner: inout JSONScanner) throws(JSONSyntaxError) {
        let token = try scanner.next()
        guard token == .beginObject else { return try scanner.skip(token) }
        while case .key(let name) = try scanner.next() {
            if let rank = rank(.data, name, scanner) {
                try read(&scanner, rank)
            } else {
                try scanner.skipValue()
            }
        }
    }

    private func rank(_ level: RecordPlace.Level, _ name: JSONScanner.Text, _ scanner: JSONScanner) -> Int? {
        places.firstIndex { $0.level == level && scanner.isEqual(name, $0.key) }
    }

    /// Of members with the same name, the last one counts, as in PHP.
    private mutating func read(_ scanner: inout JSONScanner, _ rank: Int) throws(JSONSyntaxError) {
        sightings.removeAll { $0.rank == rank }
        let token = try scanner.next()
        guard token == .beginObject else { return try scanner.skip(token) }
        var sighting = Sighting(place: places[rank])
        while case .key(let name) = try scanner.next() { try sighting.take(name, &scanner) }
        sightings.append((rank, sighting))
    }
}
