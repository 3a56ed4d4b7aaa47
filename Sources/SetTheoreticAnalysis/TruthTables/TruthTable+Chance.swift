extension TruthTable {
    /// The number of rows with cases both in and out of the outcome that would be expected if the outcome were given
    /// out to the cases by chance.
    ///
    /// A row with n of N cases, K of which are in the outcome, is free of contradiction with probability
    /// (C(K, n) + C(N - K, n)) / C(N, n). With many conditions nearly every case has a row of its own, and a table
    /// without contradictions is no evidence (Marx & Dușa 2011, "Crisp-set QCA: contradictions and consistency
    /// benchmarks for model specification").
    public var contradictionsByChance: Double {
        let members = rows.flatMap(\.cases), total = members.count
        let inside = members.count { outcomeMembership[$0] > 0.5 }
        /// The probability that n cases drawn without replacement are all among some number.
        func allAmong(_ number: Int, _ n: Int) -> Double {
            (0..<n).reduce(1.0) { $0 * Double(max(0, number - $1)) / Double(total - $1) }
        }
        return rows.reduce(0) { sum, row in
            let n = row.cases.count
            return n < 2 ? sum : sum + 1 - allAmong(inside, n) - allAmong(total - inside, n)
        }
    }

    /// A warning if the cases are too few to tell the conditions apart.
    var chanceWarning: String? {
        let members = rows.reduce(0) { $0 + $1.cases.count }
        let inside = rows.flatMap(\.cases).count { outcomeMembership[$0] > 0.5 }
        let expected = contradictionsByChance
        guard expected < 1, conditions.count > 1, inside > 0, inside < members else { return nil }
        let share = (expected * 10).rounded() / 10
        return "\(members) cases show \(rows.count(where: { !$0.cases.isEmpty })) configurations of "
            + "\(conditions.count) conditions: if the outcome were given to cases by chance, \(share) contradictory rows "
            + "would be expected, so that consistent rows say little; use fewer conditions or more cases"
    }
}
