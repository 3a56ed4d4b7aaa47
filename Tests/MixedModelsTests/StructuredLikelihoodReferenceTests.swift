import Foundation
import LinearAlgebra
import Optimization
import Testing

@testable import MixedModels

/// Figures of nlme 3.1-162 on R 4.2.2 (`lme` and `gls` with corAR1, corCAR1, corCompSymm, corSymm and varIdent), whose
/// constants are lme4's. Its optimiser leaves the estimates at 5 to 6 digits, so they were carried to 9 by Newton's method
/// with derivatives of numDeriv on the same likelihood, of dense blocks, in R. (The standard errors of `gls` by maximum
/// likelihood are those of nlme times √((n − p)/n).)
@Suite struct StructuredLikelihoodReferenceTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var structure: String
        var criterion: MixedCriterion
        var logLikelihood: Double
        var coefficients: [Double]
        var standardErrors: [Double]
        var sigma: Double
        var parameters: [Double]
        var testDescription: String { name + " " + structure + " " + criterion.rawValue }
    }

    static func design(_ name: String) throws -> (MixedDesign, StructuredData) {
        let parts = name.split(separator: " ")
        let data = try StructuredData(String(parts[0]))
        let random = String(parts[1])
        func terms(_ group: String, _ slope: String) -> [(columns: [[Double]], group: String)] {
            random == "none" ? [] : [(random == "slope" ? [data.numbers(slope)] : [], group)]
        }
        switch parts[0] {
        case "diary":
            return (data.design("Y", ["M", "X1", "X2"].map(data.numbers), random: terms("leader", "month")), data)
        case "orthodont":
            let age = data.numbers("age"), female = data.indicator("Sex", "Female")
            return (data.design("distance", [age, female, times(age, female)], random: terms("Subject", "age")), data)
        case "bodyweight":
            let time = data.numbers("Time"), second = data.indicator("Diet", "d2"), third = data.indicator("Diet", "d3")
            return (
                data.design(
                    "weight", [time, second, third, times(time, second), times(time, third)],
                    random: terms("Rat", "Time")), data
            )
        case "ovary":
            return (
                data.design(
                    "follicles",
                    [
                        data.numbers("Time").map { sin(2 * Double.pi * $0) },
                        data.numbers("Time").map { cos(2 * Double.pi * $0) },
                    ], random: terms("Mare", "Time")), data
            )
        default: return (data.design("Reaction", [data.numbers("Days")], random: terms("Subject", "Days")), data)
        }
    }

    static let cases: [Case] = [
        Case(
            name: "diary intercept", structure: "ar1(month | leader)", criterion: .reml, logLikelihood: -1701.17329066,
            coefficients: [0.041526464175, 0.271652049034, 0.0880567804013, -0.218748539095],
            standardErrors: [0.0296061897023, 0.0271036495505, 0.0286568700496, 0.0290551008829], sigma: 0.858215789767,
            parameters: [0.0655925847556]),
        Case(
            name: "diary intercept", structure: "ar1(month | leader)", criterion: .ml, logLikelihood: -1690.5255264,
            coefficients: [0.0415176532792, 0.271744932754, 0.0882146841884, -0.218587294174],
            standardErrors: [0.0294811048338, 0.0270540644839, 0.0285879331146, 0.0289860194801], sigma: 0.857509917414,
            parameters: [0.0657233095345]),
        Case(
            name: "diary none", structure: "ar1(month | leader)", criterion: .reml, logLikelihood: -1704.14274402,
            coefficients: [0.0414630480002, 0.274076320589, 0.0924686447243, -0.214947362113],
            standardErrors: [0.0277550974847, 0.0268262635503, 0.0280027257936, 0.0284486397027], sigma: 0.894076947278,
            parameters: [0.139260503159]),
        Case(
            name: "diary none", structure: "ar1h(month | leader)", criterion: .reml, logLikelihood: -1703.48779972,
            coefficients: [0.0415063450166, 0.274492699856, 0.0925335500666, -0.214663236936],
            standardErrors: [0.0276922137211, 0.0267774985794, 0.0279622845169, 0.0283974028171], sigma: 0.925421644705,
            parameters: [0.137814503181, 0.961788033491, 0.966345690496, 0.968210621439, 0.932260604801]),
        Case(
            name: "diary intercept", structure: "ar1h(month | leader)", criterion: .reml, logLikelihood: -1700.75805126,
            coefficients: [0.0416595468161, 0.271479297277, 0.0884342496582, -0.217825825638],
            standardErrors: [0.0295011921681, 0.0270712531136, 0.0286140495737, 0.0290042886925], sigma: 0.885063368735,
            parameters: [0.0664395345272, 0.961718331893, 0.979021031267, 0.966584279777, 0.945010259245]),
        Case(
            name: "orthodont intercept", structure: "ar1(occasion | Subject)", criterion: .reml,
            logLikelihood: -216.854056159,
            coefficients: [16.3252302244, 0.785434365755, 1.05100218172, -0.306188529806],
            standardErrors: [0.966955201551, 0.0759895178725, 1.5149276541, 0.119052694336], sigma: 1.37310004209,
            parameters: [-0.0375332668583]),
        Case(
            name: "orthodont intercept", structure: "ar1(occasion | Subject) + diag(Sex)", criterion: .reml,
            logLikelihood: -207.51218669,
            coefficients: [16.3723755545, 0.782228004179, 0.993217149049, -0.302075318492],
            standardErrors: [1.18692836633, 0.0973846219222, 1.44422290827, 0.111464005369], sigma: 0.791259014147,
            parameters: [0.0770013667802, 2.16593989249]),
        Case(
            name: "orthodont none", structure: "cs(Subject)", criterion: .reml, logLikelihood: -216.878624601,
            coefficients: [16.340625, 0.784375, 1.03210227273, -0.304829545455],
            standardErrors: [0.98131223668, 0.0775011049189, 1.5374208053, 0.121420896104], sigma: 2.28488267326,
            parameters: [0.631838849864]),
        Case(
            name: "orthodont none", structure: "csh(occasion | Subject)", criterion: .reml,
            logLikelihood: -215.986188071,
            coefficients: [16.1308725093, 0.794313026949, 1.27376098316, -0.315559779761],
            standardErrors: [0.978556657792, 0.0770108981307, 1.53310364287, 0.120652889667], sigma: 2.38677725853,
            parameters: [0.635289435833, 0.862364343466, 1.03395434615, 0.920374842376]),
        Case(
            name: "orthodont none", structure: "un(occasion | Subject)", criterion: .reml,
            logLikelihood: -212.273400097,
            coefficients: [15.8422893332, 0.826803296709, 1.58307915734, -0.350438594474],
            standardErrors: [0.972307960124, 0.0822177862401, 1.52331381509, 0.128810515559], sigma: 2.32921312972,
            parameters: [
                0.878879475912, 1.07445482213, 0.958682007344, 0.568195073283, 0.658949020022, 0.522036076698,
                0.580603494676, 0.724917567856, 0.739618393408,
            ]),
        Case(
            name: "orthodont none", structure: "un(occasion | Subject)", criterion: .ml, logLikelihood: -209.738524055,
            coefficients: [15.8422893332, 0.82680329671, 1.58307915735, -0.350438594474],
            standardErrors: [0.935603770852, 0.0791141016963, 1.465809402, 0.123947976387], sigma: 2.26256480113,
            parameters: [
                0.875955052158, 1.0807922882, 0.949784752662, 0.544335167389, 0.652565782577, 0.518751970027,
                0.560719451819, 0.719027765583, 0.727590710303,
            ]),
        Case(
            name: "orthodont slope", structure: "diag(Sex)", criterion: .reml, logLikelihood: -205.761239926,
            coefficients: [16.340625, 0.784375, 1.03210227273, -0.304829545455],
            standardErrors: [1.13526793529, 0.0991447641135, 1.37725231075, 0.118635673551], sigma: 0.66624991764,
            parameters: [2.44590562222]),
        Case(
            name: "orthodont slope", structure: "diag(Sex)", criterion: .ml, logLikelihood: -203.021194372,
            coefficients: [16.340625, 0.784375, 1.03210227273, -0.304829545455],
            standardErrors: [1.11140562721, 0.0972218942844, 1.33447253941, 0.115201100818], sigma: 0.667017731852,
            parameters: [2.43101517897]),
        Case(
            name: "ovary intercept", structure: "ar1(Time | Mare)", criterion: .reml, logLikelihood: -776.159531716,
            coefficients: [12.1862310487, -2.92633985105, -0.893561370251],
            standardErrors: [0.94049743601, 0.501404738644, 0.512257041443], sigma: 3.66325389193,
            parameters: [2.39965032183e-05]),
        Case(
            name: "bodyweight intercept", structure: "ar1(Time | Rat)", criterion: .reml, logLikelihood: -575.48401637,
            coefficients: [
                250.879543631, 0.365915158201, 201.145598673, 255.174694954, 0.654970796231, 0.295123793476,
            ],
            standardErrors: [
                13.2057168252, 0.0776656573, 22.8729724917, 22.8729724917, 0.134520864447, 0.134520864447,
            ], sigma: 10.8741464375, parameters: [0.97368227895]),
        Case(
            name: "bodyweight none", structure: "ar1(Time | Rat)", criterion: .ml, logLikelihood: -583.641524342,
            coefficients: [
                250.351813313, 0.367044200406, 202.227220893, 257.425100106, 0.660617875808, 0.291724786169,
            ],
            standardErrors: [
                12.0348845141, 0.10272150956, 20.8450314417, 20.8450314417, 0.177918873588, 0.177918873588,
            ], sigma: 33.9626642886, parameters: [0.997512233682]),
        Case(
            name: "sleepstudy intercept", structure: "ar1(Days | Subject)", criterion: .ml,
            logLikelihood: -872.415044843, coefficients: [252.788573851, 10.4668842659],
            standardErrors: [10.659751323, 1.31922508671], sigma: 36.9812491749, parameters: [0.641423877967]),
        Case(
            name: "sleepstudy intercept", structure: "independent", criterion: .reml, logLikelihood: -893.232542697,
            coefficients: [251.405104848, 10.4672859596], standardErrors: [9.74671625421, 0.804221429099],
            sigma: 30.9912339046, parameters: []),
        Case(
            name: "sleepstudy none", structure: "independent", criterion: .reml, logLikelihood: -946.831831736,
            coefficients: [251.405104848, 10.4672859596], standardErrors: [6.61015404429, 1.23819529805],
            sigma: 47.7147197438, parameters: []),
        Case(
            name: "sleepstudy none", structure: "diag(Days)", criterion: .reml, logLikelihood: -933.805472612,
            coefficients: [252.017400336, 10.1408751896], standardErrors: [4.77745681457, 1.17585365959],
            sigma: 31.9257473022,
            parameters: [
                1.02772642699, 0.929011009115, 1.1868672457, 1.30465627828, 1.59072674813, 1.92846893164, 1.54065422259,
                1.847038057, 2.06644500919,
            ]),
    ]

    @Test(arguments: cases) func equalsNLME(_ reference: Case) throws {
        let (design, data) = try Self.design(reference.name)
        let fit = try StructuredFit(design, reference.criterion, reference.structure, data)
        #expect(fit.report.hasConverged)
        let tolerance = 5e-9
        #expect(abs(-0.5 * fit.solution.deviance - reference.logLikelihood) < 2e-8)
        #expect(relative(fit.solution.coefficients, reference.coefficients) < tolerance)
        #expect(relative(fit.standardErrors, reference.standardErrors) < tolerance)
        #expect(relative([fit.solution.residualVariance.squareRoot()], [reference.sigma]) < tolerance)
        #expect(relative(fit.residualParameters, reference.parameters) < tolerance)
    }
}

/// The largest relative difference; infinite when the lengths differ.
private func relative(_ a: [Double], _ b: [Double]) -> Double {
    guard a.count == b.count else { return .infinity }
    return zip(a, b).reduce(0) { max($0, abs($1.0 - $1.1) / abs($1.1)) }
}
