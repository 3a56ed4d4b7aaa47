#ifndef ASSAY_CBOOSTMATH_H
#define ASSAY_CBOOSTMATH_H

// Distribution functions of Boost.Math behind a C border. No function throws, sets errno or prints: an argument
// outside the domain, and an iteration that does not converge, give NaN. `upper` other than zero asks for the
// complement (the upper tail), computed as such and never as one minus the lower tail.

#ifdef __cplusplus
extern "C" {
#endif

double assay_t_pdf(double x, double df);
double assay_t_cdf(double x, double df, int upper);
double assay_t_quantile(double p, double df, int upper);

double assay_f_pdf(double x, double df1, double df2);
double assay_f_cdf(double x, double df1, double df2, int upper);
double assay_f_quantile(double p, double df1, double df2, int upper);

double assay_chisq_pdf(double x, double df);
double assay_chisq_cdf(double x, double df, int upper);
double assay_chisq_quantile(double p, double df, int upper);

double assay_nchisq_pdf(double x, double df, double ncp);
double assay_nchisq_cdf(double x, double df, double ncp, int upper);
double assay_nchisq_quantile(double p, double df, double ncp, int upper);

double assay_nt_cdf(double x, double df, double ncp, int upper);

double assay_nf_cdf(double x, double df1, double df2, double ncp, int upper);

double assay_beta_cdf(double x, double a, double b, int upper);
double assay_beta_quantile(double p, double a, double b, int upper);

#ifdef __cplusplus
}
#endif

#endif
