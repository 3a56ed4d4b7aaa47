import Probability

extension Schedule {
    /// The largest number of occasions of one form and person.
    static let occasionLimit = 100_000

    /// The occasions of the study in the order of time, forms in the order of the schedule where they coincide.
    ///
    /// A monthly form is asked about each month of the study; a month that the study covers in part counts if the form's
    /// day lies in the study. Random signals depend on the seed, the person, the form and the date alone, so a longer study
    /// does not change those of its first days. With `n` signals at least `d` minutes apart every set of such minutes has
    /// the same probability; in blocks, each of `n` equal parts of the time gets one, drawn evenly from what the distance
    /// to the one before leaves.
    /// - Parameters:
    ///   - persons: the persons for whom random signals are drawn; without random signals, or if nobody is named, all share
    ///     one plan.
    ///   - seed: the seed of the random signals.
    /// - Throws: ``ScheduleError/noSpan(form:)``, ``ScheduleError/noOccasions(form:from:to:)``,
    ///   ``ScheduleError/signalsDoNotFit(form:count:minutes:distance:)``,
    ///   ``ScheduleError/tooManyOccasions(form:limit:)``.
    public func plan(persons: [String] = [], seed: UInt64 = 1) throws(ScheduleError) -> OccasionPlan {
        var remarks: [String] = []
        let occasions = try self.occasions(person: "", seed: seed, remarks: &remarks)
        var ofPerson: [String: [PlannedOccasion]] = [:]
        let isRandom = forms.contains { if case .random = $0.rule.times { true } else { false } }
        if isRandom {
            var ignored: [String] = []
            for person in persons {
                ofPerson[person] = try self.occasions(person: person, seed: seed, remarks: &ignored)
            }
        }
        if !calendar.source.isEmpty {
            let years = Set(occasions.map { $0.planned.date(in: timeZone).year }).subtracting(calendar.years)
            for year in years.sorted() { remarks.append("\(calendar.source) lists no holiday in \(year)") }
        }
        return OccasionPlan(occasions: occasions, ofPerson: ofPerson, remarks: remarks)
    }

    private func occasions(
        person: String, seed: UInt64, remarks: inout [String]
    ) throws(ScheduleError) -> [PlannedOccasion] {
        var all: [(order: Int, occasion: PlannedOccasion)] = []
        for (order, form) in forms.enumerated() {
            let planned = try occasions(of: form, person: person, seed: seed, remarks: &remarks)
            all += planned.map { (order, $0) }
        }
        all.sort {
            ($0.occasion.planned.secondsSince1970, $0.order, $0.occasion.number)
                < ($1.occasion.planned.secondsSince1970, $1.order, $1.occasion.number)
        }
        return all.map(\.occasion)
    }

    private func occasions(
        of form: Form, person: String, seed: UInt64, remarks: inout [String]
    ) throws(ScheduleError) -> [PlannedOccasion] {
        guard let span = form.rule.span ?? self.span, let range = span.days(calendar) else {
            throw .noSpan(form: form.name)
        }
        let days = try days(of: form, in: range, remarks: &remarks)
        guard !days.isEmpty else { throw .noOccasions(form: form.name, from: range.lowerBound, to: range.upperBound) }
        let perDay =
            switch form.rule.times {
            case .fixed(let times): times.count
            case .random(let count, _, _, _, _): count
            }
        guard days.count * perDay <= Self.occasionLimit else {
            throw .tooManyOccasions(form: form.name, limit: Self.occasionLimit)
        }
        let window = form.rule.window ?? self.window
        var result: [PlannedOccasion] = []
        result.reserveCapacity(days.count * perDay)
        for day in days {
            let period = period(of: form.rule, day: day)
            let moments = try moments(of: form, on: day.date, person: person, seed: seed, window: window)
            for (index, (moment, change)) in moments.enumerated() {
                let end = window.map { moment.adding(seconds: $0) }
                if change != .none {
                    remarks.append(
                        "\(form.name): the clock changes on \(day.date); the time that was "
                            + (change == .movedForward ? "skipped is moved to" : "repeated is taken at its first,")
                            + " \(moment.text(in: timeZone))")
                }
                result.append(
                    PlannedOccasion(
                        number: (day.index - 1) * perDay + index + 1, form: form.name, period: period,
                        signal: index + 1,
                        planned: moment, windowEnd: end, local: moment.text(in: timeZone),
                        localWindowEnd: end?.text(in: timeZone), clockChange: change))
            }
        }
        result.sort { $0.planned < $1.planned }
        if let window {
            let overlaps = zip(result, result.dropFirst()).filter {
                $1.planned.secondsSince1970 - $0.planned.secondsSince1970 < window
            }
            if let first = overlaps.first {
                remarks.append(
                    "\(form.name): \(overlaps.count) time\(overlaps.count == 1 ? "" : "s") an occasion is due before the "
                        + "window of \(durationText(window)) of the one before has ended, first at \(first.1.local)")
            }
        }
        return result
    }

