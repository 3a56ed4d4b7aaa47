extension Calibration {
    /// Reads a calibration.
    ///
    /// | Text | Meaning |
    /// | --- | --- |
    /// | `e1,c2,i5` | direct method: full exclusion at 1, crossover at 2, full inclusion at 5 |
    /// | `i1,c2,e5` | the same for a set that shrinks as values grow |
    /// | `e1,c2,i3,i4,c5,e6` | bell, in the order of the raw values, linear |
    /// | `linear:e1,c2,i5` | straight lines between the anchors |
    /// | `clarke:e1,c2,i5` | S-shaped, two parabolas |
    /// | `power:e1,c2,i5@below2@above0.5` | any exponents |
    /// | `ecdf:e1,c2,i5` | along the empirical distribution |
    /// | `p5,p50,p95` | direct method with percentiles of the data; `ep95,cp50,ip5` names them |
    /// | `cuts2,4` | levels of a crisp or multi-value set |
    /// | `indirect:2,3,4` | indirect method with these cuts between groups |
    /// | `tfr`, `tfr1` | totally fuzzy and relative; with 1 as the lowest category |
    ///
    /// Options follow after `@`: `@logit3` and `@idm0.95` for the scale of the direct method, `@below` and `@above` for
    /// exponents, `@round2` for memberships rounded to 2 decimals.
    ///
    /// - Parameters:
    ///   - text: The calibration.
    ///   - scale: The scale of the direct method where the text has none.
    /// - Throws: ``SetTheoryError/invalidSetting(name:value:remedy:)`` with the right form.
    public init(parsing text: String, scale: Scale = .logOdds3) throws(SetTheoryError) {
        self = try CalibrationParser(text: text, set: nil).calibration(text, scale: scale)
    }

    /// Reads the name of a variable and its calibration: `A=e1,c2,i5`.
    ///
    /// - Throws: ``SetTheoryError/invalidSetting(name:value:remedy:)`` with the right form.
    public static func assignment(
        parsing text: String, scale: Scale = .logOdds3
    ) throws(SetTheoryError) -> (set: String, calibration: Calibration) {
        guard let sign = text.firstIndex(of: "=") else {
            throw .invalidSetting(
                name: "a calibration", value: "`\(text.prefix(200))`",
                remedy: "name the variable first, for example A=e1,c2,i5")
        }
        let name = CalibrationParser.trimmed(text[..<sign]), rest = text[text.index(after: sign)...]
        if name.isEmpty {
            throw .invalidSetting(
                name: "a calibration", value: "`\(text.prefix(200))`",
                remedy: "the name of the variable is missing before `=`, as in A=e1,c2,i5")
        }
        return (name, try CalibrationParser(text: text, set: name).calibration(String(rest), scale: scale))
    }
}

extension Calibration.Scale {
    /// Reads the name of a scale: `logit3`, `idm` for a degree of 0.95, or another degree as in `idm0.9`.
    ///
    /// - Throws: ``SetTheoryError/invalidSetting(name:value:remedy:)``.
    public init(parsing text: String) throws(SetTheoryError) {
        if text == "logit3" {
            self = .logOdds3
        } else if text == "idm" {
            self = .degree(0.95)
        } else if text.hasPrefix("idm"), let degree = Double(text.dropFirst(3)), degree > 0.5, degree < 1 {
            self = .degree(degree)
        } else {
            throw .invalidSetting(
                name: "the calibration scale", value: "`\(text.prefix(40))`",
                remedy:
                    "choose logit3 (log odds of 3, fsQCA), idm (membership of 0.95, QCA for R) or another degree as "
                    + "in idm0.9")
        }
    }
}

extension Calibration: CustomStringConvertible {
    /// The calibration as text that ``init(parsing:scale:)`` reads.
    public var description: String {
        var text = "", options = ""
        func flank(_ anchors: Anchors) -> String {
            "e\(anchors.exclusion.text),c\(anchors.crossover.text),i\(anchors.inclusion.text)"
        }
        func shape(_ exponents: Exponents, linear: String) {
            if exponents == .quadratic {
                text = "clarke:"
            } else if exponents == .linear {
                text = linear
            } else {
                text = "power:"
                options = "@below\(plainNumber(exponents.below))@above\(plainNumber(exponents.above))"
            }
        }
        switch method {
        case .direct(let anchors, let scale):
            text = flank(anchors)
            if case .degree(let degree) = scale { options = "@idm\(plainNumber(degree))" } else { options = "@logit3" }
        case .power(let anchors, let exponents):
            shape(exponents, linear: "linear:")
            text += flank(anchors)
        case .bell(let first, let second, let exponents):
            shape(exponents, linear: "")
            let inverted = first.falls
            func side(_ anchors: Anchors, outward: Bool) -> String {
                let parts = [
                    "e\(anchors.exclusion.text)", "c\(anchors.crossover.text)", "i\(anchors.inclusion.text)",
                ]
                return (outward ? parts : parts.reversed()).joined(separator: ",")
            }
            text += side(first, outward: !inverted) + "," + side(second, outward: inverted)
        case .cumulative(let anchors): text = "ecdf:\(flank(anchors))"
        case .cuts(let cuts): text = "cuts\(cuts.map(\.text).joined(separator: ","))"
        case .indirect(let cuts): text = "indirect:\(cuts.map(\.text).joined(separator: ","))"
        case .totallyFuzzyRelative(let lowest): text = "tfr\(lowest.map(plainNumber) ?? "")"
        }
        return text + options + (decimals.map { "@round\($0)" } ?? "")
    }
}

