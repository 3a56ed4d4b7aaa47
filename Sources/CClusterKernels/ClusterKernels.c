#include "CClusterKernels.h"

#include <math.h>
#include <string.h>

// One version of each kernel for each generation of vector units; the loader picks the processor's.
#if defined(__x86_64__) && defined(__ELF__)
#define KERNEL __attribute__((target_clones("avx512vl", "arch=haswell", "default")))
#else
#define KERNEL
#endif
#define INLINE static inline __attribute__((always_inline))

/// Eight numbers, one of each group, at any address.
typedef double vec __attribute__((vector_size(8 * CLUSTER_LANES), aligned(8), may_alias));

/// The sums over the lanes of four vectors.
INLINE void totals(const vec *a, const vec *b, const vec *c, const vec *d, double sums[4]) {
    vec x = __builtin_shufflevector(*a, *b, 0, 8, 2, 10, 4, 12, 6, 14)
        + __builtin_shufflevector(*a, *b, 1, 9, 3, 11, 5, 13, 7, 15);
    vec y = __builtin_shufflevector(*c, *d, 0, 8, 2, 10, 4, 12, 6, 14)
        + __builtin_shufflevector(*c, *d, 1, 9, 3, 11, 5, 13, 7, 15);
    vec z = __builtin_shufflevector(x, y, 0, 1, 8, 9, 4, 5, 12, 13)
        + __builtin_shufflevector(x, y, 2, 3, 10, 11, 6, 7, 14, 15);
    for (int k = 0; k < 4; k++) sums[k] = z[k] + z[k + 4];
}

INLINE double total(const vec *v) {
    double sums[4];
    totals(v, v, v, v, sums);
    return sums[0];
}

INLINE ptrdiff_t packed(ptrdiff_t a, ptrdiff_t b) { return a >= b ? a * (a + 1) / 2 + b : b * (b + 1) / 2 + a; }

// MARK: Products

INLINE const vec *at(const double *x) { return (const vec *)x; }

/// A 4 × 4 block of AᵀB; columns beyond the last repeat it and are not stored.
INLINE void product_block(
    ptrdiff_t rows, double alpha, const double *a, ptrdiff_t aColumns, ptrdiff_t aStride, const double *b,
    ptrdiff_t bColumns, ptrdiff_t bStride, int lower, double *c, ptrdiff_t cStride) {
    vec zero = {0};
    const double *a0 = a, *a1 = a + (aColumns > 1 ? 1 : 0) * aStride, *a2 = a + (aColumns > 2 ? 2 : 0) * aStride,
                 *a3 = a + (aColumns > 3 ? 3 : 0) * aStride;
    const double *b0 = b, *b1 = b + (bColumns > 1 ? 1 : 0) * bStride, *b2 = b + (bColumns > 2 ? 2 : 0) * bStride,
                 *b3 = b + (bColumns > 3 ? 3 : 0) * bStride;
    vec s00 = zero, s10 = zero, s20 = zero, s30 = zero, s01 = zero, s11 = zero, s21 = zero, s31 = zero;
    vec s02 = zero, s12 = zero, s22 = zero, s32 = zero, s03 = zero, s13 = zero, s23 = zero, s33 = zero;
    for (ptrdiff_t i = 0; i < rows; i += CLUSTER_LANES) {
        vec x0 = *at(a0 + i), x1 = *at(a1 + i), x2 = *at(a2 + i), x3 = *at(a3 + i), y;
        y = *at(b0 + i);
        s00 += x0 * y, s10 += x1 * y, s20 += x2 * y, s30 += x3 * y;
        y = *at(b1 + i);
        s01 += x0 * y, s11 += x1 * y, s21 += x2 * y, s31 += x3 * y;
        y = *at(b2 + i);
        s02 += x0 * y, s12 += x1 * y, s22 += x2 * y, s32 += x3 * y;
        y = *at(b3 + i);
        s03 += x0 * y, s13 += x1 * y, s23 += x2 * y, s33 += x3 * y;
    }
    double sums[4][4];
    totals(&s00, &s10, &s20, &s30, sums[0]);
    totals(&s01, &s11, &s21, &s31, sums[1]);
    totals(&s02, &s12, &s22, &s32, sums[2]);
    totals(&s03, &s13, &s23, &s33, sums[3]);
    for (ptrdiff_t j = 0; j < 4 && j < bColumns; j++)
        for (ptrdiff_t i = lower ? j : 0; i < 4 && i < aColumns; i++) c[i + j * cStride] += alpha * sums[j][i];
}

