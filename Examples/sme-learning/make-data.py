#!/usr/bin/env python3
"""Makes responses.csv: simulated answers whose analyses give the figures that a paper printed.

The answers to the questionnaire of Tian, Tepratuangtip, Siraphatthada and Phusalux were not published. This script
looks for a covariance matrix S of the 60 items at which, all at once,

  * the structural model with the twelve dimensions as latent variables has the estimates of Table 7,
  * the confirmatory models of the four constructs have the item loadings of Tables 3 to 6,
  * the scales have the alphas and corrected item-total correlations of Table 2,
  * and, as far as they can go with these, the dimensions' loadings of Tables 3 to 5 and the standard errors of Table 7 hold.

Maximum-likelihood estimates are functions of S, so that the search is Newton's method for many equations in the 1830
elements of S, by steps that change S as little as possible. It begins at the covariance matrix of a random sample from the
structural model, for real data do not fit perfectly either. Answers with covariance matrix S are then drawn from a
distribution with short tails, so that they stay between 1 and 5, and rounded to three decimals.

    python3 make-data.py        # numpy; half a minute; writes responses.csv beside the script

The last digits of S depend on the linear algebra library, so another machine may write other answers of the same
quality; the file that is kept beside this script is the one that README.md describes.
"""

import os
import sys

import numpy as np

N = 336
SEED = 20240601
STEPS = 6
HERE = os.path.dirname(os.path.abspath(__file__))

# ---------------------------------------------------------------------------------------------------------------------
# What the paper prints

CONSTRUCTS = {"IL": ["X11", "X12", "X13", "X14"], "KM": ["M11", "M12", "M13"], "IC": ["M21", "M22", "M23"],
              "EI": ["Y11", "Y12"]}
DIMENSIONS = [d for dimensions in CONSTRUCTS.values() for d in dimensions]

# Tables 2 to 6, items in order of their numbers: unstandardised loadings (the last item's is 1), standardised loadings,
# alpha, corrected item-total correlations. The alpha of X12 is lost in the text; .819 follows from its items' figures.
SCALES = {
    "X11": ([1.043, .882, .987, .643], [.75, .65, .70, .48, .76], .800, [.652, .575, .604, .431, .660]),
    "X12": ([1.046, .863, 1.006, 1.044], [.73, .65, .67, .69, .70], .819, [.652, .580, .609, .603, .612]),
    "X13": ([.985, .986, .980, .983], [.72, .75, .71, .70, .75], .849, [.666, .657, .649, .634, .684]),
    "X14": ([1.074, 1.012, .981, 1.074], [.84, .80, .79, .82, .81], .907, [.795, .759, .738, .768, .768]),
    "M11": ([.976, .865, .915, .899], [.79, .72, .75, .75, .84], .879, [.724, .665, .694, .695, .781]),
    "M12": ([1.058, 1.120, .897, .984], [.78, .80, .68, .72, .78], .867, [.723, .732, .619, .671, .700]),
    "M13": ([.883, .821, .630, .808], [.77, .74, .62, .74, .89], .866, [.690, .680, .586, .684, .805]),
    "M21": ([1.017, .962, 1.023, .906], [.81, .78, .81, .75, .81], .894, [.751, .734, .753, .702, .760]),
    "M22": ([1.11, 1.000, .94, .918], [.79, .76, .71, .72, .76], .865, [.729, .703, .644, .656, .694]),
    "M23": ([.989, .785, .84, .81], [.76, .65, .66, .67, .80], .832, [.674, .579, .583, .606, .714]),
    "Y11": ([.924, 1.016, .86, .783], [.78, .86, .77, .70, .84], .892, [.736, .791, .714, .660, .780]),
    "Y12": ([1.029, .965, .897, .965], [.81, .78, .75, .80, .81], .892, [.744, .729, .699, .745, .766]),
}
OVERALL_ALPHA = .936

# Tables 3 to 5: loadings of the dimensions (the last one's is 1), unstandardised and standardised.
SECOND_ORDER = {"IL": ([.702, 1.014, 1.101], [.60, .79, .80, .65]), "KM": ([1.071, .764], [.82, .67, .75]),
                "IC": ([1.149, .976], [.83, .75, .77])}

