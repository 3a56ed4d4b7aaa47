// swift-tools-version: 6.1
import PackageDescription

// Every shipped target is checked for the imports it uses itself, file by file.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "Assay",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "assay", targets: ["assay"]),
        .library(name: "LinearAlgebra", targets: ["LinearAlgebra"]),
        .library(name: "Probability", targets: ["Probability"]),
        .library(name: "Datasets", targets: ["Datasets"]),
        .library(name: "Psychometrics", targets: ["Psychometrics"]),
        .library(name: "StructuralModels", targets: ["StructuralModels"]),
        .library(name: "MixedModels", targets: ["MixedModels"]),
        .library(name: "SetTheoreticAnalysis", targets: ["SetTheoreticAnalysis"]),
        .library(name: "StudyDesign", targets: ["StudyDesign"]),
        .library(name: "PublicationAudit", targets: ["PublicationAudit"]),
        .library(name: "Reporting", targets: ["Reporting"]),
        .library(name: "Studies", targets: ["Studies"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // The borders to C and C++.
        .systemLibrary(name: "COpenBLAS", providers: [.apt(["libopenblas-dev"]), .brew(["openblas"])]),
        .systemLibrary(name: "CReadStat", providers: [.apt(["libreadstat-dev"]), .brew(["readstat"])]),
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
        .target(name: "CBoostMath", cxxSettings: [.define("BOOST_MATH_PROMOTE_DOUBLE_POLICY", to: "false")]),
        .target(name: "CClusterKernels"),

        // Mathematics.
        .target(name: "LinearAlgebra", dependencies: ["COpenBLAS"], swiftSettings: settings),
        .target(name: "Probability", dependencies: ["CBoostMath"], swiftSettings: settings),
        .target(name: "Optimization", dependencies: ["LinearAlgebra"], swiftSettings: settings),

        // Data and models.
        .target(name: "Datasets", dependencies: ["CReadStat", "CZlib", "LinearAlgebra"], swiftSettings: settings),
        .target(
            name: "Psychometrics", dependencies: ["LinearAlgebra", "Probability"], swiftSettings: settings),
        .target(
            name: "StructuralModels", dependencies: ["LinearAlgebra", "Probability", "Optimization", "Psychometrics"],
            swiftSettings: settings),
        .target(
            name: "MixedModels", dependencies: ["CClusterKernels", "LinearAlgebra", "Probability", "Optimization"],
            swiftSettings: settings),
        .target(
            name: "SetTheoreticAnalysis", dependencies: ["LinearAlgebra", "Probability"], swiftSettings: settings),
        .target(
            name: "StudyDesign",
            dependencies: [
                "LinearAlgebra", "Probability", "Optimization", "Datasets", "Psychometrics", "StructuralModels",
                "MixedModels",
            ],
            swiftSettings: settings),
        .target(
            name: "PublicationAudit", dependencies: ["LinearAlgebra", "Probability", "SetTheoreticAnalysis"],
            swiftSettings: settings),

        // From results to documents, from a study file to a report.
        .target(
            name: "Reporting",
            dependencies: [
                "LinearAlgebra", "Probability", "Optimization", "Psychometrics", "StructuralModels", "MixedModels",
                "SetTheoreticAnalysis", "PublicationAudit",
            ],
            swiftSettings: settings),
        .target(
            name: "Studies",
            dependencies: [
                "LinearAlgebra", "Probability", "Optimization", "Datasets", "Psychometrics", "StructuralModels",
                "MixedModels", "SetTheoreticAnalysis", "StudyDesign", "PublicationAudit", "Reporting",
                .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: settings),
        .executableTarget(
            name: "assay",
            dependencies: [
                "Datasets", "Psychometrics", "StructuralModels", "MixedModels", "SetTheoreticAnalysis", "StudyDesign",
                "PublicationAudit", "Reporting", "Studies",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings),

        .testTarget(name: "LinearAlgebraTests", dependencies: ["LinearAlgebra"], swiftSettings: settings),
        .testTarget(name: "ProbabilityTests", dependencies: ["Probability"], swiftSettings: settings),
        .testTarget(name: "OptimizationTests", dependencies: ["Optimization"], swiftSettings: settings),
        .testTarget(
            name: "DatasetsTests", dependencies: ["Datasets", "LinearAlgebra", "CZlib"], resources: [.copy("Files")],
            swiftSettings: settings),
        .testTarget(
            name: "PsychometricsTests", dependencies: ["Psychometrics", "LinearAlgebra"], resources: [.copy("Files")],
            swiftSettings: settings),
        .testTarget(
            name: "StructuralModelsTests",
            dependencies: ["StructuralModels", "Psychometrics", "Optimization", "Probability", "LinearAlgebra"],
            resources: [.copy("Files")],
            swiftSettings: settings),
        .testTarget(
            name: "MixedModelsTests", dependencies: ["MixedModels", "Optimization", "Probability", "LinearAlgebra"],
            resources: [.copy("Files")], swiftSettings: settings),
        .testTarget(
            name: "SetTheoreticAnalysisTests", dependencies: ["SetTheoreticAnalysis", "Probability", "LinearAlgebra"],
            resources: [.copy("Files")], swiftSettings: settings),
        .testTarget(
            name: "StudyDesignTests",
            dependencies: [
                "StudyDesign", "Datasets", "Probability", "LinearAlgebra", "StructuralModels", "MixedModels",
            ],
            resources: [.copy("Files")],
            swiftSettings: settings),
        .testTarget(
            name: "PublicationAuditTests",
            dependencies: ["PublicationAudit", "Probability", "LinearAlgebra", "SetTheoreticAnalysis"],
            resources: [.copy("Files")], swiftSettings: settings),
        .testTarget(
            name: "ReportingTests",
            dependencies: ["Reporting", "Probability", "Psychometrics", "SetTheoreticAnalysis", "LinearAlgebra"],
            swiftSettings: settings),
        .testTarget(
            name: "StudiesTests",
            dependencies: [
                "Studies", "Datasets", "Psychometrics", "StructuralModels", "MixedModels", "SetTheoreticAnalysis",
                "StudyDesign", "PublicationAudit", "Reporting", "LinearAlgebra",
            ],
            resources: [.copy("Files")], swiftSettings: settings),
        .testTarget(name: "AssayTests", dependencies: ["assay"], swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
