/// A stage of a sampling plan: which units are drawn, how many, and how.
public struct SamplingStage: Sendable, Hashable, Codable {
    /// How many units a stage draws.
    public enum Take: Sendable, Hashable, Codable {
        /// All of them: the stage only says what the units are.
        case all
        /// So many in all, shared out to the units of the stage before (all of which must be in the sample) and to strata.
        case total(Int)
        /// So many in each unit of the stage before.
        case each(Int)
        /// At most the upper number in each unit of the stage before; units that have fewer give all they have, and those that
        /// have fewer than the lower number are reported.
        case range(Int, Int)
    }

    /// The variable that names the units, such as `district`; the rows of the frame where it is nil. With ``numberedBy`` it is
    /// the word for the units.
    public var unit: String?
    /// How many are drawn.
    public var take: Take
    /// How they are drawn.
    public var selection: UnitSelection
    /// The measure of size of a selection with probability proportional to size. A variable that is the same in all rows of
    /// every unit is taken as it is, and summed otherwise; nil counts rows.
    public var measure: String?
    /// The variables whose combinations are the strata.
    public var strata: [String]
    /// How the total is shared out to strata.
    public var allocation: AllocationRule
    /// The variable whose standard deviations within strata Neyman's allocation takes.
    public var deviation: String?
    /// The least number in each stratum.
    public var minimum: Int
    /// The variables by which the list is ordered before a systematic selection; empty for the order of the frame.
    public var order: [String]
    /// The variable that holds how many units each unit of the stage before has, where the units themselves are not in the
    /// frame; only at the last stage.
    public var numberedBy: String?

    /// Creates a stage.
    public init(
        unit: String? = nil, take: Take, selection: UnitSelection = .simple, measure: String? = nil,
        strata: [String] = [], allocation: AllocationRule = .proportional, deviation: String? = nil, minimum: Int = 1,
        order: [String] = [], numberedBy: String? = nil
    ) {
        self.unit = unit
        self.take = take
        self.selection = selection
        self.measure = measure
        self.strata = strata
        self.allocation = allocation
        self.deviation = deviation
        self.minimum = minimum
        self.order = order
        self.numberedBy = numberedBy
    }

    /// The word for a unit.
    public var unitName: String { unit ?? "unit" }

    /// What contradicts itself in the stage; nil when nothing does.
    var fault: String? {
        switch take {
        case .all: break
        case .total(let n), .each(let n):
            if n < 1 { return "\(unitName): \(n) units are none; draw 1 or more" }
        case .range(let low, let high):
            if low < 1 || high < low {
                return "\(unitName): \(low)-\(high) is no range of numbers; write, for example, 3-4"
            }
            if !strata.isEmpty { return "\(unitName): a range cannot be shared out to strata; give one number" }
        }
        if minimum < 0 { return "\(unitName): the minimum in each stratum is \(minimum); give 0 or more" }
        if measure != nil, selection != .proportionalToSize {
            return
                "\(unitName): a measure of size is for a selection with probability proportional to size; add `method` pps"
        }
        if numberedBy != nil, !strata.isEmpty || selection != .simple || !order.isEmpty {
            return
                "\(unitName): units that only their number is known of are drawn simply; leave out strata, method and order"
        }
        if !order.isEmpty, selection == .simple {
            return
                "\(unitName): an order is for a systematic selection; add `method` systematic or pps, or leave it out"
        }
        if allocation == .optimal {
            return
                "\(unitName): optimal allocation needs costs, which a frame does not have; share the sample out with "
                + "`assay plan allocate` first, or use neyman"
        }
        if (allocation == .neyman) != (deviation != nil) {
            return allocation == .neyman
                ? "\(unitName): neyman allocation needs `deviation`, a variable of the frame whose spread within strata it takes"
                : "\(unitName): `deviation` is for neyman allocation; add `allocation` neyman, or leave it out"
        }
        if allocation != .proportional, strata.isEmpty {
            return
                "\(unitName): \(allocation.rawValue) allocation shares the sample out to strata; name them with `strata`"
        }
        return nil
    }
}
