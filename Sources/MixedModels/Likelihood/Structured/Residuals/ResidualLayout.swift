/// Where each row of a design stands in its residual structure: cluster, occasion and variance stratum.
struct ResidualLayout: Sendable {
    /// The cluster of each row; rows alone in theirs where residuals do not correlate.
    var clusters: [Int]
    /// The occasion of each row as a number (autoregressive structures), else empty.
    var occasions: [Double] = []
    /// The index of each row's stratum, of its occasion where the structure is unstructured; else empty.
    var strata: [Int] = []
    /// The names of the strata, in ascending order.
    var strataNames: [String] = []

    /// Reads the columns that `structure` names from the rows of `frame` that `design` uses.
    /// - Throws: ``MixedModelError/notEstimable(_:)`` for columns that are missing, incomplete or unfit.
    init(_ structure: ResidualStructure, design: MixedDesign, frame: ModelFrame?) throws {
        clusters = Array(0..<design.rowCount)
        if structure == .independent { return }
        guard let frame else {
            throw MixedModelError.notEstimable("the residual structure \(structure) needs the data it names")
        }
        guard design.rows.count == design.rowCount, design.rows.allSatisfy({ $0 >= 0 && $0 < frame.rowCount }) else {
            throw MixedModelError.notEstimable(
                "the rows of the model are not those of the data of its residual structure \(structure)")
        }
        let reader = ColumnReader(structure: structure, frame: frame, rows: design.rows)
        switch structure.correlation {
        case .none: break
        case .autoregressive(let occasion, let cluster):
            occasions = try reader.numbers(occasion)
            let labels = try reader.clusters(cluster)
            clusters = labels.indices
            try requireOneRowPerOccasion(reader.categories(occasion), occasion, labels, cluster, structure)
        case .compoundSymmetric(let cluster):
            let labels = try reader.clusters(cluster)
            clusters = labels.indices
        case .unstructured(let occasion, let cluster):
            let labels = try reader.clusters(cluster)
            clusters = labels.indices
            let occasions = try reader.categories(occasion)
            try requireOneRowPerOccasion(occasions, occasion, labels, cluster, structure)
            strata = occasions.indices
            strataNames = occasions.names
            guard strataNames.count <= 20 else {
                throw MixedModelError.notEstimable(
                    "the residual structure \(structure) would estimate the covariances of \(strataNames.count) "
                        + "values of “\(occasion)”; at most 20 are possible: use ar1h or csh")
            }
        }
        if let column = structure.variancesBy {
            let categories = try reader.categories(column)
            strata = categories.indices
            strataNames = categories.names
            guard strataNames.count <= 100 else {
                throw MixedModelError.notEstimable(
                    "the residual structure \(structure) would estimate a variance for each of the "
                        + "\(strataNames.count) values of “\(column)”; at most 100 are possible")
            }
        }
        try requireEnoughRows(structure)
    }

    /// The number of rows of the largest cluster.
    var largestCluster: Int { counts(clusters).max() ?? 0 }

    private func counts(_ indices: [Int]) -> [Int] {
        var counts = [Int](repeating: 0, count: (indices.max() ?? -1) + 1)
        for index in indices { counts[index] += 1 }
        return counts
    }

    private func requireEnoughRows(_ structure: ResidualStructure) throws {
        if structure.isCorrelated, largestCluster < 2 {
            throw MixedModelError.notEstimable(
                "the residual structure \(structure) has no cluster of two or more rows, so that no correlation within "
                    + "clusters can be estimated: check the cluster, or leave the structure out")
        }
        guard !strataNames.isEmpty else { return }
        let column = structure.variancesBy ?? structure.correlation.occasion ?? ""
        guard strataNames.count > 1 else {
            throw MixedModelError.notEstimable(
                "the residual structure \(structure) needs at least two values of “\(column)”, which is always "
                    + "\(strataNames[0]) in the rows of the model")
        }
        for (stratum, count) in counts(strata).enumerated() where count < 2 {
            throw MixedModelError.notEstimable(
                "the residual structure \(structure) cannot estimate the variance at \(column) = "
                    + "\(strataNames[stratum]), of which there is one row only: merge it with another value")
        }
    }

