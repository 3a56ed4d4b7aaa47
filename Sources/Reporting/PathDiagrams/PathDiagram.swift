/// A path diagram in the manner of AMOS: ellipses for latent variables, boxes for observed ones, circles for errors,
/// arrows for paths, double-headed arcs for covariances.
///
/// The structural model runs from causes to outcomes by rank. Indicators stand on the outer side: those of causes
/// before them, those of outcomes behind them, those of mediators above or below. The same input gives the same picture.
public struct PathDiagram: Sendable, Equatable {
    /// A variable.
    public struct Node: Sendable, Equatable {
        /// What a variable is.
        public enum Kind: Sendable, Equatable {
            /// An ellipse.
            case latent
            /// A box.
            case observed
            /// A small circle: errors of indicators (e1…), residuals of outcomes (d1…).
            case error
        }

        /// The name by which paths refer to it.
        public var id: String
        /// The text in its shape; long texts are broken into lines.
        public var label: String
        /// What it is.
        public var kind: Kind
        /// The share of its variance that is explained, written below the label.
        public var rSquared: Double?

        /// Makes a variable; its label is its name unless another one is given.
        public init(_ id: String, label: String? = nil, kind: Kind, rSquared: Double? = nil) {
            self.id = id
            self.label = label ?? id
            self.kind = kind
            self.rSquared = rSquared
        }
    }

    /// How far a path or covariance stands out.
    public enum Emphasis: Sendable, Equatable {
        /// A thin black line.
        case normal
        /// A thick line in colour with a bold label.
        case highlighted
        /// A grey line.
        case muted
    }

    /// A directed path.
    public struct Path: Sendable, Equatable {
        /// What a path stands for.
        public enum Kind: Sendable, Equatable {
            /// From a factor to its indicator or lower-order factor (`=~`).
            case loading
            /// From a predictor to an outcome (`~`).
            case regression
        }

        /// Where it starts.
        public var from: String
        /// Where its arrow points.
        public var to: String
        /// What it stands for. When `nil`, a path from a latent variable to an observed one that only latent variables
        /// point to and that points to nothing is a loading, and any other is a regression.
        public var kind: Kind?
        /// The text on it, such as "0.64***"; none when empty.
        public var label: String
        /// Whether it is significant; else its line is dashed.
        public var isSignificant: Bool
        /// How far it stands out.
        public var emphasis: Emphasis

        /// Makes a path.
        public init(
            _ from: String, _ to: String, kind: Kind? = nil, label: String = "", isSignificant: Bool = true,
            emphasis: Emphasis = .normal
        ) {
            self.from = from
            self.to = to
            self.kind = kind
            self.label = label
            self.isSignificant = isSignificant
            self.emphasis = emphasis
        }
    }

    /// A covariance or correlation.
    public struct Covariance: Sendable, Equatable {
        /// One variable.
        public var first: String
        /// The other one.
        public var second: String
        /// The text on it; none when empty.
        public var label: String
        /// Whether it is significant; else its line is dashed.
        public var isSignificant: Bool
        /// How far it stands out.
        public var emphasis: Emphasis

        /// Makes a covariance.
        public init(
            _ first: String, _ second: String, label: String = "", isSignificant: Bool = true,
            emphasis: Emphasis = .normal
        ) {
            self.first = first
            self.second = second
            self.label = label
            self.isSignificant = isSignificant
            self.emphasis = emphasis
        }
    }

    /// Which way the structural model runs.
    public enum Direction: Sendable, Equatable {
        /// Causes on the left, outcomes on the right.
        case leftToRight
        /// Causes on top, outcomes at the bottom.
        case topToBottom
    }

    /// The variables.
    public let nodes: [Node]
    /// The paths.
    public let paths: [Path]
    /// The covariances.
    public let covariances: [Covariance]
    /// Which way the structural model runs.
    public var direction: Direction
    /// The size of the variables' names in pixels, at least 11; the figures on paths are a little smaller.
    public var fontSize: Double
    /// A short name of the picture.
    public var title: String

    /// Makes a diagram.
    ///
    /// A path from a variable to itself and a covariance of a variable with itself (its variance) are not drawn.
    ///
    /// - Throws: ``PathDiagramError`` when two variables share a name or a path names a variable that is not there.
    public init(
        title: String = "Path diagram", nodes: [Node], paths: [Path], covariances: [Covariance] = [],
        direction: Direction = .leftToRight, fontSize: Double = 13
    ) throws(PathDiagramError) {
        var names: Set<String> = []
        for node in nodes where !names.insert(node.id).inserted { throw .duplicateNode(node.id) }
        for path in paths {
            for end in [path.from, path.to] where !names.contains(end) {
                throw .unknownNode(end, connection: "\(path.from) → \(path.to)")
            }
        }
        for covariance in covariances {
            for end in [covariance.first, covariance.second] where !names.contains(end) {
                throw .unknownNode(end, connection: "\(covariance.first) ↔ \(covariance.second)")
            }
        }
        self.title = title
        self.nodes = nodes
        self.paths = paths.filter { $0.from != $0.to }
        self.covariances = covariances.filter { $0.first != $0.second }
        self.direction = direction
        self.fontSize = fontSize.isFinite ? max(11, min(fontSize, 48)) : 13
    }

    /// The diagram with a circle for the error of every variable that arrows point to and that has none yet: e1, e2… for
    /// indicators, d1, d2… for outcomes.
    public func addingErrors() -> PathDiagram {
        let structure = PathDiagramStructure(self)
        var nodes = nodes
        var paths = paths
        var used = Set(nodes.map(\.id))
        var counts = ["e": 0, "d": 0]
        for (index, node) in self.nodes.enumerated() where node.kind != .error {
            guard structure.isEndogenous[index], structure.errors[index].isEmpty else { continue }
            let prefix = structure.isIndicator[index] ? "e" : "d"
            let count = (counts[prefix] ?? 0) + 1
            counts[prefix] = count
            var id = "\(prefix)\(count)"
            while !used.insert(id).inserted { id += "′" }
            nodes.append(Node(id, label: "\(prefix)\(count)", kind: .error))
            paths.append(Path(id, node.id))
        }
        var copy = self
        copy = PathDiagram(copy, nodes: nodes, paths: paths)
        return copy
    }

    private init(_ diagram: PathDiagram, nodes: [Node], paths: [Path]) {
        self.nodes = nodes
        self.paths = paths
        covariances = diagram.covariances
        direction = diagram.direction
        fontSize = diagram.fontSize
        title = diagram.title
    }
}

/// What is wrong with the input of a path diagram.
public enum PathDiagramError: Error, Equatable, CustomStringConvertible {
    /// Two variables have the same name.
    case duplicateNode(String)
    /// A path or covariance names a variable that is not in the diagram.
    case unknownNode(String, connection: String)

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .duplicateNode(let id): "path diagram: two variables are named '\(id)'; give each its own name"
        case .unknownNode(let id, let connection):
            "path diagram: '\(connection)' names the variable '\(id)', which is not among the diagram's variables"
        }
    }
}
