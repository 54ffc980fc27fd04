import Foundation
import Testing

/// Markdown pages of real packages, as `cmark` reads them.
@Suite(
    .serialized,
    .enabled(if: Judges.python != nil, Judges.pythonIsMissing),
    .enabled(if: Subprocess.isInstalled("cmark"), "skipped: cmark is not installed")
)
struct PagesTests {
    private static let options = ["generate", "--private", "--nested", "--markdown", "docs/api"]

    @Test
    func `every module has a page, and every link leads somewhere`() throws {
        let workspace = try Workspace(packages: Judges.isLong ? Workspace.packages : ["json", "concurrent"])
        defer { workspace.remove() }

        let run = try workspace.docent(Self.options)

        #expect(run.code == 0, "\(run.errors)")
        let now = try workspace.snapshot()
        let pages = now.files.keys.filter { $0.hasPrefix("docs/api/") }.sorted()
        let sources = now.files.keys.filter { $0.hasSuffix(".py") }
        #expect(pages.count == sources.count + 1)
        let html = try Dictionary(uniqueKeysWithValues: pages.map { ($0, try Self.html(of: $0, in: workspace)) })
        let anchors = html.mapValues { Set(Self.values(of: " id=\"", in: $0)) }
        var count = 0
        for (page, text) in html {
            for link in Self.values(of: " href=\"", in: text) where !Self.isExternal(link) {
                count += 1
                let (file, anchor) = Self.target(of: link, on: page)
                let isThere = now.files[file] != nil
                #expect(isThere, "\(page): \(link) leads nowhere")
                guard let anchor, isThere else { continue }
                let isKnown = anchors[file]?.contains(anchor) ?? Self.isLine(anchor, of: now.files[file])
                #expect(isKnown, "\(page): \(link) names no place")
            }
        }
        #expect(count > 200)
        print("pages, read by cmark: \(pages.count) pages, \(count) links")
    }

    @Test
    func `a second run rewrites no page, and one after a change rewrites that page`() throws {
        let workspace = try Workspace(packages: ["json"])
        defer { workspace.remove() }
        try workspace.docent(Self.options)
        let first = try workspace.snapshot()

        try workspace.docent(Self.options)
        let second = try workspace.snapshot()
        try workspace.write(
            workspace.text("json/tool.py") + "\n\ndef last():\n    \"\"\"End it.\"\"\"\n",
            to: "json/tool.py"
        )
        try workspace.docent(Self.options)

        #expect(second.written(since: first).isEmpty)
        #expect(second.paths == first.paths)
        let third = try workspace.snapshot()
        #expect(third.written(since: second) == ["json/tool.py", "docs/api/json/tool.md"])
    }

    private static func html(of page: String, in workspace: Workspace) throws -> String {
        let run = try Subprocess.run(["cmark", "--unsafe", workspace.path(page)])
        #expect(run.code == 0, "\(run.errors)")
        return run.text
    }

    private static func values(of attribute: String, in html: String) -> [String] {
        html.components(separatedBy: attribute).dropFirst().map { rest in
            String(rest.prefix { $0 != "\"" }).replacingOccurrences(of: "&amp;", with: "&")
        }
    }

    private static func isExternal(_ link: String) -> Bool {
        link.contains("://") || link.hasPrefix("mailto:")
    }

    /// The file, from the project's folder, and the place in it.
    private static func target(of link: String, on page: String) -> (file: String, anchor: String?) {
        let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let anchor = parts.count > 1 ? String(parts[1]).removingPercentEncoding : nil
        guard let path = parts.first, !path.isEmpty else { return (page, anchor) }
        var folders = page.split(separator: "/").dropLast()
        for part in (String(path).removingPercentEncoding ?? "").split(separator: "/") {
            if part == ".." { folders = folders.dropLast() } else { folders.append(part) }
        }
        return (folders.joined(separator: "/"), anchor)
    }

    /// Whether an anchor such as `L12` is a line of a source.
    private static func isLine(_ anchor: String, of file: Snapshot.File?) -> Bool {
        guard let file, anchor.hasPrefix("L"), let line = Int(anchor.dropFirst()) else { return false }
        let count = file.bytes.count { $0 == UInt8(ascii: "\n") }
        return line >= 1 && line <= max(count, 1)
    }
}
