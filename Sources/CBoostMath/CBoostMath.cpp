#include "CBoostMath.h"

#include <limits>

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/non_central_chi_squared.hpp>
#include <boost/math/distributions/non_central_f.hpp>
#include <boost/math/distributions/non_central_t.hpp>
#include <boost/math/distributions/students_t.hpp>

namespace {

using namespace boost::math::policies;

// A domain error gives NaN, overflow infinity; an iteration that does not converge throws, since the value it would
// return looks like an answer. Double is not promoted: 80-bit arithmetic is slow and differs between processors.
using Quiet = policy<domain_error<ignore_error>, pole_error<ignore_error>, overflow_error<ignore_error>,
                     underflow_error<ignore_error>, denorm_error<ignore_error>, rounding_error<ignore_error>,
                     indeterminate_result_error<ignore_error>, evaluation_error<throw_on_error>,
                     promote_double<false>, promote_float<false>>;

using StudentT = boost::math::students_t_distribution<double, Quiet>;
using FisherF = boost::math::fisher_f_distribution<double, Quiet>;
using ChiSquared = boost::math::chi_squared_distribution<double, Quiet>;
using NoncentralChiSquared = boost::math::non_central_chi_squared_distribution<double, Quiet>;
using NoncentralF = boost::math::non_central_f_distribution<double, Quiet>;
using NoncentralT = boost::math::non_central_t_distribution<double, Quiet>;
using Beta = boost::math::beta_distribution<double, Quiet>;

template <typename Function> double guarded(Function function) noexcept {
    try {
        return function();
    } catch (...) {
        return std::numeric_limits<double>::quiet_NaN();
    }
}

template <typename Distribution> double density(const Distribution &d, double x) {
    return guarded([&] { return boost::math::pdf(d, x); });
}

template <typename Distribution> double probability(const Distribution &d, double x, int upper) {
    return guarded(
        [&] { return upper ? boost::math::cdf(boost::math::complement(d, x)) : boost::math::cdf(d, x); });
}

template <typename Distribution> double quantile_of(const Distribution &d, double p, int upper) {
    return guarded(
        [&] { return upper ? boost::math::quantile(boost::math::complement(d, p)) : boost::math::quantile(d, p); });
}

} // namespace

double assay_t_pdf(double x, double df) { return density(StudentT(df), x); }
double assay_t_cdf(double x, double df, int upper) { return probability(StudentT(df), x, upper); }
double assay_t_quantile(double p, double df, int upper) { return quantile_of(StudentT(df), p, upper); }

double assay_f_pdf(double x, double df1, double df2) { return density(FisherF(df1, df2), x); }
double assay_f_cdf(double x, double df1, double df2, int upper) { return probability(FisherF(df1, df2), x, upper); }
double assay_f_quantile(double p, double df1, double df2, int upper) {
    return quantile_of(FisherF(df1, df2), p, upper);
}

double assay_chisq_pdf(double x, double df) { return density(ChiSquared(df), x); }
double assay_chisq_cdf(double x, double df, int upper) { return probability(ChiSquared(df), x, upper); }
double assay_chisq_quantile(double p, double df, int upper) { return quantile_of(ChiSquared(df), p, upper); }

double assay_nchisq_pdf(double x, double df, double ncp) { return density(NoncentralChiSquared(df, ncp), x); }
double assay_nchisq_cdf(double x, double df, double ncp, int upper) {
    return probability(NoncentralChiSquared(df, ncp), x, upper);
}
double assay_nchisq_quantile(double p, double df, double ncp, int upper) {
    return quantile_of(NoncentralChiSquared(df, ncp), p, upper);
}

double assay_nt_cdf(double x, double df, double ncp, int upper) { return probability(NoncentralT(df, ncp), x, upper); }

double assay_nf_cdf(double x, double df1, double df2, double ncp, int upper) {
    return probability(NoncentralF(df1, df2, ncp), x, upper);
}

double assay_beta_cdf(double x, double a, double b, int upper) { return probability(Beta(a, b), x, upper); }
double assay_beta_quantile(double p, double a, double b, int upper) { return quantile_of(Beta(a, b), p, upper); }
