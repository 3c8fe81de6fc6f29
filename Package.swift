// swift-tools-version: 6.2
import PackageDescription

// The folder list is the architecture: `docs/architecture.md` draws the arrows, and the compiler keeps them.
// A dependency that is not listed here needs a reason in the commit that adds it.

/// Warnings fail the build where nobody would read them; a developer at work only sees them.
let strictness: [SwiftSetting] =
    Context.environment["CI"] == nil ? [] : [.treatAllWarnings(as: .error)]

let settings: [SwiftSetting] =
    [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ] + strictness

let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
/// SQLite's C interface as GRDB sees it, for the one hook that GRDB does not offer.
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
    .testTarget(name: name + "Tests", dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

let package = Package(
    name: "causeway",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "causeway", targets: ["causeway"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // C libraries of the system: module maps and typed wrappers for variadic calls, no logic.
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
        .systemLibrary(name: "CSockets"),
        // The yardstick of `scripts/bench http`; no part of the product.
        .target(name: "CBareLoop"),

        // JSON from outside, exact and strict. Knows nothing of ours.
        module("JSON"),

        // Comma-separated values from outside. Knows nothing of ours.
        module("CSV"),

        // Zip archives from outside, in memory, with limits. Knows nothing of ours.
        module("Archive", ["CZip"]),

        // The core and its edges. None of them knows another one.
        module("Relay", [logging, metrics]),
        module("Cryptography", ["COpenSSL"]),
        module("HTTPClient", ["CCurl", httpTypes]),
        module("HTTPServer", ["CSockets", "COpenSSL", httpTypes, logging]),
        module("SQLiteStore", ["Relay", "Cryptography", grdb, sqlite, logging]),

        // Tokens: asked for, shared, and checked. Knows no platform.
        module("SignIn", ["Relay", "HTTPClient", "Cryptography", "JSON", httpTypes]),

        // The two platforms. They don't know each other.
        module("Commerce", ["Relay", "HTTPClient", "SignIn", "Cryptography", "JSON", httpTypes]),
        module("Dynamics", ["Relay", "HTTPClient", "SignIn", "Archive", "CSV", "Cryptography", "JSON", httpTypes]),

        // How one record becomes another, as documents say it. Knows no platform and no event.
        module("Mapping", ["JSON", yams]),

        // The only place that sees both platforms, and both platforms simulated.
        .target(
            name: "Flows",
            dependencies: ["Relay", "Mapping", "Commerce", "Dynamics", "Cryptography", "JSON"],
            resources: [.embedInCode("Mappings")], swiftSettings: settings),
        .target(
            name: "Sandbox",
            dependencies: ["HTTPServer", "HTTPClient", "Archive", "Cryptography", "JSON", httpTypes, logging],
            exclude: ["Contracts/NOTICE"],
            resources: [
                .embedInCode("Contracts/commerce-paas.json"), .embedInCode("Contracts/commerce-saas.json"),
            ],
            swiftSettings: settings),

        // Configuration and wiring, and the command on top.
        module(
            "Gateway",
            [
                "Relay", "SQLiteStore", "HTTPServer", "HTTPClient", "SignIn", "Cryptography", "JSON", "Commerce",
                "Dynamics", "Flows", "Mapping", "CSV", httpTypes, logging, metrics, yams,
            ]),
        .executableTarget(
            name: "causeway",
            dependencies: [
                "Gateway", "Mapping", "JSON", "Sandbox", "HTTPServer", "HTTPClient", "Cryptography", "Relay",
                argumentParser, logging, httpTypes,
            ],
            swiftSettings: settings),

        // Measures the real program from outside; see `scripts/bench`. Not installed.
        .executableTarget(
            name: "causeway-bench",
            dependencies: [
                "Relay", "SQLiteStore", "HTTPClient", "HTTPServer", "Cryptography", "CSockets", "COpenSSL",
                "CBareLoop", sqlite, argumentParser, httpTypes, logging,
            ],
            swiftSettings: settings),

        // Kills, faults, jumps of the clock and full disks, and a count at the end; see `scripts/chaos`. Not installed.
        .target(
            name: "Chaos",
            dependencies: ["TestSupport", "Sandbox", "HTTPClient", "Cryptography", httpTypes, logging, sqlite],
            resources: [.embedInCode("clock_shift.c")], swiftSettings: settings),
        .executableTarget(
            name: "causeway-chaos", dependencies: ["Chaos", argumentParser], swiftSettings: settings),

        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
        // What every store must keep; a second store's tests take it as it is.
        .target(
            name: "StoreConformance", dependencies: ["Relay"], path: "Tests/StoreConformance", swiftSettings: settings
        ),
        // Writes down what SQLite does to its files, for the tests of power loss.
        .target(name: "CPowerLoss", path: "Tests/CPowerLoss"),
        tests("JSON", ["JSON"]),
        tests("Archive", ["Archive"]),
        tests("CSV", ["CSV"]),
        tests("Relay", ["Relay"]),
        tests("Cryptography", ["Cryptography"]),
        tests("HTTPClient", ["TestSupport", "HTTPClient", "HTTPServer", "Cryptography", httpTypes]),
        tests("HTTPServer", ["HTTPServer", "COpenSSL", httpTypes, logging]),
        tests(
            "SQLiteStore",
            ["TestSupport", "StoreConformance", "CPowerLoss", "SQLiteStore", "Relay", grdb, logging]),
        tests("SignIn", ["SignIn", "HTTPClient", "Relay", "Cryptography", "JSON", httpTypes]),
        tests("Commerce", ["Commerce", "HTTPClient", "SignIn", "Relay", "Cryptography", "JSON", httpTypes]),
        // Everything that the client sends, against Adobe's schemas and against the simulated shop.
        tests(
            "CommerceContract",
            [
                "Commerce", "Sandbox", "HTTPClient", "HTTPServer", "Relay", "Cryptography", "JSON", httpTypes,
                logging,
            ]),
        tests(
            "Dynamics",
            [
                "StoreConformance", "Dynamics", "Sandbox", "Archive", "HTTPClient", "SignIn", "Relay", "Cryptography",
                "JSON", httpTypes, logging,
            ]),
        tests("Mapping", ["Mapping", "JSON"]),
        tests(
            "Flows",
            [
                "Flows", "Relay", "Mapping", "Commerce", "Dynamics", "Sandbox", "HTTPClient", "JSON", httpTypes,
                logging,
            ],
            exclude: ["Golden", "Orders"]),
        tests("Chaos", ["Chaos", "Sandbox"]),
        tests("Sandbox", ["Sandbox", "HTTPServer", "HTTPClient", "Cryptography", "JSON", httpTypes, logging]),
        tests(
            "Gateway",
            [
                "TestSupport", "StoreConformance", "SQLiteStore", "Gateway", "Flows", "Mapping", "JSON", "HTTPServer",
                "HTTPClient", "Relay", "Cryptography", "Commerce",
                "Dynamics", httpTypes, logging, metrics, yams,
            ]),
        tests(
            "EndToEnd",
            [
                "TestSupport", "Chaos", "causeway", "Gateway", "Flows", "Sandbox", "HTTPServer", "HTTPClient",
                "Cryptography", "JSON", "Relay", "SQLiteStore", httpTypes, logging, sqlite,
            ]),
    ]
)
