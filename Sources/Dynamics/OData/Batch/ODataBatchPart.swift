import HTTPClient
import HTTPTypes

/// One part of a batch.
public enum ODataBatchPart: Sendable {
    /// One transaction: F&O does all of it or nothing.
    case changeSet([ODataChange])
    case read(ODataBatchRead)

    var operationCount: Int {
        switch self {
        case .changeSet(let changes): changes.count
        case .read: 1
        }
    }
}

/// A read inside of a batch: one page of what the query finds.
public struct ODataBatchRead: Sendable {
    let call: ODataCall
    let target: String

    public init<Row: ODataRow>(_ entitySet: String, _ query: ODataQuery<Row>) {
        call = ODataCall(method: "GET", entitySet: entitySet)
        target = ODataClient.target(entitySet, query: query.options)
    }
}

/// The good answer to one operation of a batch.
public struct ODataBatchAnswer: Sendable {
    let answer: ODataAnswer

    public var status: Int { answer.response.status }

    /// - Throws: `ODataFault` if the answer holds no such row, as after an update or a delete.
    public func row<Row: ODataRow>(as type: Row.Type = Row.self) throws(ODataFault) -> Row {
        try answer.decode(Row.self)
    }

    public func page<Row: ODataRow>(as type: Row.Type = Row.self) throws(ODataFault) -> ODataPage<Row> {
        try answer.decode(ODataPage<Row>.self)
    }
}
