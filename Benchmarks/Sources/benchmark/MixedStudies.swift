import Datasets
import LinearAlgebra
import MixedModels
import Probability

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The data of mixed models: a simulated diary of 261 leaders over five months, and the ratings of lectures by students
/// (InstEval of lme4), which mixed.R writes.
enum MixedStudies {
    static let fixed = "Y ~ scale(prop) + scale(qual) + scale(job) + scale(edu) + X2 + M * W * Z + "

    static func frame(path: String) throws -> ModelFrame {
        let table = try Dataset.read(path: path).dataset
        return ModelFrame(
            table.columns.map { ($0.name, .numeric($0.numbers)) }, rowCount: table.rowCount)
    }
}

extension Report {
    /// Fits, tests and bootstraps of the diary.
    mutating func addDiary(_ frame: ModelFrame) throws {
        for (key, title, random, fitBound, summaryBound) in [
            ("intercept", "Diary, random intercept", "(1 | leader)", 0.06, 1.0),
            ("slope", "Diary, random slope", "(M | leader)", 0.15, 1.0),
            ("levels", "Diary, three levels", "(1 | firm / leader)", nil, nil),
        ] as [(String, String, String, Double?, Double?)] {
            let formula = try MixedFormula(parsing: MixedStudies.fixed + random)
            let design = try MixedDesign(formula, frame)
            let fit = try MixedModel.fit(design)
            add(
                "\(title), fit", try medianMilliseconds(runs: 501) { _ = try MixedModel.fit(design) }, bound: fitBound,
                peer: "diary.\(key)")
            add(
                "  with the design from the formula",
                try medianMilliseconds(runs: 101) {
                    _ = try MixedModel.fit(MixedDesign(MixedFormula(parsing: MixedStudies.fixed + random), frame))
                })
            add(
                "  fit and Satterthwaite tests",
                try medianMilliseconds(runs: 101) { _ = try FixedEffectsTable(MixedModel.fit(design)) },
                bound: summaryBound, peer: "diary.\(key).summary")
            let kenwardRoger = FixedEffectsOptions(degreesOfFreedom: .kenwardRoger)
            add(
                "  Kenward-Roger tests",
                try medianMilliseconds(runs: 101) { _ = try FixedEffectsTable(fit, options: kenwardRoger) },
                peer: "diary.\(key).kenward")
            guard key != "levels" else { continue }
            var elapsed: [Double] = []
            for _ in 0..<3 {
                let start = seconds(CLOCK_MONOTONIC)
                _ = try MixedBootstrap(fit, options: MixedBootstrapOptions(draws: 10_000, threads: 2))
                elapsed.append(1000 * (seconds(CLOCK_MONOTONIC) - start))
            }
            add(
                "  10 000 parametric draws, from start to end, 2 threads", median(elapsed),
                bound: key == "intercept" ? 500 : nil, peer: "diary.\(key).draws")
        }
    }

    /// How many fits of data simulated from the diary with a random slope end above the best of eight random starts.
    mutating func addMinima(_ frame: ModelFrame) throws {
        var design = try MixedDesign(MixedFormula(parsing: MixedStudies.fixed + "(M | leader)"), frame)
        let truth = try MixedModel.fit(design)
        let sigma = truth.residualVariance.squareRoot()
        let mean = truth.marginalFit, term = design.terms[0], factor = truth.factors[0]
        var missed = 0
        for replicate in 0..<300 {
            var stream = RandomStream(seed: 7, stream: UInt64(replicate))
            let effects = term.levels.map { _ in
                let first = stream.normal(), second = stream.normal()
                return (sigma * factor[0, 0] * first, sigma * (factor[1, 0] * first + factor[1, 1] * second))
            }
            for row in mean.indices {
                let (intercept, slope) = effects[term.groups[row]]
                design.response[row] = mean[row] + intercept + slope * term.columns[row, 1] + sigma * stream.normal()
            }
            let deviance = try MixedModel.fit(design).deviance
            let isBest = try (0..<8).allSatisfy { _ in
                let start = (0..<3).map { _ in 0.6 * stream.normal() }
                return deviance < (try MixedModel.fit(design, start: start)).deviance + 1e-6
            }
            if !isBest { missed += 1 }
        }
        add("Fits of 300 simulated diaries above the best of 8 starts", Double(missed), unit: "", bound: 0)
    }

    /// A model with crossed factors of 2972, 1128 and 14 levels.
    mutating func addRatings(_ frame: ModelFrame) throws {
        let design = try MixedDesign(
            MixedFormula(parsing: "y ~ service + (1 | s) + (1 | d) + (1 | dept)"), frame)
        let fit = try MixedModel.fit(design)
        add(
            "Ratings, 73 421 rows, three crossed factors, fit",
            try medianMilliseconds(runs: 3) { _ = try MixedModel.fit(design) }, bound: 1000, peer: "ratings")
        add(
            "  Satterthwaite tests", try medianMilliseconds(runs: 1) { _ = try FixedEffectsTable(fit) })
        add(
            "  Kenward-Roger tests",
            try medianMilliseconds(runs: 1) {
                _ = try FixedEffectsTable(fit, options: FixedEffectsOptions(degreesOfFreedom: .kenwardRoger))
            })
    }
}