KERNEL void cluster_products(
    ptrdiff_t rows, double alpha, const double *a, ptrdiff_t aColumns, ptrdiff_t aStride, const double *b,
    ptrdiff_t bColumns, ptrdiff_t bStride, int lower, double *c, ptrdiff_t cStride) {
    // As many rows at a time as stay in the nearest cache with all columns.
    const ptrdiff_t panel = 512;
    for (ptrdiff_t first = 0; first < rows; first += panel) {
        ptrdiff_t count = rows - first < panel ? rows - first : panel;
        for (ptrdiff_t j = 0; j < bColumns; j += 4)
            for (ptrdiff_t i = lower ? j : 0; i < aColumns; i += 4)
                product_block(
                    count, alpha, a + first + i * aStride, aColumns - i, aStride, b + first + j * bStride, bColumns - j,
                    bStride, lower && i == j, c + i + j * cStride, cStride);
    }
}

KERNEL int cluster_cholesky(ptrdiff_t n, double *a, ptrdiff_t stride) {
    for (ptrdiff_t j = 0; j < n; j++) {
        double *column = a + j * stride;
        if (!(column[j] > 0)) return 0;
        double root = sqrt(column[j]), inverse = 1 / root;
        column[j] = root;
        for (ptrdiff_t i = j + 1; i < n; i++) column[i] *= inverse;
        for (ptrdiff_t k = j + 1; k < n; k++) {
            double multiple = column[k], *target = a + k * stride;
            for (ptrdiff_t i = k; i < n; i++) target[i] -= multiple * column[i];
        }
    }
    return 1;
}

// MARK: Rows

KERNEL double cluster_inner(ptrdiff_t rows, const double *x, const double *y) {
    vec first = {0}, second = {0};
    ptrdiff_t i = 0;
    for (; i + 2 * CLUSTER_LANES <= rows; i += 2 * CLUSTER_LANES) {
        first += *at(x + i) * *at(y + i);
        second += *at(x + i + CLUSTER_LANES) * *at(y + i + CLUSTER_LANES);
    }
    first += second;
    double sum = total(&first);
    for (; i < rows; i++) sum += x[i] * y[i];
    return sum;
}

KERNEL void cluster_gather(
    ptrdiff_t rows, const ptrdiff_t *order, const double *x, double alpha, const double *y, double *restrict target) {
    if (order)
        for (ptrdiff_t i = 0; i < rows; i++) target[i] = x[order[i]] - alpha * y[order[i]];
    else
        for (ptrdiff_t i = 0; i < rows; i++) target[i] = x[i] - alpha * y[i];
}

KERNEL void cluster_group_sums(
    ptrdiff_t groups, const ptrdiff_t *starts, const double *z, const double *x, ptrdiff_t columns, ptrdiff_t xStride,
    double *sums, ptrdiff_t sumsStride) {
    for (ptrdiff_t c = 0; c < columns; c += 4) {
        ptrdiff_t last = columns - c - 1;
        const double *x0 = x + c * xStride, *x1 = x0 + (last < 1 ? last : 1) * xStride,
                     *x2 = x0 + (last < 2 ? last : 2) * xStride, *x3 = x0 + (last < 3 ? last : 3) * xStride;
        double *target = sums + c * sumsStride;
        for (ptrdiff_t j = 0; j < groups; j++) {
            double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
            if (z)
                for (ptrdiff_t i = starts[j]; i < starts[j + 1]; i++)
                    s0 += z[i] * x0[i], s1 += z[i] * x1[i], s2 += z[i] * x2[i], s3 += z[i] * x3[i];
            else
                for (ptrdiff_t i = starts[j]; i < starts[j + 1]; i++) s0 += x0[i], s1 += x1[i], s2 += x2[i], s3 += x3[i];
            target[j] = s0;
            if (last > 0) target[sumsStride + j] = s1;
            if (last > 1) target[2 * sumsStride + j] = s2;
            if (last > 2) target[3 * sumsStride + j] = s3;
        }
    }
}

