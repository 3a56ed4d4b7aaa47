extension Codebook {
    /// The mean of each scale for each row, as columns named after the scales.
    ///
    /// A row gets the mean of the items that it answers, if it answers at least the share `minimumShare` of them, and
    /// is missing otherwise (the person mean; Newman, 2014, "Missing data: five practical guidelines", advises it when
    /// at least half the items are answered). A scale with dimensions is the mean of its dimensions' means by the same
    /// rule.
    /// - Parameters:
    ///   - dataset: the data with this codebook applied, so that reversed items are already reversed.
    ///   - names: the scales; nil takes all, in the order of the codebook.
    ///   - minimumShare: the share of items that must be answered, above 0 and at most 1.
    /// - Throws: the errors of ``items(of:in:)``; ``DatasetError/textColumn(name:row:content:)`` for an item that holds
    ///   text; ``DatasetError/codebook(subject:problem:)`` if `minimumShare` is not a share.
    public func scaleMeans(
        of dataset: Dataset, scales names: [String]? = nil, minimumShare: Double = 0.5
    ) throws(DatasetError) -> [Column] {
        guard minimumShare > 0, minimumShare <= 1 else {
            throw .codebook(
                subject: "scale means", problem: "the share of answered items must be above 0 and at most 1")
        }
        var result: [Column] = []
        for name in names ?? scales.map(\.name) {
            _ = try items(of: name, in: dataset)
            let values = try means(of: name, in: dataset, minimumShare: minimumShare)
            result.append(Column(name: name, numbers: values, label: self[name]?.label, measure: .scale))
        }
        return result
    }

    private func means(of name: String, in dataset: Dataset, minimumShare: Double) throws(DatasetError) -> [Double] {
        guard let scale = self[name] else { return [] }
        var parts: [[Double]] = []
        switch scale.content {
        case .items:
            for item in try items(of: name, in: dataset) {
                let column = try dataset.column(item)
                guard column.isNumeric else { throw column.textError }
                parts.append(column.numbers)
            }
        case .dimensions(let dimensions):
            for dimension in dimensions {
                parts.append(try means(of: dimension, in: dataset, minimumShare: minimumShare))
            }
        }
        // A product such as 0.6 × 5 may round above 3.
        let needed = (minimumShare * Double(parts.count) - 1e-9).rounded(.up)
        return (0..<dataset.rowCount).map { row in
            var sum = 0.0
            var count = 0.0
            for part in parts where !part[row].isNaN {
                sum += part[row]
                count += 1
            }
            return count >= max(needed, 1) ? sum / count : .nan
        }
    }
}
