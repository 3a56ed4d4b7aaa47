// swift-tools-version: 6.1
import PackageDescription

let package = Package(
    name: "Benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "Assay", path: "..")],
    targets: [
        .executableTarget(
            name: "benchmark",
            dependencies: [
                .product(name: "StructuralModels", package: "Assay"), .product(name: "MixedModels", package: "Assay"),
                .product(name: "SetTheoreticAnalysis", package: "Assay"), .product(name: "Reporting", package: "Assay"),
                .product(name: "Probability", package: "Assay"),
                .product(name: "Datasets", package: "Assay"), .product(name: "LinearAlgebra", package: "Assay"),
            ]),
        .executableTarget(
            name: "audit-accuracy",
            dependencies: [
                .product(name: "Studies", package: "Assay"), .product(name: "Reporting", package: "Assay"),
                .product(name: "PublicationAudit", package: "Assay"), .product(name: "Datasets", package: "Assay"),
                .product(name: "Probability", package: "Assay"),
            ]),
    ],
    swiftLanguageModes: [.v6]
)