// MARK: Value

/// E = C⁻¹Λᵀ of one block of groups; multiplies `product` by |M|.
INLINE void whiten(
    ptrdiff_t q, ptrdiff_t stride, const double *within, const double *factor, vec *e, vec *chol, vec *gain,
    vec *product) {
    // AΛ, then M = ΛᵀAΛ + I and its factor, the diagonal inverted.
    for (ptrdiff_t t = 0; t < q; t++)
        for (ptrdiff_t s = 0; s < q; s++) {
            vec sum = factor[s + s * q] * *at(within + packed(t, s) * stride);
            for (ptrdiff_t u = s + 1; u < q; u++) sum += factor[u + s * q] * *at(within + packed(t, u) * stride);
            gain[t * q + s] = sum;
        }
    for (ptrdiff_t r = 0; r < q; r++)
        for (ptrdiff_t s = 0; s <= r; s++) {
            vec sum = {0};
            if (r == s) sum += 1.0;
            for (ptrdiff_t t = r; t < q; t++) sum += factor[t + r * q] * gain[t * q + s];
            for (ptrdiff_t t = 0; t < s; t++) sum -= chol[packed(r, t)] * chol[packed(s, t)];
            if (r == s) {
                *product *= sum;
                chol[packed(r, r)] = 1.0 / __builtin_elementwise_sqrt(sum);
            } else {
                chol[packed(r, s)] = sum * chol[packed(s, s)];
            }
        }
    for (ptrdiff_t r = 0; r < q; r++)
        for (ptrdiff_t c = 0; c < q; c++) {
            vec sum = {0};
            if (c >= r) sum += factor[c + r * q];
            for (ptrdiff_t s = 0; s < r; s++) sum -= chol[packed(r, s)] * e[s * q + c];
            e[r * q + c] = sum * chol[packed(r, r)];
        }
}

INLINE double reduce(
    ptrdiff_t q, ptrdiff_t m, ptrdiff_t stride, const double *within, const double *cross, const double *factor,
    double *whitening, double *reduced, vec *scratch) {
    vec *e = scratch, *gain = e + q * q, *chol = gain + q * q;
    vec product = {0};
    product += 1.0;
    double logarithms = 0;
    for (ptrdiff_t j = 0; j < stride; j += CLUSTER_LANES) {
        whiten(q, stride, within + j, factor, e, chol, gain, &product);
        for (ptrdiff_t k = 0; k < q * q; k++) *(vec *)(whitening + k * stride + j) = e[k];
        // Logarithms are taken of products, far from overflow even if the next factor is as large as one can be.
        int isLarge = 0;
        for (int k = 0; k < CLUSTER_LANES; k++) isLarge |= product[k] > 1e100;
        if (isLarge)
            for (int k = 0; k < CLUSTER_LANES; k++) {
                logarithms += log(product[k]);
                product[k] = 1;
            }
        for (ptrdiff_t c = 0; c < m; c++)
            for (ptrdiff_t r = 0; r < q; r++) {
                vec sum = e[r * q] * *at(cross + c * q * stride + j);
                for (ptrdiff_t a = 1; a < q; a++) sum += e[r * q + a] * *at(cross + (c * q + a) * stride + j);
                *(vec *)(reduced + (c * q + r) * stride + j) = sum;
            }
    }
    for (int k = 0; k < CLUSTER_LANES; k++) logarithms += log(product[k]);
    return logarithms;
}

