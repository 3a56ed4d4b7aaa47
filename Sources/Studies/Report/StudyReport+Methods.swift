import Psychometrics
import Reporting
import StructuralModels

extension StudyReport {
    /// What was done and by which formulas, as the methods section of a paper says it, with the references.
    var methodsSection: Document.Section {
        var sentences: [String] = [], sources: Set<Reference> = []
        func say(_ sentence: String, _ references: Reference...) {
            if !sentences.contains(sentence) { sentences.append(sentence) }
            sources.formUnion(references)
        }
        for result in results {
            switch result {
            case .sample, .failed: break
            case .descriptives:
                say(
                    "Skewness and kurtosis are the sample-adjusted ones; multivariate normality was tested by Mardia's (1970) coefficients.",
                    .mardia)
            case .reliability:
                say(
                    "Internal consistency was assessed by Cronbach's (1951) alpha with Feldt's (1965) confidence interval, corrected item–total correlations, and McDonald's (1999) omega.",
                    .cronbach, .feldt, .mcdonald)
            case .factorAnalysis(let analysis, let parallel):
                say(
                    "Factors were extracted by \(analysis.result.method.title) and rotated by \(analysis.result.rotation.rawValue)."
                )
                if parallel != nil { say("Their number was chosen by parallel analysis (Horn, 1965).", .horn) }
            case .parallelAnalysis: say("The number of factors was judged by parallel analysis (Horn, 1965).", .horn)
            case .validity:
                say(
                    "Convergent validity was assessed by composite reliability and average variance extracted from the standardised loadings of confirmatory factor analyses, discriminant validity by the criterion of Fornell and Larcker (1981) and by heterotrait–monotrait ratios (Henseler et al., 2015).",
                    .fornellLarcker, .henseler)
            case .methodBias:
                say(
                    "Common method bias was examined by Harman's single-factor test, a single-factor model, a common latent factor and an unmeasured latent method construct (Podsakoff et al., 2003).",
                    .podsakoff)
            case .structural(let plan, let result):
                say(
                    "Structural equation models were estimated by maximum likelihood under the \(plan.estimation.likelihood.rawValue) likelihood, with standard errors from the expected information and cases complete in the variables of the model; fit was judged by the cut-offs of Hu and Bentler (1999).",
                    .huBentler, .bollen)
                if let bootstrap = result.bootstrap {
                    say(
                        "Indirect and total effects were tested by \(bootstrap.interval.title) bootstrap intervals (\(bootstrap.result.counts.requested) draws, seed \(bootstrap.result.seed)).",
                        .efron)
                    if bootstrap.result.counts.used < bootstrap.result.counts.requested {
                        say("Draws that did not converge were left out.")
                    }
                }
                if result.bollenStine != nil {
                    say("Overall fit was also tested by the bootstrap of Bollen and Stine (1992).", .bollenStine)
                }
            case .comparison:
                say("Alternative models were compared by the likelihood-ratio test and by AIC and BIC.")
            }
        }
        sentences.append("The analyses were carried out with Assay, version \(AssayVersion.current).")
        let references = sources.map(\.rawValue).sorted().map { RichText($0) }
        var section = Document.Section("Methods", blocks: [.paragraph(RichText(sentences.joined(separator: " ")))])
        if !references.isEmpty {
            section.sections.append(Document.Section("References", blocks: [.list(references, ordered: false)]))
        }
        return section
    }

    /// The sources of formulas and rules.
    private enum Reference: String {
        case bollen = "Bollen, K. A. (1989). Structural equations with latent variables. Wiley."
        case bollenStine =
            "Bollen, K. A., & Stine, R. A. (1992). Bootstrapping goodness-of-fit measures in structural equation models. Sociological Methods & Research, 21(2), 205–229."
        case cronbach =
            "Cronbach, L. J. (1951). Coefficient alpha and the internal structure of tests. Psychometrika, 16(3), 297–334."
        case efron =
            "Efron, B. (1987). Better bootstrap confidence intervals. Journal of the American Statistical Association, 82(397), 171–185."
        case feldt =
            "Feldt, L. S. (1965). The approximate sampling distribution of Kuder–Richardson reliability coefficient twenty. Psychometrika, 30(3), 357–370."
        case fornellLarcker =
            "Fornell, C., & Larcker, D. F. (1981). Evaluating structural equation models with unobservable variables and measurement error. Journal of Marketing Research, 18(1), 39–50."
        case henseler =
            "Henseler, J., Ringle, C. M., & Sarstedt, M. (2015). A new criterion for assessing discriminant validity in variance-based structural equation modeling. Journal of the Academy of Marketing Science, 43(1), 115–135."
        case horn =
            "Horn, J. L. (1965). A rationale and test for the number of factors in factor analysis. Psychometrika, 30(2), 179–185."
        case huBentler =
            "Hu, L., & Bentler, P. M. (1999). Cutoff criteria for fit indexes in covariance structure analysis. Structural Equation Modeling, 6(1), 1–55."
        case mardia =
            "Mardia, K. V. (1970). Measures of multivariate skewness and kurtosis with applications. Biometrika, 57(3), 519–530."
        case mcdonald = "McDonald, R. P. (1999). Test theory: A unified treatment. Erlbaum."
        case podsakoff =
            "Podsakoff, P. M., MacKenzie, S. B., Lee, J.-Y., & Podsakoff, N. P. (2003). Common method biases in behavioral research. Journal of Applied Psychology, 88(5), 879–903."
    }
}
