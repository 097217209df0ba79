//! The choices of a config: data, scaling, output, initialisation, normalization, loss, optimizer, schedule, clipping.
//! (Activations are in `activation.rs`.)

use super::Activation;
use crate::config::choice::choices;

choices! {
    /// The data set.
    pub enum Data, "data" {
        Digits, "digits";
        Circle, "circle";
        Xor, "xor";
        Gauss, "gauss";
        Spiral, "spiral";
        Plane, "plane";
        Iris, "iris";
        Upload, "upload";
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
    /// How the features are scaled before the network gets them.
    pub enum Scaling, "scaling" {
        Standard, "standard";
        Minmax, "minmax";
        None, "none";
    }
}

choices! {
    /// The activation of the output layer.
    pub enum Output, "output" {
        Auto, "auto";
        Linear, "linear";
        Sigmoid, "sigmoid";
        Tanh, "tanh";
    }
}

impl Output {
    /// The activation that the output layer computes.
    pub const fn activation(self) -> Activation {
        match self {
            // Softmax and the sigmoid of the cross-entropies belong to the loss, as in PyTorch.
            Output::Auto | Output::Linear => Activation::Linear,
            Output::Sigmoid => Activation::Sigmoid,
            Output::Tanh => Activation::Tanh,
        }
    }
}

choices! {
    /// The initialisation of the weights.
    pub enum Init, "init" {
        XavierUniform, "xavier_uniform";
        XavierNormal, "xavier_normal";
        HeUniform, "he_uniform";
        HeNormal, "he_normal";
        LecunNormal, "lecun_normal";
        Orthogonal, "orthogonal";
        Normal, "normal";
        Uniform, "uniform";
        Zeros, "zeros";
        Constant, "constant";
        UniformZeroOne, "uniform_01";
    }
}

impl Init {
    /// Whether all weights of a layer are equal.
    pub const fn is_constant(self) -> bool {
        match self {
            Init::Zeros | Init::Constant => true,
            Init::XavierUniform
            | Init::XavierNormal
            | Init::HeUniform
            | Init::HeNormal
            | Init::LecunNormal
            | Init::Orthogonal
            | Init::Normal
            | Init::Uniform
            | Init::UniformZeroOne => false,
        }
    }
}

choices! {
    /// The normalization before the activation.
    pub enum Norm, "norm" {
        None, "none";
        Batch, "batch";
        Layer, "layer";
    }
}

choices! {
    /// The loss as the config states it; see [`LossFunction`] for the one that is computed.
    pub enum Loss, "loss" {
        Auto, "auto";
        SoftmaxCe, "softmax_ce";
        Bce, "bce";
        Mse, "mse";
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
    pub enum OptimizerKind, "optimizer" {
        Sgd, "sgd";
        Momentum, "momentum";
        Nesterov, "nesterov";
        Rmsprop, "rmsprop";
        Adam, "adam";
        Adamw, "adamw";
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

    /// Whether it divides by the size of the gradient, so that its steps hardly depend on that.
    pub const fn adapts(self) -> bool {
        match self {
            OptimizerKind::Rmsprop | OptimizerKind::Adam | OptimizerKind::Adamw => true,
            OptimizerKind::Sgd | OptimizerKind::Momentum | OptimizerKind::Nesterov => false,
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
    /// How the learning rate goes on after the warm-up.
    pub enum Schedule, "schedule" {
        Constant, "constant";
        Cosine, "cosine";
        Step, "step";
        Exponential, "exponential";
    }
}

choices! {
    /// Gradient clipping.
    pub enum Clip, "clip" {
        None, "none";
        Norm, "norm";
        Value, "value";
    }
}

choices! {
    /// The heading under which a control stands, in the order in which a learner asks.
    pub enum Group, "group" {
        Network, "network";
        Start, "start";
        Training, "training";
        Remedies, "remedies";
        Data, "data";
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
