import PublicationAudit

/// Tables 1 to 5 of a published diary study of 261 team leaders over five months (linkages between organisations, collaborative
/// innovation, innovation performance), typed as printed: Journal volume 8(5), 2021, pages 70–76.
enum RareEarthPaper {
    static func table(_ name: String, _ text: String, _ options: [String: String] = [:]) throws -> PastedTable {
        PastedTable(
            name: name, text: try TextTable(text, table: name),
            options: options.mapValues { PastedTable.OptionText($0) })
    }

    static func construct(
        _ names: [String], alpha: String, ave: String, sd: String, icc: String? = nil, sample: String
    ) throws -> PaperConstruct {
        PaperConstruct(
            names: names, alpha: try PrintedNumber(alpha), ave: try PrintedNumber(ave),
            standardDeviation: try PrintedNumber(sd), icc: try icc.map { try PrintedNumber($0) }, sample: sample)
    }

    static func paper() throws -> Paper {
        let samples = [
            Sample("persons", size: PrintedNumber(261)), Sample("occasions", size: PrintedNumber(1305)),
            Sample("firms", size: PrintedNumber(53)),
        ]
        let occasions = "occasions", persons = "persons"
        let constructs = [
            try construct(
                ["X1", "Strong Inter-organizational Linkage"], alpha: ".888", ave: ".61", sd: "1.22", icc: "46%",
                sample: occasions),
            try construct(
                ["X2", "Weak Inter-organizational Linkage"], alpha: ".861", ave: ".60", sd: "1.09", icc: "48%",
                sample: occasions),
            try construct(
                ["M", "Collaborative Innovation"], alpha: ".928", ave: ".69", sd: "0.74", icc: "52%", sample: occasions),
            try construct(
                ["Y", "Corporate Innovation Performance", "Enterprise Innovation Performance"], alpha: ".925",
                ave: ".71",
                sd: "0.81", icc: "39%", sample: occasions),
            try construct(
                ["W", "Technology Absorptive Capacity"], alpha: ".892", ave: ".54", sd: "1.24", sample: persons),
            try construct(
                ["Z", "Strategic Information Identification"], alpha: ".840", ave: ".57", sd: "1.24", sample: persons),
        ]
        var paper = Paper(title: "Rare earth diary study", samples: samples, legend: .usual, constructs: constructs)
        paper.tables = [
            try PublishedCorrelations(table("Table 1", correlations, ["diagonal": "AVE", "vif below": "10"])),
            try PublishedFit(table("Table 2", fit)),
        ]
        return paper
    }

    static let correlations = """
        | | Level | M | SD | 1 | 2 | 3 | 4 | 5 | 6 |
        |---|---|---|---|---|---|---|---|---|---|
        | 1.Enterprise Property | persons | 2.08 | 0.79 | | | | | | |
        | 2.Professional Qualifications | persons | 3.77 | 0.76 | 0.11*** | | | | | |
        | 3.Job Level | persons | 1.69 | 0.82 | 0.31*** | -0.40*** | | | | |
        | 4.Education Background | persons | 3.36 | 0.77 | -0.04 | 0.13*** | -0.60*** | | | |
        | 5.Technology Absorptive Capacity | persons | 2.76 | 1.24 | 0.02 | 0.01 | -0.042 | 0.067** | (0.54) | |
        | 6.Strategic Information Identification | persons | 3.02 | 1.24 | 0.03 | 0.01 | -0.007 | 0.048* | 0.04*** | (0.57) |
        | 1.Strong Inter-organizational Linkage | occasions | 2.29 | 1.22 | (0.61) [46%] | | | | | |
        | 2.Weak Inter-organizational Linkage | occasions | 4.49 | 1.09 | -0.34*** | (0.60) [48%] | | | | |
        | 3.Collaborative Innovation | occasions | 1.83 | 0.74 | 0.25*** | -0.24*** | (0.69) [52%] | | | |
        | 4.Corporate Innovation Performance | occasions | 2.16 | 0.81 | 0.24*** | -0.33*** | 0.34*** | (0.71) [39%] | | |
        """

    static let fit = """
        | | Factors | X2 | df | CFI | RMSEA | SRMR |
        |---|---|---|---|---|---|---|
        | Six-factor Model | (X1,X2,M,W,Z,Y) | 1082.675 | 382 | 0.977 | 0.038 | 0.045 |
        | Five-factor Modelb | (X1,X2,M,W+Z,Y) | 2693.412 | 388 | 0.925 | 0.068 | 0.060 |
        | Five-factor Modela | (X1+X2,M,W,Z,Y) | 3039.312 | 390 | 0.914 | 0.072 | 0.084 |
        | Four-factor Model | (X1+X2,M,W+Z,Y) | 4586.113 | 395 | 0.864 | 0.089 | 0.090 |
        | Three-factor Model | (X1+X2+M,W+Z,Y) | 8028.890 | 399 | 0.753 | 0.121 | 0.132 |
        | Single Factor Model | (X1+X2+M+W+Z+Y) | 12746.729 | 406 | 0.600 | 0.153 | 0.210 |
        """
}
