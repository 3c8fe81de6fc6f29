/// A folder as programs see it, and as it would be found after a power cut: only what was synced is certain.
///
/// What was written since a file's last sync may have reached the disk in any order and in any part: each sector of
/// each write, each truncation, each new or deleted name survives or not, by a throw of the dice.
struct TwoWorlds {
    /// What disks write as a whole.
    static let sector = 512

    fileprivate enum Pending {
        case write(offset: Int, [UInt8])
        case truncate(size: Int)
    }

    fileprivate struct File {
        /// Bytes that are certain.
        var durable: [UInt8] = []
        var pending: [Pending] = []
    }

    private enum NameChange {
        case create(String, file: Int)
        case delete(String)
    }

    /// By number, since a name may be given to one file after the other.
    private var files: [File] = []
    /// As programs see it.
    private var names: [String: Int] = [:]
    private var durableNames: [String: Int] = [:]
    private var pendingNames: [NameChange] = []

    mutating func apply(_ operation: FileOperation) {
        switch operation {
        case .create(let name):
            guard names[name] == nil else { return }
            files.append(File())
            names[name] = files.count - 1
            pendingNames.append(.create(name, file: files.count - 1))
        case .delete(let name):
            names[name] = nil
            pendingNames.append(.delete(name))
        case .syncFolder:
            for change in pendingNames { Self.apply(change, to: &durableNames) }
            pendingNames = []
        case .write(let name, let offset, let bytes):
            if let file = names[name] { files[file].pending.append(.write(offset: offset, bytes)) }
        case .truncate(let name, let size):
            if let file = names[name] { files[file].pending.append(.truncate(size: size)) }
        case .sync(let name):
            guard let file = names[name] else { return }
            for pending in files[file].pending { pending.apply(to: &files[file].durable) }
            files[file].pending = []
        case .mark: break
        }
    }

    /// Files with writes that nothing has made certain yet.
    var unsynced: Set<String> { Set(names.filter { !files[$0.value].pending.isEmpty }.keys) }

    /// What is found when the power comes back, by name.
    func survivors(_ dice: inout some RandomNumberGenerator) -> [String: [UInt8]] {
        // Some cuts lose next to everything that was not synced, some next to nothing, most something between.
        let luck: Double = [0.0, 0.1, 0.5, 0.9, 1].randomElement(using: &dice) ?? 0
        var found = durableNames
        for change in pendingNames where Double.random(in: 0..<1, using: &dice) < luck {
            Self.apply(change, to: &found)
        }
        return found.mapValues { number in
            var bytes = files[number].durable
            for pending in files[number].pending { pending.apply(to: &bytes, luck: luck, &dice) }
            return bytes
        }
    }

    private static func apply(_ change: NameChange, to names: inout [String: Int]) {
        switch change {
        case .create(let name, let file): names[name] = file
        case .delete(let name): names[name] = nil
        }
    }
}

extension TwoWorlds.Pending {
    fileprivate func apply(to bytes: inout [UInt8]) {
        switch self {
        case .write(let offset, let written): put(written[...], at: offset, into: &bytes)
        case .truncate(let size): resize(&bytes, size)
        }
    }

    /// - Parameter luck: In `0...1`: how likely each part has reached the disk.
    fileprivate func apply(
        to bytes: inout [UInt8], luck: Double, _ dice: inout some RandomNumberGenerator
    ) {
        switch self {
        case .write(let offset, let written):
            var start = 0
            while start < written.count {
                let end = min(start + TwoWorlds.sector - (offset + start) % TwoWorlds.sector, written.count)
                if Double.random(in: 0..<1, using: &dice) < luck {
                    put(written[start..<end], at: offset + start, into: &bytes)
                }
                start = end
            }
        case .truncate(let size):
            if Double.random(in: 0..<1, using: &dice) < luck { resize(&bytes, size) }
        }
    }

    private func put(_ part: ArraySlice<UInt8>, at offset: Int, into bytes: inout [UInt8]) {
        if bytes.count < offset + part.count { resize(&bytes, offset + part.count) }
        bytes.replaceSubrange(offset..<(offset + part.count), with: part)
    }

    private func resize(_ bytes: inout [UInt8], _ size: Int) {
        if size < bytes.count {
            bytes.removeLast(bytes.count - size)
        } else {
            bytes.append(contentsOf: repeatElement(0, count: size - bytes.count))
        }
    }
}
