// swift-tools-version: 6.3
import PackageDescription

let package = Package(
    name: "docent",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "docent", targets: ["docent"]),
        .library(name: "Documenter", targets: ["Documenter", "Docstrings", "PythonLanguage", "SourceCode"]),
    ],
    targets: [
        .target(name: "SourceCode"),
        .target(name: "PythonLanguage", dependencies: ["SourceCode"]),
        .target(name: "Docstrings", dependencies: ["SourceCode"]),
        .target(name: "Documenter", dependencies: ["Docstrings", "SourceCode"]),
        .executableTarget(name: "docent", dependencies: ["Documenter", "Docstrings", "PythonLanguage", "SourceCode"]),
        .testTarget(name: "SourceCodeTests", dependencies: ["SourceCode"]),
        .testTarget(name: "PythonLanguageTests", dependencies: ["PythonLanguage", "SourceCode"]),
        .testTarget(
            name: "DocstringsTests",
            dependencies: ["Docstrings", "SourceCode"],
            exclude: ["Judges"]
        ),
        .testTarget(
            name: "DocumenterTests",
            dependencies: ["Documenter", "Docstrings", "PythonLanguage", "SourceCode"],
            exclude: ["Golden"]
        ),
        .testTarget(
            name: "docentTests",
            dependencies: ["docent", "Documenter", "Docstrings", "PythonLanguage", "SourceCode"],
            exclude: ["Golden"]
        ),
    ]
)

for target in package.targets where target.type != .system {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .treatAllWarnings(as: .error),
    ]
}
