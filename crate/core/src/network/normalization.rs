//! Batch and layer normalization before the activation: forward and backward side by side.

use crate::config::Norm;
use crate::network::parameter::Parameter;
use crate::numeric::array::{flat, flat_mut};
use crate::numeric::scalar::Scalar;
use ndarray::Array2;

/// Added to the variance inside the square root (PyTorch's default).
pub const EPS: f64 = 1e-5;
/// Share of the newest batch in the running statistics (PyTorch's default).
pub const RUNNING_MOMENTUM: f64 = 0.1;

/// What a normalized layer holds; n = units of the layer.
#[derive(Debug, Clone)]
pub struct Normalization<T> {
    /// Batch or layer.
    pub kind: Norm,
    /// Scale, (1, n).
    pub gamma: Parameter<T>,
    /// Shift, (1, n).
    pub beta: Parameter<T>,
    /// Batch norm: the mean used on test data, n.
    pub running_mean: Vec<f64>,
    /// Batch norm: the variance used on test data, n.
    pub running_var: Vec<f64>,
    /// Added to the variance.
    pub eps: f64,
    /// Share of the newest batch in the running statistics.
    pub momentum: f64,
}

/// What the backward pass needs of the forward pass.
#[derive(Debug, Clone)]
pub struct NormWorkspace<T> {
    /// (z - mean) / sqrt(var + eps): (batch, n).
    xhat: Array2<T>,
    /// 1 / sqrt(var + eps): one per unit (batch norm) or per sample (layer norm).
    inverse_std: Vec<f64>,
    mean: Vec<f64>,
    var: Vec<f64>,
}

impl<T: Scalar> NormWorkspace<T> {
    /// Space for a batch of `batch` samples.
    pub fn new(kind: Norm, batch: usize, n: usize) -> Self {
        let groups = if kind == Norm::Batch { n } else { batch };
        let zeros = vec![0.0; groups];
        NormWorkspace {
            xhat: Array2::zeros((batch, n)),
            inverse_std: zeros.clone(),
            mean: zeros.clone(),
            var: zeros,
        }
    }
}

impl<T: Scalar> Normalization<T> {
    /// gamma = 1, beta = 0, running mean 0 and variance 1.
    pub fn new(kind: Norm, n: usize) -> Self {
        Normalization {
            kind,
            gamma: Parameter::new("gamma", Array2::ones((1, n))),
            beta: Parameter::new("beta", Array2::zeros((1, n))),
            running_mean: vec![0.0; n],
            running_var: vec![1.0; n],
            eps: EPS,
            momentum: RUNNING_MOMENTUM,
        }
    }

    /// u = gamma * (z - mean) / sqrt(var + eps) + beta with the *biased* variance, over the batch
    /// for each unit (Ioffe and Szegedy 2015, alg. 1) or over the units for each sample (Ba et al.
    /// 2016, eq. 4).
    ///
    /// z and u are (batch, n). The running statistics are not touched.
    pub fn forward(&self, z: &Array2<T>, u: &mut Array2<T>, workspace: &mut NormWorkspace<T>) {
        let n = z.ncols();
        let NormWorkspace {
            xhat,
            inverse_std,
            mean,
            var,
        } = workspace;
        let by_unit = self.kind == Norm::Batch;
        moments(z, by_unit, mean, var);
        for (inverse, var) in inverse_std.iter_mut().zip(&*var) {
            *inverse = 1.0 / (var + self.eps).sqrt();
        }
        let (gamma, beta) = (flat(&self.gamma.value), flat(&self.beta.value));
        let rows = flat(z)
            .chunks_exact(n)
            .zip(flat_mut(xhat).chunks_exact_mut(n));
        for (row, ((z, xhat), u)) in rows.zip(flat_mut(u).chunks_exact_mut(n)).enumerate() {
            for j in 0..n {
                let group = if by_unit { j } else { row };
                xhat[j] = T::from_f64((z[j].to_f64() - mean[group]) * inverse_std[group]);
                u[j] = gamma[j] * xhat[j] + beta[j];
            }
        }
    }

    /// Takes the last batch into the running statistics, with its *unbiased* variance.
    pub fn update_running(&mut self, workspace: &NormWorkspace<T>) {
        if self.kind != Norm::Batch {
            return;
        }
        let batch = workspace.xhat.nrows() as f64;
        // A batch of one has no unbiased variance; its biased one is 0.
        let unbiased = if batch > 1.0 {
            batch / (batch - 1.0)
        } else {
            1.0
        };
        let keep = 1.0 - self.momentum;
        for (running, mean) in self.running_mean.iter_mut().zip(&workspace.mean) {
            *running = keep * *running + self.momentum * mean;
        }
        for (running, var) in self.running_var.iter_mut().zip(&workspace.var) {
            *running = keep * *running + self.momentum * var * unbiased;
        }
    }

