import Foundation
import Glibc

/// One conversation by the script, over any two descriptors.
final class SMTPSession {
    enum End { case closed, wantsTLS }

    private let script: SMTPScript
    private let log: SMTPServer.SharedLog
    /// A server greets, unless TLS has begun in the middle of a conversation.
    private let greets: Bool
    private var buffer: [UInt8] = []

    init(_ script: SMTPScript, log: SMTPServer.SharedLog, greets: Bool = true) {
        self.script = script
        self.log = log
        self.greets = greets
    }

    func run(reading source: Int32, writing target: Int32) -> End {
        if greets, !say("220 mail.test ESMTP", to: target) { return .closed }
        while let line = nextLine(source) {
            guard let reply = script.reply(to: line) else { continue }
            log.note(line)
            let verb = line.split(separator: " ").first.map(String.init) ?? ""
            guard goesOn(at: verb, source), say(reply, to: target) else { return .closed }
            if verb == "STARTTLS", reply.hasPrefix("220") { return .wantsTLS }
            if verb == "QUIT" { return .closed }
            if verb == "AUTH", let login = nextLine(source), !say(script.reply(toLogin: login), to: target) {
                return .closed
            }
            guard verb != "DATA" || takeMail(source, target) else { return .closed }
        }
        return .closed
    }

    private func takeMail(_ source: Int32, _ target: Int32) -> Bool {
        var mail = ""
        while let line = nextLine(source) {
            mail += line + "\r\n"
            guard line == "." else { continue }
            log.with { [mail] in $0.mails.append(mail) }
            return goesOn(at: ".", source) && say(script.mailReply, to: target)
        }
        return false
    }

    private func goesOn(at command: String, _ source: Int32) -> Bool {
        if command == script.isSilentAt { while nextLine(source) != nil {} }
        return command != script.cutsAt && command != script.isSilentAt
    }

    private func say(_ reply: String, to target: Int32) -> Bool {
        let bytes = Array((reply + "\r\n").utf8)
        return write(target, bytes, bytes.count) == bytes.count
    }

    /// Without its line end; `nil` at the end of the conversation.
    private func nextLine(_ source: Int32) -> String? {
        while true {
            if let end = buffer.firstIndex(of: 0x0A) {
                let line = buffer[..<end].filter { $0 != 0x0D }
                buffer.removeFirst(end + 1)
                return String(decoding: line, as: UTF8.self)
            }
            var bytes = [UInt8](repeating: 0, count: 16_384)
            let count = read(source, &bytes, bytes.count)
            guard count > 0 else { return nil }
            buffer += bytes.prefix(count)
        }
    }
}
