extension TextScanner {
    /// A statistic with its degrees of freedom and its p value, if one begins here.
    mutating func test() -> ReportedTest? {
        let start = place
        guard let test = readTest(from: start) else {
            place = start
            return nil
        }
        return test
    }

    private mutating func readTest(from start: Int) -> ReportedTest? {
        guard let statistic = statistic() else { return nil }
        var degrees: [PrintedNumber] = []
        var sampleSize: PrintedNumber?
        skipBlank()
        if sign() == "(" || sign() == "[" {
            guard statistic != .z, let list = parenthesis() else { return nil }
            (degrees, sampleSize) = (list.degrees, list.sampleSize)
        }
        guard let relation = relation(), let value = number(after: relation) else { return nil }
        if statistic == .r, abs(value.value) > 1 { return nil }
        if statistic == .chiSquared || statistic == .f || statistic == .q || statistic == .h, value.value < 0 {
            return nil
        }
        for _ in 0..<8 where place - start < 240 {
            if sign() == ")" || sign() == "]" { place += 1 }
            skipBlank()
            if let probability = probability() {
                return complete(statistic, degrees, sampleSize, value, probability, start)
            }
            guard sign() == "," || sign() == ";" || sign() == "(" || sign() == "[" else { return nil }
            place += 1
            skipBlank()
            if skip(name: "with") || skip(name: "and") { skipBlank() }
            if let probability = probability() {
                return complete(statistic, degrees, sampleSize, value, probability, start)
            }
            guard let part = part() else { return nil }
            switch part.name {
            case "df" where degrees.isEmpty: degrees = part.numbers
            case "n": sampleSize = part.numbers.first
            default: break
            }
        }
        return nil
    }

    private func complete(
        _ statistic: ReportedTest.Statistic, _ degrees: [PrintedNumber], _ sampleSize: PrintedNumber?,
        _ value: PrintedNumber,
        _ probability: ReportedTest.Probability, _ start: Int
    ) -> ReportedTest? {
        var degrees = degrees
        if statistic == .r, degrees.isEmpty, let size = sampleSize, size.isWhole, size.value > 2 {
            degrees = [PrintedNumber(Int(min(size.value, 1e9)) - 2)]
        }
        let expected: ClosedRange<Int>
        switch statistic {
        case .f: expected = 2...2
        case .t: expected = 0...1
        case .z: expected = 0...0
        default: expected = 1...1
        }
        guard expected.contains(degrees.count), degrees.allSatisfy({ $0.value > 0 && $0.value < 1e9 }) else {
            return nil
        }
        return ReportedTest(
            statistic: statistic, degreesOfFreedom: degrees, value: value, probability: probability,
            range: start..<place)
    }

    /// The name of a statistic.
    private mutating func statistic() -> ReportedTest.Statistic? {
        guard isAtWordStart || place > 0 && text.signs[place - 1] == "Δ" else { return nil }
        if skip(name: "t") { return .t }
        if skip(name: "F") { return .f }
        if skip(name: "r") { return .r }
        if skip(names: ["z", "Z"]) { return .z }
        if skip(name: "H") { return sign() == "(" || sign() == " " && sign(1) == "(" ? .h : nil }
        if skip(name: "G2") || skip(name: "G 2") { return .gSquared }
        let start = place
        if skip("χ") || skip("chi", ignoringCase: true) {
            _ = skip("-") || skip(" ")
            if skip(names: ["2", "squared", "square"], ignoringCase: true) { return .chiSquared }
        } else if skip(names: ["X2", "x2", "X 2"]) {
            return .chiSquared
        } else if sign() == "?" || sign() == "\u{FFFD}", sign(1) == "2",
            sign(2) == "(" || sign(2) == " " && sign(3) == "("
        {
            // A χ that was lost on the way to text.
            place += 2
            return .chiSquared
        } else if skip("Q") {
            for name in ["-within", "-between", "within", "between"] where skip(name, ignoringCase: true) { break }
            for name in ["w", "b", "W", "B", "M", "E", "T", "t"] where skip(name: name) { break }
            if sign()?.isWordPart != true { return .q }
        }
        place = start
        return nil
    }

