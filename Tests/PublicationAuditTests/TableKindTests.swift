import Foundation
import PublicationAudit
import Testing

@Suite struct TableKindTests {
    @Test func theDocumentationNamesEveryKindColumnAndOption() throws {
        let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Documentation/audit-file.md")
        let lines = try String(contentsOf: page, encoding: .utf8).split(separator: "\n")
        for type in Paper.kinds {
            let kind = type.kind
            let line = try #require(lines.first { $0.hasPrefix("| `\(kind.name)` |") }, "\(kind.name)")
            for name in kind.columns.map(\.name) + kind.options.map(\.name) {
                #expect(line.contains("`\(name)`"), "\(kind.name): \(name)")
            }
        }
    }

    @Test func kindsAndRulesHaveNamesOfTheirOwn() {
        let kinds = Paper.kinds.map { $0.kind.name }
        #expect(Set(kinds).count == kinds.count)
        let rules = AuditRule.all.map(\.id)
        #expect(Set(rules).count == rules.count)
        #expect(AuditRule.all.allSatisfy { !$0.title.isEmpty && !$0.basis.isEmpty })
    }
}
