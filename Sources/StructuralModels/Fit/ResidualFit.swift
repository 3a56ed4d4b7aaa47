import LinearAlgebra

/// Root mean squares of residuals: RMR (Jöreskog & Sörbom 1981), SRMR (Bentler 1995) and its relatives.
public struct ResidualFit: Sendable {
    /// Root mean square residual of the covariances (and means).
    public let rmr: Double
    /// RMR of the covariances alone.
    public let rmrWithoutMeans: Double
    /// SRMR: residuals over the observed standard deviations, diagonal (and means) included.
    public let srmr: Double
    /// SRMR of the covariances alone.
    public let srmrWithoutMeans: Double
    /// CRMR: residuals of the correlations, diagonal excluded (Bollen 1989; Maydeu-Olivares 2017).
    public let crmr: Double?
    /// CRMR of the correlations alone.
    public let crmrWithoutMeans: Double?
    /// SRMR as Mplus computes it.
    public let srmrMplus: Double
    /// SRMR of the covariances alone, as Mplus computes it.
    public let srmrMplusWithoutMeans: Double

    /// Compares observed with implied moments; means enter when both are given.
    public init(
        observed s: Matrix, implied sigma: Matrix, observedMeans: [Double]? = nil, impliedMeans: [Double]? = nil
    ) {
        let p = s.rows
        var raw = 0.0, standardized = 0.0, correlation = 0.0, mplus = 0.0
        for j in 0..<p {
            for i in j..<p {
                let residual = s[i, j] - sigma[i, j]
                let scale = (s[i, i] * s[j, j]).squareRoot()
                let bentler = residual / scale
                let bollen = s[i, j] / scale - sigma[i, j] / (sigma[i, i] * sigma[j, j]).squareRoot()
                raw += residual * residual
                standardized += bentler * bentler
                if i != j { correlation += bollen * bollen }
                mplus += i == j ? bentler * bentler : bollen * bollen
            }
        }
        let pairs = Double(p * (p - 1) / 2), elements = Double(p * (p + 1) / 2)
        rmrWithoutMeans = (raw / elements).squareRoot()
        srmrWithoutMeans = (standardized / elements).squareRoot()
        crmrWithoutMeans = pairs > 0 ? (correlation / pairs).squareRoot() : nil
        srmrMplusWithoutMeans = (mplus / elements).squareRoot()
        guard let m = observedMeans, let mu = impliedMeans else {
            rmr = rmrWithoutMeans
            srmr = srmrWithoutMeans
            crmr = crmrWithoutMeans
            srmrMplus = srmrMplusWithoutMeans
            return
        }
        var rawMeans = 0.0, standardizedMeans = 0.0, separately = 0.0
        for i in 0..<p {
            let residual = m[i] - mu[i]
            let bentler = residual / s[i, i].squareRoot()
            let bollen = m[i] / s[i, i].squareRoot() - mu[i] / sigma[i, i].squareRoot()
            rawMeans += residual * residual
            standardizedMeans += bentler * bentler
            separately += bollen * bollen
        }
        let all = elements + Double(p)
        rmr = ((raw + rawMeans) / all).squareRoot()
        srmr = ((standardized + standardizedMeans) / all).squareRoot()
        // Bollen's scaling is for the covariances; means are in units of the observed deviations here too (lavaan).
        crmr = ((correlation + standardizedMeans) / (pairs + Double(p))).squareRoot()
        srmrMplus = ((mplus + separately) / all).squareRoot()
    }
}
