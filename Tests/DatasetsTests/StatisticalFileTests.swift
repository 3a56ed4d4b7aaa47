import Testing

@testable import Datasets

@Suite struct StatisticalFileTests {
    @Test(arguments: ["survey.sav", "survey.zsav"])
    func spss(name: String) throws {
        let read = try Dataset.read(path: fixture(name))
        let data = read.dataset
        #expect(data.names == ["id", "IL1", "IL2", "industry", "born", "comment"])
        #expect(data.label == "A survey" && data.notes == ["First note"] && data.source == name)
        #expect(read.report.encoding == "UTF-8" && read.report.rowCount == 5)
        let il1 = try data.column("IL1")
        #expect(il1.label == "知识交流的数量" && il1.measure == .ordinal)
        #expect(il1.numbers[0] == 5 && il1.numbers[1].isNaN && il1.numbers[3].isNaN)
        #expect(il1.missingReason(at: 1) == .declared(.number(99)) && il1.missingReason(at: 3) == .system)
        #expect(il1.label(of: .number(99)) == "refused" && il1.label(of: .number(1)) == "非常不同意")
        let il2 = try data.column("IL2")
        #expect(il2.declaredMissing.codes == [.number(98)] && il2.declaredMissing.ranges == [-9 ... -1])
        #expect(il2.missingReason(at: 1) == .declared(.number(-5)) && il2.numbers[4] == 1.5)
        let industry = try data.column("industry")
        #expect(industry.texts == ["IT", nil, "food, drink", "机械", "IT"] && industry.measure == .nominal)
        #expect(industry.label(of: .text("IT")) == "Information technology")
        #expect(data["born"]?.texts == ["1980-02-29", nil, "1582-10-15", "2024-12-31", "1970-01-01"])
        #expect(data["comment"]?.texts[0] == String(repeating: "x", count: 300))
        #expect(data["comment"]?.texts[3] == String(repeating: "知识交流", count: 30))
    }

    @Test func chineseCodePage() throws {
        let read = try Dataset.read(path: fixture("gbk.sav"))
        let column = try read.dataset.column("IL1")
        #expect(column.label == "知识交流")
        #expect(column.label(of: .number(1)) == "非常不同意" && column.label(of: .number(5)) == "非常同意")
        #expect(read.dataset["city"]?.texts == ["北京", "上海"] && read.dataset["city"]?.label == "城市")
        let told = try Dataset.read(path: fixture("gbk.sav"), options: ReadingOptions(encoding: "GBK"))
        #expect(told.dataset == read.dataset && told.report.encoding == "GBK")
        #expect(
            datasetError { try Dataset.read(path: fixture("gbk.sav"), options: ReadingOptions(encoding: "klingon")) }
                == .unknownEncoding(name: "klingon"))
    }

    @Test func portable() throws {
        let data = try Dataset.read(path: fixture("survey.por")).dataset
        #expect(data.names == ["ID", "IL1", "INDUSTRY"])
        #expect(data["IL1"] == Column(name: "IL1", numbers: [5, 99, 3, .nan, 1], label: "Knowledge"))
        #expect(data["INDUSTRY"]?.texts == ["IT", nil, "food", "cars", "IT"])
    }

    @Test func stata() throws {
        let data = try Dataset.read(path: fixture("survey.dta")).dataset
        let column = try data.column("IL1")
        #expect(column.numbers[0] == 5 && column.label == "知识")
        #expect(column.missingReason(at: 1) == .declared(.tag("a")) && column.missingReason(at: 2) == .system)
        #expect(column.label(of: .tag("a")) == "refused" && column.label(of: .number(5)) == "yes")
        #expect(data["born"]?.texts == ["1980-02-29", nil, "1582-10-15"])
        #expect(data["town"]?.texts == ["北京", nil, "x"])
        #expect(data.label == "A survey")
    }

    /// The values that pyreadstat 1.3.7 reads.
    @Test func sas() throws {
        let read = try Dataset.read(path: fixture("sample.sas7bdat"))
        let data = read.dataset
        #expect(data.names == ["mychar", "mynum", "mydate", "dtime", "mylabl", "myord", "mytime"])
        #expect(data["mychar"]?.texts == ["a", "b", "c", "d", "e"])
        #expect(data["mynum"]?.numbers == [1.1, 1.2, -1000.3, -1.4, 1000.3])
        #expect(data["mydate"]?.texts == ["2018-05-06", "1880-05-06", "1960-01-01", "1583-01-01", nil])
        #expect(
            data["dtime"]?.texts
                == ["2018-05-06T10:10:10", "1880-05-06T10:10:10", "1960-01-01T00:00:00", "1583-01-01T00:00:00", nil])
        #expect(data["mytime"]?.numbers[0] == 36_610)
        #expect(read.report.remarks.count == 3)
        let tagged = try Dataset.read(path: fixture("tagged.sas7bdat")).dataset
        #expect(tagged["var1"]?.missingReason(at: 0) == .declared(.tag("A")))
        #expect(tagged["var7"]?.missingReason(at: 0) == .declared(.tag("_")))
        #expect(tagged["var8"]?.missingReason(at: 0) == .system)
        #expect(tagged["var9"]?.numbers == [1])
    }

    @Test func datesOfTheCalendar() {
        #expect(isoDate(daysFrom1970: 0) == "1970-01-01")
        #expect(isoDate(daysFrom1970: -1) == "1969-12-31")
        #expect(isoDate(daysFrom1970: 11_016) == "2000-02-29")
        #expect(isoDate(daysFrom1970: -141_428) == "1582-10-14")
        #expect(isoDate(daysFrom1970: -719_468) == "0000-03-01")
    }

    @Test func truncatedFilesAreDamaged() throws {
        for name in ["survey.sav", "survey.dta", "survey.zsav"] {
            let bytes = try contents(ofFile: fixture(name), named: name, limit: 1 << 20)
            let format = try FileFormat(fileName: name)
            for length in stride(from: 0, to: bytes.count - 1, by: 97) {
                let error = datasetError {
                    try Dataset.read(bytes: Array(bytes[..<length]), file: name, format: format)
                }
                #expect(error != nil, "\(name) cut to \(length) bytes")
            }
        }
    }
}
