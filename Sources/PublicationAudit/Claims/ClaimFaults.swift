extension Paper {
    /// Why a claim cannot be carried out as it is written: a table, column, row or name that the file does not have, or a formula that
    /// cannot be read; `nil` if it can.
    public func fault(of claim: TextClaim) -> String? {
        switch claim.statement {
        case .equals(_, let formula):
            do throws(ArithmeticFault) {
                _ = try formula.values(sizes: { sampleSize($0) })
                return nil
            } catch {
                return "`\(formula.text)` cannot be read: \(error)"
            }
        case .all(let reference, _, _), .range(let reference, _, _), .probability(let reference, _),
            .significant(let reference, _), .repeats(let reference, _):
            do throws(ClaimFault) {
                _ = try ReferencedFigures(reference, in: self)
                return nil
            } catch {
                return error.description
            }
        }
    }
}
