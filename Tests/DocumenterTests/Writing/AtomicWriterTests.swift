import Documenter
import Foundation
import Testing

struct AtomicWriterTests {
    let folder: TemporaryFolder
    let writer = AtomicWriter()

    init() throws {
        folder = try TemporaryFolder()
    }

    private func replace(_ name: String, with text: String, meanwhile change: () throws -> Void = {}) throws {
        let contents = try FileContents.read(path: folder(name))
        try change()
        try writer.replace(contents, with: Array(text.utf8))
    }

    private func mode(of name: String) throws -> Int {
        try #require(FileManager.default.attributesOfItem(atPath: folder(name))[.posixPermissions] as? Int)
    }

    @Test(arguments: [0o644, 0o755, 0o600, 0o4711, 0o664])
    func `writes all bytes and keeps the mode`(mode: Int) throws {
        try folder.write("old", to: "a.py")
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: folder("a.py"))
        let text = String(repeating: "x = 'é'\r\n", count: 300_000)

        try replace("a.py", with: text)

        #expect(try folder.text(of: "a.py") == text)
        #expect(try self.mode(of: "a.py") == mode)
        #expect(try folder.names() == ["a.py"])
    }

    @Test(.enabled(if: getuid() == 0, "only the super-user can give files away"))
    func `keeps the owner`() throws {
        try folder.write("old", to: "a.py")
        try #require(chown(folder("a.py"), 12345, 23456) == 0)

        try replace("a.py", with: "new")

        let stamp = try FileContents.read(path: folder("a.py")).stamp
        #expect(stamp.owner == 12345)
        #expect(stamp.group == 23456)
    }

    @Test func `writes what a link leads to and leaves the link`() throws {
        try folder.write("old", to: "real/a.py")
        try folder.link("b.py", to: "real/a.py")

        try replace("b.py", with: "new")

        #expect(try folder.text(of: "real/a.py") == "new")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder("b.py")) == "real/a.py")
        #expect(try folder.names() == ["b.py", "real"])
    }

    enum Change: CaseIterable {
        case otherBytes, sameSizeAndTime, mode, replaced
    }

    @Test(arguments: Change.allCases)
    func `refuses a file that changed since it was read`(change: Change) throws {
        try folder.write("old", to: "a.py")
        let date = try FileManager.default.attributesOfItem(atPath: folder("a.py"))[.modificationDate] as? Date

        let error = #expect(throws: FileError.self) {
            try replace("a.py", with: "new") {
                switch change {
                case .otherBytes: try folder.write("other", to: "a.py")
                case .sameSizeAndTime:
                    try folder.write("odd", to: "a.py")
                    let date = try #require(date)
                    try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: folder("a.py"))
                case .mode:
                    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: folder("a.py"))
                case .replaced:
                    try FileManager.default.removeItem(atPath: folder("a.py"))
                    try folder.write("old", to: "a.py")
                }
            }
        }

        #expect(error?.description == "\(folder("a.py")): it changed since it was read; run again")
        #expect(try folder.text(of: "a.py") != "new")
        #expect(try folder.names() == ["a.py"])
    }

    @Test func `refuses a read-only file, whoever asks`() throws {
        try folder.write("old", to: "a.py")
        try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: folder("a.py"))

        let error = #expect(throws: FileError.self) { try replace("a.py", with: "new") }

        #expect(error?.kind == .readOnly)
        #expect(error?.reason == "it is read-only; make it writable with chmod u+w")
        #expect(try folder.text(of: "a.py") == "old")
    }

    @Test func `refuses a file with several names`() throws {
        try folder.write("old", to: "a.py")
        try FileManager.default.linkItem(atPath: folder("a.py"), toPath: folder("b.py"))

        let error = #expect(throws: FileError.self) { try replace("a.py", with: "new") }

        #expect(
            error?.reason == """
                it has 2 names (hard links), and a safe write would cut off the others; put a copy in its place
                """
        )
        #expect(try folder.text(of: "b.py") == "old")
    }

    @Test func `does not bring back a file that is gone`() throws {
        try folder.write("old", to: "sub/a.py")

        let file = #expect(throws: FileError.self) {
            try replace("sub/a.py", with: "new") { try FileManager.default.removeItem(atPath: folder("sub/a.py")) }
        }
        try folder.write("old", to: "sub/a.py")
        let parent = #expect(throws: FileError.self) {
            try replace("sub/a.py", with: "new") { try FileManager.default.removeItem(atPath: folder("sub")) }
        }

        #expect(file?.description == "\(folder("sub/a.py")): it is gone; run again")
        #expect(parent?.kind == .missing)
        #expect(try folder.names().isEmpty)
    }

    @Test func `does not write through a folder that became a link`() throws {
        let outside = try TemporaryFolder()
        try outside.write("old", to: "a.py")
        try folder.write("old", to: "sub/a.py")

        let error = #expect(throws: FileError.self) {
            try replace("sub/a.py", with: "new") {
                try FileManager.default.moveItem(atPath: folder("sub"), toPath: folder("was"))
                try folder.link("sub", to: outside.path)
            }
        }

        #expect(error?.reason == "a part of its path became a symbolic link; run again")
        #expect(try outside.text(of: "a.py") == "old")
    }

    @Test func `removes what killed runs left, and only that`() throws {
        let dead = try Ran(["sh", "-c", "printf $$"], in: folder.path)
        let id = String(decoding: dead.output, as: UTF8.self)
        let kept = [".docent-\(getpid())-ab.tmp", ".docent-1-cd.tmp", ".docent-notes", ".docent-x-y.tmp", "a.py"]
        for name in kept { try folder.write("old", to: name) }
        try folder.write("half", to: ".docent-\(id)-0123.tmp")

        try replace("a.py", with: "new")

        #expect(try folder.names() == kept.sorted())
    }

    @Test func `many threads replace many files`() async throws {
        for index in 0..<200 { try folder.write("old \(index)", to: "\(index).py") }

        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<200 {
                let path = folder("\(index).py")
                let writer = writer
                group.addTask { try writer.replace(FileContents.read(path: path), with: Array("new \(index)".utf8)) }
            }
            try await group.waitForAll()
        }

        for index in 0..<200 { #expect(try folder.text(of: "\(index).py") == "new \(index)") }
        #expect(try folder.names().count == 200)
    }
}
