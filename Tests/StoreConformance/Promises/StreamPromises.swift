import Relay
import Testing

extension StorePromise {
    static let streams: [StorePromise] = [
        StorePromise("begins a stream with whatever number comes first") { store async throws in
            #expect(try await store.append(numbered: 100) == nil)
            #expect(try await store.append(numbered: 101) == nil)
            #expect(try await store.gaps().isEmpty)
        },
        StorePromise("says at once which numbers are missing, and keeps them in mind") { store async throws in
            #expect(try await store.append(numbered: 10) == nil)
            #expect(try await store.append(numbered: 15, at: 7) == 11...14)
            #expect(try await store.append(numbered: 17, at: 8) == 16...16)
            #expect(
                try await store.gaps() == [
                    StreamGap(stream: "s", numbers: 11...14, seenAt: at(7)),
                    StreamGap(stream: "s", numbers: 16...16, seenAt: at(8)),
                ])
        },
        StorePromise("shortens, splits and closes a gap as its numbers come") { store in
            try await store.append(numbered: 10)
            try await store.append(numbered: 20, at: 7)
            for (number, left) in [
                (11, [12...19]), (19, [12...18]), (15, [12...14, 16...18]), (17, [12...14, 16...16, 18...18]),
                (16, [12...14, 18...18]), (18, [12...14]), (13, [12...12, 14...14]), (14, [12...12]), (12, []),
            ] as [(Int64, [ClosedRange<Int64>])] {
                #expect(try await store.append(numbered: number) == nil)
                let gaps = try await store.gaps()
                #expect(gaps.map(\.numbers) == left)
                #expect(gaps.allSatisfy { $0.seenAt == at(7) })
            }
        },
        StorePromise("takes a number that came before, or one from before the first, for no news") { store in
            for number in [10, 12] as [Int64] { try await store.append(numbered: number) }
            for (number, key) in [(12, "again"), (3, "old")] as [(Int64, String)] {
                #expect(try await store.append(numbered: number, key: key) == nil)
            }
            #expect(try await store.gaps().map(\.numbers) == [11...11])
        },
        StorePromise("fills no gap with an event that it knows already") { store in
            try await store.append(numbered: 10, key: "ten")
            try await store.append(numbered: 12)
            #expect(try await store.append(numbered: 11, key: "ten") == nil)
            #expect(try await store.append(numbered: 20, key: "ten") == nil)
            #expect(try await store.gaps().map(\.numbers) == [11...11])
        },
        StorePromise("keeps streams apart") { store in
            try await store.append(numbered: 10)
            #expect(try await store.append(numbered: 20, in: "another") == nil)
            try await store.append(numbered: 22, in: "another")
            #expect(try await store.gaps().map(\.stream) == ["another"])
        },
        StorePromise("takes the largest number there is") { store in
            try await store.append(numbered: .max - 2)
            #expect(try await store.append(numbered: .max) == (.max - 1)...(.max - 1))
            #expect(try await store.append(numbered: .max - 1) == nil)
            #expect(try await store.gaps().isEmpty)
        },
        StorePromise("takes numbers at both ends of their range") { store in
            try await store.append(numbered: .min)
            #expect(try await store.append(numbered: .max) == (.min + 1)...(.max - 1))
        },
        StorePromise(
            "remembers its streams after a restart",
            beforeClosing: { store in
                try await store.append(numbered: 10)
                try await store.append(numbered: 12)
            },
            afterwards: { store async throws in
                #expect(try await store.append(numbered: 14) == 13...13)
                #expect(try await store.gaps().map(\.numbers) == [11...11, 13...13])
            }),
    ]
}

extension EventLog {
    @discardableResult
    fileprivate func append(
        numbered number: Int64, in stream: String = "s", key: String? = nil, at second: Int64 = 0
    ) async throws -> ClosedRange<Int64>? {
        try await append(
            .sample(
                key: key ?? "\(stream) \(number)", at: second,
                sequence: SequenceNumber(stream: stream, number: number)
            )
        ).gap
    }
}
