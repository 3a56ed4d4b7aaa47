import Testing

@testable import StructuralModels
