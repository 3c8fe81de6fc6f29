import Foundation
public import HTTPClient
import HTTPTypes
import JSON
public import Relay
public import SignIn

/// The data package API of F&O (fin-ops-core/dev-itpro/data-entities/data-management-api), in the cloud and
/// on-premises.
///
/// Calls of the API fail with `ODataFault`, everything around packages with `DataManagementFault`.
public struct DataManagementClient: Sendable {
    private let root: ServiceRoot
    private let transport: SignedInTransport
    private let storage: BlobStorage
    private let hosts: StorageHosts
    private let limits: DataManagementLimits

    /// - Parameters:
    ///   - transport: Calls F&O.
    ///   - storage: Calls the blob storage, which is another server; `transport` by default.
    public init(
        environment: String, tokens: any AccessTokenSource, transport: any HTTPTransport,
        storage: (any HTTPTransport)? = nil, hosts: StorageHosts = StorageHosts(),
        limits: DataManagementLimits = DataManagementLimits(), clock: any WallClock = SystemClock()
    ) {
        root = ServiceRoot(environment)
        // Bodies hold links with their keys.
        self.transport = SignedInTransport(
            root: root, tokens: tokens, transport: transport, clock: clock, recordsBodies: false)
        self.storage = BlobStorage(
            transport: storage ?? transport, timeout: limits.storageTimeout, maxBytes: limits.maxPackageBytes,
            clock: clock)
        self.hosts = hosts
        self.limits = limits
    }

    /// Uploads a package.
    /// - Returns: The link that `importFromPackage` wants. It is good for some minutes or hours.
    public func upload(_ package: [UInt8]) async throws -> SignedLink {
        let link = try await writeURL()
        do {
            try await storage.put(package, to: link)
            return link
        } catch DataManagementFault.linkExpired {
            // The one before is never tried again.
            let fresh = try await writeURL()
            try await storage.put(package, to: fresh)
            return fresh
        }
    }

    /// Begins an import. Never call it for two packages at the same time.
    /// - Parameters:
    ///   - executionID: Ours; afterwards `status` tells whether it began.
    ///   - overwrite: `false` for composite entities.
    /// - Returns: The execution id, which is ours if F&O keeps to it.
    public func importFromPackage(
        _ package: SignedLink, project: String, executionID: String, legalEntity: String, overwrite: Bool
    ) async throws -> String {
        try await call(
            "ImportFromPackage", isWrite: true,
            [
                "packageUrl": .string(package.url), "definitionGroupId": .string(project),
                "executionId": .string(executionID), "execute": true, "overwrite": .bool(overwrite),
                "legalEntityId": .string(legalEntity),
            ]
        ).text()
    }

    /// Begins an export.
    /// - Parameter packageName: Of the file that F&O makes.
    public func exportToPackage(
        project: String, packageName: String, executionID: String, legalEntity: String
    ) async throws -> String {
        try await call(
            "ExportToPackage", isWrite: true,
            [
                "definitionGroupId": .string(project), "packageName": .string(packageName),
                "executionId": .string(executionID), "reExecute": false, "legalEntityId": .string(legalEntity),
            ]
        ).text()
    }

    /// - Throws: `DataManagementFault.unexpectedAnswer` for a word that is none of the seven.
    public func status(of executionID: String) async throws -> ExecutionStatus {
        let action = "GetExecutionSummaryStatus"
        let word = try await call(action, ["executionId": .string(executionID)]).text()
        guard let status = ExecutionStatus(rawValue: word) else {
            throw DataManagementFault.unexpectedAnswer(action: action, detail: "the status \"\(word.prefix(60))\"")
        }
        return status
    }

    /// Fetches what an export has made.
    /// - Returns: `nil` while F&O has no link for it yet.
    public func exportedPackage(of executionID: String) async throws -> [UInt8]? {
        do {
            return try await exportedPackageOnce(executionID)
        } catch DataManagementFault.linkExpired {
            return try await exportedPackageOnce(executionID)
        }
    }

    private func exportedPackageOnce(_ executionID: String) async throws -> [UInt8]? {
        let link = try await call("GetExportedPackageUrl", ["executionId": .string(executionID)]).text()
        return link.isEmpty ? nil : try await file(at: link)
    }

    /// Makes an incremental project export everything once more; for a delta that was lost on the way.
    public func resetVersionToken(project: String, entity: String, source: String) async throws {
        _ = try await call(
            "ResetVersionToken", isWrite: true,
            ["definitionGroupId": .string(project), "entityName": .string(entity), "sourceName": .string(source)])
    }

    func file(at link: String) async throws -> [UInt8] { try await storage.get(try hosts.checked(link)) }

    private func writeURL() async throws -> SignedLink {
        let action = "GetAzureWriteUrl"
        let name = UUID().uuidString.lowercased() + ".zip"
        // JSON in a JSON string.
        let inner = try await call(action, ["uniqueFileName": .string(name)]).inner()
        guard let url = inner?.objectValue?.value(ignoringCase: "BlobUrl")?.stringValue else {
            throw DataManagementFault.unexpectedAnswer(action: action, detail: "no BlobUrl in it")
        }
        return try hosts.checked(url)
    }

    /// - Parameter isWrite: Whether a lost answer leaves open what happened.
    func call(_ action: String, isWrite: Bool = false, _ parameters: JSONObject) async throws -> ActionAnswer {
        let call = ODataCall(method: isWrite ? "POST" : "GET", entitySet: action)
        let request = OutboundRequest(
            method: .post,
            url: "\(root.url)/data/DataManagementDefinitionGroups/Microsoft.Dynamics.DataEntities.\(action)",
            headers: [.contentType: "application/json", .accept: "application/json"],
            body: JSONWriter.bytes(.object(parameters)), timeout: limits.timeout,
            maxResponseBytes: limits.maxAnswerBytes)
        let answer = try await transport.send(call, request)
        guard answer.isGood else { throw answer.fault }
        return try ActionAnswer(answer.response.body, to: action)
    }
}

/// How long calls of the data package API take, and how much they bring.
public struct DataManagementLimits: Sendable, Equatable {
    public var timeout: Duration
    /// Of one upload or download.
    public var storageTimeout: Duration
    public var maxAnswerBytes: Int
    /// A larger package is neither sent nor fetched.
    public var maxPackageBytes: Int

    public init(
        timeout: Duration = .seconds(120), storageTimeout: Duration = .seconds(600),
        maxAnswerBytes: Int = 1 << 20, maxPackageBytes: Int = 64 << 20
    ) {
        self.timeout = timeout
        self.storageTimeout = storageTimeout
        self.maxAnswerBytes = maxAnswerBytes
        self.maxPackageBytes = maxPackageBytes
    }
}
