// Parameter tables of lavaan 0.6-14 (R 4.2), made by cfa(), sem() and growth() with do.fit = FALSE.
// Rows that lavaan sets equal by shared labels have one free number here; its `.p1. == .p2.` rows are left out.

import StructuralModels
import Testing

/// What lavaan makes of a model.
struct ExpectedTable: Sendable, CustomTestStringConvertible {
    let name: String
    let model: String
    let options: ModelOptions
    /// Names by part, as `lavNames()` gives them.
    let variables: String
    /// `lhs op rhs | free number, =fixed value or sample | user | label`
    let rows: String

    var testDescription: String { name }
}

private func options(_ base: ModelOptions, _ change: (inout ModelOptions) -> Void) -> ModelOptions {
    var options = base
    change(&options)
    return options
}

let lavaanTables: [ExpectedTable] = [
    ExpectedTable(
        name: "three factors",
        model: #"""
            visual =~ x1 + x2 + x3
            textual =~ x4 + x5 + x6
            speed =~ x7 + x8 + x9
            """#,
        options: .sem,
        variables: """
            ov x1 x2 x3 x4 x5 x6 x7 x8 x9
            ov.x
            ov.y
            lv visual textual speed
            lv.x visual textual speed
            lv.y
            """,
        rows: """
            visual =~ x1 | =1 | 1
            visual =~ x2 | 1 | 1
            visual =~ x3 | 2 | 1
            textual =~ x4 | =1 | 1
            textual =~ x5 | 3 | 1
            textual =~ x6 | 4 | 1
            speed =~ x7 | =1 | 1
            speed =~ x8 | 5 | 1
            speed =~ x9 | 6 | 1
            x1 ~~ x1 | 7 | 0
            x2 ~~ x2 | 8 | 0
            x3 ~~ x3 | 9 | 0
            x4 ~~ x4 | 10 | 0
            x5 ~~ x5 | 11 | 0
            x6 ~~ x6 | 12 | 0
            x7 ~~ x7 | 13 | 0
            x8 ~~ x8 | 14 | 0
            x9 ~~ x9 | 15 | 0
            visual ~~ visual | 16 | 0
            textual ~~ textual | 17 | 0
            speed ~~ speed | 18 | 0
            visual ~~ textual | 19 | 0
            visual ~~ speed | 20 | 0
            textual ~~ speed | 21 | 0
            """),
    ExpectedTable(
        name: "three factors with means",
        model: #"""
            visual =~ x1 + x2 + x3
            textual =~ x4 + x5 + x6
            speed =~ x7 + x8 + x9
            """#,
        options: options(.sem) { $0.meanStructure = true },
        variables: """
            ov x1 x2 x3 x4 x5 x6 x7 x8 x9
            ov.x
            ov.y
            lv visual textual speed
            lv.x visual textual speed
            lv.y
            """,
        rows: """
            visual =~ x1 | =1 | 1
            visual =~ x2 | 1 | 1
            visual =~ x3 | 2 | 1
            textual =~ x4 | =1 | 1
            textual =~ x5 | 3 | 1
            textual =~ x6 | 4 | 1
            speed =~ x7 | =1 | 1
            speed =~ x8 | 5 | 1
            speed =~ x9 | 6 | 1
            x1 ~~ x1 | 7 | 0
            x2 ~~ x2 | 8 | 0
            x3 ~~ x3 | 9 | 0
            x4 ~~ x4 | 10 | 0
            x5 ~~ x5 | 11 | 0
            x6 ~~ x6 | 12 | 0
            x7 ~~ x7 | 13 | 0
            x8 ~~ x8 | 14 | 0
            x9 ~~ x9 | 15 | 0
            visual ~~ visual | 16 | 0
            textual ~~ textual | 17 | 0
            speed ~~ speed | 18 | 0
            visual ~~ textual | 19 | 0
            visual ~~ speed | 20 | 0
            textual ~~ speed | 21 | 0
            x1 ~1 | 22 | 0
            x2 ~1 | 23 | 0
            x3 ~1 | 24 | 0
            x4 ~1 | 25 | 0
            x5 ~1 | 26 | 0
            x6 ~1 | 27 | 0
            x7 ~1 | 28 | 0
            x8 ~1 | 29 | 0
            x9 ~1 | 30 | 0
            visual ~1 | =0 | 0
            textual ~1 | =0 | 0
            speed ~1 | =0 | 0
            """),
    ExpectedTable(
        name: "unit variances",
        model: #"""
            visual =~ x1 + x2 + x3
            textual =~ x4 + x5 + x6
            speed =~ x7 + x8 + x9
            """#,
        options: options(.sem) { $0.latentScale = .unitVariance },
        variables: """
            ov x1 x2 x3 x4 x5 x6 x7 x8 x9
            ov.x
            ov.y
            lv visual textual speed
            lv.x visual textual speed
            lv.y
            """,
        rows: """
            visual =~ x1 | 1 | 1
            visual =~ x2 | 2 | 1
            visual =~ x3 | 3 | 1
            textual =~ x4 | 4 | 1
            textual =~ x5 | 5 | 1
            textual =~ x6 | 6 | 1
            speed =~ x7 | 7 | 1
            speed =~ x8 | 8 | 1
            speed =~ x9 | 9 | 1
            x1 ~~ x1 | 10 | 0
            x2 ~~ x2 | 11 | 0
            x3 ~~ x3 | 12 | 0
            x4 ~~ x4 | 13 | 0
            x5 ~~ x5 | 14 | 0
            x6 ~~ x6 | 15 | 0
            x7 ~~ x7 | 16 | 0
            x8 ~~ x8 | 17 | 0
            x9 ~~ x9 | 18 | 0
            visual ~~ visual | =1 | 0
            textual ~~ textual | =1 | 0
            speed ~~ speed | =1 | 0
            visual ~~ textual | 19 | 0
            visual ~~ speed | 20 | 0
            textual ~~ speed | 21 | 0
            """),
    ExpectedTable(
        name: "orthogonal",
        model: #"""
            visual =~ x1 + x2 + x3
            textual =~ x4 + x5 + x6
            speed =~ x7 + x8 + x9
            """#,
        options: options(.sem) { $0.isOrthogonal = true },
        variables: """
            ov x1 x2 x3 x4 x5 x6 x7 x8 x9
            ov.x
            ov.y
            lv visual textual speed
            lv.x visual textual speed
            lv.y
            """,
        rows: """
            visual =~ x1 | =1 | 1
            visual =~ x2 | 1 | 1
            visual =~ x3 | 2 | 1
            textual =~ x4 | =1 | 1
            textual =~ x5 | 3 | 1
            textual =~ x6 | 4 | 1
            speed =~ x7 | =1 | 1
            speed =~ x8 | 5 | 1
            speed =~ x9 | 6 | 1
            x1 ~~ x1 | 7 | 0
            x2 ~~ x2 | 8 | 0
            x3 ~~ x3 | 9 | 0
            x4 ~~ x4 | 10 | 0
            x5 ~~ x5 | 11 | 0
            x6 ~~ x6 | 12 | 0
            x7 ~~ x7 | 13 | 0
            x8 ~~ x8 | 14 | 0
            x9 ~~ x9 | 15 | 0
            visual ~~ visual | 16 | 0
            textual ~~ textual | 17 | 0
            speed ~~ speed | 18 | 0
            visual ~~ textual | =0 | 0
            visual ~~ speed | =0 | 0
            textual ~~ speed | =0 | 0
            """),
    ExpectedTable(
        name: "effect coding",
        model: #"""
            visual =~ x1 + x2 + x3
            textual =~ x4 + x5 + x6
            speed =~ x7 + x8 + x9
            """#,
        options: options(.sem) { $0.latentScale = .effectCoding },
        variables: """
            ov x1 x2 x3 x4 x5 x6 x7 x8 x9
            ov.x
            ov.y
            lv visual textual speed
            lv.x visual textual speed
            lv.y
            """,
        rows: """
            visual =~ x1 | 1 | 1
            visual =~ x2 | 2 | 1
            visual =~ x3 | 3 | 1
            textual =~ x4 | 4 | 1
            textual =~ x5 | 5 | 1
            textual =~ x6 | 6 | 1
            speed =~ x7 | 7 | 1
            speed =~ x8 | 8 | 1
            speed =~ x9 | 9 | 1
            x1 ~~ x1 | 10 | 0
            x2 ~~ x2 | 11 | 0
            x3 ~~ x3 | 12 | 0
            x4 ~~ x4 | 13 | 0
            x5 ~~ x5 | 14 | 0
            x6 ~~ x6 | 15 | 0
            x7 ~~ x7 | 16 | 0
            x8 ~~ x8 | 17 | 0
            x9 ~~ x9 | 18 | 0
            visual ~~ visual | 19 | 0
            textual ~~ textual | 20 | 0
            speed ~~ speed | 21 | 0
            visual ~~ textual | 22 | 0
            visual ~~ speed | 23 | 0
            textual ~~ speed | 24 | 0
            .p1. == 3-.p2.-.p3.
            .p4. == 3-.p5.-.p6.
            .p7. == 3-.p8.-.p9.
            """),
    ExpectedTable(
        name: "effect coding with means",
        model: #"""
            visual =~ x1 + x2 + x3
            textual =~ x4 + x5 + x6
            speed =~ x7 + x8 + x9
            """#,
        options: options(.sem) {
            $0.latentScale = .effectCoding; $0.meanStructure = true
        },
        variables: """
            ov x1 x2 x3 x4 x5 x6 x7 x8 x9
            ov.x
            ov.y
            lv visual textual speed
            lv.x visual textual speed
            lv.y
            """,
        rows: """
            visual =~ x1 | 1 | 1
            visual =~ x2 | 2 | 1
            visual =~ x3 | 3 | 1
            textual =~ x4 | 4 | 1
            textual =~ x5 | 5 | 1
            textual =~ x6 | 6 | 1
            speed =~ x7 | 7 | 1
            speed =~ x8 | 8 | 1
            speed =~ x9 | 9 | 1
            x1 ~~ x1 | 10 | 0
            x2 ~~ x2 | 11 | 0
            x3 ~~ x3 | 12 | 0
            x4 ~~ x4 | 13 | 0
            x5 ~~ x5 | 14 | 0
            x6 ~~ x6 | 15 | 0
            x7 ~~ x7 | 16 | 0
            x8 ~~ x8 | 17 | 0
            x9 ~~ x9 | 18 | 0
            visual ~~ visual | 19 | 0
            textual ~~ textual | 20 | 0
            speed ~~ speed | 21 | 0
            visual ~~ textual | 22 | 0
            visual ~~ speed | 23 | 0
            textual ~~ speed | 24 | 0
            x1 ~1 | 25 | 0
            x2 ~1 | 26 | 0
            x3 ~1 | 27 | 0
            x4 ~1 | 28 | 0
            x5 ~1 | 29 | 0
            x6 ~1 | 30 | 0
            x7 ~1 | 31 | 0
            x8 ~1 | 32 | 0
            x9 ~1 | 33 | 0
            visual ~1 | 34 | 0
            textual ~1 | 35 | 0
            speed ~1 | 36 | 0
            .p1. == 3-.p2.-.p3.
            .p25. == 0-.p26.-.p27.
            .p4. == 3-.p5.-.p6.
            .p28. == 0-.p29.-.p30.
            .p7. == 3-.p8.-.p9.
            .p31. == 0-.p32.-.p33.
            """),
    ExpectedTable(
        name: "second order",
        model: #"""
            visual =~ x1 + x2 + x3
            textual =~ x4 + x5 + x6
            speed =~ x7 + x8 + x9
            g =~ visual + textual + speed
            """#,
        options: .sem,
        variables: """
            ov x1 x2 x3 x4 x5 x6 x7 x8 x9
            ov.x
            ov.y
            lv visual textual speed g
            lv.x g
            lv.y
            """,
        rows: """
            visual =~ x1 | =1 | 1
            visual =~ x2 | 1 | 1
            visual =~ x3 | 2 | 1
            textual =~ x4 | =1 | 1
            textual =~ x5 | 3 | 1
            textual =~ x6 | 4 | 1
            speed =~ x7 | =1 | 1
            speed =~ x8 | 5 | 1
            speed =~ x9 | 6 | 1
            g =~ visual | =1 | 1
            g =~ textual | 7 | 1
            g =~ speed | 8 | 1
            x1 ~~ x1 | 9 | 0
            x2 ~~ x2 | 10 | 0
            x3 ~~ x3 | 11 | 0
            x4 ~~ x4 | 12 | 0
            x5 ~~ x5 | 13 | 0
            x6 ~~ x6 | 14 | 0
            x7 ~~ x7 | 15 | 0
            x8 ~~ x8 | 16 | 0
            x9 ~~ x9 | 17 | 0
            visual ~~ visual | 18 | 0
            textual ~~ textual | 19 | 0
            speed ~~ speed | 20 | 0
            g ~~ g | 21 | 0
            """),
    ExpectedTable(
        name: "second order, unit variances",
        model: #"""
            visual =~ x1 + x2 + x3
            textual =~ x4 + x5 + x6
            speed =~ x7 + x8 + x9
            g =~ visual + textual + speed
            """#,
        options: options(.sem) { $0.latentScale = .unitVariance },
        variables: """
            ov x1 x2 x3 x4 x5 x6 x7 x8 x9
            ov.x
            ov.y
            lv visual textual speed g
            lv.x g
            lv.y
            """,
        rows: """
            visual =~ x1 | 1 | 1
            visual =~ x2 | 2 | 1
            visual =~ x3 | 3 | 1
            textual =~ x4 | 4 | 1
            textual =~ x5 | 5 | 1
            textual =~ x6 | 6 | 1
            speed =~ x7 | 7 | 1
            speed =~ x8 | 8 | 1
            speed =~ x9 | 9 | 1
            g =~ visual | 10 | 1
            g =~ textual | 11 | 1
            g =~ speed | 12 | 1
            x1 ~~ x1 | 13 | 0
            x2 ~~ x2 | 14 | 0
            x3 ~~ x3 | 15 | 0
            x4 ~~ x4 | 16 | 0
            x5 ~~ x5 | 17 | 0
            x6 ~~ x6 | 18 | 0
            x7 ~~ x7 | 19 | 0
            x8 ~~ x8 | 20 | 0
            x9 ~~ x9 | 21 | 0
            visual ~~ visual | =1 | 0
            textual ~~ textual | =1 | 0
            speed ~~ speed | =1 | 0
            g ~~ g | =1 | 0
            """),
    ExpectedTable(
        name: "bifactor",
        model: #"""
            g =~ x1 + x2 + x3 + x4 + x5 + x6
            s1 =~ x1 + x2 + x3
            s2 =~ x4 + x5 + x6
            g ~~ 0*s1 + 0*s2
            s1 ~~ 0*s2
            """#,
        options: options(.sem) { $0.latentScale = .unitVariance },
        variables: """
            ov x1 x2 x3 x4 x5 x6
            ov.x
            ov.y
            lv g s1 s2
            lv.x g s1 s2
            lv.y
            """,
        rows: """
            g =~ x1 | 1 | 1
            g =~ x2 | 2 | 1
            g =~ x3 | 3 | 1
            g =~ x4 | 4 | 1
            g =~ x5 | 5 | 1
            g =~ x6 | 6 | 1
            s1 =~ x1 | 7 | 1
            s1 =~ x2 | 8 | 1
            s1 =~ x3 | 9 | 1
            s2 =~ x4 | 10 | 1
            s2 =~ x5 | 11 | 1
            s2 =~ x6 | 12 | 1
            g ~~ s1 | =0 | 1
            g ~~ s2 | =0 | 1
            s1 ~~ s2 | =0 | 1
            x1 ~~ x1 | 13 | 0
            x2 ~~ x2 | 14 | 0
            x3 ~~ x3 | 15 | 0
            x4 ~~ x4 | 16 | 0
            x5 ~~ x5 | 17 | 0
            x6 ~~ x6 | 18 | 0
            g ~~ g | =1 | 0
            s1 ~~ s1 | =1 | 0
            s2 ~~ s2 | =1 | 0
            """),
    ExpectedTable(
        name: "political democracy",
        model: #"""
            ind60 =~ x1 + x2 + x3
            dem60 =~ y1 + a*y2 + b*y3 + c*y4
            dem65 =~ y5 + a*y6 + b*y7 + c*y8
            dem60 ~ ind60
            dem65 ~ ind60 + dem60
            y1 ~~ y5
            y2 ~~ y4 + y6
            y3 ~~ y7
            y4 ~~ y8
            y6 ~~ y8
            """#,
        options: .sem,
        variables: """
            ov x1 x2 x3 y1 y2 y3 y4 y5 y6 y7 y8
            ov.x
            ov.y
            lv ind60 dem60 dem65
            lv.x ind60
            lv.y dem65
            """,
        rows: """
            ind60 =~ x1 | =1 | 1
            ind60 =~ x2 | 1 | 1
            ind60 =~ x3 | 2 | 1
            dem60 =~ y1 | =1 | 1
            dem60 =~ y2 | 3 | 1 | a
            dem60 =~ y3 | 4 | 1 | b
            dem60 =~ y4 | 5 | 1 | c
            dem65 =~ y5 | =1 | 1
            dem65 =~ y6 | 3 | 1 | a
            dem65 =~ y7 | 4 | 1 | b
            dem65 =~ y8 | 5 | 1 | c
            dem60 ~ ind60 | 6 | 1
            dem65 ~ ind60 | 7 | 1
            dem65 ~ dem60 | 8 | 1
            y1 ~~ y5 | 9 | 1
            y2 ~~ y4 | 10 | 1
            y2 ~~ y6 | 11 | 1
            y3 ~~ y7 | 12 | 1
            y4 ~~ y8 | 13 | 1
            y6 ~~ y8 | 14 | 1
            x1 ~~ x1 | 15 | 0
            x2 ~~ x2 | 16 | 0
            x3 ~~ x3 | 17 | 0
            y1 ~~ y1 | 18 | 0
            y2 ~~ y2 | 19 | 0
            y3 ~~ y3 | 20 | 0
            y4 ~~ y4 | 21 | 0
            y5 ~~ y5 | 22 | 0
            y6 ~~ y6 | 23 | 0
            y7 ~~ y7 | 24 | 0
            y8 ~~ y8 | 25 | 0
            ind60 ~~ ind60 | 26 | 0
            dem60 ~~ dem60 | 27 | 0
            dem65 ~~ dem65 | 28 | 0
            """),
    ExpectedTable(
        name: "mediation with constraints",
        model: #"""
            y2 ~ b*y1 + c*x1
            y1 ~ a*x1
            ind := a*b
            total := c + a*b
            a == b^2
            c > 0
            a < b
            """#,
        options: .sem,
        variables: """
            ov y2 y1 x1
            ov.x x1
            ov.y y2
            lv
            lv.x
            lv.y
            """,
        rows: """
            y2 ~ y1 | 1 | 1 | b
            y2 ~ x1 | 2 | 1 | c
            y1 ~ x1 | 3 | 1 | a
            y2 ~~ y2 | 4 | 0
            y1 ~~ y1 | 5 | 0
            x1 ~~ x1 | sample | 0
            ind := a*b
            total := c+a*b
            a == b^2
            c > 0
            a < b
            """),
    ExpectedTable(
        name: "mediation, random x, means",
        model: #"""
            m ~ a*x
            y ~ b*m + c*x
            ab := a*b
            """#,
        options: options(.sem) {
            $0.meanStructure = true; $0.fixesExogenousMoments = false
        },
        variables: """
            ov m y x
            ov.x x
            ov.y y
            lv
            lv.x
            lv.y
            """,
        rows: """
            m ~ x | 1 | 1 | a
            y ~ m | 2 | 1 | b
            y ~ x | 3 | 1 | c
            m ~~ m | 4 | 0
            y ~~ y | 5 | 0
            x ~~ x | 6 | 0
            m ~1 | 7 | 0
            y ~1 | 8 | 0
            x ~1 | 9 | 0
            ab := a*b
            """),
    ExpectedTable(
        name: "named covariance of all predictors",
        model: #"""
            y ~ x1 + x2
            x1 ~~ x2
            """#,
        options: .sem,
        variables: """
            ov y x1 x2
            ov.x
            ov.y y
            lv
            lv.x
            lv.y
            """,
        rows: """
            y ~ x1 | 1 | 1
            y ~ x2 | 2 | 1
            x1 ~~ x2 | 3 | 1
            y ~~ y | 4 | 0
            x1 ~~ x1 | 5 | 0
            x2 ~~ x2 | 6 | 0
            """),
    ExpectedTable(
        name: "named variance of one predictor",
        model: #"""
            y ~ x1 + x2
            x1 ~~ x1
            """#,
        options: .sem,
        variables: """
            ov y x1 x2
            ov.x x2
            ov.y y
            lv
            lv.x
            lv.y
            """,
        rows: """
            y ~ x1 | 1 | 1
            y ~ x2 | 2 | 1
            x1 ~~ x1 | 3 | 1
            y ~~ y | 4 | 0
            x2 ~~ x2 | sample | 0
            """),
    ExpectedTable(
        name: "named mean of one predictor",
        model: #"""
            y ~ x1 + x2 + x3
            x2 ~ 1
            """#,
        options: .sem,
        variables: """
            ov y x1 x2 x3
            ov.x x1 x3
            ov.y y
            lv
            lv.x
            lv.y
            """,
        rows: """
            y ~ x1 | 1 | 1
            y ~ x2 | 2 | 1
            y ~ x3 | 3 | 1
            x2 ~1 | 4 | 1
            y ~~ y | 5 | 0
            x2 ~~ x2 | 6 | 0
            x1 ~~ x1 | sample | 0
            x1 ~~ x3 | sample | 0
            x3 ~~ x3 | sample | 0
            y ~1 | 7 | 0
            x1 ~1 | sample | 0
            x3 ~1 | sample | 0
            """),
    ExpectedTable(
        name: "intercepts among predictors",
        model: #"""
            y ~ 1 + x1
            y2 ~ x1 + x2
            """#,
        options: .sem,
        variables: """
            ov y y2 x1 x2
            ov.x x1 x2
            ov.y y y2
            lv
            lv.x
            lv.y
            """,
        rows: """
            y ~1 | 1 | 1
            y ~ x1 | 2 | 1
            y2 ~ x1 | 3 | 1
            y2 ~ x2 | 4 | 1
            y ~~ y | 5 | 0
            y2 ~~ y2 | 6 | 0
            y ~~ y2 | 7 | 0
            x1 ~~ x1 | sample | 0
            x1 ~~ x2 | sample | 0
            x2 ~~ x2 | sample | 0
            y2 ~1 | 8 | 0
            x1 ~1 | sample | 0
            x2 ~1 | sample | 0
            """),
    ExpectedTable(
        name: "fixed intercepts",
        model: #"""
            f =~ x1 + x2 + x3
            y ~ f
            y ~ 0
            z ~ 2*1 + f
            """#,
        options: .sem,
        variables: """
            ov x1 x2 x3 y z
            ov.x
            ov.y y z
            lv f
            lv.x f
            lv.y
            """,
        rows: """
            f =~ x1 | =1 | 1
            f =~ x2 | 1 | 1
            f =~ x3 | 2 | 1
            y ~ f | 3 | 1
            y ~1 | =0 | 1
            z ~1 | =2 | 1
            z ~ f | 4 | 1
            x1 ~~ x1 | 5 | 0
            x2 ~~ x2 | 6 | 0
            x3 ~~ x3 | 7 | 0
            y ~~ y | 8 | 0
            z ~~ z | 9 | 0
            f ~~ f | 10 | 0
            y ~~ z | 11 | 0
            x1 ~1 | 12 | 0
            x2 ~1 | 13 | 0
            x3 ~1 | 14 | 0
            f ~1 | =0 | 0
            """),
    ExpectedTable(
        name: "single indicators",
        model: #"""
            f =~ x1
            x1 ~~ 0.3*x1
            g =~ NA*z1
            g ~~ 1*g
            h =~ w1
            k =~ w2
            k2 =~ w2 + w3 + w4
            """#,
        options: .sem,
        variables: """
            ov x1 z1 w1 w2 w3 w4
            ov.x
            ov.y
            lv f g h k k2
            lv.x f g h k k2
            lv.y
            """,
        rows: """
            f =~ x1 | =1 | 1
            x1 ~~ x1 | =0.3 | 1
            g =~ z1 | 1 | 1
            g ~~ g | =1 | 1
            h =~ w1 | =1 | 1
            k =~ w2 | =1 | 1
            k2 =~ w2 | =1 | 1
            k2 =~ w3 | 2 | 1
            k2 =~ w4 | 3 | 1
            z1 ~~ z1 | =0 | 0
            w1 ~~ w1 | =0 | 0
            w2 ~~ w2 | 4 | 0
            w3 ~~ w3 | 5 | 0
            w4 ~~ w4 | 6 | 0
            f ~~ f | 7 | 0
            h ~~ h | 8 | 0
            k ~~ k | 9 | 0
            k2 ~~ k2 | 10 | 0
            f ~~ g | 11 | 0
            f ~~ h | 12 | 0
            f ~~ k | 13 | 0
            f ~~ k2 | 14 | 0
            g ~~ h | 15 | 0
            g ~~ k | 16 | 0
            g ~~ k2 | 17 | 0
            h ~~ k | 18 | 0
            h ~~ k2 | 19 | 0
            k ~~ k2 | 20 | 0
            """),
    ExpectedTable(
        name: "single indicator of second order",
        model: #"""
            f =~ x1 + x2 + x3
            h =~ f
            """#,
        options: options(.sem) { $0.meanStructure = true },
        variables: """
            ov x1 x2 x3
            ov.x
            ov.y
            lv f h
            lv.x h
            lv.y
            """,
        rows: """
            f =~ x1 | =1 | 1
            f =~ x2 | 1 | 1
            f =~ x3 | 2 | 1
            h =~ f | =1 | 1
            x1 ~~ x1 | 3 | 0
            x2 ~~ x2 | 4 | 0
            x3 ~~ x3 | 5 | 0
            f ~~ f | =0 | 0
            h ~~ h | 6 | 0
            x1 ~1 | 7 | 0
            x2 ~1 | 8 | 0
            x3 ~1 | 9 | 0
            f ~1 | =0 | 0
            h ~1 | =0 | 0
            """),
    ExpectedTable(
        name: "single indicators, unit variances",
        model: #"""
            f =~ x1
            g =~ y1 + y2 + y3
            f ~ g
            h =~ g
            """#,
        options: options(.sem) { $0.latentScale = .unitVariance },
        variables: """
            ov x1 y1 y2 y3
            ov.x
            ov.y
            lv f g h
            lv.x h
            lv.y f
            """,
        rows: """
            f =~ x1 | 1 | 1
            g =~ y1 | 2 | 1
            g =~ y2 | 3 | 1
            g =~ y3 | 4 | 1
            f ~ g | 5 | 1
            h =~ g | 6 | 1
            x1 ~~ x1 | =0 | 0
            y1 ~~ y1 | 7 | 0
            y2 ~~ y2 | 8 | 0
            y3 ~~ y3 | 9 | 0
            f ~~ f | =1 | 0
            g ~~ g | =0 | 0
            h ~~ h | =1 | 0
            """),
    ExpectedTable(
        name: "label on the marker",
        model: #"""
            f =~ a*x1 + a*x2 + x3
            """#,
        options: .sem,
        variables: """
            ov x1 x2 x3
            ov.x
            ov.y
            lv f
            lv.x f
            lv.y
            """,
        rows: """
            f =~ x1 | =1 | 1 | a
            f =~ x2 | =1 | 1 | a
            f =~ x3 | 1 | 1
            x1 ~~ x1 | 2 | 0
            x2 ~~ x2 | 3 | 0
            x3 ~~ x3 | 4 | 0
            f ~~ f | 5 | 0
            """),
    ExpectedTable(
        name: "label with a fixed row",
        model: #"""
            f =~ x1 + a*x2 + 2*x3 + a*x3
            g =~ NA*y1 + b*y1 + b*y2 + y3
            g ~~ 1*g
            """#,
        options: .sem,
        variables: """
            ov x1 x2 x3 y1 y2 y3
            ov.x
            ov.y
            lv f g
            lv.x f g
            lv.y
            """,
        rows: """
            f =~ x1 | =1 | 1
            f =~ x2 | =2 | 1 | a
            f =~ x3 | =2 | 1 | a
            g =~ y1 | 1 | 1 | b
            g =~ y2 | 1 | 1 | b
            g =~ y3 | 2 | 1
            g ~~ g | =1 | 1
            x1 ~~ x1 | 3 | 0
            x2 ~~ x2 | 4 | 0
            x3 ~~ x3 | 5 | 0
            y1 ~~ y1 | 6 | 0
            y2 ~~ y2 | 7 | 0
            y3 ~~ y3 | 8 | 0
            f ~~ f | 9 | 0
            f ~~ g | 10 | 0
            """),
    ExpectedTable(
        name: "parallel items",
        model: #"""
            f =~ NA*x1 + lam*x1 + lam*x2 + lam*x3
            x1 ~~ th*x1
            x2 ~~ th*x2; x3 ~~ th*x3
            f ~~ 1*f
            """#,
        options: .sem,
        variables: """
            ov x1 x2 x3
            ov.x
            ov.y
            lv f
            lv.x f
            lv.y
            """,
        rows: """
            f =~ x1 | 1 | 1 | lam
            f =~ x2 | 1 | 1 | lam
            f =~ x3 | 1 | 1 | lam
            x1 ~~ x1 | 2 | 1 | th
            x2 ~~ x2 | 2 | 1 | th
            x3 ~~ x3 | 2 | 1 | th
            f ~~ f | =1 | 1
            """),
    ExpectedTable(
        name: "sides of covariances are ordered",
        model: #"""
            f =~ x1 + x2 + x3
            g =~ y1 + y2 + y3
            g ~~ f
            y2 ~~ x1
            """#,
        options: .sem,
        variables: """
            ov x1 x2 x3 y1 y2 y3
            ov.x
            ov.y
            lv f g
            lv.x f g
            lv.y
            """,
        rows: """
            f =~ x1 | =1 | 1
            f =~ x2 | 1 | 1
            f =~ x3 | 2 | 1
            g =~ y1 | =1 | 1
            g =~ y2 | 3 | 1
            g =~ y3 | 4 | 1
            f ~~ g | 5 | 1
            x1 ~~ y2 | 6 | 1
            x1 ~~ x1 | 7 | 0
            x2 ~~ x2 | 8 | 0
            x3 ~~ x3 | 9 | 0
            y1 ~~ y1 | 10 | 0
            y2 ~~ y2 | 11 | 0
            y3 ~~ y3 | 12 | 0
            f ~~ f | 13 | 0
            g ~~ g | 14 | 0
            """),
    ExpectedTable(
        name: "orphans",
        model: #"""
            y4 ~ 1
            z1 ~~ y3
            y3 ~~ y4
            y1 ~~ y1
            z1 ~~ y1
            z3 ~~ y4
            """#,
        options: .sem,
        variables: """
            ov z1 y3 y1 z3 y4
            ov.x
            ov.y
            lv
            lv.x
            lv.y
            """,
        rows: """
            y4 ~1 | 1 | 1
            z1 ~~ y3 | 2 | 1
            y3 ~~ y4 | 3 | 1
            y1 ~~ y1 | 4 | 1
            z1 ~~ y1 | 5 | 1
            z3 ~~ y4 | 6 | 1
            z1 ~~ z1 | 7 | 0
            y3 ~~ y3 | 8 | 0
            z3 ~~ z3 | 9 | 0
            y4 ~~ y4 | 10 | 0
            z1 ~1 | 11 | 0
            y3 ~1 | 12 | 0
            y1 ~1 | 13 | 0
            z3 ~1 | 14 | 0
            """),
    ExpectedTable(
        name: "phantom latent variable",
        model: #"""
            f =~ 0
            f ~ x1 + x2 + x3
            y1 + y2 ~ f
            """#,
        options: .sem,
        variables: """
            ov y1 y2 x1 x2 x3
            ov.x x1 x2 x3
            ov.y y1 y2
            lv f
            lv.x
            lv.y
            """,
        rows: """
            f =~ f | =0 | 1
            f ~ x1 | 1 | 1
            f ~ x2 | 2 | 1
            f ~ x3 | 3 | 1
            y1 ~ f | 4 | 1
            y2 ~ f | 5 | 1
            y1 ~~ y1 | 6 | 0
            y2 ~~ y2 | 7 | 0
            f ~~ f | 8 | 0
            y1 ~~ y2 | 9 | 0
            x1 ~~ x1 | sample | 0
            x1 ~~ x2 | sample | 0
            x1 ~~ x3 | sample | 0
            x2 ~~ x2 | sample | 0
            x2 ~~ x3 | sample | 0
            x3 ~~ x3 | sample | 0
            """),
    ExpectedTable(
        name: "phantom row before indicators",
        model: #"""
            f =~ 0
            f =~ x1 + x2 + x3
            """#,
        options: .sem,
        variables: """
            ov x1 x2 x3
            ov.x
            ov.y
            lv f
            lv.x
            lv.y
            """,
        rows: """
            f =~ f | =0 | 1
            f =~ x1 | 1 | 1
            f =~ x2 | 2 | 1
            f =~ x3 | 3 | 1
            x1 ~~ x1 | 4 | 0
            x2 ~~ x2 | 5 | 0
            x3 ~~ x3 | 6 | 0
            f ~~ f | 7 | 0
            """),
    ExpectedTable(
        name: "indicators that predict and depend",
        model: #"""
            f =~ x1 + x2 + x3
            y ~ f + x1
            x2 ~ w
            """#,
        options: .sem,
        variables: """
            ov x1 x2 x3 y w
            ov.x w
            ov.y y
            lv f
            lv.x f
            lv.y
            """,
        rows: """
            f =~ x1 | =1 | 1
            f =~ x2 | 1 | 1
            f =~ x3 | 2 | 1
            y ~ f | 3 | 1
            y ~ x1 | 4 | 1
            x2 ~ w | 5 | 1
            x1 ~~ x1 | 6 | 0
            x2 ~~ x2 | 7 | 0
            x3 ~~ x3 | 8 | 0
            y ~~ y | 9 | 0
            f ~~ f | 10 | 0
            w ~~ w | sample | 0
            """),
    ExpectedTable(
        name: "indicator that predicts its second-order factor",
        model: #"""
            f =~ x1 + x2 + x3
            g =~ f + y1
            g ~ x1
            x1 ~ z
            """#,
        options: options(.sem) { $0.meanStructure = true },
        variables: """
            ov x1 x2 x3 y1 z
            ov.x z
            ov.y
            lv f g
            lv.x
            lv.y g
            """,
        rows: """
            f =~ x1 | =1 | 1
            f =~ x2 | 1 | 1
            f =~ x3 | 2 | 1
            g =~ f | =1 | 1
            g =~ y1 | 3 | 1
            g ~ x1 | 4 | 1
            x1 ~ z | 5 | 1
            x1 ~~ x1 | 6 | 0
            x2 ~~ x2 | 7 | 0
            x3 ~~ x3 | 8 | 0
            y1 ~~ y1 | 9 | 0
            f ~~ f | 10 | 0
            g ~~ g | 11 | 0
            z ~~ z | sample | 0
            x1 ~1 | 12 | 0
            x2 ~1 | 13 | 0
            x3 ~1 | 14 | 0
            y1 ~1 | 15 | 0
            z ~1 | sample | 0
            f ~1 | =0 | 0
            g ~1 | =0 | 0
            """),
    ExpectedTable(
        name: "feedback",
        model: #"""
            y1 ~ y2 + x
            y2 ~ y1 + z
            """#,
        options: .sem,
        variables: """
            ov y1 y2 x z
            ov.x x z
            ov.y
            lv
            lv.x
            lv.y
            """,
        rows: """
            y1 ~ y2 | 1 | 1
            y1 ~ x | 2 | 1
            y2 ~ y1 | 3 | 1
            y2 ~ z | 4 | 1
            y1 ~~ y1 | 5 | 0
            y2 ~~ y2 | 6 | 0
            x ~~ x | sample | 0
            x ~~ z | sample | 0
            z ~~ z | sample | 0
            """),
    ExpectedTable(
        name: "several left sides",
        model: #"""
            y1 + y2 ~ a*x1 + 0.5?x2
            y1 ~ y2
            """#,
        options: .sem,
        variables: """
            ov y1 y2 x1 x2
            ov.x x1 x2
            ov.y y1
            lv
            lv.x
            lv.y
            """,
        rows: """
            y1 ~ x1 | 1 | 1 | a
            y1 ~ x2 | 2 | 1
            y2 ~ x1 | 1 | 1 | a
            y2 ~ x2 | 3 | 1
            y1 ~ y2 | 4 | 1
            y1 ~~ y1 | 5 | 0
            y2 ~~ y2 | 6 | 0
            x1 ~~ x1 | sample | 0
            x1 ~~ x2 | sample | 0
            x2 ~~ x2 | sample | 0
            """),
    ExpectedTable(
        name: "dependent latent and observed variables",
        model: #"""
            f =~ x1 + x2 + x3
            g =~ y1 + y2 + y3
            h =~ z1 + z2 + z3
            q ~ h
            f ~ h
            g ~ h
            f ~ 1
            """#,
        options: .sem,
        variables: """
            ov x1 x2 x3 y1 y2 y3 z1 z2 z3 q
            ov.x
            ov.y q
            lv f g h
            lv.x h
            lv.y f g
            """,
        rows: """
            f =~ x1 | =1 | 1
            f =~ x2 | 1 | 1
            f =~ x3 | 2 | 1
            g =~ y1 | =1 | 1
            g =~ y2 | 3 | 1
            g =~ y3 | 4 | 1
            h =~ z1 | =1 | 1
            h =~ z2 | 5 | 1
            h =~ z3 | 6 | 1
            q ~ h | 7 | 1
            f ~ h | 8 | 1
            g ~ h | 9 | 1
            f ~1 | 10 | 1
            x1 ~~ x1 | 11 | 0
            x2 ~~ x2 | 12 | 0
            x3 ~~ x3 | 13 | 0
            y1 ~~ y1 | 14 | 0
            y2 ~~ y2 | 15 | 0
            y3 ~~ y3 | 16 | 0
            z1 ~~ z1 | 17 | 0
            z2 ~~ z2 | 18 | 0
            z3 ~~ z3 | 19 | 0
            q ~~ q | 20 | 0
            f ~~ f | 21 | 0
            g ~~ g | 22 | 0
            h ~~ h | 23 | 0
            f ~~ g | 24 | 0
            f ~~ q | 25 | 0
            g ~~ q | 26 | 0
            x1 ~1 | 27 | 0
            x2 ~1 | 28 | 0
            x3 ~1 | 29 | 0
            y1 ~1 | 30 | 0
            y2 ~1 | 31 | 0
            y3 ~1 | 32 | 0
            z1 ~1 | 33 | 0
            z2 ~1 | 34 | 0
            z3 ~1 | 35 | 0
            q ~1 | 36 | 0
            g ~1 | =0 | 0
            h ~1 | =0 | 0
            """),
    ExpectedTable(
        name: "dependent variables, orthogonal",
        model: #"""
            f =~ x1 + x2 + x3
            y ~ f
            z ~ f
            g =~ y1 + y2 + y3
            h =~ z1 + z2 + z3
            g ~ f
            h ~ f
            """#,
        options: options(.sem) { $0.isOrthogonal = true },
        variables: """
            ov x1 x2 x3 y1 y2 y3 z1 z2 z3 y z
            ov.x
            ov.y y z
            lv f g h
            lv.x f
            lv.y g h
            """,
        rows: """
            f =~ x1 | =1 | 1
            f =~ x2 | 1 | 1
            f =~ x3 | 2 | 1
            y ~ f | 3 | 1
            z ~ f | 4 | 1
            g =~ y1 | =1 | 1
            g =~ y2 | 5 | 1
            g =~ y3 | 6 | 1
            h =~ z1 | =1 | 1
            h =~ z2 | 7 | 1
            h =~ z3 | 8 | 1
            g ~ f | 9 | 1
            h ~ f | 10 | 1
            x1 ~~ x1 | 11 | 0
            x2 ~~ x2 | 12 | 0
            x3 ~~ x3 | 13 | 0
            y1 ~~ y1 | 14 | 0
            y2 ~~ y2 | 15 | 0
            y3 ~~ y3 | 16 | 0
            z1 ~~ z1 | 17 | 0
            z2 ~~ z2 | 18 | 0
            z3 ~~ z3 | 19 | 0
            y ~~ y | 20 | 0
            z ~~ z | 21 | 0
            f ~~ f | 22 | 0
            g ~~ g | 23 | 0
            h ~~ h | 24 | 0
            g ~~ h | =0 | 0
            g ~~ y | 25 | 0
            g ~~ z | 26 | 0
            h ~~ y | 27 | 0
            h ~~ z | 28 | 0
            y ~~ z | 29 | 0
            """),
    ExpectedTable(
        name: "latent variable with orphans",
        model: #"""
            f =~ x1 + x2 + x3
            w ~~ f
            f ~ z
            """#,
        options: options(.sem) { $0.meanStructure = true },
        variables: """
            ov x1 x2 x3 z w
            ov.x z
            ov.y
            lv f
            lv.x
            lv.y f
            """,
        rows: """
            f =~ x1 | =1 | 1
            f =~ x2 | 1 | 1
            f =~ x3 | 2 | 1
            f ~~ w | 3 | 1
            f ~ z | 4 | 1
            x1 ~~ x1 | 5 | 0
            x2 ~~ x2 | 6 | 0
            x3 ~~ x3 | 7 | 0
            w ~~ w | 8 | 0
            f ~~ f | 9 | 0
            z ~~ z | sample | 0
            x1 ~1 | 10 | 0
            x2 ~1 | 11 | 0
            x3 ~1 | 12 | 0
            z ~1 | sample | 0
            w ~1 | 13 | 0
            f ~1 | =0 | 0
            """),
    ExpectedTable(
        name: "linear growth",
        model: #"""
            i =~ 1*t1 + 1*t2 + 1*t3 + 1*t4
            s =~ 0*t1 + 1*t2 + 2*t3 + 3*t4
            i ~ x1 + x2
            s ~ x1 + x2
            t1 ~ c1
            t2 ~ c2
            t3 ~ c3
            t4 ~ c4
            """#,
        options: .growth,
        variables: """
            ov t1 t2 t3 t4 x1 x2 c1 c2 c3 c4
            ov.x x1 x2 c1 c2 c3 c4
            ov.y
            lv i s
            lv.x
            lv.y i s
            """,
        rows: """
            i =~ t1 | =1 | 1
            i =~ t2 | =1 | 1
            i =~ t3 | =1 | 1
            i =~ t4 | =1 | 1
            s =~ t1 | =0 | 1
            s =~ t2 | =1 | 1
            s =~ t3 | =2 | 1
            s =~ t4 | =3 | 1
            i ~ x1 | 1 | 1
            i ~ x2 | 2 | 1
            s ~ x1 | 3 | 1
            s ~ x2 | 4 | 1
            t1 ~ c1 | 5 | 1
            t2 ~ c2 | 6 | 1
            t3 ~ c3 | 7 | 1
            t4 ~ c4 | 8 | 1
            t1 ~~ t1 | 9 | 0
            t2 ~~ t2 | 10 | 0
            t3 ~~ t3 | 11 | 0
            t4 ~~ t4 | 12 | 0
            i ~~ i | 13 | 0
            s ~~ s | 14 | 0
            i ~~ s | 15 | 0
            x1 ~~ x1 | sample | 0
            x1 ~~ x2 | sample | 0
            x1 ~~ c1 | sample | 0
            x1 ~~ c2 | sample | 0
            x1 ~~ c3 | sample | 0
            x1 ~~ c4 | sample | 0
            x2 ~~ x2 | sample | 0
            x2 ~~ c1 | sample | 0
            x2 ~~ c2 | sample | 0
            x2 ~~ c3 | sample | 0
            x2 ~~ c4 | sample | 0
            c1 ~~ c1 | sample | 0
            c1 ~~ c2 | sample | 0
            c1 ~~ c3 | sample | 0
            c1 ~~ c4 | sample | 0
            c2 ~~ c2 | sample | 0
            c2 ~~ c3 | sample | 0
            c2 ~~ c4 | sample | 0
            c3 ~~ c3 | sample | 0
            c3 ~~ c4 | sample | 0
            c4 ~~ c4 | sample | 0
            t1 ~1 | =0 | 0
            t2 ~1 | =0 | 0
            t3 ~1 | =0 | 0
            t4 ~1 | =0 | 0
            x1 ~1 | sample | 0
            x2 ~1 | sample | 0
            c1 ~1 | sample | 0
            c2 ~1 | sample | 0
            c3 ~1 | sample | 0
            c4 ~1 | sample | 0
            i ~1 | 16 | 0
            s ~1 | 17 | 0
            """),
    ExpectedTable(
        name: "growth with an outcome",
        model: #"""
            i =~ 1*t1 + 1*t2 + 1*t3
            s =~ 0*t1 + 1*t2 + 2*t3
            t1 + t2 + t3 ~ 0*1 + b*x
            i ~~ s; q ~ i
            """#,
        options: .growth,
        variables: """
            ov t1 t2 t3 q x
            ov.x x
            ov.y q
            lv i s
            lv.x i s
            lv.y
            """,
        rows: """
            i =~ t1 | =1 | 1
            i =~ t2 | =1 | 1
            i =~ t3 | =1 | 1
            s =~ t1 | =0 | 1
            s =~ t2 | =1 | 1
            s =~ t3 | =2 | 1
            t1 ~1 | =0 | 1
            t1 ~ x | 1 | 1 | b
            t2 ~1 | =0 | 1
            t2 ~ x | 1 | 1 | b
            t3 ~1 | =0 | 1
            t3 ~ x | 1 | 1 | b
            i ~~ s | 2 | 1
            q ~ i | 3 | 1
            t1 ~~ t1 | 4 | 0
            t2 ~~ t2 | 5 | 0
            t3 ~~ t3 | 6 | 0
            q ~~ q | 7 | 0
            i ~~ i | 8 | 0
            s ~~ s | 9 | 0
            x ~~ x | sample | 0
            q ~1 | =0 | 0
            x ~1 | sample | 0
            i ~1 | 10 | 0
            s ~1 | 11 | 0
            """),
    ExpectedTable(
        name: "expressions",
        model: #"""
            y ~ a*x1 + b*x2; a+b==1; a*b < 3; abs(a) > 0.1; e := sqrt(a) + exp(b)/2 - (a-b)^2; g := e + 1; h2 := -a
            """#,
        options: .sem,
        variables: """
            ov y x1 x2
            ov.x x1 x2
            ov.y y
            lv
            lv.x
            lv.y
            """,
        rows: """
            y ~ x1 | 1 | 1 | a
            y ~ x2 | 2 | 1 | b
            y ~~ y | 3 | 0
            x1 ~~ x1 | sample | 0
            x1 ~~ x2 | sample | 0
            x2 ~~ x2 | sample | 0
            a+b == 1
            a*b < 3
            abs(a) > 0.1
            e := sqrt(a)+exp(b)/2-(a-b)^2
            g := e+1
            h2 := -a
            """),
    ExpectedTable(
        name: "effect coding, second order with means",
        model: #"""
            f =~ x1 + x2 + x3
            g =~ y1 + y2 + y3
            h =~ f + g
            h =~ z1
            """#,
        options: options(.sem) {
            $0.latentScale = .effectCoding; $0.meanStructure = true
        },
        variables: """
            ov x1 x2 x3 y1 y2 y3 z1
            ov.x
            ov.y
            lv f g h
            lv.x h
            lv.y
            """,
        rows: """
            f =~ x1 | 1 | 1
            f =~ x2 | 2 | 1
            f =~ x3 | 3 | 1
            g =~ y1 | 4 | 1
            g =~ y2 | 5 | 1
            g =~ y3 | 6 | 1
            h =~ f | 7 | 1
            h =~ g | 8 | 1
            h =~ z1 | 9 | 1
            x1 ~~ x1 | 10 | 0
            x2 ~~ x2 | 11 | 0
            x3 ~~ x3 | 12 | 0
            y1 ~~ y1 | 13 | 0
            y2 ~~ y2 | 14 | 0
            y3 ~~ y3 | 15 | 0
            z1 ~~ z1 | 16 | 0
            f ~~ f | 17 | 0
            g ~~ g | 18 | 0
            h ~~ h | 19 | 0
            x1 ~1 | 20 | 0
            x2 ~1 | 21 | 0
            x3 ~1 | 22 | 0
            y1 ~1 | 23 | 0
            y2 ~1 | 24 | 0
            y3 ~1 | 25 | 0
            z1 ~1 | 26 | 0
            f ~1 | 27 | 0
            g ~1 | 28 | 0
            h ~1 | 29 | 0
            .p1. == 3-.p2.-.p3.
            .p20. == 0-.p21.-.p22.
            .p4. == 3-.p5.-.p6.
            .p23. == 0-.p24.-.p25.
            .p7. == 3-.p8.-.p9.
            .p26. == 0-.p27.-.p28.
            """),
    ExpectedTable(
        name: "effect coding, second order first",
        model: #"""
            h =~ f + g
            f =~ x1 + x2 + x3
            g =~ y1 + y2 + y3
            h =~ z1
            """#,
        options: options(.sem) {
            $0.latentScale = .effectCoding; $0.meanStructure = true
        },
        variables: """
            ov x1 x2 x3 y1 y2 y3 z1
            ov.x
            ov.y
            lv h f g
            lv.x h
            lv.y
            """,
        rows: """
            h =~ f | 1 | 1
            h =~ g | 2 | 1
            f =~ x1 | 3 | 1
            f =~ x2 | 4 | 1
            f =~ x3 | 5 | 1
            g =~ y1 | 6 | 1
            g =~ y2 | 7 | 1
            g =~ y3 | 8 | 1
            h =~ z1 | 9 | 1
            x1 ~~ x1 | 10 | 0
            x2 ~~ x2 | 11 | 0
            x3 ~~ x3 | 12 | 0
            y1 ~~ y1 | 13 | 0
            y2 ~~ y2 | 14 | 0
            y3 ~~ y3 | 15 | 0
            z1 ~~ z1 | 16 | 0
            h ~~ h | 17 | 0
            f ~~ f | 18 | 0
            g ~~ g | 19 | 0
            x1 ~1 | 20 | 0
            x2 ~1 | 21 | 0
            x3 ~1 | 22 | 0
            y1 ~1 | 23 | 0
            y2 ~1 | 24 | 0
            y3 ~1 | 25 | 0
            z1 ~1 | 26 | 0
            h ~1 | =0 | 0
            f ~1 | 27 | 0
            g ~1 | 28 | 0
            .p1. == 3-.p2.-.p9.
            .p3. == 3-.p4.-.p5.
            .p20. == 0-.p21.-.p22.
            .p6. == 3-.p7.-.p8.
            .p23. == 0-.p24.-.p25.
            """),
    ExpectedTable(
        name: "second order with one first-order factor, unit variances",
        model: #"""
            f =~ x1 + x2 + x3
            h =~ f
            """#,
        options: options(.sem) { $0.latentScale = .unitVariance },
        variables: """
            ov x1 x2 x3
            ov.x
            ov.y
            lv f h
            lv.x h
            lv.y
            """,
        rows: """
            f =~ x1 | 1 | 1
            f =~ x2 | 2 | 1
            f =~ x3 | 3 | 1
            h =~ f | 4 | 1
            x1 ~~ x1 | 5 | 0
            x2 ~~ x2 | 6 | 0
            x3 ~~ x3 | 7 | 0
            f ~~ f | =0 | 0
            h ~~ h | =1 | 0
            """),
    ExpectedTable(
        name: "three exogenous with one random and means",
        model: #"""
            y ~ x1 + x2 + x3
            x1 ~~ x1
            """#,
        options: options(.sem) { $0.meanStructure = true },
        variables: """
            ov y x1 x2 x3
            ov.x x2 x3
            ov.y y
            lv
            lv.x
            lv.y
            """,
        rows: """
            y ~ x1 | 1 | 1
            y ~ x2 | 2 | 1
            y ~ x3 | 3 | 1
            x1 ~~ x1 | 4 | 1
            y ~~ y | 5 | 0
            x2 ~~ x2 | sample | 0
            x2 ~~ x3 | sample | 0
            x3 ~~ x3 | sample | 0
            y ~1 | 6 | 0
            x1 ~1 | 7 | 0
            x2 ~1 | sample | 0
            x3 ~1 | sample | 0
            """),
    ExpectedTable(
        name: "effect coding with a fixed intercept",
        model: #"""
            f =~ x1 + x2 + x3
            x1 ~ 0*1
            """#,
        options: options(.sem) { $0.latentScale = .effectCoding },
        variables: """
            ov x1 x2 x3
            ov.x
            ov.y
            lv f
            lv.x f
            lv.y
            """,
        rows: """
            f =~ x1 | 1 | 1
            f =~ x2 | 2 | 1
            f =~ x3 | 3 | 1
            x1 ~1 | =0 | 1
            x1 ~~ x1 | 4 | 0
            x2 ~~ x2 | 5 | 0
            x3 ~~ x3 | 6 | 0
            f ~~ f | 7 | 0
            x2 ~1 | 8 | 0
            x3 ~1 | 9 | 0
            f ~1 | =0 | 0
            .p1. == 3-.p2.-.p3.
            """),
    ExpectedTable(
        name: "effect coding with a fixed loading",
        model: #"""
            f =~ x1 + 2*x2 + x3
            """#,
        options: options(.sem) {
            $0.latentScale = .effectCoding; $0.meanStructure = true
        },
        variables: """
            ov x1 x2 x3
            ov.x
            ov.y
            lv f
            lv.x f
            lv.y
            """,
        rows: """
            f =~ x1 | 1 | 1
            f =~ x2 | =2 | 1
            f =~ x3 | 2 | 1
            x1 ~~ x1 | 3 | 0
            x2 ~~ x2 | 4 | 0
            x3 ~~ x3 | 5 | 0
            f ~~ f | 6 | 0
            x1 ~1 | 7 | 0
            x2 ~1 | 8 | 0
            x3 ~1 | 9 | 0
            f ~1 | 10 | 0
            .p8. == 0-.p9.-.p10.
            """),
    ExpectedTable(
        name: "effect coding with labels",
        model: #"""
            f =~ x1 + x2 + x3
            g =~ a*y1 + a*y2 + y3
            f ~ 1
            f ~~ 1*f
            """#,
        options: options(.sem) { $0.latentScale = .effectCoding },
        variables: """
            ov x1 x2 x3 y1 y2 y3
            ov.x
            ov.y
            lv f g
            lv.x f g
            lv.y
            """,
        rows: """
            f =~ x1 | 1 | 1
            f =~ x2 | 2 | 1
            f =~ x3 | 3 | 1
            g =~ y1 | 4 | 1 | a
            g =~ y2 | 4 | 1 | a
            g =~ y3 | 5 | 1
            f ~1 | 6 | 1
            f ~~ f | =1 | 1
            x1 ~~ x1 | 7 | 0
            x2 ~~ x2 | 8 | 0
            x3 ~~ x3 | 9 | 0
            y1 ~~ y1 | 10 | 0
            y2 ~~ y2 | 11 | 0
            y3 ~~ y3 | 12 | 0
            g ~~ g | 13 | 0
            f ~~ g | 14 | 0
            x1 ~1 | 15 | 0
            x2 ~1 | 16 | 0
            x3 ~1 | 17 | 0
            y1 ~1 | 18 | 0
            y2 ~1 | 19 | 0
            y3 ~1 | 20 | 0
            g ~1 | 21 | 0
            .p1. == 3-.p2.-.p3.
            .p17. == 0-.p18.-.p19.
            .p4. == 3-.p5.-.p6.
            .p20. == 0-.p21.-.p22.
            """),
    ExpectedTable(
        name: "arithmetic in modifiers",
        model: #"""
            f =~ 1/4*x1 + sqrt(4)*x2 + -1*x3 + (1+2)*x4 + 1e-1*x5 + x6
            """#,
        options: .sem,
        variables: """
            ov x1 x2 x3 x4 x5 x6
            ov.x
            ov.y
            lv f
            lv.x f
            lv.y
            """,
        rows: """
            f =~ x1 | =0.25 | 1
            f =~ x2 | =2 | 1
            f =~ x3 | =-1 | 1
            f =~ x4 | =3 | 1
            f =~ x5 | =0.1 | 1
            f =~ x6 | 1 | 1
            x1 ~~ x1 | 2 | 0
            x2 ~~ x2 | 3 | 0
            x3 ~~ x3 | 4 | 0
            x4 ~~ x4 | 5 | 0
            x5 ~~ x5 | 6 | 0
            x6 ~~ x6 | 7 | 0
            f ~~ f | 8 | 0
            """),
    ExpectedTable(
        name: "lines and comments",
        model: #"""
            # a comment
            f =~ x1 +   # first
               x2 +
               x3 ! last

            y ~
              f
            """#,
        options: .sem,
        variables: """
            ov x1 x2 x3 y
            ov.x
            ov.y y
            lv f
            lv.x f
            lv.y
            """,
        rows: """
            f =~ x1 | =1 | 1
            f =~ x2 | 1 | 1
            f =~ x3 | 2 | 1
            y ~ f | 3 | 1
            x1 ~~ x1 | 4 | 0
            x2 ~~ x2 | 5 | 0
            x3 ~~ x3 | 6 | 0
            y ~~ y | 7 | 0
            f ~~ f | 8 | 0
            """),
]
