//! Batch norm and layer norm before the activation, forward and backward.

use crate::config::Norm;
use crate::network::parameter::Parameter;
use crate::numeric::array::{flat, flat_mut};
use crate::numeric::scalar::Scalar;
use ndarray::Array2;

/// PyTorch's default `eps`, which is added to the variance inside the square root.
pub const EPS: f64 = 1e-5;
/// PyTorch's default `momentum`, the weight of the newest batch in the running statistics.
pub const RUNNING_MOMENTUM: f64 = 0.1;

/// The normalization of a layer with n units.
#[derive(Debug, Clone)]
pub struct Normalization<T> {
    /// Batch norm or layer norm.
    pub kind: Norm,
    /// The scale, (1, n).
    pub gamma: Parameter<T>,
    /// The shift, (1, n).
    pub beta: Parameter<T>,
    /// Batch norm: the mean for test data, n elements.
    pub running_mean: Vec<f64>,
    /// Batch norm: the variance for test data, n elements.
    pub running_var: Vec<f64>,
    /// Added to the variance.
    pub eps: f64,
    /// The weight of the newest batch in the running statistics.
    pub momentum: f64,
}

/// What the backward pass needs from the forward pass.
#[derive(Debug, Clone)]
pub struct NormWorkspace<T> {
    /// (z - mean) / sqrt(var + eps), (batch, n).
    xhat: Array2<T>,
    /// 1 / sqrt(var + eps), one per unit (batch norm) or per sample (layer norm).
    inverse_std: Vec<f64>,
    mean: Vec<f64>,
    var: Vec<f64>,
}

impl<T: Scalar> NormWorkspace<T> {
    /// A workspace for batches of `batch` samples of n units.
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
    /// A normalization of n units with gamma 1, beta 0, running mean 0 and running variance 1.
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

    /// Writes u = gamma * (z - mean) / sqrt(var + eps) + beta. z and u are (batch, n).
    ///
    /// Mean and *biased* variance are those of each unit over the batch (batch norm; Ioffe and Szegedy 2015, alg. 1) or
    /// of each sample over the units (layer norm; Ba et al. 2016, eq. 4). The running statistics do not change.
    pub fn forward(&self, z: &Array2<T>, u: &mut Array2<T>, workspace: &mut NormWorkspace<T>) {
        let n = z.ncols();
        let NormWorkspace {
            xhat,
            inverse_std,
            mean,
            var,
        } = workspace;
        let per_unit = self.kind == Norm::Batch;
        moments(z, per_unit, mean, var);
        for (inverse, var) in inverse_std.iter_mut().zip(&*var) {
            *inverse = 1.0 / (var + self.eps).sqrt();
        }
        let (gamma, beta) = (flat(&self.gamma.value), flat(&self.beta.value));
        let rows = flat(z)
            .chunks_exact(n)
            .zip(flat_mut(xhat).chunks_exact_mut(n));
        for (row, ((z, xhat), u)) in rows.zip(flat_mut(u).chunks_exact_mut(n)).enumerate() {
            for j in 0..n {
                let group = if per_unit { j } else { row };
                xhat[j] = T::from_f64((z[j].to_f64() - mean[group]) * inverse_std[group]);
                u[j] = gamma[j] * xhat[j] + beta[j];
            }
        }
    }

    /// Updates the running statistics of batch norm by the last batch, with its *unbiased* variance.
    pub fn update_running_stats(&mut self, workspace: &NormWorkspace<T>) {
        if self.kind != Norm::Batch {
            return;
        }
        let batch = workspace.xhat.nrows() as f64;
        // A batch of one sample has no unbiased variance, and its biased variance is 0.
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

    /// The forward pass in place, with the statistics of the samples z, (samples, n).
    pub fn normalize(&self, z: &mut Array2<T>) {
        let mut workspace = NormWorkspace::new(self.kind, z.nrows(), z.ncols());
        let mut u = Array2::zeros(z.dim());
        self.forward(z, &mut u, &mut workspace);
        *z = u;
    }

    /// The forward pass in place for test data z, (samples, n): batch norm uses its running statistics.
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

    /// u of one sample, of which z is given, (1, n): batch norm uses the statistics of `batch`.
    pub fn apply_to_sample(&self, z: &Array2<T>, batch: &NormWorkspace<T>) -> Array2<T> {
        let mut u = z.clone();
        if self.kind == Norm::Layer {
            self.normalize(&mut u);
            return u;
        }
        let (gamma, beta) = (flat(&self.gamma.value), flat(&self.beta.value));
        for (j, u) in flat_mut(&mut u).iter_mut().enumerate() {
            let xhat = T::from_f64((u.to_f64() - batch.mean[j]) * batch.inverse_std[j]);
            *u = gamma[j] * xhat + beta[j];
        }
        u
    }

    /// Replaces du by dz for one sample, of which z is given, (1, n). Batch norm uses the statistics of `batch` as if they
    /// did not depend on the sample.
    pub fn backward_of_sample(&self, z: &Array2<T>, du: &mut Array2<T>, batch: &NormWorkspace<T>) {
        if self.kind == Norm::Layer {
            let mut workspace = NormWorkspace::new(self.kind, 1, z.ncols());
            self.forward(z, &mut z.clone(), &mut workspace);
            self.clone().backward(du, &workspace);
            return;
        }
        let gamma = flat(&self.gamma.value);
        for (j, du) in flat_mut(du).iter_mut().enumerate() {
            *du = T::from_f64(du.to_f64() * gamma[j].to_f64() * batch.inverse_std[j]);
        }
    }

    /// Replaces du = dLoss/du, (batch, n), by dz = dLoss/dz and computes the gradients of gamma and beta.
    ///
    /// dz = (g - mean(g) - xhat * mean(g * xhat)) / sqrt(var + eps), where g = gamma * du and the means are over each
    /// unit's batch (batch norm) or each sample's units (layer norm).
    pub fn backward(&mut self, du: &mut Array2<T>, workspace: &NormWorkspace<T>) {
        let (batch, n) = du.dim();
        let NormWorkspace {
            xhat, inverse_std, ..
        } = workspace;
        let per_unit = self.kind == Norm::Batch;
        let gamma = flat(&self.gamma.value);
        let mut dgamma = vec![0.0; n];
        let mut dbeta = vec![0.0; n];
        let groups = inverse_std.len();
        let (mut mean_g, mut mean_gx) = (vec![0.0; groups], vec![0.0; groups]);
        let size = if per_unit { batch } else { n } as f64;
        let rows = flat(du).chunks_exact(n).zip(flat(xhat).chunks_exact(n));
        for (row, (du, xhat)) in rows.enumerate() {
            for j in 0..n {
                let group = if per_unit { j } else { row };
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
                let group = if per_unit { j } else { row };
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

/// Mean and biased variance of each column (`per_unit`) or of each row, in f64.
fn moments<T: Scalar>(z: &Array2<T>, per_unit: bool, mean: &mut [f64], var: &mut [f64]) {
    let (batch, n) = z.dim();
    let size = if per_unit { batch } else { n } as f64;
    mean.fill(0.0);
    var.fill(0.0);
    for (row, z) in flat(z).chunks_exact(n).enumerate() {
        for (j, z) in z.iter().enumerate() {
            mean[if per_unit { j } else { row }] += z.to_f64() / size;
        }
    }
    for (row, z) in flat(z).chunks_exact(n).enumerate() {
        for (j, z) in z.iter().enumerate() {
            let group = if per_unit { j } else { row };
            var[group] += (z.to_f64() - mean[group]).powi(2) / size;
        }
    }
}