    /// The degrees of freedom, and the sample size if it stands there: `(28)`, `(2, 45)`, `(1, N = 11,455)`, `(df = 3)`.
    private mutating func parenthesis() -> (degrees: [PrintedNumber], sampleSize: PrintedNumber?)? {
        let closing: Unicode.Scalar = sign() == "(" ? ")" : "]"
        place += 1
        var degrees: [PrintedNumber] = [], sampleSize: PrintedNumber?
        for _ in 0..<4 {
            skipBlank()
            if skip(name: "df") { _ = relation() }
            if skip(names: ["N", "n"]) {
                guard relation() != nil, let size = number() else { return nil }
                sampleSize = size
            } else if sign() == "l" || sign() == "I", sign(1) == "," {
                // The digit 1 as old scans hold it.
                place += 1
                degrees.append(PrintedNumber(1))
            } else {
                guard let number = number(isInList: true) else { return nil }
                degrees.append(number)
            }
            skipBlank()
            if sign() == closing {
                place += 1
                return (degrees, sampleSize)
            }
            guard sign() == "," || sign() == ";" else { return nil }
            place += 1
        }
        return nil
    }

    /// A figure that stands between a statistic and its p: an effect size, a standard error, an interval.
    struct Part {
        /// Its name in small letters, without blanks.
        let name: String
        /// Its figures: one, or the two ends of an interval.
        let numbers: [PrintedNumber]
    }

    /// A named figure, unless it is another statistic: `d = 0.4`, `SE = .12`, `95% CI [.10, .58]`, `df = 2, 45`.
    mutating func part() -> Part? {
        let start = place
        var name = "", length = 0, blanks = 0
        while let sign = sign(), length < 28, sign.isWordPart || " .'-%/".unicodeScalars.contains(sign), blanks <= 4 {
            // A point ends the sentence, unless it is that of an abbreviation: S.E. = .12.
            if sign == ".", self.sign(1) == " ", !"=<>[(".unicodeScalars.contains(self.sign(2) ?? " ") { break }
            if sign == " " {
                blanks += 1
            } else if sign != "." {
                name.unicodeScalars.append(sign.lowered)
            }
            place += 1
            length += 1
        }
        let others = ["t", "f", "z", "r", "h", "q", "χ2", "x2", "chi2", "b", "β", "beta", "γ", "p"]
        // p with a lost sign behind it, or an adjusted p.
        let isProbability = name.first == "p" && (name.contains { "0123456789".contains($0) } || name.hasPrefix("padj"))
        guard length > 0, name.unicodeScalars.first?.isWordPart == true, !others.contains(name),
            !isProbability || name.hasPrefix("partial")
        else {
            place = start
            return nil
        }
        var isNamed = relation() != nil
        if !isNamed, sign() == ":" {
            place += 1
            skipBlank()
            isNamed = true
        }
        let isInterval = name.contains("ci")
        if sign() == "[" || sign() == "(", isNamed || isInterval {
            let closing: Unicode.Scalar = sign() == "[" ? "]" : ")"
            place += 1
            skipBlank()
            if let ends = ends(), sign() == closing {
                place += 1
                return Part(name: name, numbers: ends)
            }
        } else if isNamed, isInterval, let ends = ends() {
            return Part(name: name, numbers: ends)
        } else if isNamed, let first = number() {
            let afterFirst = place
            if name == "df", sign() == "," {
                place += 1
                skipBlank()
                if let second = number() { return Part(name: name, numbers: [first, second]) }
                place = afterFirst
            }
            if sign() == "%" { place += 1 }
            return Part(name: name, numbers: [first])
        }
        place = start
        return nil
    }

    /// Two figures: `.10, .58`, `.10; .58`, `.10 to .58`.
    private mutating func ends() -> [PrintedNumber]? {
        guard let lower = number(isInList: true) else { return nil }
        skipBlank()
        guard skip(",") || skip(";") || skip("to ") || skip("~") else { return nil }
        skipBlank()
        guard let upper = number(isInList: true) else { return nil }
        skipBlank()
        return [lower, upper]
    }
}
