/// The beginning of a text, cut at a character's border, with a mark where something is left out.
enum Excerpt {
    /// - Parameters:
    ///   - text: UTF-8, whole or longer than `limit`.
    ///   - limit: Bytes.
    ///   - isAll: Whether nothing was left out before.
    ///   - mark: Says how much there was.
    static func cut(_ text: some Collection<UInt8>, to limit: Int, isAll: Bool = true, mark: String) -> String {
        let kept = Array(text.prefix(limit + 1))
        guard kept.count > limit || !isAll else { return String(decoding: kept, as: UTF8.self) }
        var end = min(limit, kept.count)
        while end > 0, end < kept.count, kept[end] & 0b1100_0000 == 0b1000_0000 { end -= 1 }
        return String(decoding: kept[..<end], as: UTF8.self) + "… (\(mark))"
    }
}
