import Datasets
import Studies

extension ScaleDefinitions {
    /// The data with what the options say of scales and items carried out: items reversed, and the mean of each scale in a
    /// column of its name.
    func scoredData(path: String, console: Console) throws -> (dataset: Dataset, codebook: Codebook) {
        let codebook = try codebook()
        let imported = try Dataset.read(path: path)
        console.warn(imported.report.warnings)
        for scale in codebook.scales where imported.dataset.contains(scale.name) {
            throw CommandFailure.analysis(
                "\(scale.name) is a variable of the data and the name of a scale; rename the scale")
        }
        let (dataset, remarks) = try codebook.apply(to: imported.dataset)
        console.note(remarks.map(\.description))
        return (try dataset.setting(try codebook.scaleMeans(of: dataset)), codebook)
    }
}

extension Console {
    /// Says what was done to the data.
    func note(_ remarks: [String]) {
        guard !isQuiet else { return }
        for remark in remarks { printError("note: \(remark)\n") }
    }
}
