import Foundation
import FoundationXML
import TestSupport

/// A document as `cmark`, the reference implementation of CommonMark, understands it.
struct CommonMark {
    /// Where Debian and Homebrew put the program; `nil` without it.
    static let program = ["/usr/bin/cmark", "/usr/local/bin/cmark", "/opt/homebrew/bin/cmark"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    /// An element of cmark's XML.
    final class Node {
        let name: String
        let attributes: [String: String]
        var children: [Node] = []
        var ownText = ""

        init(_ name: String, _ attributes: [String: String]) {
            self.name = name
            self.attributes = attributes
        }

        /// All text in it, line ends as such.
        var text: String {
            switch name {
            case "softbreak", "linebreak": "\n"
            case "html_inline", "html_block": ""
            default: children.isEmpty ? ownText : children.map(\.text).joined()
            }
        }

        /// It and all in it, in order.
        var all: [Node] { [self] + children.flatMap(\.all) }
    }

    let root: Node

    init(_ markdown: String) throws {
        let xml = try Self.xml(markdown)
        let reader = TreeReader()
        let parser = XMLParser(data: xml)
        parser.delegate = reader
        guard parser.parse(), let root = reader.root else { throw CocoaError(.fileReadCorruptFile) }
        self.root = root
    }

    func nodes(_ name: String) -> [Node] { root.all.filter { $0.name == name } }

    var links: [String] { nodes("link").compactMap { $0.attributes["destination"] } }

    var anchors: [String] {
        nodes("html_inline").map(\.ownText).compactMap { html in
            html.hasPrefix("<a id=\"") ? String(html.dropFirst(7).prefix { $0 != "\"" }) : nil
        }
    }

    private static func xml(_ markdown: String) throws -> Data {
        let process = ChildProcess()
        let input = Pipe()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: program ?? "")
        process.arguments = ["-t", "xml"]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        Thread.detachNewThread {
            input.fileHandleForWriting.write(Data(markdown.utf8))
            try? input.fileHandleForWriting.close()
        }
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return data
    }
}

private final class TreeReader: NSObject, XMLParserDelegate {
    var root: CommonMark.Node?
    private var open: [CommonMark.Node] = []

    func parser(
        _ parser: XMLParser,
        didStartElement name: String,
        namespaceURI: String?,
        qualifiedName: String?,
        attributes: [String: String]
    ) {
        let node = CommonMark.Node(name, attributes)
        open.last?.children.append(node)
        open.append(node)
        if root == nil { root = node }
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) { open.last?.ownText += text }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        open.removeLast()
    }
}
