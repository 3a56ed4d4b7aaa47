import StructuralModels
import Testing

@Suite struct ModelSyntaxWriterTests {
    @Test(arguments: lavaanTables) func whatIsWrittenReadsAsTheSameModel(_ model: ExpectedTable) throws {
        let table = try ParameterTable(model.model, options: model.options)
        let text = ModelSyntaxWriter(.allRows).text(of: table)
        let again = try ParameterTable(text, options: .asWritten)
        #expect(again.freeCount == table.freeCount)
        func rows(_ table: ParameterTable) -> Set<String> {
            Set(table.parameters.map { "\($0.lhs)\($0.op.rawValue)\($0.rhs) \($0.status)" })
        }
        #expect(rows(again) == rows(table))
        #expect(again.relations.map(\.op) == table.relations.map(\.op))
    }

    @Test func textOfTheUserRows() throws {
        let table = try ParameterTable(
            "\"my f\" =~ x1 + start(.5)*x2+lower(0)*x2 + a*\"item 3\" + -2*x4\ny ~ 1 + b*\"my f\"; y ~~ 0.25*y\n d := a * b; a == b; a < 2"
        )
        #expect(
            ModelSyntaxWriter().text(of: table) == """
                "my f" =~ 1*x1 + start(0.5)*x2 + lower(0)*x2 + a*"item 3" + -2*x4
                y ~ 1
                y ~ b*"my f"
                y ~~ 0.25*y
                d := a*b
                a == b
                a < 2

                """)
        #expect(
            try ParameterTable(ModelSyntaxWriter().text(of: table)).parameters.map(\.status)
                == table.parameters.map(\.status))
    }
}