    /// The forward pass in place, with the statistics of z itself.
    pub fn normalize(&self, z: &mut Array2<T>) {
        let mut workspace = NormWorkspace::new(self.kind, z.nrows(), z.ncols());
        let mut u = Array2::zeros(z.dim());
        self.forward(z, &mut u, &mut workspace);
        *z = u;
    }

    /// The forward pass on test data, in place: running statistics for batch norm.
    pub fn predict(&self, z: &mut Array2<T>) {
        let n = z.ncols();
        if self.kind == Norm::Layer {
            self.normalize(z);
            return;
        }
        let (gamma, beta) = (flat(&self.gamma.value), flat(&self.beta.value));
        for row in flat_mut(z).chunks_exact_mut(n) {
            for (j, z) in row.iter_mut().enumerate() {
                let inverse_std = 1.0 / (self.running_var[j] + self.eps).sqrt();
                let xhat = T::from_f64((z.to_f64() - self.running_mean[j]) * inverse_std);
                *z = gamma[j] * xhat + beta[j];
            }
        }
    }

    /// From du = dLoss/du to dz, in place, and the gradients of gamma and beta.
    ///
    /// With g = gamma * du and means over the normalized group,
    /// dz = (g - mean(g) - xhat * mean(g * xhat)) / sqrt(var + eps).
    pub fn backward(&mut self, du: &mut Array2<T>, workspace: &NormWorkspace<T>) {
        let (batch, n) = du.dim();
        let NormWorkspace {
            xhat, inverse_std, ..
        } = workspace;
        let by_unit = self.kind == Norm::Batch;
        let gamma = flat(&self.gamma.value);
        let mut dgamma = vec![0.0; n];
        let mut dbeta = vec![0.0; n];
        let groups = inverse_std.len();
        let (mut mean_g, mut mean_gx) = (vec![0.0; groups], vec![0.0; groups]);
        let size = if by_unit { batch } else { n } as f64;
        let rows = flat(du).chunks_exact(n).zip(flat(xhat).chunks_exact(n));
        for (row, (du, xhat)) in rows.enumerate() {
            for j in 0..n {
                let group = if by_unit { j } else { row };
                let (d, x) = (du[j].to_f64(), xhat[j].to_f64());
                dgamma[j] += d * x;
                dbeta[j] += d;
                let g = gamma[j].to_f64() * d;
                mean_g[group] += g / size;
                mean_gx[group] += g * x / size;
            }
        }
        let rows = flat_mut(du)
            .chunks_exact_mut(n)
            .zip(flat(xhat).chunks_exact(n));
        for (row, (du, xhat)) in rows.enumerate() {
            for j in 0..n {
                let group = if by_unit { j } else { row };
                let g = gamma[j].to_f64() * du[j].to_f64();
                let centred = g - mean_g[group] - xhat[j].to_f64() * mean_gx[group];
                du[j] = T::from_f64(centred * inverse_std[group]);
            }
        }
        for (to, from) in flat_mut(&mut self.gamma.gradient).iter_mut().zip(dgamma) {
            *to = T::from_f64(from);
        }
        for (to, from) in flat_mut(&mut self.beta.gradient).iter_mut().zip(dbeta) {
            *to = T::from_f64(from);
        }
    }
}

/// Mean and biased variance of each column (`by_unit`) or of each row, in f64.
fn moments<T: Scalar>(z: &Array2<T>, by_unit: bool, mean: &mut [f64], var: &mut [f64]) {
    let (batch, n) = z.dim();
    let size = if by_unit { batch } else { n } as f64;
    mean.fill(0.0);
    var.fill(0.0);
    for (row, z) in flat(z).chunks_exact(n).enumerate() {
        for (j, z) in z.iter().enumerate() {
            mean[if by_unit { j } else { row }] += z.to_f64() / size;
        }
    }
    for (row, z) in flat(z).chunks_exact(n).enumerate() {
        for (j, z) in z.iter().enumerate() {
            let group = if by_unit { j } else { row };
            var[group] += (z.to_f64() - mean[group]).powi(2) / size;
        }
    }
}
