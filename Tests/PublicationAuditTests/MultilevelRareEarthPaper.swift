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
            try PublishedMixedModels(
                table("Table 3", mixedModels, ["outcome": "Y", "level 1": "occasions", "level 2": "persons"])),
            try PublishedEffects(table("Table 4", effects, ["sample": "occasions"])),
            try PublishedConditionalEffects(
                table(
                    "Table 5", conditionalEffects,
                    [
                        "label": "indirect", "slope of": "M", "moderators": "W, Z", "models": "Table 3",
                        "differ": "(+1, +1) (+1, -1)",
                    ])),
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

    static let mixedModels = """
        | | M1 | M2 | M3 | M4 | M5 | M6 | M7 | M8 |
        |---|---|---|---|---|---|---|---|---|
        | Enterprise Property | -0.066 (0.051) | -0.065 (0.042) | -0.051 (0.047) | -0.053 (0.041) | -0.024 (0.042) | -0.035 (0.043) | -0.054 (0.045) | -0.056 (0.041) |
        | Professional Qualifications | -0.035 (0.051) | -0.031 (0.045) | -0.035 (0.048) | -0.033 (0.045) | -0.036 (0.047) | -0.021 (0.046) | -0.029 (0.046) | -0.026 (0.043) |
        | Job Level | 0.089 (0.073) | 0.109 (0.059) | 0.087 (0.066) | 0.103 (0.056) | 0.091 (0.058) | 0.100 (0.058) | 0.103 (0.065) | 0.112 (0.055) |
        | Education Background | 0.064 (0.062) | 0.065 (0.050) | 0.050 (0.058) | 0.053 (0.050) | 0.040 (0.051) | 0.004 (0.050) | 0.062 (0.055) | 0.060 (0.048) |
        | Strong Inter-organizational Linkage | 0.266*** (0.033) | | 0.185*** (0.031) | | | | 0.182*** (0.030) | |
        | Weak Inter-organizational Linkage | | -0.340*** (0.036) | | -0.273*** (0.053) | | | | -0.259*** (0.034) |
        | Collaborative Innovation | | | 0.287*** (0.030) | 0.269*** (0.032) | 0.340*** (0.030) | 0.301*** (0.032) | 0.259*** (0.031) | 0.241*** (0.033) |
        | Technology Absorptive Capacity | | | | | -0.109*** (0.032) | -0.111*** (0.036) | -0.105*** (0.035) | -0.074*** (0.034) |
        | Technology Absorptive Capacity*Collaborative Innovation | | | | | 0.031* (0.028) | 0.037 (0.030) | 0.035 (0.030) | 0.025 (0.029) |
        | Strategic Information Identification | | | | | | -0.032 (0.040) | -0.038 (0.040) | -0.018 (0.038) |
        | Strategic Information Identification*Collaborative Innovation | | | | | | -0.065* (0.035) | -0.060 (0.034) | -0.057 (0.033) |
        | Technology Absorptive Capacity*Strategic Information Identification | | | | | | 0.061* (0.036) | 0.071* (0.036) | 0.060 (0.034) |
        | Technology Absorptive Capacity*Strategic Information Identification*Collaborative Innovation | | | | | | 0.073** (0.025) | 0.066* (0.023) | 0.065** (0.022) |
        | Between-group Variance | 0.118 | 0.091 | 0.104 | 0.086 | 0.098 | 0.096 | 0.090 | 0.081 |
        | Within-group Variance | 0.817 | 0.789 | 0.753 | 0.726 | 0.776 | 0.768 | 0.746 | 0.720 |
        | Pseudo R2level1 | 0.250 | 0.260 | 0.280 | 0.291 | 0.268 | 0.272 | 0.282 | 0.302 |
        | Pseudo R2level2 | 0.167 | 0.177 | 0.200 | 0.211 | 0.186 | 0.190 | 0.201 | 0.226 |
        | X2 | 441.240 | 403.283 | 431.658 | 407.074 | 416.976 | 410.435 | 403.492 | 393.759 |
        """

    static let effects = """
        | | Direct Effect | Indirect Effect | Total Effect |
        |---|---|---|---|
        | X1->M->Y | 0.177*** [0.124,0.229] | 0.077*** [0.053,0.104] | 0.254*** [0.201,0.307] |
        | X2->M->Y | -0.277*** [-0.328,-0.227] | -0.067*** [-0.093,-0.045] | -0.345*** [-0.396,-0.294] |
        """

    static let conditionalEffects = """
        | Independent Variable | Moderator 1 | Moderator 2 | Effect Size | Confidence Interval (95%) |
        |---|---|---|---|---|
        | Strong Inter-organizational Linkage | (-1 S.D.) | (-1 S.D.) | 0.267*** | [0.198,0.335] |
        | | (-1 S.D.) | (+1 S.D.) | 0.088 | [-0.031,0.208] |
        | | (+1 S.D.) | (-1 S.D.) | 0.412*** | [0.279,0.545] |
        | | (+1 S.D.) | (+1 S.D.) | 0.477*** | [0.395,0.559] |
        | Weak Inter-organizational Linkage | (-1 S.D.) | (-1 S.D.) | 0.247*** | [0.177,0.316] |
        | | (-1 S.D.) | (+1 S.D.) | 0.067 | [-0.053,0.187] |
        | | (+1 S.D.) | (-1 S.D.) | 0.421*** | [0.289,0.553] |
        | | (+1 S.D.) | (+1 S.D.) | 0.479*** | [0.397,0.562] |
        """
}
