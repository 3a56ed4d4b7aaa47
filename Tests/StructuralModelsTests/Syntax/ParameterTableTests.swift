import StructuralModels
import Testing

@Suite struct ParameterTableTests {
    @Test(arguments: lavaanTables) func equalsLavaan(_ expected: ExpectedTable) throws {
        let table = try ParameterTable(expected.model, options: expected.options)
        #expect(table.listing == expected.rows.lines)
        let variables = table.variables
        // lavaan keeps predictors with free moments apart from the fixed ones only by name.
        #expect(
            [
                named("ov", variables.observed), named("ov.x", variables.exogenousObserved),
                named("ov.y", variables.dependentObserved), named("lv", variables.latent),
                named("lv.x", variables.exogenousLatent), named("lv.y", variables.dependentLatent),
            ] == expected.variables.lines)
        #expect(table.freeCount == Set(table.parameters.compactMap(\.freeIndex)).count)
    }

    @Test func rowsAreInTheOrderOfLavaan07() throws {
        for expected in lavaanRows {
            let table = try ParameterTable(expected.model, options: expected.options)
            var rows = table.parameters.map { row in
                [row.lhs, row.op.rawValue, row.rhs, row.label].filter { !$0.isEmpty }.joined(separator: " ")
            }
            rows += table.definitions.map { "\($0.name) := \($0.text) \($0.name)" }
            #expect(rows == expected.rows.lines)
        }
    }

    @Test func startsAndBounds() throws {
        let table = try ParameterTable(
            "f =~ x1 + start(.5)*x2 + lower(0)*x3 + upper(2)*x3 + 0.25?x4 + lower(-Inf)*x4\nx1 ~~ lower(0)*a*x1\nx2 ~~ a*x2 + lower(1)*x2"
        )
        #expect(table.startValues.prefix(4) == [0.5, nil, 0.25, nil])
        let bounds = table.bounds
        #expect(bounds[1].lower == 0 && bounds[1].upper == 2)
        #expect(bounds[2].lower == -.infinity)
        #expect(bounds[3].lower == 1, "the tightest bound of rows with one label")
        #expect(table.freeNames.prefix(4) == ["f=~x2", "f=~x3", "f=~x4", "a"])
        #expect(table.markerRows == ["f": 0])
        #expect(table.rowsOfFreeParameters[3] == [4, 5])
        #expect(table.parameters[0].placeLabel == ".p1.")
    }

    @Test func equalParameters() throws {
        let table = try ParameterTable(
            "f =~ x1 + x2 + equal(\"f =~ x2\")*x3 + equal(\"f=~x5\")*x4 + x5\nx1 ~~ e*x1\nx2 ~~ equal(\"e\")*x2")
        let index = table.parameters.map(\.freeIndex)
        #expect(index[1] == index[2])
        #expect(index[3] == index[4])
        #expect(index[5] == index[6])
        #expect(fault("f =~ x1 + x2 + equal(\"f=~x22\")*x3") == .unknownLabel("f=~x22", nearest: "f=~x2"))
    }

    @Test func modifiersOfOneParameterAddUp() throws {
        let table = try ParameterTable("f =~ NA*x1 + a*x1 + start(2)*x1 + x2; f ~~ 1*f")
        #expect(table.parameters[0].freeIndex == 0)
        #expect(table.parameters[0].label == "a")
        #expect(table.parameters[0].startValue == 2)
        #expect(table.parameters.count == 5)
        let chained = try ParameterTable("f =~ NA*a*start(2)*x1 + x2; f ~~ 1*f")
        #expect(chained.parameters.map(\.status) == table.parameters.map(\.status))
        #expect(chained.parameters[0].startValue == 2)
    }

    @Test func repeatedLinesAreIgnoredWithAWarning() throws {
        let table = try ParameterTable("f =~ x1 + x2 + x3\nx1 ~~ x2\nx2 ~~ 0*x1")
        #expect(table.parameters.filter { $0.op == .covariance && $0.lhs != $0.rhs }.count == 1)
        #expect(table.parameters[3].freeIndex != nil)
        #expect(table.warnings.count == 1)
        #expect(table.warnings[0].hasPrefix("line 3"))
    }

    @Test func warnsWherePredictorsAreTreatedDifferently() throws {
        #expect(try ParameterTable("y ~ x1 + x2\nx1 ~~ x1").warnings.count == 1)
        #expect(try ParameterTable("y ~ x1 + x2\nx1 ~~ x2").warnings.isEmpty)
        #expect(try ParameterTable("f =~ a*x1 + a*x2 + x3").warnings.count == 1)
    }

    @Test func products() throws {
        let table = try ParameterTable("y ~ x1 + x2 + x1:x2")
        #expect(table.variables.observed == ["y", "x1", "x2", "x1:x2"])
        #expect(table.variables.products.map(\.name) == ["x1:x2"])
        try table.validate(against: ["y", "x1", "x2"])
        #expect(throws: ModelSyntaxError.self) { try table.validate(against: ["y", "x1"]) }
        #expect(fault("f =~ x1 + x2\ny ~ f:x1") != nil)
    }

    @Test func variablesMustBeInTheData() throws {
        let table = try ParameterTable("Trust =~ TR1 + TR2 + TR3\nsales ~ Trust + 年龄")
        try table.validate(against: ["TR1", "TR2", "TR3", "sales", "年龄"])
        do {
            try table.validate(against: ["TR1", "T_R2", "TR3", "Sales", "年龄"])
            Issue.record("should throw")
        } catch {
            #expect(error.fault == .unknownVariables(["TR2", "sales"], nearest: ["TR1", "Sales"]))
            #expect(error.description.contains("`TR2` (did you mean `TR1`?)"))
        }
        #expect(throws: ModelSyntaxError.self) {
            try table.validate(against: ["TR1", "TR2", "TR3", "sales", "年龄", "Trust"])
        }
    }

    @Test func faultsOfTheModel() {
        #expect(fault("y ~ y") == .regressedOnItself("y"))
        #expect(fault("f =~ x1 + f") == .measuredByItself("f"))
        #expect(fault("f =~ 0") == .latentWithoutIndicators("f"))
        #expect(fault("") == .emptyModel)
        #expect(fault("# nothing\n\n;;") == .emptyModel)
        #expect(fault("f =~ x1 + c(a,b)*x2") == .wrongNumberOfValues(found: 2, groups: 1))
        #expect(
            fault("f =~ x1 + lower(2)*x2 + upper(1)*x2") == .contradictoryBounds(variable: "f=~x2", lower: 2, upper: 1))
        #expect(fault("y ~ a*x\nb := aa + 1") == .unknownLabel("aa", nearest: "a"))
        #expect(fault("y ~ a*x\nb := c + 1; c := d; d := b + a") == .cyclicDefinition(["b", "c", "d", "b"]))
        #expect(fault("y ~ a*x\nb := b") == .cyclicDefinition(["b", "b"]))
        #expect(fault("f =~ a*x1 + x2\na == 2") == .contradictoryConstraint("a == 2"))
        #expect(fault("f =~ a*x1 + x2\na == 1; 2 > 1") == nil)
        #expect(
            fault("f =~ " + (0..<1500).map { "x\($0)" }.joined(separator: "+")) == .tooManyVariables(1501, limit: 1500))
        #expect(fault("y ~ a*x\na := 2") == .nameTaken("a", by: "the label of a parameter"))
        #expect(fault("y ~ a*x\nb := a\nb := a") == .nameTaken("b", by: "defined above"))
    }

    @Test(arguments: [
        "group: 1\nf =~ x1 + x2", "level: within\nf =~ x1 + x2", "u1 | t1 + t2", "u1 ~*~ 1*u1", "f <~ x1 + x2",
        "efa(\"b1\")*f =~ x1 + x2", "f =~ x1 + x2\ny ~ rv(\"s\")*f",
    ]) func namesWhatIsNotAvailableYet(_ model: String) throws {
        _ = try ModelSyntax(model)
        let error = #expect(throws: ModelSyntaxError.self) { _ = try ParameterTable(model) }
        guard case .notAvailable(let message)? = error?.fault else {
            Issue.record("another fault: \(String(describing: error))")
            return
        }
        #expect(message.contains("not available yet"))
        #expect(error?.excerpt != nil)
    }

    @Test func definitionsBuildOnEachOther() throws {
        let table = try ParameterTable(
            "m ~ a*x\ny ~ b*m + c*x\ntotal := direct + indirect\ndirect := c\nindirect := a*b\nshare := indirect/total")
        let theta = [2.0, 3, 4] + [Double](repeating: 1, count: table.freeCount - 3)
        let values = table.definitions.map { $0.expression.value(at: theta) }
        #expect(values == [10, 4, 6, 0.6])
        #expect(table.definitions.map(\.text) == ["direct+indirect", "c", "a*b", "indirect/total"])
        #expect(table.definitions[1].expression.parameters == [2])
    }

    @Test func definitionsMayNameFixedParameters() throws {
        let table = try ParameterTable("f =~ l*x1 + x2 + x3\nd := 2*l\ny ~ g*f + 1*f\ne := g + .p2.")
        #expect(table.definitions[0].expression.value(at: []) == 2)
        #expect(table.definitions[0].expression.parameters.isEmpty)
        #expect(table.definitions[1].expression.value(at: [0.5] + [Double](repeating: 0, count: 9)) == 1.5)
    }

    @Test func effectCodingIsLinear() throws {
        var options = ModelOptions.sem
        options.latentScale = .effectCoding
        let table = try ParameterTable("f =~ x1 + x2 + x3", options: options)
        let form = try #require(table.constraints.first?.difference.linearForm)
        #expect(form.constant == -3)
        #expect(form.coefficients == [1, 1, 1])
        #expect(table.constraints[0].difference.parameters == [0, 1, 2])
    }

    @Test func longChainsOfDefinitionsAreSafe() throws {
        var text = "y ~ a*x\nd0 := a\n"
        for i in 1...300 { text += "d\(i) := d\(i - 1)*d\(i - 1)/d\(i - 1)\n" }
        let table = try ParameterTable(text)
        #expect(table.definitions.last?.expression.value(at: [2, 1]) == 2)
        var backwards = "y ~ a*x\n"
        for i in 0..<5000 { backwards += "d\(i) := d\(i + 1)\n" }
        #expect(try ParameterTable(backwards + "d5000 := a").definitions.count == 5001)
    }

    private func named(_ part: String, _ names: [String]) -> String { ([part] + names).joined(separator: " ") }

    private func fault(_ model: String) -> ModelSyntaxError.Fault? {
        do {
            _ = try ParameterTable(model)
            return nil
        } catch { return error.fault }
    }
}

extension ParameterTable {
    /// The rows as the fixtures write them.
    var listing: [String] {
        let rows = parameters.map { row in
            let status =
                switch row.status {
                case .free(let index): String(index + 1)
                case .fixed(let value): "=" + (value == value.rounded() ? String(Int(value)) : String(value))
                case .sampleMoment: "sample"
                }
            let sides = "\(row.lhs) \(row.op.rawValue)" + (row.rhs.isEmpty ? "" : " \(row.rhs)")
            return "\(sides) | \(status) | \(row.isUser ? 1 : 0)" + (row.label.isEmpty ? "" : " | \(row.label)")
        }
        return rows + relations.map { "\($0.lhs) \($0.op.rawValue) \($0.rhs)" }
    }
}

extension String {
    var lines: [String] { split(separator: "\n").map(String.init) }
}
