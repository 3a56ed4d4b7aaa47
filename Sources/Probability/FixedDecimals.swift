#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension Double {
    /// The digits of a finite number with a fixed count of decimals, with a point, a hyphen for minus, and never "-0.00".
    ///
    /// The exact binary value is rounded, and a tie goes to the even digit, as in C, R, lavaan and Mplus.
    package func fixed(_ decimals: Int) -> String {
        let decimals = Swift.max(0, Swift.min(decimals, 40))
        // The largest double has 309 digits before the point.
        var buffer = [CChar](repeating: 0, count: 360)
        let length = withVaList([Int32(decimals), self]) { vsnprintf(&buffer, buffer.count, "%.*f", $0) }
        let bytes = buffer.prefix(Int(length)).map { UInt8(bitPattern: $0) }
        let text = String(decoding: bytes, as: UTF8.self)
        let isZero = bytes.allSatisfy { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: ".") }
        return isZero && text.hasPrefix("-") ? String(text.dropFirst()) : text
    }
}
