/// Why a text is no residual structure.
public struct ResidualStructureError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The text as given.
    public var text: String
    /// What is wrong with it, and what is right.
    public var problem: String

    /// What is wrong, where, and what to do.
    public var description: String { "residual structure “\(text)”: \(problem)" }
}

extension ResidualStructure {
    /// Reads `ar1(month | leader)` and its like; ``description`` gives the text back.
    /// - Throws: ``ResidualStructureError``.
    public init(parsing text: String) throws {
        var scanner = ResidualStructureScanner(text)
        var structure = ResidualStructure.independent
        var isFirst = true
        repeat {
            let part = try scanner.part()
            switch part.keyword {
            case "independent":
                guard isFirst, scanner.isAtEnd else {
                    throw scanner.failure("“independent” stands alone")
                }
            case "diag":
                guard structure.variancesBy == nil else {
                    throw scanner.failure("the variances may differ by one column only")
                }
                if case .unstructured = structure.correlation {
                    throw scanner.failure("un has variances of its own: leave diag out")
                }
                structure.variancesBy = part.occasion
            default:
                guard structure.correlation == .none else {
                    throw scanner.failure("only one of ar1, ar1h, cs, csh and un can be had at a time")
                }
                if part.keyword == "un", structure.variancesBy != nil {
                    throw scanner.failure("un has variances of its own: leave diag out")
                }
                if part.keyword.hasSuffix("h") {
                    guard structure.variancesBy == nil else {
                        throw scanner.failure("the variances may differ by one column only")
                    }
                    structure.variancesBy = part.occasion
                }
                switch part.keyword {
                case "ar1", "ar1h":
                    structure.correlation = .autoregressive(occasion: part.occasion, within: part.cluster)
                case "un": structure.correlation = .unstructured(occasion: part.occasion, within: part.cluster)
                default: structure.correlation = .compoundSymmetric(within: part.cluster)
                }
            }
            isFirst = false
        } while try scanner.another()
        self = structure
    }
}

/// Cuts the text of a residual structure into its parts.
struct ResidualStructureScanner {
    struct Part {
        var keyword: String
        var occasion = ""
        var cluster: [String] = []
    }

    private let text: String
    private let scalars: [Unicode.Scalar]
    private var position = 0

    init(_ text: String) {
        self.text = text
        scalars = Array(text.unicodeScalars)
    }

    var isAtEnd: Bool {
        scalars[position...].allSatisfy { $0.properties.isWhitespace }
    }

    static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        !scalar.properties.isWhitespace && !"()|:+`,/*~".unicodeScalars.contains(scalar)
    }

    func failure(_ problem: String) -> ResidualStructureError { ResidualStructureError(text: text, problem: problem) }

    /// Whether a plus sign announces another part; anything else but the end is an error.
    mutating func another() throws -> Bool {
        if isAtEnd { return false }
        guard take("+") else { throw unexpected("“+” or the end") }
        return true
    }

    mutating func part() throws -> Part {
        let known =
            "ar1(occasion | cluster), ar1h(occasion | cluster), cs(cluster), csh(occasion | cluster), "
            + "diag(column), un(occasion | cluster), independent"
        guard let keyword = try name() else { throw unexpected("one of \(known)") }
        guard ["ar1", "ar1h", "cs", "csh", "diag", "un", "independent"].contains(keyword) else {
            throw failure("“\(keyword)” is not known; there are \(known)")
        }
        var part = Part(keyword: keyword)
        if keyword == "independent" { return part }
        guard take("(") else { throw unexpected("“(” after “\(keyword)”") }
        if keyword != "cs" {
            guard let occasion = try name() else { throw unexpected("the name of a column") }
            part.occasion = occasion
            if keyword != "diag" {
                guard take("|") else {
                    throw unexpected("“|” and the cluster, as in \(keyword)(\(occasion) | person)")
                }
            } else if take("|") {
                throw failure("diag takes no cluster: diag(\(occasion))")
            }
        }
        if keyword != "diag" {
            repeat {
                guard let column = try name() else { throw unexpected("the column of the cluster") }
                part.cluster.append(column)
            } while take(":")
            if keyword == "cs", take("|") {
                throw failure("cs takes the cluster only, as in cs(person); variances by occasion are csh’s")
            }
            guard !part.cluster.contains(part.occasion) else {
                throw failure("“\(part.occasion)” cannot be both the occasion and the cluster")
            }
        }
        guard take(")") else {
            throw unexpected(keyword == "diag" ? "“)”" : "“)”, or “:” and another column of the cluster,")
        }
        return part
    }

    private mutating func skipSpace() {
        while position < scalars.count, scalars[position].properties.isWhitespace { position += 1 }
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        skipSpace()
        guard position < scalars.count, scalars[position] == scalar else { return false }
        position += 1
        return true
    }

    private mutating func name() throws -> String? {
        skipSpace()
        var name = String.UnicodeScalarView()
        if take("`") {
            while position < scalars.count, scalars[position] != "`" {
                name.append(scalars[position])
                position += 1
            }
            guard take("`") else { throw failure("the closing ` of a name is missing") }
            guard !name.isEmpty else { throw failure("a name between ` and ` is empty") }
            return String(name)
        }
        while position < scalars.count, Self.isPlain(scalars[position]) {
            name.append(scalars[position])
            position += 1
        }
        return name.isEmpty ? nil : String(name)
    }

    private func unexpected(_ wanted: String) -> ResidualStructureError {
        let found = position < scalars.count ? "“\(scalars[position])”" : "the end"
        return failure("\(wanted) should come at character \(position + 1), where \(found) is")
    }
}
