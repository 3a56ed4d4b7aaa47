import Foundation
import Testing

@testable import SetTheoreticAnalysis

/// Results of QCA 3.23 for R; see the README of the files.
struct CalibrationReference: Decodable {
    struct Cuts: Decodable {
        let groups: Int
        let values: [Double]
        let cuts: [Double]
    }
    struct Indirect: Decodable {
        let cuts: [Double]
        let values: [Double]
        let memberships: [Double]
    }
    let figures: [String: [Double]]
    let indirect: [Indirect]
    let findTh: [Cuts]

    static func read() throws -> CalibrationReference {
        let url = try #require(Bundle.module.url(forResource: "Files/calibration-qca", withExtension: "json"))
        return try JSONDecoder().decode(CalibrationReference.self, from: Data(contentsOf: url))
    }

    func callAsFunction(_ name: String) throws -> [Double] { try #require(figures[name]) }
}

private func largestGap(_ a: [Double], _ b: [Double]) -> Double {
    a.count == b.count ? zip(a, b).map { abs($0 - $1) }.max() ?? 0 : .infinity
}

@Suite struct CalibrationTests {
    @Test(arguments: [
        ("direct.95", "e350,c550,i900@idm0.95"), ("direct3", "e350,c550,i900"),
        ("falling.95", "e900,c550,i350@idm0.95"), ("falling3", "i350,c550,e900@logit3"),
        ("linear", "linear:e350,c550,i900"), ("linearFalling", "linear:e900,c550,i350"),
        ("power", "power:e350,c550,i900@below0.5@above3"),
        ("powerFalling", "power:e900,c550,i350@below0.5@above3"),
        ("clarke", "clarke:e350,c550,i900"), ("ecdf", "ecdf:e350,c550,i900"),
        ("ecdfFalling", "ecdf:e900,c550,i350"), ("bell", "e350,c450,i550,i650,c800,e1000"),
        ("bellpow", "power:e350,c450,i550,i650,c800,e1000@below2@above3"),
        ("invbell", "i350,c450,e550,e650,c800,i1000"),
        ("invbellpow", "power:i350,c450,e550,e650,c800,i1000@below2@above3"), ("crisp", "cuts550"),
        ("mv", "cuts:550,850"), ("indirect", "indirect:350,550,900"), ("indirect5", "indirect:350,400,550,700,900"),
    ])
    func membershipsAreThoseOfQCA(figure: String, text: String) throws {
        let reference = try CalibrationReference.read()
        let result = try Calibration(parsing: text).calibrate(try reference("DEV"), name: "DEV")
        #expect(largestGap(result.memberships, try reference(figure)) < 1e-12)
    }

    @Test func simulatedValuesMatchQCA() throws {
        let reference = try CalibrationReference.read()
        let tfr = try Calibration(parsing: "tfr").calibrate(try reference("z"), name: "z")
        #expect(largestGap(tfr.memberships, try reference("tfr")) < 1e-12)
        let indirect = try Calibration(parsing: "indirect:2,4,6").calibrate(try reference("w"), name: "w")
        #expect(largestGap(indirect.memberships, try reference("indw")) < 1e-12)
        #expect(reference.indirect.count == 12)
        for item in reference.indirect {
            let found = try Calibration(.indirect(cuts: item.cuts.map { .value($0) }))
                .calibrate(item.values, name: "A")
            #expect(largestGap(found.memberships, item.memberships) < 1e-12)
        }
    }

    /// The anchors of a published table, as full exclusion, crossover and full inclusion.
    @Test(arguments: [
        ("strong", "e1,c2,i5"), ("weak", "e1,c4.75,i6"), ("coll", "e1,c2,i5"), ("absorb", "e1,c2.57,i6"),
        ("perf", "e1,c2,i5"), ("info", "e1,c3,i6"),
    ])
    func publishedAnchorsInBothConventions(name: String, text: String) throws {
        let reference = try CalibrationReference.read()
        let values = try reference("v")
        for (suffix, scale) in [("3", Calibration.Scale.logOdds3), (".95", .degree(0.95))] {
            let result = try Calibration(parsing: text, scale: scale).calibrate(values, name: name)
            #expect(largestGap(result.memberships, try reference("\(name) \(suffix)")) < 1e-12)
        }
    }

