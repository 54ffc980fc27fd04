// swift-tools-version: 6.3
import PackageDescription

let package = Package(
    name: "token-speed",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "docent", path: "../..")],
    targets: [
        .executableTarget(name: "token-speed", dependencies: [.product(name: "Tokenization", package: "docent")])
    ]
)
