public import Datasets

extension OccasionPlan {
    /// The plan as data, a row for each occasion (and person, if some have their own): `person`, `occasion`, `form`,
    /// `period`, `signal`, `planned` and `window_end` on the clock of the study, `planned_utc` in seconds since 1970.
    public func dataset() throws(DatasetError) -> Dataset {
        var rows: [(person: String?, occasion: PlannedOccasion)] = []
        if ofPerson.isEmpty {
            rows = occasions.map { (nil, $0) }
        } else {
            for (person, own) in ofPerson.sorted(by: { $0.key < $1.key }) { rows += own.map { (person, $0) } }
        }
        var columns: [Column] = []
        if !ofPerson.isEmpty { columns.append(Column(name: "person", texts: rows.map(\.person), label: "Person")) }
        let all = rows.map(\.occasion)
        columns += [
            Column(
                name: "occasion", numbers: all.map { Double($0.number) }, label: "Number of the occasion",
                measure: .ordinal),
            Column(name: "form", texts: all.map(\.form), label: "Form"),
            Column(name: "period", texts: all.map(\.period.description), label: "Period that the questions are about"),
            Column(
                name: "signal", numbers: all.map { Double($0.signal) }, label: "Number of the signal on its day",
                measure: .ordinal),
            Column(name: "planned", texts: all.map(\.local), label: "Planned time"),
            Column(name: "window_end", texts: all.map(\.localWindowEnd), label: "End of the time for an answer"),
            Column(
                name: "planned_utc", numbers: all.map { Double($0.planned.secondsSince1970) },
                label: "Planned time, seconds since 1970-01-01T00:00:00Z", measure: .scale),
        ]
        return try Dataset(columns: columns)
    }
}
