/// A token as a sign-in service gave it.
public struct IssuedToken: Sendable {
    public let token: String
    /// How long it is taken, counted from when it was asked for.
    public let life: Duration

    /// The longest life that is believed: a longer one would only hide a fault.
    public static let longestLife = Duration.seconds(24 * 3600)

    public init(token: String, life: Duration) {
        self.token = token
        self.life = min(life, Self.longestLife)
    }
}
