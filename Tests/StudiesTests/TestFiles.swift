import Foundation

/// The files beside the tests.
enum TestFiles {
    static func path(_ name: String) -> String {
        Bundle.module.bundleURL.appendingPathComponent("Files").appendingPathComponent(name).path
    }

    static func text(_ name: String) throws -> String { try String(contentsOfFile: path(name), encoding: .utf8) }
}
