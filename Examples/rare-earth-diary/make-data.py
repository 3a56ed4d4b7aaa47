#!/usr/bin/env python3
"""Makes diary.csv and baseline.csv: simulated answers whose analyses give the figures that a paper printed.

The answers to the diary study of collaborative innovation in rare-earth firms were not published. This script makes
answers of 261 leaders in 53 firms over 5 months at which, all at once,

  * the controls have Table 1's means, standard deviations and correlations, and the counts of the text,
  * the scales have Table 1's means, standard deviations, correlations and within-person shares,
  * the eight mixed models of Table 3 (REML, a random intercept of the leader) have the printed coefficients and variance
    components and, as far as they can go with these, the printed standard errors and chi-squares,
  * the items are whole numbers from 1 to 7 with the printed alphas and, as far as that goes with these, Table 1's AVE.

The estimates are functions of the sums of squares and products within and between leaders. The search is Newton's method
for all figures in the 5220 monthly scale scores, by steps that change the scores as little as possible. The scores are
then rounded to sums of whole items, so that the rounding errors cancel in the figures, and shared out among the items.

    python3 make-data.py        # numpy; two minutes; writes diary.csv and baseline.csv beside the script

The last digits depend on the linear algebra library, so another machine may write other answers of the same quality; the
files that are kept beside this script are those that README.md describes.
"""

import datetime
import os
import sys

import numpy as np

SEED = 20211305
FIRMS, LEADERS, MONTHS = 53, 261, 5
N = LEADERS * MONTHS
HERE = os.path.dirname(os.path.abspath(__file__))

# ---------------------------------------------------------------------------------------------------------------------
# What the paper prints

# Codes 1, 2, … of the controls. These counts are the only ones, or one of two, that give M and SD of Table 1 and the text's
# 203 leaders outside state-owned firms, 179 (68.58 %) with more than 5 years, 214 (81.99 %) with a master's degree or above.
CONTROLS = {"property": [58, 138, 52, 13], "qualification": [0, 15, 67, 142, 37], "job": [141, 60, 60],
            "education": [0, 47, 73, 141]}
LEVEL2 = {"W": (7, 2.76, 1.24, .892, .54), "Z": (4, 3.02, 1.24, .840, .57)}
LEVEL2_CORRELATIONS = np.array([[1, .11, .31, -.04, .02, .03], [.11, 1, -.40, .13, .01, .01], [.31, -.40, 1, -.60, -.042, -.007],
                                [-.04, .13, -.60, 1, .067, .048], [.02, .01, -.042, .067, 1, .04], [.03, .01, -.007, .048, .04, 1]])

# Items, mean, standard deviation, share of the variance within leaders, alpha, AVE. The 39 % of Y contradicts Table 3.
LEVEL1 = {"X1": (5, 2.29, 1.22, .46, .888, .61), "X2": (4, 4.49, 1.09, .48, .861, .60), "M": (6, 1.83, .74, .52, .928, .69),
          "Y": (6, 2.16, .81, None, .925, .71)}
CORRELATIONS = np.array([[1, -.34, .25, .24], [-.34, 1, -.24, -.33], [.25, -.24, 1, .34], [.24, -.33, .34, 1]])

