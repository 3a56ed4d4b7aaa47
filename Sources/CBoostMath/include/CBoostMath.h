#ifndef ASSAY_CBOOSTMATH_H
#define ASSAY_CBOOSTMATH_H

#ifdef __cplusplus
extern "C" {
#endif

double assay_normal_cdf(double x, int upper);

#ifdef __cplusplus
}
#endif

#endif
