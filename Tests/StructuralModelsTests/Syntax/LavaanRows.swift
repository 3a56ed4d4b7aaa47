// Rows of parameterEstimates() in lavaan 0.7-2, in its order: `lhs op rhs label`.

import StructuralModels

/// A model and the rows that lavaan 0.7 prints for it.
struct ExpectedRows: Sendable {
    let model: String
    let options: ModelOptions
    let rows: String
}

let lavaanRows: [ExpectedRows] = [
    ExpectedRows(
        model: """
            i =~ 1*t1 + 1*t2 + 1*t3 + 1*t4
            s =~ 0*t1 + 1*t2 + 2*t3 + 3*t4
            i ~ x1 + x2
            s ~ x1 + x2
            t1 ~ c1
            t2 ~ c2
            t3 ~ c3
            t4 ~ c4
            """,
        options: .growth,
        rows: """
            i =~ t1
            i =~ t2
            i =~ t3
            i =~ t4
            s =~ t1
            s =~ t2
            s =~ t3
            s =~ t4
            i ~ x1
            i ~ x2
            s ~ x1
            s ~ x2
            t1 ~ c1
            t2 ~ c2
            t3 ~ c3
            t4 ~ c4
            t1 ~~ t1
            t2 ~~ t2
            t3 ~~ t3
            t4 ~~ t4
            i ~~ i
            s ~~ s
            i ~~ s
            x1 ~~ x1
            x1 ~~ x2
            x1 ~~ c1
            x1 ~~ c2
            x1 ~~ c3
            x1 ~~ c4
            x2 ~~ x2
            x2 ~~ c1
            x2 ~~ c2
            x2 ~~ c3
            x2 ~~ c4
            c1 ~~ c1
            c1 ~~ c2
            c1 ~~ c3
            c1 ~~ c4
            c2 ~~ c2
            c2 ~~ c3
            c2 ~~ c4
            c3 ~~ c3
            c3 ~~ c4
            c4 ~~ c4
            t1 ~1
            t2 ~1
            t3 ~1
            t4 ~1
            x1 ~1
            x2 ~1
            c1 ~1
            c2 ~1
            c3 ~1
            c4 ~1
            i ~1
            s ~1
            """),
    ExpectedRows(
        model: """
            visual =~ x1 + x2 + x3
            textual =~ x4 + x5 + x6
            speed =~ x7 + x8 + x9
            """,
        options: withMeans,
        rows: """
            visual =~ x1
            visual =~ x2
            visual =~ x3
            textual =~ x4
            textual =~ x5
            textual =~ x6
            speed =~ x7
            speed =~ x8
            speed =~ x9
            x1 ~~ x1
            x2 ~~ x2
            x3 ~~ x3
            x4 ~~ x4
            x5 ~~ x5
            x6 ~~ x6
            x7 ~~ x7
            x8 ~~ x8
            x9 ~~ x9
            visual ~~ visual
            textual ~~ textual
            speed ~~ speed
            visual ~~ textual
            visual ~~ speed
            textual ~~ speed
            x1 ~1
            x2 ~1
            x3 ~1
            x4 ~1
            x5 ~1
            x6 ~1
            x7 ~1
            x8 ~1
            x9 ~1
            visual ~1
            textual ~1
            speed ~1
            """),
    ExpectedRows(
        model: """
            visual =~ x1 + x2 + x3
            textual =~ x4 + x5 + x6
            speed =~ x7 + x8 + x9
            g =~ visual + textual + speed
            """,
        options: .sem,
        rows: """
            visual =~ x1
            visual =~ x2
            visual =~ x3
            textual =~ x4
            textual =~ x5
            textual =~ x6
            speed =~ x7
            speed =~ x8
            speed =~ x9
            g =~ visual
            g =~ textual
            g =~ speed
            x1 ~~ x1
            x2 ~~ x2
            x3 ~~ x3
            x4 ~~ x4
            x5 ~~ x5
            x6 ~~ x6
            x7 ~~ x7
            x8 ~~ x8
            x9 ~~ x9
            visual ~~ visual
            textual ~~ textual
            speed ~~ speed
            g ~~ g
            """),
    ExpectedRows(
        model: """
            y2 ~ b*y1 + c*x1
            y1 ~ a*x1
            ind := a*b
            total := c + a*b
            """,
        options: .sem,
        rows: """
            y2 ~ y1 b
            y2 ~ x1 c
            y1 ~ x1 a
            y2 ~~ y2
            y1 ~~ y1
            x1 ~~ x1
            ind := a*b ind
            total := c+a*b total
            """),
    ExpectedRows(
        model: """
            # measurement model
            ind60 =~ x1 + x2 + x3
            dem60 =~ y1 + a*y2 + b*y3 + c*y4
            dem65 =~ y5 + a*y6 + b*y7 + c*y8
            # regressions
            dem60 ~ ind60
            dem65 ~ ind60 + dem60
            # residual correlations
            y1 ~~ y5
            y2 ~~ y4 + y6
            y3 ~~ y7
            y4 ~~ y8
            y6 ~~ y8
            """,
        options: .sem,
        rows: """
            ind60 =~ x1
            ind60 =~ x2
            ind60 =~ x3
            dem60 =~ y1
            dem60 =~ y2 a
            dem60 =~ y3 b
            dem60 =~ y4 c
            dem65 =~ y5
            dem65 =~ y6 a
            dem65 =~ y7 b
            dem65 =~ y8 c
            dem60 ~ ind60
            dem65 ~ ind60
            dem65 ~ dem60
            y1 ~~ y5
            y2 ~~ y4
            y2 ~~ y6
            y3 ~~ y7
            y4 ~~ y8
            y6 ~~ y8
            x1 ~~ x1
            x2 ~~ x2
            x3 ~~ x3
            y1 ~~ y1
            y2 ~~ y2
            y3 ~~ y3
            y4 ~~ y4
            y5 ~~ y5
            y6 ~~ y6
            y7 ~~ y7
            y8 ~~ y8
            ind60 ~~ ind60
            dem60 ~~ dem60
            dem65 ~~ dem65
            """),
    ExpectedRows(
        model: """
            ses =~ education + sei
            alien67 =~ anomia67 + powerless67
            alien71 =~ anomia71 + powerless71
            alien71 ~ alien67 + ses
            alien67 ~ ses
            anomia67 ~~ anomia71
            powerless67 ~~ powerless71
            """,
        options: .sem,
        rows: """
            ses =~ education
            ses =~ sei
            alien67 =~ anomia67
            alien67 =~ powerless67
            alien71 =~ anomia71
            alien71 =~ powerless71
            alien71 ~ alien67
            alien71 ~ ses
            alien67 ~ ses
            anomia67 ~~ anomia71
            powerless67 ~~ powerless71
            education ~~ education
            sei ~~ sei
            anomia67 ~~ anomia67
            powerless67 ~~ powerless67
            anomia71 ~~ anomia71
            powerless71 ~~ powerless71
            ses ~~ ses
            alien67 ~~ alien67
            alien71 ~~ alien71
            """),
    ExpectedRows(
        model: """
            visual =~ x1 + x2 + x3
            textual =~ x4 + x5 + x6
            speed =~ x7 + x8 + x9
            """,
        options: unitVariances,
        rows: """
            visual =~ x1
            visual =~ x2
            visual =~ x3
            textual =~ x4
            textual =~ x5
            textual =~ x6
            speed =~ x7
            speed =~ x8
            speed =~ x9
            x1 ~~ x1
            x2 ~~ x2
            x3 ~~ x3
            x4 ~~ x4
            x5 ~~ x5
            x6 ~~ x6
            x7 ~~ x7
            x8 ~~ x8
            x9 ~~ x9
            visual ~~ visual
            textual ~~ textual
            speed ~~ speed
            visual ~~ textual
            visual ~~ speed
            textual ~~ speed
            """),
    ExpectedRows(
        model: """
            visual =~ x1 + x2 + x3
            textual =~ x4 + x5 + x6
            speed =~ x7 + x8 + x9
            """,
        options: orthogonal,
        rows: """
            visual =~ x1
            visual =~ x2
            visual =~ x3
            textual =~ x4
            textual =~ x5
            textual =~ x6
            speed =~ x7
            speed =~ x8
            speed =~ x9
            x1 ~~ x1
            x2 ~~ x2
            x3 ~~ x3
            x4 ~~ x4
            x5 ~~ x5
            x6 ~~ x6
            x7 ~~ x7
            x8 ~~ x8
            x9 ~~ x9
            visual ~~ visual
            textual ~~ textual
            speed ~~ speed
            visual ~~ textual
            visual ~~ speed
            textual ~~ speed
            """),
]

private let withMeans: ModelOptions = {
    var options = ModelOptions.sem
    options.meanStructure = true
    return options
}()

private let unitVariances: ModelOptions = {
    var options = ModelOptions.sem
    options.latentScale = .unitVariance
    return options
}()

private let orthogonal: ModelOptions = {
    var options = ModelOptions.sem
    options.isOrthogonal = true
    return options
}()
