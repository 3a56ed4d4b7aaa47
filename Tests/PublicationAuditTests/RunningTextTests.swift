import Probability
import PublicationAudit
import Testing

@Suite struct RunningTextTests {
    private func checks(_ text: String) -> [AuditCheck] {
        Paper(runningText: [RunningText(name: "paper.txt", text: text)]).audit().checks
    }

    /// R 4.5: 2 * pt(-2.2, 28) = 0.0362; pf(4.5, 1, 30) upper = 0.0423; pchisq(6.2, 2) upper = 0.0450; 2 * pnorm(-2.2) = 0.0278.
    @Test(arguments: [
        "t(28) = 2.20, p = .036", "*t*(28) = 2.20, *p* = .036", "t(28) = −2.20, p = 0.036", "t(28) = − 2.20, P=.036",
        "t(28)\u{2009}=\u{2009}2.20,\u{00A0}p\u{202F}=\u{202F}.036", "t(28) = 2.20,\np = .036",
        "t(28) = 2.20; p = .036",
        "(t(28) = 2.20; p = .036)", "(t[28] = 2.20, p = .036)", "ｔ（28）＝2.20，p＝.036", "𝑡(28) = 2.20, 𝑝 = .036",
        "$t(28) = 2.20, p = .036$", "t(28) = 2.20, d = 0.83, p = .036",
        "t(28) = 2.20, d = 0.83, 95% CI [0.05, 1.60], p = .036",
        "t(28) = 2.20 (p = .036)", "t (df = 28) = 2.20, p-value = .036", "t = 2.20, df = 28, p = .036",
        "t(28) = 2,20, p = 0,036",
        "F(1, 30) = 4.50, p = .042", "F(1,30)=4.50,p<.05", "F(1; 30) = 4.50, p = .042",
        "_F_(1, 30) = 4.50, MSE = 2.1, _p_ = .042",
        "F(1, 30) = 4.50, ηp² = .13, p = .042", "χ²(2) = 6.20, p = .045", "χ2(2, N = 120) = 6.20, p = .045",
        "$\\chi^2(2) = 6.20, p = .045$", "chi-square(2) = 6.20, p = .045", "X2 (2, N=1,120) = 6.20, p = .045",
        "𝜒²(2) = 6.20, p = .045", "Chi-squared(2) = 6.20, p = .045", "Δχ²(2) = 6.20, p < .05",
        "χ² = 6.20, df = 2, p = .045",
        "z = 2.20, p = .028", "Z = -2.20, p's < .05", "Sobel z = 2.20, p = .028", "r(28) = .36, p = .05",
        "r = .36, N = 30, p = .05",
        "Q(2) = 6.20, p = .045", "H(2) = 6.20, p = .045", "t(28) = ?2.20, p = .036", "?2(2, N = 120) = 6.20, p = .045",
        "QT(2) = 6.20, p = .045", "z = 2.20, p &lt; .05", "F(1, 30) = 4.50, S.E. = 2.1, p = .042", "t(28) = 1.20, ns",
        "t(28) = 1.20, p = n.s.",
        "t(28) = 1.20, p > .05",
    ])
    func everyWayOfWritingATestIsRead(text: String) {
        let found = checks("The groups differed, \(text). More follows.")
        #expect(found.count == 1, "\(text): \(found)")
        #expect(found.first?.rule == .textTest)
        #expect(found.first?.verdict == .consistent, "\(text): \(found)")
        let last = text.lastIndex { "0123456789".contains($0) }
        if let last, text.contains("= .036") || text.contains("= .042") || text.contains("= .045") {
            var wrong = text
            wrong.replaceSubrange(last...last, with: "9")
            if !text.hasPrefix("H"), text.last.map({ "0123456789".contains($0) }) == true {
                #expect(checks(wrong).first?.verdict == .notAttainable, "\(wrong)")
            }
        }
    }

