import Foundation
import SetTheoreticAnalysis
import Testing

@Suite struct CalibrationTextTests {
    @Test(arguments: [
        ("e1,c2,i5", "e1,c2,i5@logit3"), (" i5 , c2 , e1 ", "e1,c2,i5@logit3"), ("direct:e5,c2,i1", "e5,c2,i1@logit3"),
        ("e-1.5,c0,i+2e2", "e-1.5,c0,i200@logit3"), ("e.5,c-.25,i-1", "e0.5,c-0.25,i-1@logit3"),
        ("e1,c2,i5@idm.95@round2", "e1,c2,i5@idm0.95@round2"), ("p5,p50,p95", "ep5,cp50,ip95@logit3"),
        ("ip5,cp50,ep95", "ep95,cp50,ip5@logit3"), ("e1,cp50,i5", "e1,cp50,i5@logit3"), ("cuts2,4", "cuts2,4"),
        ("cuts: 2, 4", "cuts2,4"), ("indirect2,3", "indirect:2,3"), ("tfr", "tfr"), ("tfr:1", "tfr1"),
        ("linear:e1,c2,i5", "linear:e1,c2,i5"), ("power:e1,c2,i5", "linear:e1,c2,i5"),
        ("power:e1,c2,i5@below=2@above2", "clarke:e1,c2,i5"), ("power:e1,c2,i5@below2", "power:e1,c2,i5@below2@above1"),
        ("e1,c2,i3,i4,c5,e6", "e1,c2,i3,i4,c5,e6"), ("clarke:i1,c2,e3,e4,c5,i6", "clarke:i1,c2,e3,e4,c5,i6"),
        ("ecdf:e1,c2,i5@round3", "ecdf:e1,c2,i5@round3"),
    ])
    func textIsReadAndWritten(text: String, canonical: String) throws {
        let calibration = try Calibration(parsing: text)
        #expect(calibration.description == canonical)
        #expect(try Calibration(parsing: canonical) == calibration)
        #expect(try JSONDecoder().decode(Calibration.self, from: JSONEncoder().encode(calibration)) == calibration)
    }

    @Test func theDefaultScaleIsGiven() throws {
        #expect(
            try Calibration(parsing: "e1,c2,i5", scale: .degree(0.95))
                == .direct(exclusion: 1, crossover: 2, inclusion: 5, scale: .degree(0.95)))
        #expect(
            try Calibration(parsing: "e1,c2,i5@logit3", scale: .degree(0.95))
                == .direct(exclusion: 1, crossover: 2, inclusion: 5))
        let (name, calibration) = try Calibration.assignment(parsing: " A = e1,c2,i5@idm=0.9")
        #expect(name == "A")
        #expect(calibration == .direct(exclusion: 1, crossover: 2, inclusion: 5, scale: .degree(0.9)))
    }

    @Test func scalesHaveNames() throws {
        #expect(try Calibration.Scale(parsing: "logit3") == .logOdds3)
        #expect(try Calibration.Scale(parsing: "idm") == .degree(0.95))
        #expect(try Calibration.Scale(parsing: "idm.9") == .degree(0.9))
        for text in ["", "idm2", "idmx", "logit", "idmnan"] {
            #expect(throws: SetTheoryError.self) { try Calibration.Scale(parsing: text) }
        }
    }

    @Test(arguments: [
        ("", "three"), ("e1,c2", "2 anchors"), ("e1,c2,i", "missing"), ("e1,c2,x5", "before the number"),
        ("1,2,5", "before the number"), ("e1,e2,i5", "once"), ("e1,c2,inan", "not a number"),
        ("e1,c2,i0x1", "not a number"), ("e1,c2,i1e999", "not a number"), ("e1,c2,i5@idm2", "between 0.5 and 1"),
        ("e1,c2,i5@idm.5", "between 0.5 and 1"), ("e1,c2,i5@x", "no option"), ("e1,c2,i5@below2", "no meaning"),
        ("linear:e1,c2,i5@idm.9", "no meaning"), ("foo:e1,c2,i5", "no method"),
        ("e1,c2,i3,c5,i4,e6", "order of the raw"),
        ("ecdf:e1,c2,i3,i4,c5,e6", "three anchors"), ("cuts", "missing"), ("cutsx", "not a number"),
        ("p5,p50,p101", "0 to 100"), ("e1,5,c2,5,i5", "5 anchors"), ("power:e1,c2,i5@below0", "positive"),
        ("e1,c2,i5@round2.5", "round2"), ("tfrx", "not a number"),
    ])
    func mistakesShowTheRightForm(text: String, part: String) {
        #expect {
            try Calibration(parsing: text)
        } throws: { error in
            guard case SetTheoryError.invalidSetting = error else { return false }
            return "\(error)".contains(part)
        }
        #expect(throws: SetTheoryError.self) { try Calibration.assignment(parsing: "A=\(text)") }
        #expect(throws: SetTheoryError.self) { try Calibration.assignment(parsing: text) }
    }

    @Test func randomTextIsReadOrRefused() {
        var generator = SplitMixSource(seed: 2)
        let pieces = [
            "e", "c", "i", "p", "1", "2.5", "-3", ",", ",", ":", "@", "cuts", "tfr", "linear:", "clarke:", "power:",
            "ecdf:", "indirect", "@idm", "@below", "@round2", ".", "é", " ", "e1,c2,i5", "=", "1e9", "\u{301}",
        ]
        let values = [1.0, 2, 3.5, -1, 9]
        var read = 0
        for _ in 0..<20_000 {
            let text = (0..<(1 + generator.next() % 9)).map { _ in pieces[Int(generator.next() % UInt64(pieces.count))]
            }
            .joined()
            guard let calibration = try? Calibration(parsing: text) else { continue }
            read += 1
            #expect((try? Calibration(parsing: calibration.description)) == calibration, "\(text)")
            if let result = try? calibration.calibrate(values, name: "A"), result.anchors.count == 3 {
                #expect(result.memberships.allSatisfy { $0 >= 0 && $0 <= 3 })
            }
        }
        #expect(read > 100)
    }
}
