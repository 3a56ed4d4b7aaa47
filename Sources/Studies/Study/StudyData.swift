public import Datasets

/// The data of a study with its codebook carried out: reversed, labelled, with a mean for every scale.
public struct StudyData: Sendable {
    /// How the file was read.
    public let report: ImportReport
    /// The SHA-256 hash of the file.
    public let hash: String
    /// The number of variables before scales were formed and variables prepared, those of joined files among them.
    let importedVariableCount: Int
    /// The data, reversed items reversed, with a column for the mean of each scale.
    public let dataset: Dataset
    /// The names of the scales.
    public let scales: Set<String>
    /// What the codebook did, and what should be looked at.
    public let notes: [CodebookWarning]
    /// What the items show before anything is computed from them; nil without items.
    public let screening: Screening?
    /// The levels; nil where none are declared.
    public let levels: LevelStructure?
    /// What was computed before the analyses, in sentences.
    public let preparationNotes: [String]
    /// Columns of the file that a scale of the same name took the place of.
    public let replacedColumns: [String]

    /// Carries out a codebook.
    ///
    /// - Throws: `DatasetError`.
    init(
        _ imported: ImportedDataset, hash: String, codebook: StudyCodebook,
        preparation: StudyPreparation = StudyPreparation()
    ) throws(DatasetError) {
        report = imported.report
        self.hash = hash
        importedVariableCount = imported.dataset.names.count
        var dataset = imported.dataset
        for (variable, labels) in codebook.categories {
            var column = try dataset.column(variable.value)
            column.valueLabels = labels
            dataset = try dataset.setting(column)
        }
        let applied = try codebook.codebook.apply(to: dataset)
        notes = applied.1
        dataset = applied.0
        let names = codebook.codebook.scales.map(\.name)
        // An item that is a scale of its own name keeps its values.
        let means = try codebook.codebook.scaleMeans(of: dataset).filter { mean in
            guard case .items(let items)? = codebook.codebook[mean.name]?.content else { return true }
            return items != [mean.name]
        }
        var items: [String] = []
        for name in names {
            for item in try codebook.codebook.items(of: name, in: dataset) where !items.contains(item) {
                items.append(item)
            }
        }
        // As they were answered: reversing would hide who gave the same answer throughout.
        screening = items.isEmpty ? nil : try Screening(imported.dataset, variables: items)
        replacedColumns = means.map(\.name).filter { dataset.contains($0) }
        let prepared = PreparedData(try dataset.setting(means), preparation, codebook: codebook.codebook)
        if let problem = prepared.problems.first { throw .structure(.request(problem: problem.message)) }
        self.dataset = prepared.dataset
        levels = prepared.levels
        preparationNotes = prepared.notes
        scales = Set(names)
    }

    /// The data as a model sees them: a scale that the model defines as a latent variable has no column.
    func dataset(without latent: [String]) -> Dataset {
        let hidden = scales.intersection(latent)
        guard !hidden.isEmpty else { return dataset }
        return (try? dataset.selecting(dataset.names.filter { !hidden.contains($0) })) ?? dataset
    }
}

extension Study {
    /// Reads the data file of the study, puts it in long form and joins files of higher levels where that is asked for.
    ///
    /// - Parameter directory: The directory of the study file.
    /// - Throws: `DatasetError`, ``FileError`` for the data file; ``StudyProblems`` for what is done with it.
    func readData(in directory: String) throws -> (imported: ImportedDataset, hash: String) {
        let path = FilePath.resolve(data.value, in: directory)
        var imported = try Dataset.read(path: path, options: reading)
        var hash = SHA256.hexadecimal(try FileAccess.bytes(at: path, limit: reading.maximumBytes))
        if let reshaping {
            do {
                let long = try imported.dataset.reshapedToLong(
                    reshaping.variables.map(\.value), separator: reshaping.separator, occasion: reshaping.occasion,
                    id: reshaping.id.map(\.value))
                imported.dataset = long.dataset
                imported.report.remarks += long.remarks
            } catch { throw StudyProblems([StudyProblem(error.description, at: reshaping.place)]) }
        }
        for join in joins {
            do {
                let path = FilePath.resolve(join.file.value, in: directory)
                let table = try Dataset.read(path: path, options: reading).dataset
                imported.dataset = try imported.dataset.addingUnitVariables(from: table, by: join.by)
                let own = SHA256.hexadecimal(try FileAccess.bytes(at: path, limit: reading.maximumBytes))
                hash += ", \(FilePath.name(of: path)) \(own)"
            } catch { throw StudyProblems([StudyProblem("\(error)", at: join.file.place)]) }
        }
        return (imported, hash)
    }
}