# Table 3. Columns of the models in COLUMNS, coefficients and standard errors in that order, τ, σ², χ².
COLUMNS = ["property", "qualification", "job", "education", "W", "Z", "WZ", "X1", "X2", "M", "WM", "ZM", "WZM", "Y"]
SECOND = COLUMNS[:7]
MODELS = {
    "M1": ("X1", [-.066, -.035, .089, .064, .266], [.051, .051, .073, .062, .033], .118, .817, 441.240),
    "M2": ("X2", [-.065, -.031, .109, .065, -.340], [.042, .045, .059, .050, .036], .091, .789, 403.283),
    "M3": ("X1 M", [-.051, -.035, .087, .050, .185, .287], [.047, .048, .066, .058, .031, .030], .104, .753, 431.658),
    "M4": ("X2 M", [-.053, -.033, .103, .053, -.273, .269], [.041, .045, .056, .050, None, .032], .086, .726, 407.074),
    "M5": ("M W WM", [-.024, -.036, .091, .040, .340, -.109, .031], [.042, .047, .058, .051, .030, .032, .028],
           .098, .776, 416.976),
    "M6": ("M W WM Z ZM WZ WZM", [-.035, -.021, .100, .004, .301, -.111, .037, -.032, -.065, .061, .073],
           [.043, .046, .058, .050, .032, .036, .030, .040, .035, .036, .025], .096, .768, 410.435),
    "M7": ("X1 M W WM Z ZM WZ WZM", [-.054, -.029, .103, .062, .182, .259, -.105, .035, -.038, -.060, .071, .066],
           [.045, .046, .065, .055, .030, .031, .035, .030, .040, .034, .036, .023], .090, .746, 403.492),
    "M8": ("X2 M W WM Z ZM WZ WZM", [-.056, -.026, .112, .060, -.259, .241, -.074, .025, -.018, -.057, .060, .065],
           [.041, .043, .055, .048, .034, .033, .034, .029, .038, .033, .034, .022], .081, .720, 393.759),
}

# ---------------------------------------------------------------------------------------------------------------------
# Leaders


def firms(random):
    """The firm of each leader, 2 to 9 leaders per firm, and the firm's property with its number of leaders."""
    while True:
        sizes = random.integers(2, 10, FIRMS)
        if sizes.sum() == LEADERS:
            break
    while True:
        codes = random.choice(4, FIRMS, p=np.array(CONTROLS["property"]) / LEADERS)
        if (np.bincount(codes, sizes, 4) == CONTROLS["property"]).all():
            break
    firm = np.repeat(np.arange(FIRMS), sizes)
    return firm, codes[firm] + 1


def leaders(random):
    """Controls, W and Z (sums of items): permuted until the correlations are those of Table 1."""
    firm, own = firms(random)
    x = np.zeros((LEADERS, 6))
    x[:, 0] = own
    for k, name in enumerate(("qualification", "job", "education")):
        x[:, 1 + k] = random.permutation(np.repeat(np.arange(1, len(CONTROLS[name]) + 1), CONTROLS[name]))
    for k, (items, mean, sd, _, _) in enumerate(LEVEL2.values()):
        x[:, 4 + k] = random.permutation(sums(skewed(normal_scores(LEADERS), mean, sd), items, mean, sd))
    z = (x - x.mean(0)) / x.std(0)
    r = z.T @ z / LEADERS
    wanted = LEVEL2_CORRELATIONS
    # W and Z are printed with one digit more for some of the controls, and their correlations weigh more in Table 3.
    for _ in range(150_000):
        k = random.integers(1, 6)
        i, j = random.integers(0, LEADERS, 2)
        change = (z[j, k] - z[i, k]) * (z[i] - z[j]) / LEADERS
        change[k] = 0
        if ((r[k] + change - wanted[k])**2).sum() < ((r[k] - wanted[k])**2).sum():
            r[k] += change
            r[:, k] = r[k]
            z[i, k], z[j, k] = z[j, k], z[i, k]
            x[i, k], x[j, k] = x[j, k], x[i, k]
    return firm, x


def normal_scores(n):
    """Expected normal order statistics, near enough, by Newton's method on the distribution function's logistic neighbour."""
    p = (np.arange(n) + .5) / n
    z = np.log(p / (1 - p)) / 1.702
    from math import erf
    for _ in range(8):
        f = np.array([.5 * (1 + erf(v / 2**.5)) for v in z])
        z = z - (f - p) / (np.exp(-z * z / 2) / np.sqrt(2 * np.pi))
    return z


def skewed(z, mean, sd):
    """Gamma variates above 1 with this mean and standard deviation from normal ones (Wilson and Hilferty 1931)."""
    shape = ((mean - 1) / sd)**2
    return 1 + (mean - 1) * np.maximum(1 - 1 / (9 * shape) + z / (3 * np.sqrt(shape)), 0)**3