extension Calibration: Codable {
    /// Reads the text form.
    public init(from decoder: any Decoder) throws {
        self = try Calibration(parsing: try decoder.singleValueContainer().decode(String.self))
    }

    /// Writes the text form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension Anchors {
    /// Whether full inclusion lies before full exclusion, as far as that is known without data.
    var falls: Bool {
        switch (exclusion, inclusion) {
        case (.value(let e), .value(let i)): e > i
        case (.percentile(let e), .percentile(let i)): e > i
        default: false
        }
    }
}

/// Reads one calibration and knows how to name it in messages.
private struct CalibrationParser {
    let text: String
    let set: String?

    static func trimmed(_ text: some StringProtocol) -> String {
        guard let first = text.firstIndex(where: { !$0.isWhitespace }),
            let last = text.lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(text[first...last])
    }

    private func problem(_ remedy: String) -> SetTheoryError {
        .invalidSetting(
            name: set.map { "the calibration of `\($0)`" } ?? "a calibration", value: "`\(text.prefix(200))`",
            remedy: remedy)
    }

    func calibration(_ text: String, scale: Calibration.Scale) throws(SetTheoryError) -> Calibration {
        var pieces = text.split(separator: "@", omittingEmptySubsequences: false).map { Self.trimmed($0) }
        let body = pieces.removeFirst()
        var options = Options()
        for piece in pieces { try read(piece, into: &options) }
        let (method, rest) = heading(body)
        let result: Calibration.Method
        switch method {
        case "tfr":
            result = .totallyFuzzyRelative(lowest: rest.isEmpty ? nil : try number(rest))
        case "cuts", "indirect":
            var cuts: [Anchor] = []
            for field in rest.split(separator: ",", omittingEmptySubsequences: false) {
                cuts.append(try anchor(Self.trimmed(field)))
            }
            result = method == "cuts" ? .cuts(cuts) : .indirect(cuts: cuts)
        default: result = try anchored(method, rest, options: &options, scale: scale)
        }
        if let unused = options.unused { throw problem("the option @\(unused) has no meaning for this method") }
        return Calibration(result, decimals: options.decimals)
    }

    private struct Options {
        var scale: Calibration.Scale?
        var below: Double?
        var above: Double?
        var decimals: Int?

        /// An option that the method did not take.
        var unused: String? {
            if scale != nil { return "logit3 or @idm" }
            if below != nil { return "below" }
            return above != nil ? "above" : nil
        }
    }

    private func read(_ option: String, into options: inout Options) throws(SetTheoryError) {
        func value(_ name: String) -> String? {
            guard option.hasPrefix(name) else { return nil }
            let rest = option.dropFirst(name.count)
            return Self.trimmed(rest.first == "=" ? rest.dropFirst() : rest)
        }
        if option == "logit3" {
            options.scale = .logOdds3
        } else if let text = value("idm") {
            let degree = try number(text)
            guard degree > 0.5, degree < 1 else {
                throw problem("the degree of membership at full inclusion lies between 0.5 and 1, as in @idm0.95")
            }
            options.scale = .degree(degree)
        } else if let text = value("round") {
            let decimals = try number(text)
            guard decimals == decimals.rounded(), (1...10).contains(decimals) else {
                throw problem("memberships are rounded to 1 to 10 decimals, as in @round2")
            }
            options.decimals = Int(decimals)
        } else if let text = value("below") {
            options.below = try exponent(text)
        } else if let text = value("above") {
            options.above = try exponent(text)
        } else {
            throw problem(
                "`@\(option.prefix(40))` is no option; there are @logit3, @idm0.95, @below2, @above2, @round2")
        }
    }

    private func exponent(_ text: String) throws(SetTheoryError) -> Double {
        let value = try number(text)
        guard value > 0 else { throw problem("an exponent is positive, as in @below2") }
        return value
    }

