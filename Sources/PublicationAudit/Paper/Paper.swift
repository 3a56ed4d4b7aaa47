/// What a paper states, as far as it was typed into an audit file.
public struct Paper: Sendable {
    /// Its title.
    public var title: String
    /// Sizes of samples by name: `persons`, `occasions`, `N`. The first one is that of the paper as a whole.
    public var samples: [Sample]
    /// What the stars stand for, unless a table says otherwise; `nil` if the paper does not say.
    public var legend: StarLegend?
    /// Whether its p values have one or two tails, if it says so.
    public var tails: Int?
    /// Its constructs.
    public var constructs: [PaperConstruct]
    /// Its tables, in its order.
    public var tables: [any AuditedTable]
    /// What the text says of them.
    public var claims: [TextClaim]
    /// What kind of study it reports, which says what must be reported.
    public var designs: [ReportedDesign]
    /// What it reports besides the tables, by the names that ``RequiredItem`` uses.
    public var alsoReported: [String]
    /// Its running text, in which test results are looked for.
    public var runningText: [RunningText]

    /// A paper.
    public init(
        title: String = "", samples: [Sample] = [], legend: StarLegend? = nil, tails: Int? = nil,
        constructs: [PaperConstruct] = [], tables: [any AuditedTable] = [], claims: [TextClaim] = [],
        designs: [ReportedDesign] = [], alsoReported: [String] = [], runningText: [RunningText] = []
    ) {
        self.title = title
        self.samples = samples
        self.legend = legend
        self.tails = tails
        self.constructs = constructs
        self.tables = tables
        self.claims = claims
        self.designs = designs
        self.alsoReported = alsoReported
        self.runningText = runningText
    }

    /// The tables of a kind.
    public func tables<Kind: AuditedTable>(_ kind: Kind.Type) -> [Kind] { tables.compactMap { $0 as? Kind } }

    /// The size of a sample: by its name, or itself written as a number; without a name that of the paper as a whole.
    public func sampleSize(_ name: String?) -> PrintedNumber? {
        guard let name else { return samples.first?.size }
        return samples.first { simplified($0.name) == simplified(name) }?.size ?? (try? PrintedNumber(name))
    }

    /// A construct by its symbol, label or one of its other names.
    public func construct(_ name: String) -> PaperConstruct? {
        constructs.first { $0.names.contains { simplified($0) == simplified(name) } }
    }
}

/// The size of a sample that a paper states.
public struct Sample: Sendable, Hashable {
    /// What the file calls it.
    public let name: String
    /// How many.
    public let size: PrintedNumber

    /// A sample.
    public init(_ name: String, size: PrintedNumber) {
        self.name = name
        self.size = size
    }
}

/// What a paper states about a construct, gathered from text and tables.
public struct PaperConstruct: Sendable, Hashable {
    /// Its symbol and the other names it goes by; the first is the symbol.
    public var names: [String]
    /// Cronbach's alpha.
    public var alpha: PrintedNumber?
    /// Average variance extracted.
    public var ave: PrintedNumber?
    /// Composite reliability.
    public var compositeReliability: PrintedNumber?
    /// How many items measure it.
    public var items: PrintedNumber?
    /// Its mean.
    public var mean: PrintedNumber?
    /// Its standard deviation.
    public var standardDeviation: PrintedNumber?
    /// Its intraclass correlation, or share of variance between (or within, as the file says) groups.
    public var icc: PrintedNumber?
    /// The sample that it was measured in.
    public var sample: String?

    /// A construct.
    public init(
        names: [String], alpha: PrintedNumber? = nil, ave: PrintedNumber? = nil,
        compositeReliability: PrintedNumber? = nil, items: PrintedNumber? = nil, mean: PrintedNumber? = nil,
        standardDeviation: PrintedNumber? = nil, icc: PrintedNumber? = nil, sample: String? = nil
    ) {
        self.names = names
        self.alpha = alpha
        self.ave = ave
        self.compositeReliability = compositeReliability
        self.items = items
        self.mean = mean
        self.standardDeviation = standardDeviation
        self.icc = icc
        self.sample = sample
    }
}
