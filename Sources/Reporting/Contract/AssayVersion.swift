/// The version of the program, which every document states.
public enum AssayVersion {
    /// The version of this build (Semantic Versioning 2.0.0).
    public static let current = "0.1.0"
}
