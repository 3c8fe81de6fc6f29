import HTTPClient
import HTTPTypes
import Relay

/// What the answer to a batch says about each of its parts: pure, so that every kind of answer can be tried in a table.
///
/// A change set is answered by as many answers as it has operations, or by a single refusal, which then holds for all of
/// it. Whatever is missing or cannot be read leaves open whether a write happened.
struct ODataBatchReader {
    let parts: [ODataBatchPart]
    let response: OutboundResponse
    let now: Timestamp

    func outcomes() -> [Result<[ODataBatchAnswer], ODataFault>] {
        let boundary = Multipart.boundary(response.headers[.contentType])
        let answers = boundary.map { Multipart(response.body[...], boundary: $0) }
        var firstID = 1
        return parts.enumerated().map { index, part in
            let answer = answers.flatMap { $0.parts.indices.contains(index) ? $0.parts[index] : nil }
            switch part {
            case .read(let read): return self.outcome(of: read, answer)
            case .changeSet(let changes):
                defer { firstID += changes.count }
                return outcome(of: changes, firstID: firstID, answer)
            }
        }
    }

    private func outcome(
        of read: ODataBatchRead, _ part: Multipart.Part?
    ) -> Result<[ODataBatchAnswer], ODataFault> {
        guard let part, let response = ODataInnerAnswer(part)?.response else {
            return .failure(.malformedAnswer(read.call, detail: "the batch's answer has no part for it"))
        }
        let answer = ODataAnswer(call: read.call, response: response, now: now)
        return answer.isGood ? .success([ODataBatchAnswer(answer: answer)]) : .failure(answer.fault)
    }

    private func outcome(
        of changes: [ODataChange], firstID: Int, _ part: Multipart.Part?
    ) -> Result<[ODataBatchAnswer], ODataFault> {
        guard let part else { return .failure(unclear(changes, "no part of the answer is for it")) }
        var inner: [ODataInnerAnswer] = []
        var isComplete = true
        if let boundary = Multipart.boundary(part.headers["content-type"]) {
            let nested = Multipart(part.body, boundary: boundary)
            inner = nested.parts.compactMap(ODataInnerAnswer.init)
            isComplete = nested.isComplete && inner.count == nested.parts.count
        } else {
            inner = ODataInnerAnswer(part).map { [$0] } ?? []
        }
        if let (position, failed) = inner.enumerated().first(where: {
            !(200...299).contains($0.element.response.status)
        }) {
            let known = failed.contentID.map { $0 - firstID }
            // A refusal that stands alone and names no operation may be about any of them.
            let index = known ?? (inner.count > 1 || changes.count == 1 ? position : nil)
            return .failure(ODataAnswer(call: call(index, of: changes), response: failed.response, now: now).fault)
        }
        guard isComplete, inner.count == changes.count else {
            return .failure(unclear(changes, "\(inner.count) of \(changes.count) operations were answered"))
        }
        return .success(ordered(inner, changes, firstID: firstID))
    }

    /// In the order of the operations, whatever the order of the answers.
    private func ordered(
        _ inner: [ODataInnerAnswer], _ changes: [ODataChange], firstID: Int
    ) -> [ODataBatchAnswer] {
        let ids = inner.compactMap(\.contentID)
        let isNamed = Set(ids) == Set(firstID..<firstID + changes.count)
        let sorted = isNamed ? inner.sorted { ($0.contentID ?? 0) < ($1.contentID ?? 0) } : inner
        return sorted.enumerated().map { index, answer in
            ODataBatchAnswer(
                answer: ODataAnswer(call: call(index, of: changes), response: answer.response, now: now))
        }
    }

    private func call(_ index: Int?, of changes: [ODataChange]) -> ODataCall {
        guard let index, changes.indices.contains(index) else { return ODataBatchReader.call(changes) }
        var call = changes[index].call
        if changes.count > 1 { call.place = "operation \(index + 1) of \(changes.count)" }
        return call
    }

    private func unclear(_ changes: [ODataChange], _ detail: String) -> ODataFault {
        .outcomeUnclear(ODataBatchReader.call(changes), detail: "the batch's answer cannot be used: \(detail)")
    }

    /// A change set as a whole.
    static func call(_ changes: [ODataChange]) -> ODataCall {
        let sets = Set(changes.map(\.call.entitySet)).sorted().joined(separator: ", ")
        return ODataCall(method: "POST", entitySet: "$batch", place: "\(changes.count) operations on \(sets)")
    }
}
