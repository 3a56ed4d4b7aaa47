#ifndef CClusterKernels_h
#define CClusterKernels_h

#include <stddef.h>

/// Loops over the groups of a mixed model with one grouping factor, in the widest vector instructions that the processor
/// has: lane k of a vector belongs to group j + k. What they compute is documented at `ClusterLikelihood`.
///
/// Matrices are column-major. Those of the groups have the groups innermost, `stride` apart, a multiple of
/// `CLUSTER_LANES`; places beyond the last group hold zeros. Packed triangles are by rows: (a, b), a ≥ b, is at a(a + 1)/2 + b.
enum { CLUSTER_LANES = 8 };

/// C ← C + α·AᵀB, with A rows × aColumns and B rows × bColumns; `rows` is a multiple of `CLUSTER_LANES`. With `lower`,
/// where A is B, only the lower triangle of C.
void cluster_products(
    ptrdiff_t rows, double alpha, const double *a, ptrdiff_t aColumns, ptrdiff_t aStride, const double *b,
    ptrdiff_t bColumns, ptrdiff_t bStride, int lower, double *c, ptrdiff_t cStride);

/// The Cholesky factor in place of the lower triangle of `a` (n × n); 0 where it does not exist.
int cluster_cholesky(ptrdiff_t n, double *a, ptrdiff_t stride);

/// Σxᵢyᵢ.
double cluster_inner(ptrdiff_t rows, const double *x, const double *y);

/// target ← x − α·y, of the rows in `order`, or of the first rows where that is null.
void cluster_gather(
    ptrdiff_t rows, const ptrdiff_t *order, const double *x, double alpha, const double *y, double *target);

/// Σxᵢ of each group into `sums` where `z` is null, else Σzᵢxᵢ; the rows of group j are starts[j] to starts[j + 1] − 1.
void cluster_group_sums(
    ptrdiff_t groups, const ptrdiff_t *starts, const double *z, const double *x, ptrdiff_t columns, ptrdiff_t xStride,
    double *sums, ptrdiff_t sumsStride);

/// E_j = C_j⁻¹Λᵀ into `whitening` (row r, column c at (r·q + c)·stride), R_j = E_jB_j into `reduced` (row r, column c at
/// (c·q + r)·stride), for m columns of B_j. `scratch` holds `CLUSTER_LANES`·(q(q + 1)/2 + 2q²) numbers.
/// Returns Σ log|M_j|.
double cluster_reduce(
    ptrdiff_t q, ptrdiff_t m, ptrdiff_t stride, const double *within, const double *cross, const double *factor,
    double *whitening, double *reduced, double *scratch);

/// From E_j: W_j into `precision`, U_jL⁻ᵀ and s_j into `reduced` as columns 0 to m − 2 and m − 1, U_jH⁻¹U_jᵀ into
/// `leverage`, W_j − λU_jH⁻¹U_jᵀ and s_js_jᵀ into `curvature` (packed, one after the other), given the Cholesky factor
/// `normal` (m × m) of [X y]ᵀV₁⁻¹[X y]; the sums over the groups of W, UH⁻¹Uᵀ and ssᵀ, packed, into `sums` (3·q(q + 1)/2).
/// `scratch` holds `CLUSTER_LANES`·(qm + 5q(q + 1)/2 + 2q² + 4q) + m(m + 3) numbers; `reduced` has room for
/// m + 3 columns.
void cluster_differentiate(
    ptrdiff_t q, ptrdiff_t m, ptrdiff_t stride, const double *within, const double *cross, const double *whitening,
    const double *normal, double lambda, double *precision, double *reduced, double *leverage, double *curvature,
    double *sums, double *scratch);

/// s_j from E_j, given the coefficients (m − 1) of the columns of X.
void cluster_scores(
    ptrdiff_t q, ptrdiff_t m, ptrdiff_t stride, const double *within, const double *cross, const double *whitening,
    const double *coefficients, double *scores);

#endif
