import Foundation
import Testing

@testable import Studies

@Suite struct FileTests {
    /// The examples of FIPS 180-4 and of NIST's test vectors.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func hashes(text: String, expected: String) {
        #expect(SHA256.hexadecimal(Array(text.utf8)) == expected)
    }

    @Test func filesAreWrittenWholeOrNotAtAll() throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("assay-\(getpid())").path
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try FileAccess.makeDirectory(directory + "/a/b")
        let path = directory + "/a/b/file"
        try FileAccess.write(Array("one".utf8), to: path)
        try FileAccess.write(Array("two".utf8), to: path)
        #expect(try FileAccess.text(at: path) == "two")
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory + "/a/b") == ["file"])
        #expect(throws: FileError.self) { try FileAccess.write([1], to: path + "/below") }
        #expect(throws: FileError.self) { try FileAccess.text(at: directory + "/none") }
        #expect(throws: FileError.self) { try FileAccess.makeDirectory(path) }
    }

    @Test(arguments: [
        ("a/b.csv", "s", "s/a/b.csv"), ("/a", "s", "/a"), ("a", "", "a"), ("a", "/", "/a"),
    ])
    func pathsAreResolved(path: String, directory: String, expected: String) {
        #expect(FilePath.resolve(path, in: directory) == expected)
    }
}
