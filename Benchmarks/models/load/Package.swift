// swift-tools-version: 6.3
import PackageDescription

let package = Package(
    name: "models-load",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "docent", path: "../../..")],
    targets: [
        .executableTarget(name: "models-load", dependencies: [.product(name: "LanguageModels", package: "docent")])
    ]
)