    @Test func percentilesAreThoseOfR() throws {
        let reference = try CalibrationReference.read()
        let sorted = try reference("DEV").sorted()
        let found = [5, 10, 33.3, 50, 90, 95].map { Anchor.percentile($0).resolved(in: sorted) }
        #expect(largestGap(found, try reference("quant")) < 1e-10)
        let result = try Calibration(parsing: "p5,p50,p95").calibrate(sorted, name: "DEV")
        #expect(result.notices.contains(.percentileAnchors))
        #expect(result.anchors.map(\.percentile) == [5, 50, 95])
        #expect(result.anchors[1].value == 588)
    }

    @Test func theTwoConventionsDifferAtTheAnchorsOnly() throws {
        let fsQCA = try Calibration(parsing: "e1,c3,i5").calibrate([1, 3, 5], name: "A").memberships
        #expect(largestGap(fsQCA, [0.04742587317756678, 0.5, 0.9525741268224334]) < 1e-15)
        let qca = try Calibration(parsing: "e1,c3,i5@idm.95").calibrate([1, 3, 5], name: "A").memberships
        #expect(largestGap(qca, [0.05, 0.5, 0.95]) < 1e-15)
        #expect(abs(Calibration.Scale.degree(0.95).logOdds - 2.9444389791664403) < 1e-15)
    }

    @Test(arguments: ["", "linear:", "clarke:", "ecdf:"])
    func theReversedAnchorsGiveTheComplement(method: String) throws {
        let values = (0...60).map { Double($0) / 10 }
        let rising = try Calibration(parsing: method + "e1,c2.25,i5").calibrate(values, name: "A").memberships
        let falling = try Calibration(parsing: method + "i1,c2.25,e5").calibrate(values, name: "A").memberships
        #expect(largestGap(rising, falling.map { 1 - $0 }) < 1e-12)
        #expect(zip(rising, rising.dropFirst()).allSatisfy { $0 <= $1 })
    }

    /// Exponents of 2 are Zadeh's S, 2((x - a)/(b - a))² and 1 - 2((x - b)/(b - a))², when the crossover is midway.
    @Test func clarkeTypeIsZadehsFunction() throws {
        let values = [0.0, 1, 1.7, 2.4, 3, 3.9, 4.5, 5, 6]
        let found = try Calibration(parsing: "clarke:e1,c3,i5").calibrate(values, name: "A").memberships
        let expected = values.map { x -> Double in
            if x <= 1 { return 0 }
            if x >= 5 { return 1 }
            return x <= 3 ? 2 * (x - 1) * (x - 1) / 16 : 1 - 2 * (x - 5) * (x - 5) / 16
        }
        #expect(largestGap(found, expected) < 1e-14)
    }

    @Test(arguments: [
        [2.0, 2, 3], [1, 5, 3], [1, 3, 3], [3, 3, 3], [.nan, 2, 3], [1, .infinity, 3], [5, 1, 3],
    ])
    func anchorsMustRiseOrFall(anchors: [Double]) {
        for method in ["e1,c2,i3", "linear:e1,c2,i3", "ecdf:e1,c2,i3"] {
            #expect {
                try Calibration(parsing: method).replacing(anchors: anchors.map { .value($0) })
                    .calibrate([1, 2, 3], name: "A")
            } throws: { error in
                if case SetTheoryError.anchorsOutOfOrder = error { true } else { false }
            }
        }
    }

    @Test func otherMistakesAreRefused() throws {
        func refused(_ text: String, _ values: [Double]) -> String? {
            do {
                _ = try Calibration(parsing: text).calibrate(values, name: "A")
                return nil
            } catch { return "\(error)" }
        }
        #expect(refused("e1,c2,i5", []) != nil)
        #expect(refused("e1,c2,i5", [.nan]) != nil)
        #expect(refused("cuts9", [1, 2, 3])?.contains("run from 1 to 3") == true)
        #expect(refused("cuts2,2", [1, 2, 3]) != nil)
        #expect(refused("indirect:2", [-1, 2, 3])?.contains("add a constant") == true)
        #expect(refused("e1,c2,i3,i2,c4,e5", [1, 2, 3])?.contains("inverted") == true)
        #expect(refused("p5,p50,p95", [3, 3, 3])?.contains("coincide") == true)
    }