# Table 7. Loadings that are not 1, then paths (effect, cause), with their standard errors; standardised paths and loadings.
LATENT = [0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3]  # the construct of each dimension
FREE = [0, 1, 2, 4, 5, 7, 8, 10]  # the dimensions whose loadings are not 1
MARKERS = [3, 6, 9, 11]
PATHS = [(1, 0), (2, 0), (3, 1), (3, 2), (3, 0)]
ESTIMATES = [.717, .832, .939, 1.427, .959, 1.146, 1.085, .826, .500, .440, .457, .188, .190]
ERRORS = [.077, .087, .090, .165, .121, .107, .106, .129, .069, .075, .137, .069, .097]
STANDARDISED = [.638, .428, .377, .204, .200] + [.715, .759, .835, .806, .898, .642, .684, .875, .827, .819, .647, .817]

# Table 1: codes from 1 in the table's order.
SAMPLE = {"founded": [80, 87, 100, 69], "ownership": [79, 108, 149], "industry": [56, 75, 79, 89, 37],
          "size": [183, 153]}

ITEMS = [f"IL{i}" for i in range(1, 21)] + [f"KM{i}" for i in range(1, 16)] + [f"IC{i}" for i in range(1, 16)] \
    + [f"EI{i}" for i in range(1, 11)]


# ---------------------------------------------------------------------------------------------------------------------
# The models

class FactorModel:
    """Dimensions with five items each; `moments(x)` is the dimensions' covariance matrix for the first `count`
    parameters. Then come four loadings per dimension, the last item's being 1, and the items' residual variances."""

    def __init__(self, dimensions, count, moments):
        self.dimensions, self.count, self.moments = dimensions, count, moments
        self.m = len(dimensions)
        self.p = 5 * self.m
        self.q = count + 4 * self.m + self.p
        self.items = np.concatenate([np.arange(5 * d, 5 * d + 5) for d in dimensions])

    def implied(self, x):
        loadings = np.zeros((self.p, self.m))
        for k in range(self.m):
            start = self.count + 4 * k
            loadings[5 * k:5 * k + 5, k] = np.append(x[start:start + 4], 1)
        phi = self.moments(x[:self.count])
        return loadings @ phi @ loadings.T + np.diag(x[self.count + 4 * self.m:]), loadings, phi

    def derivatives(self, x):
        sigma, loadings, phi = self.implied(x)
        d = np.zeros((self.q, self.p, self.p))
        for k in range(self.count):
            d[k] = loadings @ difference(self.moments, x[:self.count], k, 1e-6) @ loadings.T
        effect = phi @ loadings.T
        for k in range(self.m):
            for i in range(4):
                j = self.count + 4 * k + i
                d[j, 5 * k + i] += effect[k]
                d[j, :, 5 * k + i] += effect[k]
        for i in range(self.p):
            d[self.count + 4 * self.m + i, i, i] = 1
        return sigma, d

    def information(self, x):
        """Σ⁻¹, Σ⁻¹∂Σ and ½ tr(Σ⁻¹∂ₖΣ Σ⁻¹∂ₗΣ)."""
        sigma, d = self.derivatives(x)
        w = np.linalg.inv(sigma)
        g = w @ d
        return w, g, .5 * g.reshape(self.q, -1) @ g.transpose(0, 2, 1).reshape(self.q, -1).T

    def discrepancy(self, x, s):
        sigma = self.implied(x)[0]
        sign, determinant = np.linalg.slogdet(sigma)
        if sign <= 0 or np.linalg.eigvalsh(sigma)[0] <= 0:
            return np.inf
        return determinant + np.trace(np.linalg.solve(sigma, s)) - np.linalg.slogdet(s)[1] - self.p

    def fit(self, x, s):
        """The maximum-likelihood estimates, by scoring from x."""
        value = self.discrepancy(x, s)
        for _ in range(100):
            w, g, information = self.information(x)
            slope = .5 * np.einsum("kij,ji->k", g, w @ (s - self.implied(x)[0]))
            step, length = np.linalg.solve(information, slope), 1.
            while True:
                new = self.discrepancy(x + length * step, s)
                if new <= value + 1e-12 or length < 1e-4:
                    break
                length /= 2
            x, value = x + length * step, new
            if slope @ step < 1e-10:
                break
        return x

    def gradient(self, x, s):
        sigma, d = self.derivatives(x)
        w = np.linalg.inv(sigma)
        return .5 * np.einsum("kij,ij->k", d, w @ (sigma - s) @ w)

    def sensitivity(self, x, s):
        """The matrices G with dx = tr(G dS) at the estimates x, by the implicit function theorem."""
        w, g, _ = self.information(x)
        hessian = np.array([difference(lambda y: self.gradient(y, s), x, k, 1e-5) for k in range(self.q)])
        return np.tensordot(np.linalg.inv((hessian + hessian.T) / 2), .5 * g @ w, axes=1)

    def standardised(self, x):
        sigma, loadings, phi = self.implied(x)
        return loadings.sum(1) * np.repeat(np.sqrt(np.diag(phi)), 5) / np.sqrt(np.diag(sigma))


