/// Folder names that mean something wherever they stand.
package enum FolderNames {
    /// Folders that are not looked into unless they are named: environments, caches and build results.
    ///
    /// These are those of ruff; its hidden ones need no entry, since no hidden folder is looked into.
    package static let excluded: Set<String> = [
        "__pycache__", "__pypackages__", "_build", "buck-out", "dist", "node_modules", "venv",
    ]

    /// Folders with other people's code, whose files are found and flagged.
    package static let vendored: Set<String> = [
        "_third_party", "_vendor", "_vendored", "dist-packages", "externals", "site-packages", "third-party",
        "third_party", "thirdparty", "vendor", "vendored",
    ]
}
