import Datasets
import MixedModels

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

    /// A model with crossed factors of 2972, 1128 and 14 levels.
    mutating func addRatings(_ frame: ModelFrame) throws {
        let design = try MixedDesign(
            MixedFormula(parsing: "y ~ service + (1 | s) + (1 | d) + (1 | dept)"), frame)
        let fit = try MixedModel.fit(design)
        add(
            "Ratings, 73 421 rows, three crossed factors, fit",
            try medianMilliseconds(runs: 3) { _ = try MixedModel.fit(design) }, peer: "ratings")
        add(
            "  Satterthwaite tests", try medianMilliseconds(runs: 1) { _ = try FixedEffectsTable(fit) })
        add(
            "  Kenward-Roger tests",
            try medianMilliseconds(runs: 1) {
                _ = try FixedEffectsTable(fit, options: FixedEffectsOptions(degreesOfFreedom: .kenwardRoger))
            })
    }
}
