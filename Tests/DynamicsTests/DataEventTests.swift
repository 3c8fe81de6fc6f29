import Cryptography
import Dynamics
import Relay
import Testing

@Suite("Reading data events in Dataverse's shape")
struct DataEventTests {
    private typealias Fixtures = BusinessEventFixtures

    @Test("A changed row is known by message and entity, and kept in order with other changes of that row")
    func updated() throws {
        let event = try BusinessEventReader.read(Fixtures.updatedCustomer())
        #expect(event.id == "OnExternalUpdated:mserp_custcustomerv3entity")
        #expect(event.legalEntity == "usmf")
        #expect(event.subjectHint == "mserp_custcustomerv3entity 0000077b-0000-0000-9a1c-005001000000")
        #expect(event.occurredAt == Timestamp(millisecondsSince1970: 1_767_261_612_000))
        #expect(!event.isTest)
        #expect(event.controlNumber == nil)
        let identity = """
            0000077b-0000-0000-9a1c-005001000000
            OnExternalUpdated
            /Date(1767261612000+0000)/
            0b7d5a3e-58d8-4c0f-9f7a-1f2f0e9a7c11
            """
        #expect(event.dedupKey == Hex.encode(SHA256.hash(Array(identity.utf8))))
    }

    @Test(
        "Another message, moment, correlation or row is another event",
        arguments: [
            ["MessageName": #""OnExternalDeleted""#],
            ["OperationCreatedOn": #""/Date(1767261612001+0000)/""#],
            ["CorrelationId": #""1b7d5a3e-58d8-4c0f-9f7a-1f2f0e9a7c11""#],
            ["InputParameters": #"[{"key": "Target", "value": {"Id": "0000077b-0000-0000-9a1c-005001000001"}}]"#],
        ])
    func different(_ changes: [String: String]) throws {
        let first = try BusinessEventReader.read(Fixtures.updatedCustomer())
        let second = try BusinessEventReader.read(Fixtures.updatedCustomer(changes.mapValues(Optional.some)))
        #expect(first.dedupKey != second.dedupKey)
    }

    @Test("Names are found whatever their case")
    func anyCase() throws {
        let event = try BusinessEventReader.read(
            Array(
                """
                { "messagename": "OnExternalCreated", "primaryEntityName": "mserp_x", "correlationID": "C",
                  "operationcreatedon": "2026-01-01T10:00:12Z", "inputParameters": [
                    { "Key": "target", "Value": { "id": "T", "attributes": [
                      { "Key": "MSERP_DataAreaId", "Value": "DAT" } ] } } ] }
                """.utf8))
        #expect(event.id == "OnExternalCreated:mserp_x")
        #expect(event.legalEntity == "dat")
        #expect(event.subjectHint == "mserp_x t")
    }

    @Test("A deletion, whose target has no attributes, has no company")
    func deletion() throws {
        let target = #"[{"key": "Target", "value": {"Id": "77b", "LogicalName": "mserp_x"}}]"#
        let event = try BusinessEventReader.read(
            Fixtures.updatedCustomer(["MessageName": #""OnExternalDeleted""#, "InputParameters": target]))
        #expect(event.legalEntity == nil)
    }

    @Test("An event over 256 KB, which comes without InputParameters, is known by its PrimaryEntityId")
    func oversized() throws {
        let event = try BusinessEventReader.read(
            Fixtures.updatedCustomer([
                "InputParameters": nil, "PrimaryEntityId": #""8E2B0F0A-0000-4000-8000-000000000001""#,
            ]))
        #expect(event.subjectHint == "mserp_custcustomerv3entity 8e2b0f0a-0000-4000-8000-000000000001")
    }

    static let bad: [(String, [String: String?])] = [
        ("PrimaryEntityName is missing; expected the entity's logical name.", ["PrimaryEntityName": nil]),
        ("OperationCreatedOn is missing; expected /Date(milliseconds+zone)/.", ["OperationCreatedOn": nil]),
        ("CorrelationId is missing; expected a GUID.", ["CorrelationId": "null"]),
        ("InputParameters.Target.Id is missing; expected the row's GUID.", ["InputParameters": nil]),
        ("InputParameters is \"x\"; expected a list.", ["InputParameters": #""x""#]),
        (
            "InputParameters.Target is the number 1; expected an entity.",
            ["InputParameters": #"[{"key": "Target", "value": 1}]"#]
        ),
        (
            "InputParameters.Target.Id is false; expected a GUID.",
            ["InputParameters": #"[{"key": "Target", "value": {"Id": false}}]"#]
        ),
        (
            "InputParameters.Target.Attributes.mserp_dataareaid is the number 5; expected a company id.",
            [
                "InputParameters":
                    #"[{"key": "Target", "value": {"Id": "x", "Attributes": "#
                    + #"[{"key": "mserp_dataareaid", "value": 5}]}}]"#
            ]
        ),
        ("MessageName is a list of 0; expected the message, such as OnExternalUpdated.", ["MessageName": "[]"]),
    ]

    @Test("A field that cannot be read is named with its place", arguments: bad)
    func badField(_ message: String, _ changes: [String: String?]) {
        #expect {
            try BusinessEventReader.read(Fixtures.updatedCustomer(changes))
        } throws: {
            "\($0)" == message
        }
    }
}
