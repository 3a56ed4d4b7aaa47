/// How a file counts dates, by the display format of a variable.
struct DateFormat {
    private enum Unit {
        case days
        case seconds
        case milliseconds
        /// A count that is left as it is: times of day, weeks, months, quarters.
        case other
    }

    private let unit: Unit
    private let hasTime: Bool
    /// The day that is counted as zero, in days from 1970-01-01.
    private let epoch: Int

    /// The pattern of the texts.
    var pattern: String { hasTime ? "YYYY-MM-DDThh:mm:ss" : "YYYY-MM-DD" }

    /// The format of name `name` in files of the given format, or nil if it is not one of dates or times.
    init?(_ name: String, of format: FileFormat) {
        let letters = name.uppercased().prefix { !$0.isNumber && $0 != "." }
        switch format {
        case .sav, .zsav, .por:
            epoch = -141_428  // 1582-10-14
            switch letters {
            case "DATE", "ADATE", "EDATE", "JDATE", "SDATE", "QYR", "MOYR", "WKYR": (unit, hasTime) = (.seconds, false)
            case "DATETIME", "YMDHMS": (unit, hasTime) = (.seconds, true)
            case "TIME", "DTIME", "MTIME": (unit, hasTime) = (.other, false)
            default: return nil
            }
        case .dta:
            epoch = -3653  // 1960-01-01
            if name.hasPrefix("%td") || name.hasPrefix("%d") || name.hasPrefix("%-td") || name.hasPrefix("%-d") {
                (unit, hasTime) = (.days, false)
            } else if name.hasPrefix("%tc") || name.hasPrefix("%-tc") {
                (unit, hasTime) = (.milliseconds, true)
            } else if name.hasPrefix("%t") || name.hasPrefix("%-t") {
                (unit, hasTime) = (.other, false)
            } else {
                return nil
            }
        case .sas7bdat:
            epoch = -3653
            switch letters {
            case "DATE", "MMDDYY", "DDMMYY", "YYMMDD", "YYMMDDN", "DAY", "WORDDATE", "WEEKDATE", "MONYY", "JULIAN", "B",
                "DDMMYYB", "DDMMYYD", "DDMMYYP", "MMDDYYB", "MMDDYYD", "MMDDYYP", "YYMMDDB", "YYMMDDD", "YYMMDDP":
                if letters == "B" { return nil }
                (unit, hasTime) = (.days, false)
            case "DATETIME", "DATEAMPM", "DTDATE", "MDYAMPM": (unit, hasTime) = (.seconds, true)
            case "TIME", "HHMM", "TOD", "HOUR", "MMSS": (unit, hasTime) = (.other, false)
            case "E":
                if name.uppercased().hasPrefix("E8601DA") {
                    (unit, hasTime) = (.days, false)
                } else if name.uppercased().hasPrefix("E8601DT") {
                    (unit, hasTime) = (.seconds, true)
                } else {
                    return nil
                }
            default: return nil
            }
        default: return nil
        }
    }

    /// The numbers as ISO 8601 texts, nil where NaN; nil as a whole if they are not dates or one is out of range.
    func texts(_ numbers: [Double]) -> [String?]? {
        let perDay: Double
        switch unit {
        case .days: perDay = 1
        case .seconds: perDay = 86_400
        case .milliseconds: perDay = 86_400_000
        case .other: return nil
        }
        var result: [String?] = []
        result.reserveCapacity(numbers.count)
        for number in numbers {
            if number.isNaN {
                result.append(nil)
                continue
            }
            let day = (number / perDay).rounded(.down)
            guard abs(day) < 4_000_000 else { return nil }
            let date = isoDate(daysFrom1970: Int(day) + epoch)
            guard hasTime else {
                result.append(date)
                continue
            }
            let second = Int(((number - day * perDay) / perDay * 86_400).rounded())
            // Rounding may reach midnight; the date is then written with its last second.
            result.append(date + "T" + isoTime(seconds: min(second, 86_399)))
        }
        return result
    }
}

/// The date `days` after 1970-01-01 in the proleptic Gregorian calendar (H. Hinnant, 2013, "chrono-compatible low-level
/// date algorithms", civil_from_days).
func isoDate(daysFrom1970 days: Int) -> String {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2)
}

/// The time of day `seconds` after midnight.
func isoTime(seconds: Int) -> String {
    padded(seconds / 3600, 2) + ":" + padded(seconds / 60 % 60, 2) + ":" + padded(seconds % 60, 2)
}

private func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(abs(number))
    return (number < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count)) + digits
}
