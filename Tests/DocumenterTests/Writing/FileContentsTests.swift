import Documenter
import Foundation
import Testing

struct FileContentsTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test(arguments: ["", "x", "a\r\nb\r\u{0}\u{FEFF}"])
    func `reads every byte and what the file looks like`(text: String) throws {
        let path = try folder.write(text, to: "a.py")
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)

        let contents = try FileContents.read(path: path)

        #expect(contents.bytes == Array(text.utf8))
        #expect(contents.path == path)
        #expect(contents.stamp.byteCount == text.utf8.count)
        #expect(contents.stamp.mode & 0o777 == 0o640)
        #expect(contents.stamp.linkCount == 1)
        #expect(contents.stamp == (try FileContents.read(path: path).stamp))
    }

    @Test func `reads through links and knows where they lead`() throws {
        try folder.write("x", to: "real/a.py")
        try folder.link("b.py", to: "real/a.py")

        let contents = try FileContents.read(path: folder("b.py"))

        #expect(contents.path == folder("b.py"))
        #expect(contents.resolvedPath == folder("real/a.py"))
    }

    @Test func `does not follow a link that took the place of a found file`() throws {
        try folder.write("x", to: "a.py")
        try folder.write("y", to: "b.py")
        let file = try #require(
            try SourceTree(settings: Settings(), fileExtensions: ["py"]).files(under: [folder("a.py")]).files.first
        )
        try FileManager.default.removeItem(atPath: folder("a.py"))
        try folder.link("a.py", to: "b.py")

        let error = #expect(throws: FileError.self) { try FileContents.read(file) }

        #expect(error?.kind == .moved)
        #expect(error?.description == "\(folder("a.py")): it became a symbolic link; run again")
    }

    @Test func `refuses what is not a file, without waiting for a pipe`() throws {
        try #require(mkfifo(folder("pipe.py"), 0o644) == 0)

        let pipe = #expect(throws: FileError.self) { try FileContents.read(path: folder("pipe.py")) }
        let directory = #expect(throws: FileError.self) { try FileContents.read(path: folder.path) }
        let missing = #expect(throws: FileError.self) { try FileContents.read(path: folder("no.py")) }

        #expect(pipe?.reason == "it is not a regular file; name a file with source code")
        #expect(directory?.kind == .notRegular)
        #expect(missing?.description == "\(folder("no.py")): it is gone; run again")
    }

    @Test func `refuses files over 4 GiB before it reads them`() throws {
        let path = try folder.write("x", to: "huge.py")
        try #require(truncate(path, off_t(FileContents.maximumByteCount) + 1) == 0)

        let error = #expect(throws: FileError.self) { try FileContents.read(path: path) }

        #expect(error?.kind == .tooLarge)
        #expect(error?.reason == "it is larger than 4 GiB; leave it out with `exclude`")
    }
}