    /// A day on which a form is asked: its date, the date that the rule names (they differ where a workday stands in), and
    /// its number from 1.
    private struct AskedDay {
        var date: CivilDate
        var anchor: CivilDate
        var index: Int
    }

    private func days(
        of form: Form, in range: ClosedRange<CivilDate>, remarks: inout [String]
    ) throws(ScheduleError) -> [AskedDay] {
        if case .monthly(let monthDay, let offset, let otherwise) = form.rule.days {
            var days: [AskedDay] = []
            var index = 0
            var base = range.lowerBound.startOfMonth
            while base <= range.upperBound {
                let isWhole = base >= range.lowerBound && base.adding(months: 1).adding(days: -1) <= range.upperBound
                let anchor = date(of: monthDay, inMonthOf: base.adding(months: offset))
                let date = anchor.flatMap { anchor in
                    otherwise.map { calendar.workday(from: anchor, step: $0) } ?? anchor
                }
                let isInside = date.map { range.contains($0) && offset == 0 } ?? false
                if isWhole || isInside {
                    index += 1
                    if let anchor, let date {
                        days.append(AskedDay(date: date, anchor: anchor, index: index))
                    } else {
                        let month = Period(.month, containing: base.adding(months: offset))
                        remarks.append("\(form.name): \(month) has no \(monthDay), so occasion \(index) is left out")
                    }
                }
                base = base.adding(months: 1)
            }
            return days
        }
        let length = range.upperBound.daysSince1970 - range.lowerBound.daysSince1970 + 1
        guard length <= Self.occasionLimit else {
            throw .tooManyOccasions(form: form.name, limit: Self.occasionLimit)
        }
        var days: [AskedDay] = []
        for offset in 0..<length {
            let date = range.lowerBound.adding(days: offset)
            let isAsked =
                switch form.rule.days {
                case .days(let step): offset % max(step, 1) == 0
                case .workdays: calendar.isWorkday(date)
                case .weekdays(let weekdays, let step):
                    weekdays.contains(date.weekday)
                        && floorDivide(date.daysSince1970 - range.lowerBound.startOfWeek.daysSince1970, 7)
                            % max(step, 1) == 0
                case .monthly: false
                }
            if isAsked { days.append(AskedDay(date: date, anchor: date, index: days.count + 1)) }
        }
        return days
    }

    private func date(of day: ScheduleRule.MonthDay, inMonthOf month: CivilDate) -> CivilDate? {
        let first = month.startOfMonth
        let length = first.daysInMonth
        switch day {
        case .workday(let number): return calendar.workday(number, ofMonthOf: month)
        case .day(let number):
            let day = number > 0 ? number : length + number + 1
            return (1...length).contains(day) ? first.adding(days: day - 1) : nil
        case .weekday(let weekday, let number):
            let days = (0..<length).map { first.adding(days: $0) }.filter { $0.weekday == weekday }
            let index = number > 0 ? number - 1 : days.count + number
            return days.indices.contains(index) ? days[index] : nil
        }
    }

