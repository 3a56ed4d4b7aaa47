import Datasets
import Psychometrics
public import Reporting
import StructuralModels

extension StudyReport {
    /// All figures at full precision, under the names of the command-line contract.
    public var json: JSON {
        .contract(
            analysis: "run",
            warnings: diagnostics.flatMap { entry in entry.warnings.map { "\(entry.subject): \($0)" } },
            [
                ("title", .string(study.title)), ("seed", JSON(Int(clamping: study.seed))),
                (
                    "data",
                    study.isPlanOnly
                        ? JSON.null
                        : [
                            "file": .string(data.report.file), "sha256": .string(dataFiles[0].hash),
                            "joined": .array(
                                dataFiles.dropFirst().map { ["file": .string($0.name), "sha256": .string($0.hash)] }),
                            "cases": .integer(data.report.rowCount), "variables": .integer(data.report.columnCount),
                            "notes": JSON(data.notes.map(\.description)),
                        ]
                ),
                ("analyses", .array(results.indices.map(analysis))),
                ("hypotheses", .array(verdicts.map(Self.json))),
            ])
    }

    /// The figures of a study of one analysis, as a command of its own writes them.
    public var contractOfOnlyAnalysis: JSON {
        guard let result = results.first, case .object(let members) = Self.json(result),
            case .string(let name)? = members.first?.1
        else { return json }
        return .contract(analysis: name, warnings: diagnostics.flatMap(\.warnings), Array(members.dropFirst()))
    }

    /// A result with the name that the plan gives it.
    private func analysis(_ index: Int) -> JSON {
        let json = Self.json(results[index])
        guard let name = name(ofResult: index), case .object(let members) = json else { return json }
        return .object(Array(members.prefix(1)) + [("name", .string(name))] + Array(members.dropFirst()))
    }

    private static func json(_ result: AnalysisResult) -> JSON {
        func object(_ name: String, _ members: [(String, JSON)]) -> JSON {
            .object([("analysis", .string(name))] + members)
        }
        /// The members of a contract document without its head.
        func inner(_ name: String, _ document: JSON) -> JSON {
            guard case .object(let members) = document else { return document }
            return object(name, members.filter { $0.0 != "assay" && $0.0 != "analysis" })
        }
        switch result {
        case .sample(let variables):
            return object(
                "sample",
                [
                    (
                        "variables",
                        .array(
                            variables.map { variable in
                                [
                                    "variable": .string(variable.variable), "missing": .integer(variable.missing),
                                    "categories": .array(
                                        variable.categories.map {
                                            ["label": .string($0.label), "n": .integer($0.count)]
                                        }),
                                    "moments": variable.moments.map { JSON($0) } ?? .null,
                                ]
                            })
                    )
                ])
        case .descriptives(let analysis, _): return inner("describe", analysis.contract)
        case .reliability(let analysis, _): return inner("reliability", analysis.contract)
        case .factorAnalysis(let analysis, let parallel):
            guard case .object(let members) = inner("efa", analysis.contract) else { return .null }
            return .object(members + [("parallel", parallel.map(JSON.parallelAnalysis) ?? .null)])
        case .parallelAnalysis(let analysis):
            return object("parallel analysis", [("parallel", .parallelAnalysis(analysis))])
        case .validity(let analysis): return object("validity", members(analysis))
        case .methodBias(let analysis, _): return object("method bias", members(analysis))
        case .structural(let plan, let result):
            return object("sem", [("name", .string(plan.name.value))] + result.contractMembers())
        case .comparison(let table):
            return object(
                "compare",
                [
                    ("name", .string(table.name)),
                    (
                        "models",
                        .array(
                            table.models.map { model in
                                [
                                    "name": .string(model.name.plainText), "fit": fit(model.fit),
                                    "chisq.diff": JSON(model.difference?.chiSquare),
                                    "df.diff": JSON(model.difference?.degreesOfFreedom),
                                    "pvalue": JSON(model.difference?.pValue),
                                ]
                            })
                    ),
                ])
        case .mixed(let plan, let sequence):
            return object("mixed", [("name", .string(plan.name.value))] + sequence.members)
        case .multilevelDescriptives(_, let analysis):
            return object("multilevel descriptives", JSON.multilevelDescriptives(analysis.descriptives))
        case .agreement(let analysis):
            return object(
                "agreement",
                [
                    ("group", .string(analysis.groups.name)),
                    ("agreement", .array(analysis.agreement.map(JSON.agreement))),
                    ("clustering", .array(analysis.reliability.map(JSON.clustering))),
                ])
        case .attrition(let study): return object("attrition", JSON.attrition(study.analysis))
        case .compliance(let compliance): return object("compliance", members(compliance))
        case .schedule(let result): return object("schedule", members(result))
        case .configurational(_, let study):
            let contract = study.analysis.contract()
            return inner("qca", study.supplements?.contract(contract) ?? contract)
        case .sampleSize(let result): return object(result.analysis, result.members)
        case .allocation(let study): return inner("allocation", study.contract)
        case .sampling(let study): return inner("sampling", study.contract)
        case .response(let study): return inner("response", study.contract)
        case .screening(let study): return inner("screening", study.contract)
        case .failed(let analysis, let reason): return object(analysis, [("error", .string(reason))])
        }
    }

