import Foundation
import Testing

@testable import docent

struct FileInputTests {
    @Test(arguments: [
        (".", ".: it is a folder; name the files in it"), ("/dev/zero", "/dev/zero: it is a device, not a file"),
        ("/no/such/file", "/no/such/file: No such file or directory"),
    ])
    func `says what is no file`(path: String, message: String) {
        let error = #expect(throws: InputError.self) { try FileInput.system.bytes(path) }

        #expect(error?.description == message)
    }

    @Test func `reads files, and nothing from where nothing comes`() throws {
        try Subprocess.withFolder { folder in
            let file = folder.appending(path: "a.txt")
            try Data("hello".utf8).write(to: file)

            #expect(try FileInput.system.bytes(file.path()) == Array("hello".utf8))
            #expect(try FileInput.system.bytes("/dev/null").isEmpty)
        }
    }
}