    private func requireOneRowPerOccasion(
        _ occasions: Categories, _ occasion: String, _ labels: Categories, _ cluster: [String],
        _ structure: ResidualStructure
    ) throws {
        var seen = Set<[Int]>(minimumCapacity: occasions.indices.count)
        for (label, index) in zip(labels.indices, occasions.indices) where !seen.insert([label, index]).inserted {
            throw MixedModelError.notEstimable(
                "the residual structure \(structure) needs one row per occasion: \(cluster.joined(separator: ":")) "
                    + "\(labels.names[label]) has several with \(occasion) = \(occasions.names[index])")
        }
    }
}

extension ResidualStructure.Correlation {
    /// The column of the occasions, if there is one.
    var occasion: String? {
        switch self {
        case .none, .compoundSymmetric: nil
        case .autoregressive(let occasion, _), .unstructured(let occasion, _): occasion
        }
    }
}

/// The distinct values of a column, ascending, and which each row has.
struct Categories {
    var names: [String]
    var indices: [Int]
}

/// Reads complete columns of the rows of a model.
private struct ColumnReader {
    let structure: ResidualStructure
    let frame: ModelFrame
    let rows: [Int]

    private func column(_ name: String) throws -> ModelFrame.Column {
        guard let column = frame[name] else {
            throw MixedModelError.notEstimable(
                "the residual structure \(structure) names “\(name)”, which is no column of the data")
        }
        return column
    }

    private func missing(_ name: String, _ row: Int) -> MixedModelError {
        .notEstimable(
            "the residual structure \(structure) needs “\(name)”, which is missing in row \(row + 1) of the data: "
                + "leave out the rows where it is missing")
    }

    private func numbers(_ name: String, _ values: [Double]) throws -> [Double] {
        try rows.map { row in
            guard !values[row].isNaN else { throw missing(name, row) }
            guard values[row].isFinite else {
                throw MixedModelError.notEstimable("“\(name)” is not a finite number in row \(row + 1) of the data")
            }
            return values[row]
        }
    }

    func numbers(_ name: String) throws -> [Double] {
        switch try column(name) {
        case .numeric(let values): return try numbers(name, values)
        case .categorical(let values):
            return try rows.map { row in
                guard let value = values[row] else { throw missing(name, row) }
                guard let number = Double(value), number.isFinite else {
                    throw MixedModelError.notEstimable(
                        "the residual structure \(structure) needs the occasion “\(name)” as a number: row \(row + 1) "
                            + "of the data has “\(value)”")
                }
                return number
            }
        }
    }

    func categories(_ name: String) throws -> Categories {
        switch try column(name) {
        case .numeric(let values): return categories(try numbers(name, values)) { Self.label($0) }
        case .categorical(let values):
            let present = try rows.map { row in
                guard let value = values[row] else { throw missing(name, row) }
                return value
            }
            // Occasions written as text keep the order of their numbers: 2 before 10.
            let numbers = present.compactMap(Double.init)
            if numbers.count == present.count, numbers.allSatisfy(\.isFinite) {
                let distinct = Set(present)
                if Set(numbers).count == distinct.count { return categories(numbers) { Self.label($0) } }
            }
            return categories(present) { $0 }
        }
    }

    private func categories<Value: Hashable & Comparable>(_ values: [Value], _ label: (Value) -> String) -> Categories {
        let distinct = Set(values).sorted()
        let index = Dictionary(zip(distinct, distinct.indices), uniquingKeysWith: { first, _ in first })
        return Categories(names: distinct.map(label), indices: values.map { index[$0] ?? 0 })
    }

    /// Clusters that several columns identify together.
    func clusters(_ names: [String]) throws -> Categories {
        var result = Categories(names: [""], indices: [Int](repeating: 0, count: rows.count))
        for (order, name) in names.enumerated() {
            let next = try categories(name)
            let pairs = zip(result.indices, next.indices).map { $0 * next.names.count + $1 }
            let combined = categories(pairs) { pair in
                let label = next.names[pair % next.names.count]
                return order == 0 ? label : "\(result.names[pair / next.names.count]):\(label)"
            }
            result = combined
        }
        return result
    }

    private static func label(_ value: Double) -> String {
        value.magnitude < 1e15 && value == value.rounded() ? "\(Int(value))" : "\(value)"
    }
}
