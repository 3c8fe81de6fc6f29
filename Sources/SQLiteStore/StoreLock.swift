import Foundation
import Synchronization

/// Keeps a second process out until it is released, by `flock(2)` on `<path>.lock`.
///
/// The lock belongs to the open file, so the kernel lets go of it however the process ends. The file itself stays:
/// deleting it would let two processes lock two files of the same name.
final class StoreLock: Sendable {
    private let descriptor: Mutex<Int32?>

    /// - Throws: `StoreOpenError`.
    init(forStoreAt path: String) throws {
        let lock = path + ".lock"
        let descriptor = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw StoreOpenError.unusable(path: lock, detail: String(cString: strerror(errno)))
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let reason = errno
            let holder = StoreLock.processID(in: descriptor)
            close(descriptor)
            guard reason == EWOULDBLOCK else {
                throw StoreOpenError.unusable(path: lock, detail: String(cString: strerror(reason)))
            }
            throw StoreOpenError.inUse(path: path, lock: lock, process: holder)
        }
        self.descriptor = Mutex(descriptor)
        StoreLock.write(getpid(), to: descriptor)
    }

    deinit { release() }

    func release() {
        descriptor.withLock {
            if let descriptor = $0 { close(descriptor) }
            $0 = nil
        }
    }

    /// Only for the message of the next one who comes; the lock holds without it.
    private static func write(_ process: pid_t, to descriptor: Int32) {
        let text = Array("\(process)\n".utf8)
        guard ftruncate(descriptor, 0) == 0 else { return }
        _ = pwrite(descriptor, text, text.count, 0)
    }

    private static func processID(in descriptor: Int32) -> Int? {
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        guard count > 0 else { return nil }
        return Int(String(decoding: bytes[..<count].prefix { $0 != 0x0A }, as: UTF8.self))
    }
}
