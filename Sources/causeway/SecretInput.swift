import ArgumentParser
import Foundation

/// A secret from the person at the terminal, or from what is piped in.
enum SecretInput {
    /// A little more than any secret may have, so that a longer one is refused and not cut.
    private static let maxBytes = 128 << 10

    static func read(prompt: String) throws -> String {
        guard isatty(STDIN_FILENO) == 0 else {
            // Asks on the terminal itself and shows nothing of what is typed (getpass(3)).
            guard let text = getpass(prompt) else { throw ValidationError("There is no terminal to ask on.") }
            return String(cString: text)
        }
        var data = Data()
        while data.count < maxBytes, let piece = try FileHandle.standardInput.read(upToCount: maxBytes),
            !piece.isEmpty
        {
            data += piece
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw ValidationError("The value is not UTF-8 text; write binary values as base64.")
        }
        return text.hasSuffix("\n") ? String(text.dropLast()) : text
    }
}