    /// Splits the name of a method from its anchors; the direct method has none.
    private func heading(_ body: String) -> (String, String) {
        for name in ["tfr", "cuts", "indirect"] where body.hasPrefix(name) {
            let rest = body.dropFirst(name.count)
            return (name, Self.trimmed(rest.first == ":" ? rest.dropFirst() : rest))
        }
        if let colon = body.firstIndex(of: ":") {
            return (Self.trimmed(body[..<colon]), Self.trimmed(body[body.index(after: colon)...]))
        }
        return ("direct", body)
    }

    private func anchored(
        _ method: String, _ rest: String, options: inout Options, scale: Calibration.Scale
    ) throws(SetTheoryError) -> Calibration.Method {
        let form = method == "direct" ? "" : "\(method):"
        guard ["direct", "linear", "clarke", "power", "ecdf"].contains(method) else {
            throw problem(
                "`\(method.prefix(40))` is no method; there are direct, linear, clarke, power, ecdf, cuts, indirect and "
                    + "tfr, as in linear:e1,c2,i5")
        }
        var letters: [Character] = [], anchors: [Anchor] = []
        let fields = rest.split(separator: ",", omittingEmptySubsequences: false).map { Self.trimmed($0) }
        if rest.isEmpty || fields.count != 3 && fields.count != 6 {
            throw problem(
                "\(rest.isEmpty ? 0 : fields.count) anchors were given; write three as in \(form)e1,c2,i5, or six as in "
                    + "\(method == "ecdf" ? "" : form)e1,c2,i3,i4,c5,e6 (decimals have a point)")
        }
        for (position, field) in fields.enumerated() {
            if field.first == "p", fields.count == 3 {
                letters.append(["e", "c", "i"][position])
                anchors.append(try anchor(field))
                continue
            }
            guard let letter = field.first, "eci".contains(letter) else {
                throw problem(
                    "`\(field.prefix(40))` needs e (full exclusion), c (crossover) or i (full inclusion) before the "
                        + "number, as in \(form)e1,c2,i5")
            }
            letters.append(letter)
            anchors.append(try anchor(Self.trimmed(field.dropFirst())))
        }
        var exponents = Calibration.Exponents.linear
        if method == "clarke" { exponents = .quadratic }
        if method == "power" {
            exponents = Calibration.Exponents(below: options.below ?? 1, above: options.above ?? 1)
            options.below = nil
            options.above = nil
        }
        if fields.count == 6 {
            guard ["eciice", "iceeci"].contains(String(letters)), method != "ecdf" else {
                throw problem(
                    method == "ecdf"
                        ? "this method takes three anchors, as in ecdf:e1,c2,i5"
                        : "six anchors are written in the order of the raw values: e1,c2,i3,i4,c5,e6 for a bell, "
                            + "i1,c2,e3,e4,c5,i6 for an inverted bell")
            }
            let inverted = letters[0] == "i"
            func flank(_ outer: Int, _ crossover: Int, _ inner: Int) -> Anchors {
                Anchors(
                    exclusion: anchors[inverted ? inner : outer], crossover: anchors[crossover],
                    inclusion: anchors[inverted ? outer : inner])
            }
            return .bell(first: flank(0, 1, 2), second: flank(5, 4, 3), exponents)
        }
        guard let e = letters.firstIndex(of: "e"), let c = letters.firstIndex(of: "c"),
            let i = letters.firstIndex(of: "i")
        else {
            throw problem("each of e, c and i is needed once, as in \(form)e1,c2,i5")
        }
        let flank = Anchors(exclusion: anchors[e], crossover: anchors[c], inclusion: anchors[i])
        switch method {
        case "direct":
            defer { options.scale = nil }
            return .direct(flank, scale: options.scale ?? scale)
        case "ecdf": return .cumulative(flank)
        default: return .power(flank, exponents)
        }
    }

    private func anchor(_ text: String) throws(SetTheoryError) -> Anchor {
        guard text.first == "p" else { return .value(try number(text)) }
        let percentage = try number(Self.trimmed(text.dropFirst()))
        guard (0...100).contains(percentage) else { throw problem("percentiles go from 0 to 100, as in p5,p50,p95") }
        return .percentile(percentage)
    }

    /// A finite decimal number with an optional sign and exponent.
    private func number(_ text: String) throws(SetTheoryError) -> Double {
        let allowed = text.allSatisfy { $0.isASCII && ($0.isNumber || ".+-eE".contains($0)) }
        guard allowed, let value = Double(text), value.isFinite else {
            throw problem(
                text.isEmpty
                    ? "a number is missing; write for example e1,c2,i5"
                    : "`\(text.prefix(40))` is not a number; write for example e1,c2.5,i5")
        }
        return value
    }
}