def sums(score, items, mean, sd):
    """Sums of items whose mean has this mean and standard deviation, as near as whole numbers can."""
    goal = score.copy()
    for _ in range(60):
        out = np.clip(np.round(items * goal), items, 7 * items)
        now = out / items
        goal = mean + (goal - goal.mean()) * (1 + .5 * (sd / now.std(ddof=1) - 1)) - .5 * (now.mean() - goal.mean())
    gap = round(items * len(out) * mean - out.sum())
    out[np.argsort(np.abs(out - items * mean), kind="stable")[:abs(gap)]] += np.sign(gap)
    return out


# ---------------------------------------------------------------------------------------------------------------------
# Table 3 as a function of the sums of squares within and between leaders

def restricted_likelihood(within, between, columns):
    """Coefficients, standard errors, τ, σ² and the chi-square of τ: REML with a random intercept, balanced data, centred
    columns of which the last is the outcome."""
    w, b = within[np.ix_(columns, columns)], between[np.ix_(columns, columns)]
    p = len(columns)  # the intercept takes the place of the outcome

    def at(ratio):
        c = 1 / (1 + MONTHS * ratio)
        a = w + c * b
        inverse = np.linalg.inv(a[:-1, :-1])
        beta = inverse @ a[:-1, -1]
        r = np.append(-beta, 1)
        rss = r @ a @ r
        slope = -MONTHS * c * c * ((N - p) * (r @ b @ r) / rss + (inverse * b[:-1, :-1]).sum()) + MONTHS * c * (LEADERS - 1)
        return slope, inverse, beta, r, rss

    low, high = 0., 5.
    f_low, f_high = at(low)[0], at(high)[0]
    if f_low > 0:
        high = low
    side = 0
    while high - low > 1e-13:  # regula falsi with Illinois' weights
        ratio = (low * f_high - high * f_low) / (f_high - f_low)
        f = at(ratio)[0]
        if abs(f) < 1e-9:
            low = high = ratio
        elif f < 0:
            low, f_low = ratio, f
            f_high, side = (f_high / 2 if side == -1 else f_high), -1
        else:
            high, f_high = ratio, f
            f_low, side = (f_low / 2 if side == 1 else f_low), 1
    _, inverse, beta, r, rss = at(high)
    variance = rss / (N - p)
    return beta, np.sqrt(variance * np.diag(inverse)), high * variance, variance, r @ b @ r / variance


def columns_of(predictors):
    return [COLUMNS.index(c) for c in COLUMNS[:4] + predictors.split() + ["Y"]]


def figures(within, between):
    out = []
    for predictors, *_ in MODELS.values():
        beta, errors, tau, variance, chi = restricted_likelihood(within, between, columns_of(predictors))
        out += [*beta, *errors, tau, variance, chi]
    names = [COLUMNS.index(name) for name in LEVEL1]
    w, b = within[np.ix_(names, names)], between[np.ix_(names, names)]
    total = w + b
    d = np.sqrt(np.diag(total))
    out += list((total / np.outer(d, d))[np.triu_indices(4, 1)])
    d = np.sqrt(np.diag(w))
    out += list((w / np.outer(d, d))[np.triu_indices(3, 1)])
    for k in range(3):
        within_ms = w[k, k] / (N - LEADERS)
        out.append(within_ms / (within_ms + (b[k, k] / (LEADERS - 1) - within_ms) / MONTHS))
    return np.array(out)


def targets():
    """What is printed, how far off it may be, and what it is."""
    out = []
    for name, (_, beta, errors, tau, variance, chi) in MODELS.items():
        out += [(v, .0003, "coefficients") for v in beta]
        # Those of the controls cannot be had together with the rest; the one that is left out is a slip of the paper.
        out += [(v or 0, (.006 if k < 4 else .003) if v else 1e9, "standard errors") for k, v in enumerate(errors)]
        out += [(tau, .0003, "tau"), (variance, .0003, "sigma2"), (chi, 4, "chi-square")]
    out += [(v, .003, "correlations") for v in CORRELATIONS[np.triu_indices(4, 1)]]
    # Nothing is printed about the correlations within leaders; they should not stray far from those of all rows.
    out += [(v, .02, "within leaders") for v in CORRELATIONS[:3, :3][np.triu_indices(3, 1)]]
    out += [(row[3], .003, "within shares") for row in list(LEVEL1.values())[:3]]
    values, tolerances, labels = zip(*out)
    return np.array(values), np.array(tolerances), np.array(labels)