    private func period(of rule: ScheduleRule, day: AskedDay) -> Period {
        switch rule.subject {
        case .sameDay: return Period(.day, containing: day.date)
        case .previousDay: return Period(.day, containing: day.date.adding(days: -1))
        case .previousWorkday:
            let before = day.date.adding(days: -1)
            return Period(.day, containing: calendar.workday(from: before, step: -1) ?? before)
        case .sameWeek: return Period(.week, containing: day.date)
        case .previousWeek: return Period(.week, containing: day.date.adding(days: -7))
        case .sameMonth: return Period(.month, containing: day.anchor)
        case .previousMonth: return Period(.month, containing: day.anchor.startOfMonth.adding(months: -1))
        case nil:
            if case .monthly = rule.days { return Period(.month, containing: day.anchor) }
            return Period(.day, containing: day.date)
        }
    }

    private func moments(
        of form: Form, on date: CivilDate, person: String, seed: UInt64, window: Int?
    ) throws(ScheduleError) -> [(Timestamp, ClockChange)] {
        switch form.rule.times {
        case .fixed(let times): return times.map { timeZone.timestamp(date, $0) }
        case .random(let count, let from, let to, let apart, let inBlocks):
            let first = timeZone.timestamp(date, from).0
            let last = timeZone.timestamp(date, to).0
            let minutes = (last.secondsSince1970 - first.secondsSince1970) / 60
            let distance = max(apart ?? window.map { ($0 + 59) / 60 } ?? 1, 1)
            let signals = SignalDraw(count: count, minutes: minutes, distance: distance)
            guard signals.fits(inBlocks: inBlocks) else {
                throw .signalsDoNotFit(form: form.name, count: count, minutes: minutes, distance: distance)
            }
            var random = RandomStream(seed: seed, stream: Self.stream(person: person, form: form.name, date: date))
            let drawn = inBlocks ? signals.inBlocks(&random) : signals.anywhere(&random)
            return drawn.map { (first.adding(seconds: 60 * $0), .none) }
        }
    }

    /// The number of the random stream of a person, form and date: the 64-bit hash FNV-1a (Fowler, Noll & Vo) of the three.
    private static func stream(person: String, form: String, date: CivilDate) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in "\(person)\u{1F}\(form)\u{1F}\(date)".utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return hash
    }
}

/// Random minutes 0 … `minutes` − 1, `count` of them, any two at least `distance` apart.
struct SignalDraw {
    var count: Int
    var minutes: Int
    var distance: Int

    func fits(inBlocks: Bool) -> Bool {
        guard count > 0, minutes > 0 else { return false }
        // In blocks the distance may not exceed a block, or a late signal would leave the next block no room.
        return inBlocks ? count * distance <= minutes : (count - 1) * distance < minutes
    }

    /// Every set of minutes that keeps the distance has the same probability: distinct minutes are drawn from a time that
    /// is shorter by the distances (Floyd's algorithm; Bentley & Floyd 1987), and the distances are put back between them.
    func anywhere(_ random: inout RandomStream) -> [Int] {
        let free = minutes - (count - 1) * (distance - 1)
        var chosen = Set<Int>()
        for limit in (free - count)..<free {
            let draw = random.index(below: limit + 1)
            chosen.insert(chosen.contains(draw) ? limit : draw)
        }
        return chosen.sorted().enumerated().map { $1 + $0 * (distance - 1) }
    }

    /// One minute from each of `count` equal blocks.
    func inBlocks(_ random: inout RandomStream) -> [Int] {
        var result: [Int] = []
        for block in 0..<count {
            let end = (block + 1) * minutes / count
            let start = max(block * minutes / count, (result.last ?? -distance) + distance)
            result.append(start + random.index(below: end - start))
        }
        return result
    }
}
