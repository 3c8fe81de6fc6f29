/// SplitMix64 (Steele, Lea, Flood, 2014): the same throws for the same seed on every machine.
struct SeededDice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x2545_F491_4F6C_DD1D }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    /// Between half and one and a half of it.
    mutating func about(_ duration: Duration) -> Duration { duration * Double.random(in: 0.5...1.5, using: &self) }
}
