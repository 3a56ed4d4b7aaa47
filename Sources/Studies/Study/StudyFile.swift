public import Datasets

/// A study file that was read together with its data, and every mistake found on the way.
public struct StudyFile: Sendable {
    /// The path of the study file.
    public let path: String
    /// The study, as far as it can be read.
    public var study: Study
    /// The mistakes.
    public let problems: [StudyProblem]
    /// The data, when they could be read.
    public let data: (imported: ImportedDataset, hash: String)?

    /// Reads a study file and its data, and checks the one against the other.
    ///
    /// - Throws: ``FileError`` when the study file itself cannot be read; every other fault is among the problems.
    public init(path: String) throws(FileError) {
        self.path = path
        let text = try FileAccess.text(at: path)
        let decoded = Study.decode(text)
        study = decoded.study
        var problems = decoded.problems.problems
        var data: (imported: ImportedDataset, hash: String)?
        if !study.data.value.isEmpty {
            do {
                data = try study.readData(in: FilePath.directory(of: path))
            } catch let error as StudyProblems {
                problems += error.problems
            } catch {
                problems.append(StudyProblem("\(error)", at: study.data.place))
            }
        }
        if study.isPlanOnly, let none = try? Dataset(columns: []) {
            data = (ImportedDataset(dataset: none, report: ImportReport(file: "", format: .csv)), "")
        }
        do { try study.readHolidays(in: FilePath.directory(of: path)) } catch { problems += error.problems }
        if let data, !study.hasOwnAnalyses, !study.isPlanOnly { study.addUsualAnalyses(for: data.imported.dataset) }
        if let data, !study.isPlanOnly { problems += study.problems(in: data.imported.dataset) }
        self.data = data
        self.problems = StudyProblems(problems).problems
    }

    /// The mistakes, one per line: `file:line:column: message`.
    public var problemText: String { problems.map { $0.text(file: path) }.joined(separator: "\n") }

    /// The directory of the report, as seen from where the program runs.
    public var reportDirectory: String {
        FilePath.resolve(study.report.directory, in: FilePath.directory(of: path))
    }
}
