//! Numbers and arrays, independent of networks: scalars, elementary functions, matrix products, statistics,
//! histograms, random numbers, decimal text.

pub mod array;
pub mod decimal;
pub mod elementary;
pub mod format;
pub mod histogram;
pub mod matmul;
pub(crate) mod named_arrays;
pub mod random;
pub mod scalar;
pub mod statistics;
