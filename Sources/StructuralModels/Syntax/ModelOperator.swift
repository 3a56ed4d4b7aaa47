/// The relation that a row of the parameter table stands for, written as in lavaan's model syntax
/// (Rosseel, 2012, *Journal of Statistical Software* 48(2)).
public enum ModelOperator: String, Sendable, Hashable, CaseIterable {
    /// Measurement: the latent variable on the left is measured by the indicators on the right.
    case measurement = "=~"
    /// Composite: the variable on the left is made of those on the right.
    case composite = "<~"
    /// Regression of the left variable on the right ones.
    case regression = "~"
    /// Variance or covariance; of residuals where the variable is dependent.
    case covariance = "~~"
    /// Intercept, or mean where the variable is not dependent.
    case intercept = "~1"
    /// Threshold of an ordinal variable.
    case threshold = "|"
    /// Scaling factor of the response variable behind an ordinal variable.
    case scaling = "~*~"
    /// Threshold operator of lavaan 0.7 (`|~`), parsed but not used.
    case thresholdRegression = "|~"
    /// Definition of a parameter as a function of others.
    case definition = ":="
    /// Equality constraint.
    case equality = "=="
    /// Inequality constraint: the left side is smaller.
    case less = "<"
    /// Inequality constraint: the left side is greater.
    case greater = ">"
}
