//! What a config may name: data, initialisations, normalizations, losses, optimizers, clipping.

use crate::config::choice::choices;

choices! {
    /// Where the training data come from.
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
    /// Is it one of the generated 2-D sets, to which `noise` applies?
    pub fn is_toy(self) -> bool {
        matches!(
            self,
            Data::Circle | Data::Xor | Data::Gauss | Data::Spiral | Data::Plane
        )
    }
}

choices! {
    /// How the weights start.
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
    /// What is normalised before the activation.
    pub enum Norm {
        None, "none", "None", "The pre-activation goes into the activation as it is";
        Batch, "batch", "Batch norm", "Each unit to mean 0, variance 1 over the minibatch (Ioffe and Szegedy 2015)";
        Layer, "layer", "Layer norm", "Each sample to mean 0, variance 1 over the layer's units (Ba et al. 2016)";
    }
}

impl Norm {
    /// Its module in PyTorch, for `n_out` units.
    pub fn torch(self) -> &'static str {
        match self {
            Norm::None => "nn.Identity()",
            Norm::Batch => "nn.BatchNorm1d(n_out)",
            Norm::Layer => "nn.LayerNorm(n_out)",
        }
    }
}

choices! {
    /// The loss, as the config names it.
    pub enum Loss {
        Auto, "auto", "Automatic", "Softmax cross-entropy for classes, mean squared error for regression";
        SoftmaxCe, "softmax_ce", "Softmax cross-entropy", "One output per class";
        Bce, "bce", "Binary cross-entropy", "Logistic loss on each output; one output for two classes";
        Mse, "mse", "Mean squared error", "Mean of (prediction - target)^2; classes as targets";
    }
}

choices! {
    /// How the gradient becomes an update.
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
    /// Its class in `torch.optim` and the arguments after rate and decay; `s` are the live settings.
    pub fn torch(self) -> (&'static str, &'static str) {
        match self {
            OptimizerKind::Sgd => ("SGD", ""),
            // PyTorch wants a momentum above 0.
            OptimizerKind::Momentum => ("SGD", ", momentum=max(s[\"momentum\"], 1e-30)"),
            OptimizerKind::Nesterov => (
                "SGD",
                ", momentum=max(s[\"momentum\"], 1e-30), nesterov=True",
            ),
            OptimizerKind::Rmsprop => ("RMSprop", ", alpha=0.99, eps=1e-8"),
            OptimizerKind::Adam => ("Adam", ", betas=(0.9, 0.999), eps=1e-8"),
            OptimizerKind::Adamw => ("AdamW", ", betas=(0.9, 0.999), eps=1e-8"),
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

impl Clip {
    /// What does it in PyTorch; `s` are the live settings.
    pub fn torch(self) -> &'static str {
        match self {
            Clip::None => "pass",
            Clip::Norm => "nn.utils.clip_grad_norm_(net.parameters(), s[\"clip_at\"])",
            Clip::Value => "nn.utils.clip_grad_value_(net.parameters(), s[\"clip_at\"])",
        }
    }
}

choices! {
    /// The heading under which a control stands, in the order in which a learner thinks.
    pub enum Group {
        Network, "network", "Network", "What is computed";
        Start, "start", "Start", "How the weights begin";
        Training, "training", "Training", "How they change";
        Cures, "cures", "Cures", "What keeps the gradient alive and bounded";
        Data, "data", "Data", "What is learned";
    }
}

/// Samples per step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BatchSize {
    /// So many (at most the training part).
    Samples(usize),
    /// The whole training part.
    Full,
}

/// The slope on the negative side: set, or the activation's own default.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Slope {
    /// 0.01 for leaky_relu (Maas et al. 2013), 0.25 as the start of prelu (He et al. 2015).
    Auto,
    /// This value.
    Value(f64),
}
