//! The choices of a config: data, initialisation, normalization, loss, optimizer, clipping. (Activations are in
//! `activation.rs`.)

use crate::config::choice::choices;

choices! {
    /// The data set.
    pub enum Data {
        Digits, "digits", "Handwritten digits", "1797 real digits, 8x8 pixels, 10 classes (UCI, Alpaydin and Kaynak 1998)";
        Circle, "circle", "Circle", "A disc inside a ring, 2 classes";
        Xor, "xor", "Exclusive or", "Opposite quadrants belong together, 2 classes";
        Gauss, "gauss", "Two clouds", "Two normal clouds, 2 classes";
        Spiral, "spiral", "Spiral", "Two arms wound around each other, 2 classes";
        Plane, "plane", "Plane", "Regression: the target rises along a slope";
        Iris, "iris", "Iris", "150 real flowers, 4 measurements, 3 classes (Fisher 1936)";
        Upload, "upload", "Your own table", "A table given to the page; it stays in the browser";
    }
}

impl Data {
    /// Whether it is one of the generated two-dimensional sets, to which `noise` applies.
    pub fn is_generated(self) -> bool {
        match self {
            Data::Circle | Data::Xor | Data::Gauss | Data::Spiral | Data::Plane => true,
            Data::Digits | Data::Iris | Data::Upload => false,
        }
    }
}

choices! {
    /// The initialisation of the weights.
    pub enum Init {
        XavierUniform, "xavier_uniform", "Xavier uniform", "U[-r, r], r = sqrt(6 / (n_in + n_out)) (Glorot and Bengio 2010, eq. 16)";
        XavierNormal, "xavier_normal", "Xavier normal", "N(0, 2 / (n_in + n_out)) (Glorot and Bengio 2010)";
        HeUniform, "he_uniform", "He uniform", "U[-r, r], r = sqrt(6 / n_in) (He et al. 2015)";
        HeNormal, "he_normal", "He normal", "N(0, 2 / n_in) (He et al. 2015, eq. 10)";
        LecunNormal, "lecun_normal", "LeCun normal", "N(0, 1 / n_in) (LeCun et al. 1998, sec. 4.6)";
        Orthogonal, "orthogonal", "Orthogonal", "Orthonormal rows or columns (Saxe et al. 2014)";
        Normal, "normal", "Normal, std 1", "N(0, 1): far too large for wide layers";
        Uniform, "uniform", "Uniform 1/sqrt(n)", "U[-1/sqrt(n_in), 1/sqrt(n_in)], biases too: PyTorch's default for a linear layer";
        Zeros, "zeros", "Zeros", "All units of a layer stay equal: symmetry is never broken";
    }
}

choices! {
    /// The normalization before the activation.
    pub enum Norm {
        None, "none", "None", "The pre-activation goes into the activation as it is";
        Batch, "batch", "Batch norm", "Each unit to mean 0, variance 1 over the minibatch (Ioffe and Szegedy 2015)";
        Layer, "layer", "Layer norm", "Each sample to mean 0, variance 1 over the layer's units (Ba et al. 2016)";
    }
}

choices! {
    /// The loss as the config states it; see [`LossFunction`] for the one that is computed.
    pub enum Loss {
        Auto, "auto", "Automatic", "Softmax cross-entropy for classes, mean squared error for regression";
        SoftmaxCe, "softmax_ce", "Softmax cross-entropy", "One output per class";
        Bce, "bce", "Binary cross-entropy", "Logistic loss on each output; one output for two classes";
        Mse, "mse", "Mean squared error", "Mean of (prediction - target)^2; classes as targets";
    }
}

/// The loss that is computed: `auto` is resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LossFunction {
    /// The mean over the batch of -log softmax(z)\[class\], like PyTorch's `CrossEntropyLoss`.
    SoftmaxCe,
    /// The mean over batch and outputs of max(z, 0) - z y + log(1 + e^-|z|), the binary cross-entropy of the logits z,
    /// like PyTorch's `BCEWithLogitsLoss`.
    Bce,
    /// The mean over batch and outputs of (z - y)^2, without the factor 1/2, like PyTorch's `MSELoss`.
    Mse,
}

choices! {
    /// The optimizer: how the gradient becomes an update.
    pub enum OptimizerKind {
        Sgd, "sgd", "SGD", "W -= learning_rate * gradient";
        Momentum, "momentum", "Momentum", "Heavy ball (Polyak 1964), as in PyTorch";
        Nesterov, "nesterov", "Nesterov", "Nesterov's accelerated gradient, as in PyTorch";
        Rmsprop, "rmsprop", "RMSprop", "Divides by a running RMS of the gradient, alpha 0.99";
        Adam, "adam", "Adam", "Kingma and Ba 2015: betas 0.9 and 0.999; weight decay goes through the gradient";
        Adamw, "adamw", "AdamW", "Loshchilov and Hutter 2019: Adam with decoupled weight decay";
    }
}

impl OptimizerKind {
    /// Whether it uses the config's `momentum`.
    pub const fn has_momentum(self) -> bool {
        match self {
            OptimizerKind::Momentum | OptimizerKind::Nesterov => true,
            OptimizerKind::Sgd
            | OptimizerKind::Rmsprop
            | OptimizerKind::Adam
            | OptimizerKind::Adamw => false,
        }
    }

    /// Whether weight decay shrinks the weights directly instead of being added to the gradient.
    pub const fn decouples_decay(self) -> bool {
        match self {
            OptimizerKind::Adamw => true,
            OptimizerKind::Sgd
            | OptimizerKind::Momentum
            | OptimizerKind::Nesterov
            | OptimizerKind::Rmsprop
            | OptimizerKind::Adam => false,
        }
    }
}

choices! {
    /// Gradient clipping.
    pub enum Clip {
        None, "none", "None", "The gradient as it is";
        Norm, "norm", "By norm", "Scale the whole gradient down to norm clip_at (Pascanu et al. 2013)";
        Value, "value", "By value", "Cut each element to [-clip_at, clip_at]; turns the gradient's direction";
    }
}

choices! {
    /// The heading under which a control stands, in the order in which a learner asks.
    pub enum Group {
        Network, "network", "Network", "What is computed";
        Start, "start", "Start", "How the weights begin";
        Training, "training", "Training", "How they change";
        Cures, "cures", "Cures", "What keeps the gradient alive and bounded";
        Data, "data", "Data", "What is learned";
    }
}

/// Samples per minibatch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BatchSize {
    /// This number of samples, but at most the whole training set.
    Samples(usize),
    /// The whole training set.
    Full,
}

/// The slope of an activation on the negative side.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Slope {
    /// The activation's default: 0.01 for leaky_relu (Maas et al. 2013), the start value 0.25 for prelu (He et al. 2015).
    Auto,
    /// This value.
    Value(f64),
}
