#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// How a file is named in a patch.
enum PatchPath {
    /// The path from the current folder; of a file elsewhere, the path from the root, without its slash.
    static func name(for path: String) -> String { name(for: path, in: currentFolder) }

    /// The path from a folder; of a file elsewhere, the path from the root, without its slash.
    static func name(for path: String, in folder: String) -> String {
        let base = parts(of: folder)
        let whole = path.hasPrefix("/") ? parts(of: path) : parts(of: folder + "/" + path)
        let rest = whole.starts(with: base) ? Array(whole.dropFirst(base.count)) : whole
        return rest.joined(separator: "/")
    }

    /// A path as `git` writes it in a header: in quotes when it holds what would end it, with a tab behind blanks.
    static func written(_ path: String) -> String {
        let needsQuotes = path.utf8.contains { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C || $0 == 0x7F }
        guard needsQuotes else { return path.utf8.contains(0x20) ? path + "\t" : path }
        return "\"" + path.utf8.map(escaped).joined() + "\""
    }

    private static func parts(of path: String) -> [Substring] {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return parts
    }

    private static func escaped(_ byte: UInt8) -> String {
        switch byte {
        case 0x22: return #"\""#
        case 0x5C: return #"\\"#
        case 0x20..<0x7F: return String(Unicode.Scalar(byte))
        default:
            let digits = String(byte, radix: 8)
            return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
        }
    }

    private static var currentFolder: String {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
        guard getcwd(&buffer, buffer.count) != nil else { return "/" }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