    private static func fit(_ fit: FitMeasures) -> JSON { .object(fit.measures.map { ($0.name, JSON($0.value)) }) }

    private static func members(_ analysis: ValidityAnalysis) -> [(String, JSON)] {
        func matrix(_ rows: [[Double?]]) -> JSON { .array(rows.map { .array($0.map { JSON($0) }) }) }
        return [
            (
                "constructs",
                .array(
                    analysis.parts.flatMap(\.validity).map { construct in
                        [
                            "construct": .string(construct.construct), "cr": JSON(construct.compositeReliability),
                            "ave": JSON(construct.averageVarianceExtracted), "omega": JSON(construct.omega),
                            "loadings": .array(
                                construct.loadings.map { loading in
                                    [
                                        "indicator": .string(loading.indicator), "est": JSON(loading.raw.estimate),
                                        "se": JSON(loading.raw.standardError), "z": JSON(loading.raw.z),
                                        "pvalue": JSON(loading.raw.pValue),
                                        "std.all": JSON(loading.standardized?.estimate),
                                    ]
                                }),
                        ]
                    })
            ),
            (
                "fornell.larcker",
                analysis.discriminant.map { table in
                    [
                        "constructs": JSON(table.constructs), "correlations": matrix(table.correlations),
                        "root.ave": .array(table.rootAVE.map { JSON($0) }),
                    ]
                } ?? .null
            ),
            (
                "htmt",
                .array(
                    (analysis.ratios?.pairs ?? []).map { pair in
                        [
                            "first": .string(pair.first), "second": .string(pair.second), "htmt": JSON(pair.ratio),
                            "ci.lower": JSON(pair.lower), "ci.upper": JSON(pair.upper),
                        ]
                    })
            ),
        ]
    }

    private static func members(_ analysis: MethodBias) -> [(String, JSON)] {
        [
            (
                "harman",
                [
                    "component.share": JSON(analysis.harman.componentShare),
                    "axis.share": JSON(analysis.harman.axisShare),
                ]
            ),
            ("measurement", fit(analysis.measurement.fitMeasures())),
            (
                "checks",
                .array(
                    analysis.checks.map { check in
                        let measures =
                            if case .success(let model) = check.fit { fit(model.fitMeasures()) } else { JSON.null }
                        return [
                            "kind": .string(check.kind.rawValue), "fit": measures,
                            "chisq.diff": JSON(check.comparison?.test.chiSquare),
                            "pvalue": JSON(check.comparison?.pValue), "method.variance": JSON(check.methodVariance),
                        ]
                    })
            ),
            ("marker", marker(analysis.marker)),
        ]
    }

    private static func marker(_ marker: MethodBias.Marker?) -> JSON {
        guard let marker else { return .null }
        return [
            "variable": .string(marker.variable), "r": .number(marker.correlation),
            "correlations": .array(
                marker.correlations.map { row in
                    [
                        "first": .string(row.first), "second": .string(row.second), "r": .number(row.r),
                        "adjusted": .number(row.adjusted), "pvalue": JSON(row.pValue),
                    ]
                }),
        ]
    }

    private static func json(_ verdict: HypothesisVerdict) -> JSON {
        [
            "name": .string(verdict.name), "claim": .string(verdict.claim), "test": .string(verdict.test),
            "expect": .string(verdict.expectation), "alpha": .number(verdict.alpha), "model": JSON(verdict.model),
            "est": JSON(verdict.estimate?.estimate), "se": JSON(verdict.estimate?.standardError),
            "pvalue": JSON(verdict.pValue), "std.all": JSON(verdict.standardized),
            "ci.lower": JSON(verdict.bootstrap == nil ? verdict.estimate?.lower : verdict.bootstrap?.lower),
            "ci.upper": JSON(verdict.bootstrap == nil ? verdict.estimate?.upper : verdict.bootstrap?.upper),
            "verdict": .string(verdict.outcome.rawValue),
        ]
    }
}