WANTED, TOLERANCES, LABELS = targets()


def standardised(x):
    return (x - x.mean(0)) / x.std(0, ddof=1)


class Scores:
    """The figures at the monthly scores (rows of N, columns X1, X2, M, Y), and their derivatives."""

    def __init__(self, second, scores):
        z = standardised(scores)
        w, v = second[:, 4], second[:, 5]
        table = np.column_stack([second, z[:, 0], z[:, 1], z[:, 2], w * z[:, 2], v * z[:, 2], w * v * z[:, 2], z[:, 3]])
        table -= table.mean(0)
        means = table.reshape(LEADERS, MONTHS, -1).mean(1).repeat(MONTHS, 0)
        self.second, self.z, self.sd = second, z, scores.std(0, ddof=1)
        self.between_part, self.within_part = means, table - means
        self.within, self.between = self.within_part.T @ self.within_part, means.T @ means
        self.values = figures(self.within, self.between)

    @property
    def missing(self):
        return (WANTED - self.values) / TOLERANCES

    def report(self):
        off = np.abs(WANTED - self.values)
        off[TOLERANCES > 1e6] = 0
        return ", ".join(f"{label} {off[LABELS == label].max():.4f}" for label in dict.fromkeys(LABELS))

    def rows(self):
        """Derivatives of the figures with respect to the scores, over their tolerances: figures × rows × scales."""
        q, m, first = len(self.values), len(COLUMNS), len(SECOND)
        slopes = np.zeros((2, q, m, m))
        for level, moments in enumerate((self.within, self.between)):
            for a in range(m):
                for b in range(max(a, first), m):
                    h = 1e-5 * N
                    ends = []
                    for step in (h, -h):
                        other = moments.copy()
                        other[a, b] += step
                        if a != b:
                            other[b, a] += step
                        ends.append(figures(*((other, self.between) if level == 0 else (self.within, other))))
                    slope = (ends[0] - ends[1]) / (2 * h)
                    slopes[level, :, a, b] = slopes[level, :, b, a] = slope / (1 if a == b else 2)
        own = 2 * (np.einsum("ia,qab->qib", self.within_part, slopes[0]) + np.einsum("ia,qab->qib", self.between_part, slopes[1]))
        w, v = self.second[:, 4], self.second[:, 5]
        c = {name: own[:, :, k] for k, name in enumerate(COLUMNS)}
        g = np.stack([c["X1"], c["X2"], c["M"] + w * c["WM"] + v * c["ZM"] + w * v * c["WZM"], c["Y"]], 2)
        # Scores are standardised: a change of one moves the mean and the standard deviation of all.
        g = g - g.mean(1, keepdims=True) - self.z * (g * self.z).sum(1, keepdims=True) / (N - 1)
        return g / self.sd / TOLERANCES[:, None, None]


# ---------------------------------------------------------------------------------------------------------------------
# Monthly scores

MEANS = np.array([row[1] for row in LEVEL1.values()])
DEVIATIONS = np.array([row[2] for row in LEVEL1.values()])
ITEMS = np.array([row[0] for row in LEVEL1.values()])


def inside(x):
    """Scores with the printed means and standard deviations, between 1 and 7."""
    for _ in range(30):
        x = np.clip(MEANS + standardised(x) * DEVIATIONS, 1, 7)
    return x