    @Test func casesAndNoticesAreNamed() throws {
        let names = ["a", "b", "c", "d", "e", "f", "g", "h"]
        let result = try Calibration(parsing: "e1,c3,i5@round2")
            .calibrate([1, 3, 3.005, 9, .nan, 9, 9, 0], name: "A", cases: names)
        #expect(result.halfMemberships == ["b", "c"])
        #expect(result.missing == ["e"])
        #expect(result.snapped == [])
        #expect(result.notices.contains(.roundedToHalf(["c"])))
        #expect(result.notices.contains(.missing(["e"])))
        #expect(result.notices.contains(.ceiling(share: 3.0 / 7)))
        #expect(!result.notices.contains { if case .skewed = $0 { true } else { false } })
        #expect(result.memberships[4].isNaN)
        #expect(result.shareInSet == 3.0 / 7)
        #expect(throws: SetTheoryError.missingMembership(set: "A", case: "e")) { try result.calibratedSet() }
        let high = try Calibration(parsing: "e100,c200,i300").calibrate([1, 2, 3, 4, 1000], name: "A")
        #expect(high.notices.contains(.skewed(shareInSet: 0.2)) == false)
        #expect(high.snapped == ["row 5"])
        let none = try Calibration(parsing: "e100,c200,i300").calibrate([1, 2, 3, 4], name: "A")
        #expect(none.notices.contains(.skewed(shareInSet: 0)))
        #expect(
            none.notices.contains(.anchorOutsideData(name: "crossover", value: 200, lowest: 1, highest: 4)))
    }

    @Test func theConventionIsASentence() throws {
        let result = try Calibration(parsing: "e1,c2,i5").calibrate([1, 2, 5], name: "A")
        #expect(
            result.sentence
                == "`A` was calibrated by the direct method (Ragin 2008) with full exclusion at 1, crossover at 2 and "
                + "full inclusion at 5; the log odds of membership are 3 at full inclusion and -3 at full exclusion "
                + "(memberships of 0.953 and 0.047, the convention of fsQCA).")
        let bell = try Calibration(parsing: "i1,c2,e3,e4,c5,i6").calibrate([1, 2, 5], name: "A")
        #expect(bell.sentence.contains("an inverted bell"))
        #expect(try Calibration(parsing: "e1,c2,i3,i4,c5,e6").calibrate([1], name: "A").sentence.contains("as a bell"))
    }

    @Test func aCurveHasItsAnchorsAndTheData() throws {
        let calibration = try Calibration(parsing: "e1,c2,i5")
        let curve = try calibration.curve(for: [0, 2.2, 7], name: "A", points: 11)
        #expect(curve.first?.value == 0)
        #expect(curve.last?.value == 7)
        #expect(curve.contains { $0.value == 2 && $0.membership == 0.5 })
        #expect(curve.contains { $0.value == 2.2 })
        #expect(zip(curve, curve.dropFirst()).allSatisfy { $0.value < $1.value && $0.membership <= $1.membership })
        for text in ["ecdf:e1,c2,i5", "tfr", "linear:e1,c2,i5", "cuts1", "indirect:1,2"] {
            let curve = try Calibration(parsing: text).curve(for: [0, 2.2, 7], name: "A")
            #expect(curve.allSatisfy { (0...1).contains($0.membership) })
        }
    }

    @Test func preliminaryMembershipsAreSmoothed() throws {
        let values = [2.0, 5, 9, 14, 22, 30], given = [0, 0.2, 0.4, 0.6, 0.8, 1.0]
        let smooth = try Calibration.indirectMemberships(of: values, preliminary: given)
        #expect(zip(smooth, given).allSatisfy { abs($0 - $1) < 0.05 })
        #expect(throws: SetTheoryError.self) {
            try Calibration.indirectMemberships(of: [1, 2], preliminary: [0, 1.5])
        }
        #expect(throws: SetTheoryError.self) { try Calibration.indirectMemberships(of: [-1, 2], preliminary: [0, 1]) }
    }
}