    @Test func thePlaceIsTheLineAndTheSentence() throws {
        let text = "First line.\nThe second line ends. The groups differed,\nt(28) = 2.20, p = .06, in means. Not this."
        let check = try #require(checks(text).first)
        #expect(check.place.description == "paper.txt, line 3")
        #expect(check.verdict == .notAttainable)
        #expect(check.attainable == ".0358 to .0366")
        #expect(
            check.explanation.contains("The decision at .05 changes: printed as not significant, recomputed it is."))
        #expect(check.explanation.hasSuffix("In “The groups differed, t(28) = 2.20, p = .06, in means.”"))
    }

    @Test func oneTailIsAcceptedWhereTheTextSpeaksOfIt() throws {
        let test = "t(28) = 2.20, p = .018"
        #expect(checks("\(test), one-tailed.").first?.verdict == .consistent)
        #expect(
            checks("All tests are one-sided. " + String(repeating: "Words. ", count: 100) + test).first?.verdict
                == .consistent)
        #expect(checks(test).first?.verdict == .unusual)
    }

    @Test func zeroIsNoProbability() throws {
        let check = try #require(checks("F(2, 45) = 61.2, p = .000").first)
        #expect(check.verdict == .unusual)
        #expect(check.explanation.contains("write p < .001"))
        #expect(checks("F(2, 45) = 1.2, p = .000").first?.verdict == .notAttainable)
    }

    @Test func adjustedProbabilitiesMayBeLarger() throws {
        #expect(checks("With Bonferroni correction, t(28) = 2.20, p = .108").first?.verdict == .unusual)
        #expect(checks("With Bonferroni correction, t(28) = 2.20, p = .004").first?.verdict == .notAttainable)
        #expect(checks("t(28) = 2.20, padj = .108").isEmpty)
        #expect(checks("t(28) = 2.20, adjusted p = .108").allSatisfy { $0.verdict == .notCheckable })
    }

    @Test func digitsCutOffAreSaidSo() throws {
        // p = .0423 to .0426; with z = 2.28, .0226: printed .022.
        let check = try #require(checks("z = 2.280, p = .022").first)
        #expect(check.verdict == .unusual)
        #expect(check.explanation.contains("cut off"))
    }

    @Test func coefficientsAreCheckedAgainstTheirErrors() throws {
        #expect(checks("(b = .34, SE = .12, p = .004)").map(\.verdict) == [.consistent])
        #expect(checks("(b = .34, SE = .12, p = .04)").map(\.verdict) == [.notAttainable])
        #expect(checks("β = .34, SE = .12, p = .04").map(\.verdict) == [.unusual])
        let full = checks("b = 0.34, SE = 0.12, t(120) = 2.83, p = .005, 95% CI [0.10, 0.58]")
        #expect(full.map(\.rule) == [.textRatio, .textInterval, .textInterval, .textTest])
        #expect(full.allSatisfy { $0.verdict == .consistent })
        let wrong = checks("b = 0.34, SE = 0.12, t(120) = 3.83, p = .005, 95% CI [0.40, 0.58]")
        #expect(wrong.map(\.verdict) == [.notAttainable, .notAttainable, .consistent, .notAttainable])
        #expect(checks("indirect effect = .05, 95% CI: .01 to .10").map(\.rule) == [.textInterval])
        #expect(checks("γ10 = 0.21, S.E. = 0.05, p < .001").map(\.verdict) == [.consistent])
    }

    @Test func aProbabilityAloneIsOnlyCounted() throws {
        let found = checks("The effect is positive (γ=0.266, P<0.001), and β=0.073, p<0.05.")
        #expect(found.map(\.verdict) == [.notCheckable, .notCheckable])
        #expect(found.map(\.printed) == ["P<0.001", "p<0.05"])
        #expect(checks("see p. 01, pp. 20 and P = 3 N").isEmpty)
    }

    @Test func otherTextsAreNoTests() {
        for text in [
            "T(28) = 2.20 of them", "r(28) = 26.05, p = .10", "z(28) = 2.2, p = .03", "t(2,28) = 2.20, p = .03",
            "t(28) = .2.20, p = .03",
            "H1 (p = .03)", "Qs(2) = 2.2, p = .03", "F = 4.2, p = .03", "t(28) = 2.20. In 1990 p = .5 was usual",
            "t(28) = 2.20 and later the other one had p = .5",
            "F(1, 94) = 58.65, pb.001 And so on. Next. Z5 = 2.15, p = .031",
        ] {
            #expect(checks(text).allSatisfy { $0.verdict == .notCheckable }, "\(text): \(checks(text))")
        }
    }

    @Test func anyTextIsScannedInLinearTime() {
        var random = RandomStream(seed: 5, stream: 2)
        let pieces = [
            "t(", "F(1, ", "28) ", "= ", "2.2", ", ", "p ", "< .0", "5", "χ²", "(", ")", "[", "b = ", "SE ", "95% CI ",
            "e-5", " × 10-3", "-", "−",
            "1,234", "N = ", "df = ", "ns", ".", "\n", "统计", "＝", "👩‍🔬", "\u{0}", "r", "z", "Q", "H",
            "999999999999999999999", "'s", "%", "to ",
        ]
        for _ in 0..<300 {
            let text = (0..<random.index(below: 40)).map { _ in pieces[random.index(below: pieces.count)] }.joined()
            for check in checks(text) { #expect(!check.explanation.contains("nan")) }
        }
        // Long runs of beginnings that never end.
        for piece in ["t(28) = 2.20, d = ", "b = .3, SE = .1, ", "F(1, 2", "p ", "t(((((", "95% CI [", "χ"] {
            let clock = ContinuousClock()
            let time = clock.measure { _ = checks(String(repeating: piece, count: 600)) }
            #expect(time < .seconds(4), "\(piece): \(time)")
        }
    }
}
