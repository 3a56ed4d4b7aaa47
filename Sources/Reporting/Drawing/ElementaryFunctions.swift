#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The cosine of an angle in radians.
func cosine(_ angle: Double) -> Double { cos(angle) }

/// The sine of an angle in radians.
func sine(_ angle: Double) -> Double { sin(angle) }

/// The angle of a direction in radians, from -π to π.
func arcTangent(y: Double, x: Double) -> Double { atan2(y, x) }

/// The power of ten with a whole exponent.
func powerOfTen(_ exponent: Int) -> Double { pow(10, Double(exponent)) }

/// The decimal logarithm.
func decimalLogarithm(_ value: Double) -> Double { log10(value) }

/// The cube root.
func cubeRoot(_ value: Double) -> Double { cbrt(value) }
