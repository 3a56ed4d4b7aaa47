import Psychometrics
import Reporting
import StructuralModels
import StudyDesign

extension StudyReport {
    /// What was done and by which formulas, as the methods section of a paper says it, with the references.
    var methodsSection: Document.Section {
        var sentences: [String] = [], sources: Set<Reference> = [], plannedSources: Set<String> = []
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
            case .mixed(let plan, let sequence):
                for (sentence, references) in mixedMethods(plan, sequence) {
                    if !sentences.contains(sentence) { sentences.append(sentence) }
                    sources.formUnion(references)
                }
            case .multilevelDescriptives: sayDescriptives(say)
            case .agreement:
                say(
                    "Agreement within groups was judged by rwg(j) (James et al., 1984) and average deviations (Burke et al., 1999), the reliability of group means by ICC(1) and ICC(2) (Bliese, 2000).",
                    .james, .burke, .bliese)
            case .attrition:
                say(
                    "Cases kept and lost were compared by Welch's test and χ² with effect sizes, by two one-sided tests of equivalence (Lakens, 2017), and by a logistic regression of the loss on all variables.",
                    .lakens)
            case .compliance, .schedule: break
            case .sampleSize(let plan):
                for sentence in plan.methods { say(sentence) }
                plannedSources.formUnion(plan.references)
            case .allocation(let study):
                say(
                    "The sample was shared out to strata by \(study.allocation.rule.rawValue) allocation (Cochran, 1977).",
                    .cochran)
            case .sampling(let study):
                say(
                    "The sample was drawn in \(study.draw.stages.count) stage\(study.draw.stages.count == 1 ? "" : "s") with seed \(String(study.draw.seed)); design weights are one over the probability of being drawn, and the effects of weights and clusters follow Kish (1965).",
                    .kish)
            case .response(let study):
                say("Response rates follow the Standard Definitions of AAPOR (2016).", .aapor)
                if study.bias != nil || study.waves != nil {
                    say(
                        "Respondents were compared with non-respondents, or early with late ones (Armstrong & Overton, 1977), by Welch's test and χ² with effect sizes, and by two one-sided tests of equivalence (Lakens, 2017).",
                        .armstrongOverton, .lakens)
                }
                if study.weights != nil {
                    say(
                        "Respondents were weighted for non-response; the loss of precision by weighting is Kish's (1965) 1 + cv².",
                        .kish)
                }
            case .screening:
                say(
                    "Answers were screened for careless responding by the indices of Meade and Craig (2012) and Curran (2016); no case was deleted.",
                    .meadeCraig, .curran)
            case .configurational:
                // All of them at the first one: what they share is said once.
                for (sentence, references) in configurationalMethods {
                    if !sentences.contains(sentence) { sentences.append(sentence) }
                    sources.formUnion(references)
                }
            }
        }
        sentences.append("The analyses were carried out with Assay, version \(AssayVersion.current).")
        let references = plannedSources.union(sources.map(\.rawValue)).sorted().map { RichText($0) }
        var section = Document.Section("Methods", blocks: [.paragraph(RichText(sentences.joined(separator: " ")))])
        if !references.isEmpty {
            section.sections.append(Document.Section("References", blocks: [.list(references, ordered: false)]))
        }
        return section
    }

    /// One sentence for all descriptive statistics at each level, whichever correlations they have.
    private func sayDescriptives(_ say: (String, Reference...) -> Void) {
        var kinds: Set<MultilevelDescriptivesPlan.Correlations> = []
        for case .multilevelDescriptives(let plan, _) in results { kinds.insert(plan.correlations) }
        let base =
            "Variables were described, and their correlations tested, with the number of units of their own level"
        guard kinds.contains(.withinAndBetween) else {
            say(base + ".")
            return
        }
        let both = kinds.contains(.pooled) ? ", over all rows as well as" : ", for variables of level 1"
        say(
            base + both
                + " within and between units (Dansereau et al., 1984); shares of variance come from random-intercept models without predictors.",
            .dansereau)
    }

    /// The sources of formulas and rules.
    enum Reference: String {
        case baumgartnerAmbuehl =
            "Baumgartner, M., & Ambühl, M. (2020). Causal modeling with multi-value and fuzzy-set coincidence analysis. Political Science Research and Methods, 8(3), 526–542."
        case dul =
            "Dul, J. (2016). Necessary condition analysis (NCA): Logic and methodology of “necessary but not sufficient” causality. Organizational Research Methods, 19(1), 10–52."
        case oanaSchneider =
            "Oana, I.-E., & Schneider, C. Q. (2024). A robustness test protocol for applied QCA: Theory and R software application. Sociological Methods & Research, 53(1), 57–88."
        case schneiderRohlfing =
            "Schneider, C. Q., & Rohlfing, I. (2013). Combining QCA and process tracing in set-theoretic multi-method research. Sociological Methods & Research, 42(4), 559–597."
        case baumgartnerThiem =
            "Baumgartner, M., & Thiem, A. (2017). Model ambiguities in configurational comparative research. Sociological Methods & Research, 46(4), 954–987."
        case dusa =
            "Duşa, A. (2019). QCA with R: A comprehensive resource. Springer."
        case fiss =
            "Fiss, P. C. (2011). Building better causal theories: A fuzzy set approach to typologies in organization research. Academy of Management Journal, 54(2), 393–420."
        case garciaCastroArino =
            "Garcia-Castro, R., & Ariño, M. A. (2016). A general approach to panel data set-theoretic research. Journal of Advances in Management Sciences & Information Systems, 2, 63–76."
        case ragin =
            "Ragin, C. C. (2008). Redesigning social inquiry: Fuzzy sets and beyond. University of Chicago Press."
        case schneiderWagemann =
            "Schneider, C. Q., & Wagemann, C. (2012). Set-theoretic methods for the social sciences: A guide to qualitative comparative analysis. Cambridge University Press."
        case schneiderWagemannCounterfactuals =
            "Schneider, C. Q., & Wagemann, C. (2013). Doing justice to logical remainders in QCA: Moving beyond the standard analysis. Political Research Quarterly, 66(1), 211–220."
        case bates =
            "Bates, D., Mächler, M., Bolker, B., & Walker, S. (2015). Fitting linear mixed-effects models using lme4. Journal of Statistical Software, 67(1), 1–48."
        case bellMcCaffrey =
            "Bell, R. M., & McCaffrey, D. F. (2002). Bias reduction in standard errors for linear regression with multi-stage samples. Survey Methodology, 28(2), 169–181."
        case bliese =
            "Bliese, P. D. (2000). Within-group agreement, non-independence, and reliability. In K. J. Klein & S. W. J. Kozlowski (Eds.), Multilevel theory, research, and methods in organizations (pp. 349–381). Jossey-Bass."
        case burke =
            "Burke, M. J., Finkelstein, L. M., & Dusig, M. S. (1999). On average deviation indices for estimating interrater agreement. Organizational Research Methods, 2(1), 49–68."
        case dansereau =
            "Dansereau, F., Alutto, J. A., & Yammarino, F. J. (1984). Theory testing in organizational behavior: The varient approach. Prentice-Hall."
        case endersTofighi =
            "Enders, C. K., & Tofighi, D. (2007). Centering predictor variables in cross-sectional multilevel models: A new look at an old issue. Psychological Methods, 12(2), 121–138."
        case james =
            "James, L. R., Demaree, R. G., & Wolf, G. (1984). Estimating within-group interrater reliability with and without response bias. Journal of Applied Psychology, 69(1), 85–98."
        case kenwardRoger =
            "Kenward, M. G., & Roger, J. H. (1997). Small sample inference for fixed effects from restricted maximum likelihood. Biometrics, 53(3), 983–997."
        case aapor =
            "American Association for Public Opinion Research. (2016). Standard definitions: Final dispositions of case codes and outcome rates for surveys (9th ed.)."
        case armstrongOverton =
            "Armstrong, J. S., & Overton, T. S. (1977). Estimating nonresponse bias in mail surveys. Journal of Marketing Research, 14(3), 396–402."
        case cochran = "Cochran, W. G. (1977). Sampling techniques (3rd ed.). Wiley."
        case curran =
            "Curran, P. G. (2016). Methods for the detection of carelessly invalid responses in survey data. Journal of Experimental Social Psychology, 66, 4–19."
        case kish = "Kish, L. (1965). Survey sampling. Wiley."
        case meadeCraig =
            "Meade, A. W., & Craig, S. B. (2012). Identifying careless responses in survey data. Psychological Methods, 17(3), 437–455."
        case lakens =
            "Lakens, D. (2017). Equivalence tests: A practical primer for t tests, correlations, and meta-analyses. Social Psychological and Personality Science, 8(4), 355–362."
        case nakagawa =
            "Nakagawa, S., & Schielzeth, H. (2013). A general and simple method for obtaining R² from generalized linear mixed-effects models. Methods in Ecology and Evolution, 4(2), 133–142."
        case raudenbushBryk =
            "Raudenbush, S. W., & Bryk, A. S. (2002). Hierarchical linear models: Applications and data analysis methods (2nd ed.). Sage."
        case satterthwaite =
            "Giesbrecht, F. G., & Burns, J. C. (1985). Two-stage analysis based on a mixed model: Large-sample asymptotic theory and small-sample simulation results. Biometrics, 41(2), 477–486."
        case snijdersBosker =
            "Snijders, T. A. B., & Bosker, R. J. (2012). Multilevel analysis: An introduction to basic and advanced multilevel modeling (2nd ed.). Sage."
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