def difference(f, x, k, h):
    up, down = x.copy(), x.copy()
    up[k] += h
    down[k] -= h
    return (f(up) - f(down)) / (2 * h)


def jacobian(f, x, count, h=1e-6):
    return np.array([difference(f, x, k, h) for k in range(count)]).T


def structure(x):
    """The constructs' paths and covariances, and the dimensions' covariances, from the 29 parameters of Table 7: 8
    loadings, 5 paths, 4 variances of constructs (residual ones where they depend), 12 residual variances."""
    loadings, b = np.zeros((12, 4)), np.zeros((4, 4))
    for i in MARKERS:
        loadings[i, LATENT[i]] = 1
    for k, i in enumerate(FREE):
        loadings[i, LATENT[i]] = x[k]
    for k, (effect, cause) in enumerate(PATHS):
        b[effect, cause] = x[8 + k]
    z = np.linalg.inv(np.eye(4) - b)
    phi = z @ np.diag(x[13:17]) @ z.T
    return loadings, b, phi, loadings @ phi @ loadings.T + np.diag(x[17:29])


def table7_standardised(x):
    loadings, b, phi, moments = structure(x[:29])
    deviations, own = np.sqrt(np.diag(phi)), np.sqrt(np.diag(moments))
    return np.array([b[i, j] * deviations[j] / deviations[i] for i, j in PATHS]
                    + [loadings[i, LATENT[i]] * deviations[LATENT[i]] / own[i] for i in range(12)])


def table7_errors(x):
    return np.sqrt(np.diag(np.linalg.inv(STRUCTURAL.information(x)[2]))[:13] / (N - 1))


def one_factor(m):
    def moments(x):
        loadings = np.append(x[:m - 1], 1)
        return x[m - 1] * np.outer(loadings, loadings) + np.diag(x[m:2 * m])
    return moments


def two_factors(x):
    return np.array([[x[0], x[1]], [x[1], x[2]]])


def second_order_standardised(model):
    def f(x):
        m = model.m
        return np.append(x[:m - 1], 1) * np.sqrt(x[m - 1] / np.diag(model.moments(x[:model.count])))
    return f


STRUCTURAL = FactorModel(range(12), 29, lambda x: structure(x)[3])
MEASUREMENT = {}
first = 0
for name, dimensions in CONSTRUCTS.items():
    m = len(dimensions)
    MEASUREMENT[name] = FactorModel(range(first, first + m), 3 if m == 2 else 2 * m, two_factors if m == 2 else one_factor(m))
    first += m

# ---------------------------------------------------------------------------------------------------------------------
# Parameters that the tables imply


def structural_start(scale):
    """The 29 parameters from unstandardised and standardised estimates; the variance of IL is `scale`."""
    x = np.zeros(29)
    x[:13] = ESTIMATES
    deviations = np.array([1, .500 / .638, .440 / .428, .190 / .200])
    loadings, b, _, _ = structure(np.append(x[:13], np.ones(16)))
    own = loadings.sum(1) * deviations[LATENT] / np.array(STANDARDISED[5:])
    x[17:29] = own**2 * (1 - np.array(STANDARDISED[5:])**2)
    x[13:16] = 1, deviations[1]**2 - .5**2, deviations[2]**2 - .44**2
    z = np.linalg.inv(np.eye(4) - b)
    x[16] = deviations[3]**2 - (z @ np.diag([1, x[14], x[15], 0]) @ z.T)[3, 3]
    x[13:] *= scale
    return x


def item_parameters(dimensions, variances):
    loadings = [SCALES[DIMENSIONS[d]][0] for d in dimensions]
    residuals = [np.append(SCALES[DIMENSIONS[d]][0], 1)**2 * v * (1 / np.array(SCALES[DIMENSIONS[d]][1])**2 - 1)
                 for d, v in zip(dimensions, variances)]
    return np.concatenate(loadings + residuals)


def measurement_start(name, moments):
    model = MEASUREMENT[name]
    own = moments[np.ix_(model.dimensions, model.dimensions)]
    if name == "EI":
        first = np.array([own[0, 0], own[0, 1], own[1, 1]])
    else:
        estimates, standardised = SECOND_ORDER[name]
        variance = own[-1, -1] * standardised[-1]**2
        loadings = np.append(estimates, 1)
        first = np.concatenate([estimates, [variance], loadings**2 * variance * (1 / np.array(standardised)**2 - 1)])
    return np.append(first, item_parameters(model.dimensions, np.diag(model.moments(first))))