KERNEL double cluster_reduce(
    ptrdiff_t q, ptrdiff_t m, ptrdiff_t stride, const double *within, const double *cross, const double *factor,
    double *whitening, double *reduced, double *scratch) {
    // With the number of coefficients known, the parts of a block of groups stay in registers.
    vec local[14];
    switch (q) {
    case 1: return reduce(1, m, stride, within, cross, factor, whitening, reduced, local);
    case 2: return reduce(2, m, stride, within, cross, factor, whitening, reduced, local);
    default: return reduce(q, m, stride, within, cross, factor, whitening, reduced, (vec *)scratch);
    }
}

// MARK: Derivatives

/// T = I − AE'E (q × q by rows) and W = TA (packed) of one block of groups.
INLINE void residual_maker(
    ptrdiff_t q, ptrdiff_t stride, const double *within, const double *whitening, vec *t, vec *w, vec *gain) {
    for (ptrdiff_t r = 0; r < q; r++)
        for (ptrdiff_t a = 0; a < q; a++) {
            vec sum = {0};
            for (ptrdiff_t b = 0; b < q; b++)
                sum += *at(whitening + (r * q + b) * stride) * *at(within + packed(a, b) * stride);
            gain[r * q + a] = sum;
        }
    for (ptrdiff_t a = 0; a < q; a++)
        for (ptrdiff_t b = 0; b < q; b++) {
            vec sum = {0};
            if (a == b) sum += 1.0;
            for (ptrdiff_t r = 0; r < q; r++) sum -= gain[r * q + a] * *at(whitening + (r * q + b) * stride);
            t[a * q + b] = sum;
        }
    for (ptrdiff_t a = 0; a < q; a++)
        for (ptrdiff_t b = 0; b <= a; b++) {
            vec sum = *at(within + packed(a, b) * stride);
            for (ptrdiff_t r = 0; r < q; r++) sum -= gain[r * q + a] * gain[r * q + b];
            w[packed(a, b)] = sum;
        }
}

/// The inverse of `factor` (m × m), the last row multiplied by the last pivot, with zeros above its diagonal and below
/// its last row (⌈m⌉₄ × m).
INLINE void invert(ptrdiff_t m, const double *factor, double *inverse) {
    ptrdiff_t height = (m + 3) / 4 * 4;
    for (ptrdiff_t j = 0; j < m; j++) {
        double *column = inverse + j * height;
        for (ptrdiff_t i = 0; i < height; i++) column[i] = i == j;
        for (ptrdiff_t k = j; k < m - 1; k++) {
            double value = column[k] /= factor[k + k * m];
            for (ptrdiff_t i = k + 1; i < m; i++) column[i] -= factor[i + k * m] * value;
        }
    }
}

