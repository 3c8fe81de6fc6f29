/// What one run does.
public struct ChaosPlan: Sendable {
    /// Orders placed; each is two to seven events.
    public var orders = 10_000
    /// No order is placed any more after this.
    public var placeFor = Duration.seconds(900)
    /// How long everything may take to come to an end once the weather is good again.
    public var settleFor = Duration.seconds(300)
    /// The same seed gives the same orders and the same weather; what meets what is left to the machine.
    public var seed: UInt64 = 1
    /// Orders on their way at the same time, from their first event to their last effect.
    public var inFlight = 200
    public var kills = true
    public var faults = true
    public var clockJumps = true
    public var diskFull = true
    /// Between two kills, on average.
    public var killEvery = Duration.seconds(4)
    /// Between two jumps of the clock, on average.
    public var jumpEvery = Duration.seconds(3)
    /// Between two times of a full disk, on average.
    public var fillEvery = Duration.seconds(8)
    /// The `causeway` binary.
    public var executable: String

    public init(executable: String) { self.executable = executable }
}
