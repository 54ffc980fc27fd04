import PythonLanguage
import SourceCode
import Testing

struct ProtectedZonesTests {
    @Test(arguments: [
        ("# fmt: off\ndef f( x ): pass\n# fmt: on\nx\n", ["# fmt: off\ndef f( x ): pass\n# fmt: on"]),
        ("x\n    #fmt:off\ny\n", ["#fmt:off\ny\n"]),
        (
            "# yapf: disable\r\nx\r\n# fmt: on\r\n# yapf: enable",
            ["# yapf: disable\r\nx\r\n# fmt: on\r\n# yapf: enable"]
        ),
        ("# autopep8: off\nx\n# autopep8: on # why\ny", ["# autopep8: off\nx\n# autopep8: on # why"]),
        ("a\nb = [1,\n  2]  # fmt: skip\nc # yapf: disable\nd\n", ["  2]  # fmt: skip", "c # yapf: disable"]),
        ("# fmt: off\n# fmt: off\na\n# fmt: on\nb\n# fmt: on\n", ["# fmt: off\n# fmt: off\na\n# fmt: on"]),
        ("a # fmt: off\nb\n", []),
        ("# fmt: on\na\n", []),
        ("# region a\n# fmt: offset\n# fmt off\n# format: off\n#\n# endregion\n", []),
    ])
    func `are what formatters are told to leave alone`(source: String, zones: [String]) {
        let bytes = Array(source.utf8)

        let found = bytes.withUnsafeBufferPointer { buffer in
            ProtectedZones(comments: comments(in: buffer), in: buffer)
        }

        #expect(
            found.ranges.map { String(decoding: bytes[$0.offsets.clamped(to: bytes.indices)], as: UTF8.self) } == zones
        )
    }

    @Test func `contain the places inside, and the end of a file whose zone is not closed`() {
        let closed = Array("a\n# fmt: off\nb\n# fmt: on\nc\n".utf8)
        let open = Array("a\n# fmt: off\nb\n".utf8)

        let zones = closed.withUnsafeBufferPointer { ProtectedZones(comments: comments(in: $0), in: $0) }
        let tail = open.withUnsafeBufferPointer { ProtectedZones(comments: comments(in: $0), in: $0) }

        #expect(closed.indices.filter(zones.contains) == Array(2..<24))
        #expect(tail.contains(open.count))
        #expect(!tail.contains(1))
    }

    /// The comments of a source without strings.
    private func comments(in bytes: UnsafeBufferPointer<UInt8>) -> [ByteRange] {
        var result: [ByteRange] = []
        var index = 0
        while index < bytes.count {
            let start = index
            while index < bytes.count, bytes[index] != 0x0A, bytes[index] != 0x0D { index += 1 }
            if let hash = bytes[start..<index].firstIndex(of: UInt8(ascii: "#")) {
                result.append(ByteRange(hash, index))
            }
            index += 1
        }
        return result
    }
}
