import Datasets
import SetTheoreticAnalysis

extension StudyCheck {
    mutating func check(_ plan: ConfigurationalPlan) {
        let data = prepared ?? dataset, before = problems.count
        for name in plan.conditions + plan.caseNames + plan.calibrations.map(\.variable) { checkVariable(name) }
        for name in [plan.cluster, plan.unit] { if let name { checkVariable(name) } }
        var sets: [String] = []
        do {
            sets = try SetExpression(parsing: plan.outcome.value, known: data.names).setNames
        } catch {
            note("in the outcome: \(Self.words(error))", at: plan.outcome.place)
        }
        var seen: Set<String> = []
        for condition in plan.conditions {
            if sets.contains(condition.value) {
                note(SetTheoryError.outcomeAmongConditions(condition.value).description, at: condition.place)
            } else if !seen.insert(condition.value).inserted {
                note("the condition `\(condition.value)` is named twice; name it once", at: condition.place)
            }
        }
        let used = Set(sets).union(seen)
        for calibrated in plan.calibrations where !used.contains(calibrated.variable.value) {
            let name = calibrated.variable.value
            note(
                "`\(name)` is calibrated but neither the outcome nor a condition; add it to the conditions, or take it out",
                at: calibrated.variable.place)
        }
        guard problems.count == before else { return }
        checkSets(plan, sets: plan.conditions.map(\.value) + sets, of: data)
    }

    /// Carries the calibration out to find what the data do not allow.
    private mutating func checkSets(_ plan: ConfigurationalPlan, sets: [String], of data: Dataset) {
        do {
            let cases = try CalibratedCases(data, sets: sets, settings: plan.settings)
            let conditions = try Conditions(plan.conditions.map(\.value), in: cases.data)
            for expectations in [plan.expectations, plan.negationExpectations] {
                guard let expectations else { continue }
                do {
                    _ = try DirectionalExpectations(parsing: expectations.value, conditions: conditions)
                } catch { note("in the expectations: \(Self.words(error))", at: expectations.place) }
            }
            if let theory = plan.theory {
                do {
                    _ = try SetExpression(parsing: theory.value, known: sets)
                } catch { note("in the theory: \(Self.words(error))", at: theory.place) }
            }
            for excluded in plan.excluded where Int(excluded.value) == nil {
                do {
                    _ = try SumOfProducts(
                        SetExpression(parsing: excluded.value, known: conditions.names), over: conditions)
                } catch {
                    note("in the excluded rows: \(Self.words(error))", at: excluded.place)
                }
            }
        } catch let error as SetTheoryError {
            note(error, in: plan)
        } catch {
            note("\(error)", at: plan.place)
        }
    }

    /// A problem of the sets where the plan calibrates or names the set.
    private mutating func note(_ error: SetTheoryError, in plan: ConfigurationalPlan) {
        switch error {
        case .membershipOutOfRange(let set, let name, let value), .tooManyLevels(let set, let name, let value):
            note(
                "`\(set)` is \(value.short) for case `\(name)`, which is neither a membership from 0 to 1 nor a level; add "
                    + "its calibration, for example `calibrate: {\(set): 'e1,c3,i5'}`", at: plan.place(ofSet: set))
        case .missingMembership(let set, let name):
            note(
                "`\(set)` has no value for case `\(name)`; find the value, or write `incomplete cases: drop`",
                at: plan.place(ofSet: set))
        case .emptyLevel(let set, let level, let levels):
            note(
                "no case has level \(level) of `\(set)`, so that its values up to \(levels - 1) are no levels of a set; add "
                    + "its calibration, for example `calibrate: {\(set): 'e1,c3,i5'}`", at: plan.place(ofSet: set))
        case .anchorsOutOfOrder(let set, _, _), .duplicateSet(let set),
            .constantCondition(let set, _):
            note(error.description, at: plan.place(ofSet: set))
        default:
            let own = plan.calibrations.first { error.description.contains("`\($0.variable.value)`") }
            note(error.description, at: own?.text.place ?? plan.place)
        }
    }

    /// What is wrong, without the expression, which stands at the place of the problem.
    private static func words(_ error: SetTheoryError) -> String {
        if case .malformedExpression(_, _, let problem) = error { return problem }
        return error.description
    }
}

extension ConfigurationalPlan {
    /// Where a set is calibrated, else where it is named.
    func place(ofSet name: String) -> StudyPlace {
        calibrations.first { $0.variable.value == name }?.text.place
            ?? conditions.first { $0.value == name }?.place ?? outcome.place
    }
}
