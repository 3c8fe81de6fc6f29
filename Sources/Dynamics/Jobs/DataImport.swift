import Cryptography
import Foundation
public import Relay

/// Jobs as flows and people ask for them.
extension NewDataJob {
    /// - Parameters:
    ///   - project: An import project of F&O's data management, with a file of comma-separated values for the entity.
    ///   - overwrites: `false` for composite entities.
    /// - Throws: `DataManagementFault` if the data is no table, or too large.
    public static func importing(
        _ csv: [UInt8], as entity: String, into project: String, legalEntity: String, overwrites: Bool = true,
        sourceFormat: String = "CSV", executionID: String = freshExecutionID()
    ) throws(DataManagementFault) -> NewDataJob {
        let package = try DataPackage(project: project, entity: entity, csv: csv, sourceFormat: sourceFormat)
        return try importing(
            package, as: entity, legalEntity: legalEntity, overwrites: overwrites, executionID: executionID)
    }

    public static func importing(
        _ package: DataPackage, as entity: String, legalEntity: String, overwrites: Bool = true,
        executionID: String = freshExecutionID()
    ) throws(DataManagementFault) -> NewDataJob {
        let zip = try package.zip()
        return NewDataJob(
            kind: .import, project: package.project, entity: entity, scope: legalEntity.lowercased(),
            executionID: executionID, overwrites: overwrites, package: zip, packageDigest: SHA256.hash(zip))
    }

    /// Everything that the project exports; of an incremental project, what has changed since its last export.
    public static func exporting(
        _ entity: String, from project: String, legalEntity: String, executionID: String = freshExecutionID()
    ) -> NewDataJob {
        NewDataJob(
            kind: .export, project: project, entity: entity, scope: legalEntity.lowercased(), executionID: executionID
        )
    }

    /// Says in F&O's job history whose it is.
    public static func freshExecutionID() -> String { "causeway-\(UUID().uuidString.lowercased())" }
}
