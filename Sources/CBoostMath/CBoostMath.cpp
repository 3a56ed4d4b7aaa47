#include "CBoostMath.h"

#include <boost/math/distributions/normal.hpp>

double assay_normal_cdf(double x, int upper) {
    boost::math::normal_distribution<double> standard;
    return upper ? boost::math::cdf(boost::math::complement(standard, x)) : boost::math::cdf(standard, x);
}
