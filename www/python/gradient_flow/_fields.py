"""Made from the schema by tests/docs/reference.rs."""

#: Every setting with its default.
DEFAULTS = {
    # Hidden layers. The gradient is multiplied once per layer on its way back.
    "depth": 10,
    # Units in each hidden layer.
    "width": 64,
    # The nonlinearity of the hidden layers; its derivative multiplies the gradient.
    "activation": "sigmoid",
    # Slope on the negative side: fixed 0.01 for leaky_relu, start value 0.25 for prelu.
    "slope": 0.01,
    # How the weights are drawn at the start.
    "init": "xavier_uniform",
    # Multiplies the weights drawn: below 1 the signal dies sooner, above 1 it grows.
    "init_gain": 1,
    # Standard deviation of the biases at the start.
    "bias_std": 0,
    # Determines weights, data and minibatches.
    "seed": 1,
    # Step size: too small crawls, too large overshoots and explodes.
    "learning_rate": 0.1,
    # How the gradient becomes an update.
    "optimizer": "sgd",
    # Share of the last update kept.
    "momentum": 0.9,
    # Samples per step; full is the whole training part.
    "batch_size": 64,
    # What is minimised.
    "loss": "auto",
    # Normalization before the activation of the hidden layers.
    "norm": "none",
    # Adds a layer's input to its output where the sizes agree (He et al. 2016).
    "residual": False,
    # Gradient clipping, before decay and update.
    "clip": "none",
    # The threshold of clipping.
    "clip_at": 1,
    # L2 penalty on the weights: adds weight_decay * W to the gradient (decoupled in adamw).
    "weight_decay": 0,
    # L1 penalty on the weights: adds l1 * sign(W) to the gradient.
    "l1": 0,
    # What is learned.
    "data": "digits",
    # Spread of the points of a generated set.
    "noise": 0,
    # Share of the samples that is trained on; the rest is the test part.
    "train_fraction": 0.8,
}
