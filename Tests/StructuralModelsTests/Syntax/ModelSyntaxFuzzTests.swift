import StructuralModels
import Testing

/// Whatever the text, reading ends in a model or in a fault that has its place in the text.
@Suite struct ModelSyntaxFuzzTests {
    private func read(_ text: String) {
        for options in [ModelOptions.sem, .asWritten] {
            do {
                let table = try ParameterTable(text, options: options)
                _ = ModelSyntaxWriter(.allRows).text(of: table)
                let theta = [Double](repeating: 0.5, count: table.freeCount)
                for definition in table.definitions {
                    _ = definition.expression.value(at: theta)
                    #expect(
                        definition.expression.hessian(at: theta).count == definition.expression.parameters.count
                            * definition.expression.parameters.count)
                }
                for name in table.variables.observed { #expect(!name.isEmpty) }
            } catch {
                #expect(!error.description.isEmpty)
                if let place = error.excerpt?.position {
                    #expect(place.line >= 1 && place.column >= 1 && place.offset <= text.unicodeScalars.count)
                }
            }
        }
    }

    @Test func randomBytes() {
        var random = SplitMix64(state: 1)
        for _ in 0..<1500 {
            let bytes = (0..<Int.random(in: 0...60, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            read(String(decoding: bytes, as: UTF8.self))
        }
    }

    @Test func randomTokens() {
        let tokens = [
            "f", "g", "x1", "x2", "y", "a", "b", "1", "0", "0.5", "NA", "=~", "~", "~~", ":=", "==", "<", ">", "|",
            "~*~", "<~", "+",
            "+", "*", "*", "?", "/", "-", "^", "(", ")", ",", ":", ";", "\n", "\n", "c(", "start(", "label(", "\"q\"",
            "\"", "#", "!",
            "sqrt(", "min(", "group:", "level: 1", "efa(\"b\")", "equal(\"f=~x1\")", "lower(", "Inf", " ", "é", "变量",
            ".p1.", "%", "=",
        ]
        var random = SplitMix64(state: 2)
        for _ in 0..<4000 {
            let count = Int.random(in: 1...25, using: &random)
            read(
                (0..<count).map { _ in tokens[Int.random(in: 0..<tokens.count, using: &random)] }.joined(separator: " ")
            )
        }
    }

    @Test func mutatedModels() {
        var random = SplitMix64(state: 3)
        let characters = Array("=~<>:|+-*/^?(),;\n\"#!1aN. x".unicodeScalars)
        for table in lavaanTables {
            for _ in 0..<40 {
                var text = Array(table.model.unicodeScalars)
                for _ in 0..<Int.random(in: 1...4, using: &random) where !text.isEmpty {
                    let place = Int.random(in: 0..<text.count, using: &random)
                    switch Int.random(in: 0..<3, using: &random) {
                    case 0: text.remove(at: place)
                    case 1: text.insert(characters[Int.random(in: 0..<characters.count, using: &random)], at: place)
                    default: text[place] = characters[Int.random(in: 0..<characters.count, using: &random)]
                    }
                }
                var view = String.UnicodeScalarView()
                view.append(contentsOf: text)
                read(String(view))
            }
        }
    }

    @Test func deepAndLongTextsAreSafe() {
        read("a := " + String(repeating: "(", count: 4_000) + "1" + String(repeating: ")", count: 4_000))
        read("y ~ a*x\nb := a" + String(repeating: "^a", count: 4_000))
        read("y ~ a*x\nb := " + String(repeating: "-", count: 4_000) + "a")
        read("y ~ a*x\nb := a" + String(repeating: "+a", count: 4_000))
        read("f =~ x" + String(repeating: "\n", count: 20_000) + "+ y")
        read("f =~ " + String(repeating: "c(", count: 4_000))
        read("f =~ " + String(repeating: "sqrt(", count: 2_000) + "1" + String(repeating: ")", count: 2_000) + "*x")
        read("f =~ " + String(repeating: "2*", count: 4_000) + "x")
        read(String(repeating: "\"", count: 4_001))
        read("y ~ " + (0..<300).map { "x\($0)" }.joined(separator: " + "))
        read("y ~ " + (0..<3000).map { "x\($0)" }.joined(separator: " + "))
    }

    /// Doubling the text must not quadruple the time.
    @Test func readingTakesLinearTime() throws {
        func time(_ count: Int) throws -> Duration {
            let text = (0..<count).map { "f\($0) =~ x\($0)_1 + a*x\($0)_2 # note\n\n" }.joined()
            return try ContinuousClock().measure { _ = try ModelSyntax(text) }
        }
        _ = try time(100)
        let short = try (0..<3).map { _ in try time(400) }.min() ?? .zero
        let long = try (0..<3).map { _ in try time(3200) }.min() ?? .zero
        #expect(long < short * 32, "8 times the text: \(short) against \(long)")
    }
}

/// A small reproducible generator (Steele, Lea & Flood, 2014).
private struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