# ---------------------------------------------------------------------------------------------------------------------
# The printed figures as functions of S

UPPER = np.triu_indices(60)
TWICE = np.where(UPPER[0] == UPPER[1], 1., 2.)


def on_upper(matrices, items=None):
    """The weights of the upper triangle's elements for G with df = tr(G dS)."""
    out = []
    for g in matrices:
        if items is not None:
            g, own = np.zeros((60, 60)), g
            g[np.ix_(items, items)] = own
        out.append((g[UPPER] + g.T[UPPER]) / 2 * TWICE)
    return np.array(out)


def item_analysis(c):
    """Corrected item-total correlations and alpha."""
    rows, total, own = c.sum(1), c.sum(), np.diag(c)
    k = len(c)
    return np.append((rows - own) / np.sqrt(own * (total - 2 * rows + own)), k / (k - 1) * (1 - own.sum() / total))


class Figures:
    """The figures at S, what was printed, their derivatives, and how far off they may be."""

    def __init__(self, s, structural, measurement, error_slopes):
        self.values, self.targets, self.rows, self.tolerances, self.labels = [], [], [], [], []
        self.structural = x = STRUCTURAL.fit(structural, s)
        self.measurement = {}
        g = on_upper(STRUCTURAL.sensitivity(x, s))
        self.add("Table 7 estimates", x[:13], ESTIMATES, g[:13], .0005)
        slopes = jacobian(table7_standardised, x, 29)
        self.add("Table 7 standardised", table7_standardised(x), STANDARDISED, slopes @ g[:29], .0005)
        self.add("Table 7 errors", table7_errors(x), ERRORS, error_slopes @ g, .01)
        for name, model in MEASUREMENT.items():
            own = s[np.ix_(model.items, model.items)]
            self.measurement[name] = y = model.fit(measurement[name], own)
            g = on_upper(model.sensitivity(y, own), model.items)
            part = slice(model.count, model.count + 4 * model.m)
            scales = [SCALES[DIMENSIONS[d]] for d in model.dimensions]
            self.add("Tables 3-6 estimates", y[part], np.concatenate([t[0] for t in scales]), g[part], .0005)
            self.add("Tables 3-6 standardised", model.standardised(y), np.concatenate([t[1] for t in scales]),
                     jacobian(model.standardised, y, model.q) @ g, .005)
            if name in SECOND_ORDER:
                f, m = second_order_standardised(model), model.m
                self.add("Tables 3-5 dimensions' estimates", y[:m - 1], SECOND_ORDER[name][0], g[:m - 1], .05)
                self.add("Tables 3-5 dimensions' standardised", f(y), SECOND_ORDER[name][1],
                         jacobian(f, y, model.count) @ g[:model.count], .03)
        for d, dimension in enumerate(DIMENSIONS):
            part = range(5 * d, 5 * d + 5)
            self.add_item_analysis(s, part, np.append(SCALES[dimension][3], SCALES[dimension][2]), "Table 2")
        self.add_item_analysis(s, range(60), [OVERALL_ALPHA], "Table 2")
        self.values, self.targets, self.tolerances, self.rows = map(
            np.array, (self.values, self.targets, self.tolerances, self.rows))
        self.labels = np.array(self.labels)

    def add(self, label, values, targets, rows, tolerance):
        self.values.extend(values)
        self.targets.extend(targets)
        self.rows.extend(rows)
        self.tolerances.extend([tolerance] * len(values))
        self.labels.extend([label] * len(values))

    def add_item_analysis(self, s, part, targets, label):
        part = list(part)
        c, count = s[np.ix_(part, part)], len(targets)
        rows, total, own, k = c.sum(1), c.sum(), np.diag(c), len(c)
        slopes = np.zeros((count, k, k))
        # Alpha is k/(k − 1)·(1 − tr/total); the others are cov(i, rest)/(sd(i)·sd(rest)).
        slopes[-1] = k / (k - 1) * (own.sum() / total**2 - np.eye(k) / total)
        if count > 1:
            values = item_analysis(c)
            for i in range(k):
                rest = np.ones(k)
                rest[i] = 0
                e = 1 - rest
                covariance, variance = rows[i] - own[i], total - 2 * rows[i] + own[i]
                slopes[i] = values[i] * (
                    (np.outer(e, rest) + np.outer(rest, e)) / (2 * covariance) - np.outer(e, e) / (2 * own[i])
                    - np.outer(rest, rest) / (2 * variance))
        self.add(label, item_analysis(c)[-count:], targets, on_upper(slopes, part), .0005)

    @property
    def excess(self):
        return np.abs(self.values - self.targets) / self.tolerances

    def report(self):
        return ", ".join(f"{label} {np.abs(self.values - self.targets)[self.labels == label].max():.4f}"
                         for label in dict.fromkeys(self.labels))


