import Probability

extension PublishedMixedModels {
    /// The stars of all coefficients, under t tests with the degrees of freedom of level 2 up to z tests.
    func starChecks(in paper: Paper) -> [AuditCheck] {
        let groups = levels(in: paper).flatMap { $0.groups.first?.size.value ?? $0.rows }
        let cells = models.flatMap { model in
            model.coefficients.compactMap { coefficient -> StarredEstimate? in
                guard let error = coefficient.standardError else { return nil }
                let df =
                    degreesOfFreedom?.interval
                    ?? groups.map { Interval(max(1, $0 - Double(model.terms.count) - 1), .infinity) }
                return StarredEstimate(
                    at: PaperPlace(name, row: coefficient.term, column: model.name), estimate: coefficient.estimate,
                    standardError: error, marks: coefficient.marks, degreesOfFreedom: df)
            }
        }
        return PublicationAudit.starChecks(cells, legend: paper.legend, tails: paper.tails)
    }
}