def beginning(firm, second, random):
    """A sample from the model: firm, leader and month components of X1, X2 and M, and Y from its predictors."""
    root = np.linalg.cholesky(CORRELATIONS[:3, :3])
    share = np.array([row[3] for row in list(LEVEL1.values())[:3]])
    parts = [random.standard_normal((n, 3)) @ root.T for n in (FIRMS, LEADERS, N)]
    x = (np.sqrt(.2 * (1 - share)) * parts[0][firm].repeat(MONTHS, 0) + np.sqrt(.8 * (1 - share)) * parts[1].repeat(MONTHS, 0)
         + np.sqrt(share) * parts[2])
    controls, w, v = second[:, :4] - second[:, :4].mean(0), second[:, 4], second[:, 5]
    y = controls @ [-.056, -.026, .112, .060] + x @ [.095, -.235, .26] - .074 * w - .018 * v + .06 * w * v \
        + x[:, 2] * (.025 * w - .057 * v + .065 * w * v) + random.normal(0, .14, FIRMS)[firm].repeat(MONTHS) \
        + random.normal(0, .25, LEADERS).repeat(MONTHS) + random.normal(0, .84, N)
    z = standardised(np.column_stack([x, y]))
    for k in (0, 2, 3):
        z[:, k] = skewed(z[:, k], MEANS[k], DEVIATIONS[k])
    return inside(z)


def search(firm, second, random):
    x = beginning(firm, second, random)
    # Products with extreme W and Z would otherwise take most of the change.
    ease = np.ones((N, 4))
    ease[:, 2] = 1 / np.sqrt((1 + second[:, 4]**2) * (1 + second[:, 5]**2))
    best, damping, losses = None, 100., []
    for iteration in range(80):
        state = Scores(second, x)
        loss = (state.missing**2).sum()
        if best is None or loss < best[0]:
            print(f"{iteration}: {loss:.0f}; {state.report()}", flush=True)
            losses.append(loss)
            if len(losses) > 6 and loss > .98 * losses[-5]:
                return x
            # Scores at an end of the scale can only go one way; they stay where they are.
            free = (x > 1.001) & (x < 6.999)
            scale = free * ease * DEVIATIONS
            best = loss, x, (state.rows() * scale).reshape(len(WANTED), -1), state.missing, scale
            damping /= 3
        else:
            damping *= 6
            if damping > 1e7:
                break
        _, x, rows, missing, scale = best
        step = rows.T @ np.linalg.solve(rows @ rows.T + damping * np.eye(len(rows)), missing)
        x = inside(x + np.clip(step.reshape(N, 4), -.8, .8) * scale)
    return best[1]


def whole(second, x, random):
    """Sums of whole items near the scores; which of them are rounded up and which down is chosen for the figures."""
    exact = x * ITEMS
    total = np.clip(np.round(exact), ITEMS, 7 * ITEMS)
    for iteration in range(6):
        state = Scores(second, total / ITEMS)
        mean, sd = (total / ITEMS).mean(0), (total / ITEMS).std(0, ddof=1)
        print(f"rounded {iteration}: {state.report()}, means {np.abs(mean - MEANS).max():.4f}, "
              f"standard deviations {np.abs(sd - DEVIATIONS).max():.4f}", flush=True)
        rows = state.rows().transpose(1, 2, 0)
        missing = np.concatenate([state.missing, (MEANS - mean) / .001, (DEVIATIONS - sd) / .001])
        q = len(WANTED)
        for i, k in zip(*np.unravel_index(random.permutation(4 * N), (N, 4))):
            if abs(total[i, k] - exact[i, k]) < .02:
                continue
            step = 1. if total[i, k] < exact[i, k] else -1.
            if not ITEMS[k] <= total[i, k] + step <= 7 * ITEMS[k]:
                continue
            change = np.zeros(q + 8)
            change[:q] = rows[i, k] * step / ITEMS[k]
            change[q + k] = step / ITEMS[k] / N / .001
            change[q + 4 + k] = state.z[i, k] * step / ITEMS[k] / (N - 1) / .001
            # Distance from the exact score counts a little, so that ties go to the nearer number.
            cost = .002 * ((total[i, k] + step - exact[i, k])**2 - (total[i, k] - exact[i, k])**2)
            if change @ (change - 2 * missing) + cost < 0:
                missing -= change
                total[i, k] += step
    return total


# ---------------------------------------------------------------------------------------------------------------------
# Items

