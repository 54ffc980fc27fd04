// swift-tools-version: 6.3
import PackageDescription

let package = Package(
    name: "docent",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "docent", targets: ["docent"]),
        .library(name: "LanguageModels", targets: ["LanguageModels", "ModelProviders", "HTTPTransport"]),
        .library(name: "Tokenization", targets: ["Tokenization", "ModelCatalog", "LanguageModels"]),
        .executable(name: "docent-simulate", targets: ["docent-simulate"]),
        .library(name: "Documenter", targets: ["Documenter", "Docstrings", "PythonLanguage", "SourceCode"]),
    ],
    targets: [
        .systemLibrary(name: "CCurl", providers: [.apt(["libcurl4-openssl-dev"]), .brew(["curl"])]),
        .systemLibrary(name: "CYaml", providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
        .systemLibrary(name: "CMicrohttpd", providers: [.apt(["libmicrohttpd-dev"]), .brew(["libmicrohttpd"])]),
        .target(name: "LanguageModels"),
        .target(name: "HTTPTransport", dependencies: ["CCurl"]),
        .target(name: "ModelProviders", dependencies: ["LanguageModels", "HTTPTransport", "CYaml"]),
        .executableTarget(name: "docent-simulate", dependencies: ["LanguageModels", "CMicrohttpd"]),
        .target(
            name: "CVocabularies",
            exclude: ["Data", "unicode-classes.txt"]
        ),
        .target(name: "Tokenization", dependencies: ["CVocabularies"]),
        .target(name: "CModelCatalog", exclude: ["model-catalog.json"]),
        .target(name: "ModelCatalog", dependencies: ["CModelCatalog", "LanguageModels", "Tokenization"]),
        .testTarget(
            name: "ModelCatalogTests",
            dependencies: ["ModelCatalog", "LanguageModels", "Tokenization", "TestSupport"],
            exclude: ["Judges"]
        ),
        .testTarget(name: "TokenizationTests", dependencies: ["Tokenization", "TestSupport"]),
        .target(name: "SourceCode"),
        .target(name: "PythonLanguage", dependencies: ["SourceCode"]),
        .target(name: "Docstrings", dependencies: ["SourceCode"]),
        .target(name: "Documenter", dependencies: ["Docstrings", "SourceCode"]),
        .executableTarget(
            name: "docent",
            dependencies: [
                "Documenter", "Docstrings", "PythonLanguage", "SourceCode", "LanguageModels", "ModelProviders",
                "HTTPTransport", "ModelCatalog", "Tokenization",
            ]
        ),
        .systemLibrary(name: "CSpawn", path: "Tests/CSpawn"),
        .target(name: "TestSupport", dependencies: ["CSpawn"], path: "Tests/TestSupport"),
        .testTarget(name: "LanguageModelsTests", dependencies: ["LanguageModels", "TestSupport"], exclude: ["Golden"]),
        .testTarget(name: "HTTPTransportTests", dependencies: ["HTTPTransport", "TestSupport"]),
        .testTarget(
            name: "ModelProvidersTests",
            dependencies: ["ModelProviders", "LanguageModels", "HTTPTransport", "TestSupport"],
            exclude: ["Judges"]
        ),
        .testTarget(
            name: "DocentSimulateTests",
            dependencies: ["docent-simulate", "ModelProviders", "LanguageModels", "HTTPTransport", "TestSupport"]
        ),
        .testTarget(name: "SourceCodeTests", dependencies: ["SourceCode"]),
        .testTarget(name: "PythonLanguageTests", dependencies: ["PythonLanguage", "SourceCode", "TestSupport"]),
        .testTarget(
            name: "DocstringsTests",
            dependencies: ["Docstrings", "SourceCode", "TestSupport"],
            exclude: ["Judges"]
        ),
        .testTarget(
            name: "DocumenterTests",
            dependencies: ["Documenter", "Docstrings", "PythonLanguage", "SourceCode", "TestSupport"],
            exclude: ["Golden"]
        ),
        .testTarget(
            name: "docentTests",
            dependencies: [
                "docent", "Documenter", "Docstrings", "PythonLanguage", "SourceCode", "LanguageModels", "ModelCatalog",
                "ModelProviders", "HTTPTransport", "Tokenization", "TestSupport",
            ],
            exclude: ["Golden"]
        ),
    ],
    cLanguageStandard: .c2x
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
