/// A colour by its red, green and blue parts from 0 to 255.
public struct Color: Sendable, Equatable, Hashable {
    /// Its red part.
    public var red: UInt8
    /// Its green part.
    public var green: UInt8
    /// Its blue part.
    public var blue: UInt8

    /// Makes a colour.
    public init(red: UInt8, green: UInt8, blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// Makes a grey: 0 is black, 255 white.
    public init(gray: UInt8) { self.init(red: gray, green: gray, blue: gray) }

    /// The colour of text and lines.
    public static let ink = Color(gray: 26)
    /// White.
    public static let white = Color(gray: 255)
    /// Lines that help the eye: grids, axes.
    public static let faint = Color(gray: 217)
    /// Lines and text that stand back.
    public static let muted = Color(gray: 140)
    // The palette of Okabe & Ito (2008), told apart by all kinds of colour vision.
    /// Blue.
    public static let blue = Color(red: 0, green: 114, blue: 178)
    /// Vermilion.
    public static let vermilion = Color(red: 213, green: 94, blue: 0)
    /// Bluish green.
    public static let green = Color(red: 0, green: 158, blue: 115)
    /// Sky blue.
    public static let sky = Color(red: 86, green: 180, blue: 233)
    /// Orange.
    public static let orange = Color(red: 230, green: 159, blue: 0)

    /// The colour on the way to another one; `t` from 0 to 1.
    func mixed(with other: Color, _ t: Double) -> Color {
        func part(_ a: UInt8, _ b: UInt8) -> UInt8 {
            UInt8(max(0, min(255, (Double(a) + (Double(b) - Double(a)) * t).rounded())))
        }
        return Color(
            red: part(red, other.red), green: part(green, other.green), blue: part(blue, other.blue))
    }

    /// How bright it looks, 0 to 1 (ITU-R BT.601).
    var luminance: Double { (0.299 * Double(red) + 0.587 * Double(green) + 0.114 * Double(blue)) / 255 }

    /// Its SVG and CSS notation.
    var hexadecimal: String {
        "#"
            + [red, green, blue].map { part in
                let digits = String(part, radix: 16)
                return digits.utf8.count == 1 ? "0" + digits : digits
            }.joined()
    }
}