def item_covariances(k, alpha, ave, variance, n, random):
    """Covariances of k items with this alpha, a sum with this variance and, as near as that lets, this AVE: one factor, one
    item weaker than the others, and a little scatter."""
    ratio = k / (1 - alpha * (k - 1) / k)  # of the sum's variance to the items' mean variance
    mean = np.sqrt(ratio - k * (1 - ave)) / k
    pattern = -np.exp(-1.1 * random.permutation(k))
    pattern = (pattern - pattern.mean()) / pattern.std()
    if mean * mean > ave - .001:  # nearly equal loadings have the least AVE for the alpha
        mean, ave = np.sqrt((ratio - k) / (k * (k - 1))), (ratio - k) / (k * (k - 1)) + .001
    loadings = mean + np.sqrt(ave - mean * mean) * pattern
    sd = np.exp(random.normal(0, .02, k))
    noise = random.normal(0, .15 / np.sqrt(n), (k, k))
    off = (np.outer(loadings, loadings) + noise + noise.T) * np.outer(sd, sd)
    np.fill_diagonal(off, 0)
    trace = variance * k / ratio
    return np.diag(sd**2) * trace / (sd**2).sum() + off * (variance - trace) / off.sum()


def share_out(total, k, alpha, ave, group, random):
    """Whole answers from 1 to 7 with these sums, and with covariances as near as can be to those of `item_covariances`."""
    n = len(total)
    wanted = item_covariances(k, alpha, ave, total.var(ddof=1), n, random)
    slope = wanted.sum(1) / wanted.sum()
    rest = wanted - np.outer(slope, slope) * wanted.sum()
    values, vectors = np.linalg.eigh(rest)
    root = vectors * np.sqrt(np.maximum(values, 0))
    noise = .6 * random.standard_normal((group.max() + 1, k))[group] + .8 * random.standard_normal((n, k))
    room = np.sqrt((total / k - 1) * (7 - total / k))
    goal = total.mean() / k + random.normal(0, .04, k) + np.outer(total - total.mean(), slope) \
        + noise @ root.T * (room / np.sqrt((room**2).mean()))[:, None]
    items = np.clip(np.floor(goal), 1, 7)
    for i in range(n):
        while (gap := total[i] - items[i].sum()) != 0:
            order = (goal[i] - items[i]) * np.sign(gap)
            order[(items[i] + np.sign(gap) < 1) | (items[i] + np.sign(gap) > 7)] = -np.inf
            items[i, order.argmax()] += np.sign(gap)
    # Answers of the same person move from one item to another as long as the covariances come nearer.
    means = items.mean(0)
    have = (items - means).T @ (items - means)
    goal, moved = wanted * (n - 1), np.zeros(k)
    for _ in range(120 * n):
        r = random.integers(n)
        i, j = random.integers(0, k, 2)
        if i == j or items[r, i] == 7 or items[r, j] == 1:
            continue
        d = items[r] - means
        change = np.zeros((k, k))
        change[i] += d
        change[:, i] += d
        change[j] -= d
        change[:, j] -= d
        change[i, i] += 1
        change[j, j] += 1
        change[i, j] -= 1
        change[j, i] -= 1
        # The items' means stay, so that the products stay those of deviations.
        if (change * (change + 2 * (have - goal))).sum() + .6 * (moved[i] - moved[j] + 1) < 0:
            moved[i] += 1
            moved[j] -= 1
            items[r, i] += 1
            items[r, j] -= 1
            have += change
    c = np.cov(items.T)
    print(f"alpha {k / (k - 1) * (1 - np.trace(c) / c.sum()):.4f}, covariances off by {np.abs(c - wanted).max():.4f}")
    return items.astype(int)


# ---------------------------------------------------------------------------------------------------------------------
# Times: the schedule of the paper in the year 2019, with China's holidays

HOLIDAYS = {(4, 5), (5, 1), (5, 2), (5, 3), (6, 7)}
WORKED = {(4, 28), (5, 5)}


def workday(date):
    key = (date.month, date.day)
    return key in WORKED or date.weekday() < 5 and key not in HOLIDAYS


def workdays(month):
    day, out = datetime.date(2019, month, 1), []
    while day.month == month:
        if workday(day):
            out.append(day)
        day += datetime.timedelta(1)
    return out


