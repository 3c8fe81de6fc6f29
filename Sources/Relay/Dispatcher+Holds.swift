/// Pauses that destinations asked for, over a restart.
extension Dispatcher {
    /// No lane begins before they are known: a platform that has asked to be left alone is, by the next process too.
    func restoreHolds() async {
        while !isStopping {
            do {
                return try await holds.restore()
            } catch {
                observer.notice(.storeTrouble("cannot read which destinations asked for a pause: \(error)"))
                try? await clock.sleep(for: Self.restAfterTrouble)
            }
        }
    }

    /// Until the book is closed.
    func keepHolds() async {
        while let names = await holds.news() {
            for name in names {
                do {
                    try await holds.write(name)
                } catch {
                    observer.notice(.storeTrouble("cannot write down the pause that \(name) asked for: \(error)"))
                    // A stopping process gives up.
                    guard !isStopping else { return }
                    try? await clock.sleep(for: Self.restAfterTrouble)
                }
            }
        }
    }
}