INLINE void differentiate(
    ptrdiff_t q, ptrdiff_t m, ptrdiff_t stride, const double *within, const double *cross, const double *whitening,
    const double *normal, double lambda, double *precision, double *reduced, double *leverage, double *curvature,
    double *sums, vec *scratch, vec *columns, double *inverse) {
    ptrdiff_t pairs = q * (q + 1) / 2, p = m - 1, height = (m + 3) / 4 * 4;
    vec *t = scratch, *gain = t + q * q, *v = gain + q * q, *w = v + 4 * q, *h = w + pairs, *sum = h + pairs;
    invert(m, normal, inverse);
    for (ptrdiff_t k = 0; k < 3 * pairs; k++) sum[k] = (vec){0};
    for (ptrdiff_t j = 0; j < stride; j += CLUSTER_LANES) {
        residual_maker(q, stride, within + j, whitening + j, t, w, gain);
        for (ptrdiff_t k = 0; k < pairs; k++) h[k] = (vec){0};
        // Z'V₁⁻¹[X y] = TB; then its columns times L⁻ᵀ, four at a time, and the last one cleared of them.
        for (ptrdiff_t c = 0; c < m; c++)
            for (ptrdiff_t a = 0; a < q; a++) {
                vec u = t[a * q] * *at(cross + c * q * stride + j);
                for (ptrdiff_t b = 1; b < q; b++) u += t[a * q + b] * *at(cross + (c * q + b) * stride + j);
                columns[c * q + a] = u;
            }
        for (ptrdiff_t c = 0; c < m; c += 4) {
            ptrdiff_t last = c + 4 < m ? c + 4 : m;
            double *target = reduced + c * q * stride + j;
            const double *row = inverse + c;
            for (ptrdiff_t k = 0; k < 4 * q; k++) v[k] = (vec){0};
            for (ptrdiff_t d = 0; d < last; d++)
                for (ptrdiff_t a = 0; a < q; a++)
                    for (ptrdiff_t k = 0; k < 4; k++) v[4 * a + k] += row[k + d * height] * columns[d * q + a];
            for (ptrdiff_t k = 0; k < 4; k++)
                for (ptrdiff_t a = 0; a < q; a++) *(vec *)(target + (k * q + a) * stride) = v[4 * a + k];
            for (ptrdiff_t k = 0; k < 4; k++)
                if (c + k < p)
                    for (ptrdiff_t a = 0; a < q; a++)
                        for (ptrdiff_t b = 0; b <= a; b++) h[packed(a, b)] += v[4 * a + k] * v[4 * b + k];
        }
        for (ptrdiff_t a = 0; a < q; a++)
            for (ptrdiff_t b = 0; b <= a; b++) {
                ptrdiff_t k = packed(a, b);
                vec s = *at(reduced + (p * q + a) * stride + j) * *at(reduced + (p * q + b) * stride + j);
                *(vec *)(precision + k * stride + j) = w[k];
                *(vec *)(leverage + k * stride + j) = h[k];
                *(vec *)(curvature + k * stride + j) = w[k] - lambda * h[k];
                *(vec *)(curvature + (pairs + k) * stride + j) = s;
                sum[k] += w[k];
                sum[pairs + k] += h[k];
                sum[2 * pairs + k] += s;
            }
    }
    for (ptrdiff_t k = 0; k < 3 * pairs; k++) sums[k] = total(&sum[k]);
}

KERNEL void cluster_differentiate(
    ptrdiff_t q, ptrdiff_t m, ptrdiff_t stride, const double *within, const double *cross, const double *whitening,
    const double *normal, double lambda, double *precision, double *reduced, double *leverage, double *curvature,
    double *sums, double *scratch) {
    vec local[31], *columns = (vec *)scratch;
    double *inverse = scratch + CLUSTER_LANES * q * m;
    switch (q) {
    case 1:
        differentiate(
            1, m, stride, within, cross, whitening, normal, lambda, precision, reduced, leverage, curvature, sums, local,
            columns, inverse);
        break;
    case 2:
        differentiate(
            2, m, stride, within, cross, whitening, normal, lambda, precision, reduced, leverage, curvature, sums, local,
            columns, inverse);
        break;
    default:
        differentiate(
            q, m, stride, within, cross, whitening, normal, lambda, precision, reduced, leverage, curvature, sums,
            (vec *)(inverse + (m + 3) * m), columns, inverse);
    }
}

KERNEL void cluster_scores(
    ptrdiff_t q, ptrdiff_t m, ptrdiff_t stride, const double *within, const double *cross, const double *whitening,
    const double *coefficients, double *scores) {
    ptrdiff_t p = m - 1;
    for (ptrdiff_t j = 0; j < stride; j += CLUSTER_LANES) {
        for (ptrdiff_t a = 0; a < q; a++) {
            vec r = *at(cross + (p * q + a) * stride + j);
            for (ptrdiff_t c = 0; c < p; c++) r -= coefficients[c] * *at(cross + (c * q + a) * stride + j);
            *(vec *)(scores + a * stride + j) = r;
        }
        // r − AE'Er: the rows of E one by one; A·(row) is added up before r changes.
        for (ptrdiff_t a = 0; a < q; a++) {
            vec total = {0};
            for (ptrdiff_t r = 0; r < q; r++) {
                vec gain = {0}, inner = {0};
                for (ptrdiff_t b = 0; b < q; b++) {
                    vec e = *at(whitening + (r * q + b) * stride + j);
                    gain += e * *at(within + packed(a, b) * stride + j);
                    inner += e * *at(scores + b * stride + j);
                }
                total += gain * inner;
            }
            *(vec *)(scores + (q + a) * stride + j) = *at(scores + a * stride + j) - total;
        }
    }
}