def answered(date, hour, random):
    """A time within ten minutes of the signal."""
    seconds = int(min(590, 20 + random.gamma(2.2, 85)))
    return f"{date}T{hour:02}:{seconds // 60:02}:{seconds % 60:02}"


# ---------------------------------------------------------------------------------------------------------------------
# Files

NAMES = {"X1": "SL", "X2": "WL", "M": "CI", "Y": "IP", "W": "AC", "Z": "SI"}


def header(scale):
    k = (LEVEL1.get(scale) or LEVEL2.get(scale))[0]
    return [f"{NAMES[scale]}{i}" for i in range(1, k + 1)]


def write(name, columns, rows):
    folder = sys.argv[1] if len(sys.argv) > 1 else HERE
    with open(os.path.join(folder, name), "w", newline="\n") as file:
        file.write(",".join(columns) + "\n")
        file.writelines(",".join(str(v) for v in row) + "\n" for row in rows)


def lost_leaders(firm, second, items, random):
    """33 leaders without diaries: 22 of the 11 firms that left, 11 of others. They are like the ones who stayed."""
    own = np.append(np.repeat(np.arange(FIRMS, FIRMS + 11), 2), random.choice(FIRMS, 11, replace=False))
    properties = np.append(np.repeat([2, 1, 2, 3, 2, 2, 4, 1, 3, 2, 2], 2), [second[firm == f, 0][0] for f in own[22:]])
    rows = []
    for f, code in zip(own, properties):
        like, w, z = random.integers(0, LEADERS, 3)
        controls = [int(code), *(int(v) for v in second[like, 1:4])]
        rows.append((int(f), "lost", controls, [*items["W"][w], *items["Z"][z]]))
    return rows


def main():
    random = np.random.default_rng(SEED)
    firm, second = leaders(random)
    # W and Z are standardised over the leaders, the monthly scores over the rows.
    w, z = (standardised(second[:, 4:] / [LEVEL2["W"][0], LEVEL2["Z"][0]])).repeat(MONTHS, 0).T
    table = np.column_stack([second[:, :4].repeat(MONTHS, 0), w, z, w * z])
    x = search(firm, table, random)
    total = whole(table, x, random)

    random = np.random.default_rng(SEED + 2)
    leader = np.arange(LEADERS).repeat(MONTHS)
    items = {name: share_out(total[:, i], row[0], row[4], row[5], leader, random)
             for i, (name, row) in enumerate(LEVEL1.items())}
    for i, (name, row) in enumerate(LEVEL2.items()):
        items[name] = share_out(second[:, 4 + i], row[0], row[3], row[4], np.arange(LEADERS), random)

    baseline = [(int(firm[i]), "kept", [int(v) for v in second[i, :4]], [*items["W"][i], *items["Z"][i]])
                for i in range(LEADERS)] + lost_leaders(firm, second, items, random)
    order = sorted(range(len(baseline)), key=lambda i: (baseline[i][0], (i * 7919) % 294))
    number = {i: k + 1 for k, i in enumerate(order)}
    controls = list(CONTROLS)
    write("baseline.csv", ["firm", "leader", "status", *controls, *header("W"), *header("Z")],
          [[baseline[i][0] + 1, number[i], baseline[i][1], *baseline[i][2], *baseline[i][3]] for i in order])

    days = {month: workdays(month) for month in range(3, 9)}
    rows = []
    for i in (i for i in order if i < LEADERS):
        for t in range(MONTHS):
            r, month = i * MONTHS + t, 3 + t
            times = [answered(days[month][0], 9, random), answered(days[month][-1], 16, random),
                     answered(days[month + 1][-1], 16, random)]
            own = [times[0], *items["X1"][r], *items["X2"][r], times[1], *items["M"][r], times[2], *items["Y"][r]]
            rows.append([firm[i] + 1, number[i], t + 1, *own])
    write("diary.csv", ["firm", "leader", "month", "linkages_at", *header("X1"), *header("X2"), "collaboration_at",
                        *header("M"), "performance_at", *header("Y")], rows)


if __name__ == "__main__":
    main()