def search():
    x = structural_start(.45)
    moments = structure(x)[3]
    x = np.append(x, item_parameters(range(12), np.diag(moments)))
    y = {name: measurement_start(name, moments) for name in CONSTRUCTS}
    slopes = jacobian(table7_errors, x, STRUCTURAL.q, 1e-5)

    # A sample of 450 scatters a little less than one of 336 would; what the tables ask for adds to the misfit.
    z = np.random.default_rng(SEED).standard_normal((450, 60)) @ np.linalg.cholesky(STRUCTURAL.implied(x)[0]).T
    s = z.T @ z / 450
    for iteration in range(40):
        figures = Figures(s, x, y, slopes)
        x, y = figures.structural, figures.measurement
        print(f"{iteration}: chi-square {(N - 1) * STRUCTURAL.discrepancy(x, s):.1f}; largest differences: {figures.report()}",
              flush=True)
        hard = figures.tolerances < .006
        if iteration >= STEPS and figures.excess[hard].max() < .9:
            return s, figures
        # With S + L E Lᵀ and Σ = L Lᵀ the size of E is that of the added misfit, whatever the items' scales.
        root = np.linalg.cholesky(STRUCTURAL.implied(x)[0])
        rows = np.zeros_like(figures.rows)
        for k, row in enumerate(figures.rows):
            g = np.zeros((60, 60))
            g[UPPER] = row / TWICE
            g = g + g.T - np.diag(np.diag(g))
            rows[k] = (root.T @ g @ root)[UPPER] * np.sqrt(TWICE) / figures.tolerances[k]
        missing = (figures.targets - figures.values) / figures.tolerances
        step = rows.T @ np.linalg.solve(rows @ rows.T + 30 * np.eye(len(rows)), missing)
        e = np.zeros((60, 60))
        e[UPPER] = step / np.sqrt(TWICE)
        e = root @ (e + e.T - np.diag(np.diag(e))) @ root.T
        length = min(1, .35 / np.abs(step).max())
        while np.linalg.eigvalsh(s + length * e)[0] < .05:
            length /= 2
        s = s + length * e
    return s, figures


# ---------------------------------------------------------------------------------------------------------------------
# Answers

def answers(s):
    """Answers between 1 and 5 with covariance matrix S, times a constant that no figure depends on."""
    random = np.random.default_rng(SEED + 1)
    z = np.tanh(.7 * random.standard_normal((N, 60)) @ np.linalg.cholesky(s / np.sqrt(np.outer(np.diag(s), np.diag(s)))).T)
    z -= z.mean(0)
    have = np.linalg.cholesky(z.T @ z / (N - 1))
    x = z @ np.linalg.inv(have).T @ np.linalg.cholesky(s).T
    means = np.repeat(random.normal(3.15, .12, 12), 5) + random.normal(0, .06, 60)
    room = np.where(x > 0, (4.98 - means) / np.where(x > 0, x, 1), (means - 1.02) / np.where(x > 0, 1, -x))
    scale = room.min()
    print(f"standard deviations {scale * np.sqrt(np.diag(s)).min():.2f} to {scale * np.sqrt(np.diag(s)).max():.2f}")
    return np.round(means + scale * x, 3)


def main():
    s, _ = search()
    x = answers(s)
    random = np.random.default_rng(SEED + 2)
    sample = {name: random.permutation(np.repeat(np.arange(1, len(counts) + 1), counts)) for name, counts in SAMPLE.items()}
    path = os.path.join(sys.argv[1] if len(sys.argv) > 1 else HERE, "responses.csv")
    with open(path, "w", newline="\n") as file:
        file.write(",".join(["id", *SAMPLE, *ITEMS]) + "\n")
        for i in range(N):
            own = [str(i + 1)] + [str(sample[name][i]) for name in SAMPLE]
            file.write(",".join(own + [f"{value:.3f}" for value in x[i]]) + "\n")


if __name__ == "__main__":
    main()
