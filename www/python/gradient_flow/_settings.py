"""Made from the schema by tests/docs/reference.rs."""

import traitlets

from ._traits import Choice, Flag, Number, WholeNumber


class Settings(traitlets.HasTraits):
    """Every setting as a trait."""

    depth = WholeNumber(
        10, 1, 100,
        allowed="a whole number from 1 to 100",
        help="Number of hidden layers. On its way back the gradient is multiplied once in each.",
    ).tag(sync=True)
    width = WholeNumber(
        64, 1, 512,
        allowed="a whole number from 1 to 512",
        help="Units in each hidden layer.",
    ).tag(sync=True)
    activation = Choice(
        "sigmoid", ("sigmoid", "tanh", "relu", "leaky_relu", "prelu", "elu", "selu", "gelu", "silu", "softplus", "linear"),
        allowed="one of sigmoid, tanh, relu, leaky_relu, prelu, elu, selu, gelu, silu, softplus, linear",
        help="The nonlinearity of the hidden layers. The gradient is multiplied by its slope.",
    ).tag(sync=True)
    slope = Number(
        0.01, 0.0, 1.0,
        allowed="a number from 0 to 1",
        help="Slope for negative pre-activations: fixed (0.01) for leaky_relu, learned from this start (0.25) for prelu.",
    ).tag(sync=True)
    output = Choice(
        "auto", ("auto", "linear", "sigmoid", "tanh"),
        allowed="one of auto, linear, sigmoid, tanh",
        help="Nonlinearity of the output layer. With squared error, a saturated output makes the gradient vanish.",
    ).tag(sync=True)
    tied = Flag(
        False,
        allowed="True or False",
        help="All hidden layers above the first share one W and b, like the time steps of a recurrent network.",
    ).tag(sync=True)
    init = Choice(
        "xavier_uniform", ("xavier_uniform", "xavier_normal", "he_uniform", "he_normal", "lecun_normal", "orthogonal", "normal", "uniform", "zeros", "constant", "uniform_01"),
        allowed="one of xavier_uniform, xavier_normal, he_uniform, he_normal, lecun_normal, orthogonal, normal, uniform, zeros, constant, uniform_01",
        help="How the weights are drawn at the start.",
    ).tag(sync=True)
    init_gain = Number(
        1.0, 0.0001, 100.0,
        allowed="a number from 0.0001 to 100",
        help="Scales the initial weights: below 1 signals shrink, above 1 they grow.",
    ).tag(sync=True)
    bias_std = Number(
        0.0, 0.0, 2.0,
        allowed="a number from 0 to 2",
        help="Standard deviation of the initial biases.",
    ).tag(sync=True)
    seed = WholeNumber(
        1, 0, 9007199254740991,
        allowed="a whole number from 0 to 9007199254740991",
        help="Random seed for weights, data and minibatches.",
    ).tag(sync=True)
    learning_rate = Number(
        0.1, 1e-6, 100.0,
        allowed="a number from 0.000001 to 100",
        help="Size of a step. Too small: the network barely learns. Too large: it overshoots, then explodes.",
    ).tag(sync=True)
    optimizer = Choice(
        "sgd", ("sgd", "momentum", "nesterov", "rmsprop", "adam", "adamw"),
        allowed="one of sgd, momentum, nesterov, rmsprop, adam, adamw",
        help="How the gradient becomes an update.",
    ).tag(sync=True)
    momentum = Number(
        0.9, 0.0, 0.999,
        allowed="a number from 0 to 0.999",
        help="Fraction of the previous update that is kept.",
    ).tag(sync=True)
    batch_size = WholeNumber(
        64, 1, 512, words=("full",),
        allowed="a whole number from 1 to 512, or full",
        help="Samples per step; full takes all training samples.",
    ).tag(sync=True)
    loss = Choice(
        "auto", ("auto", "softmax_ce", "bce", "mse"),
        allowed="one of auto, softmax_ce, bce, mse",
        help="What training minimises.",
    ).tag(sync=True)
    warmup = WholeNumber(
        0, 0, 10000,
        allowed="a whole number from 0 to 10000",
        help="Steps over which the learning rate rises linearly to its value.",
    ).tag(sync=True)
    schedule = Choice(
        "constant", ("constant", "cosine", "step", "exponential"),
        allowed="one of constant, cosine, step, exponential",
        help="How the learning rate changes after the warm-up.",
    ).tag(sync=True)
    schedule_steps = WholeNumber(
        1000, 1, 1000000,
        allowed="a whole number from 1 to 1000000",
        help="Steps until the learning rate has fallen to 0 (cosine) or to a tenth (step, exponential).",
    ).tag(sync=True)
    norm = Choice(
        "none", ("none", "batch", "layer"),
        allowed="one of none, batch, layer",
        help="Rescales the pre-activations of the hidden layers.",
    ).tag(sync=True)
    residual = Flag(
        False,
        allowed="True or False",
        help="Adds a layer's input to its output where their sizes agree (He et al. 2016).",
    ).tag(sync=True)
    clip = Choice(
        "none", ("none", "norm", "value"),
        allowed="one of none, norm, value",
        help="Limits the gradient before the update.",
    ).tag(sync=True)
    clip_at = Number(
        1.0, 1e-6, 1000.0,
        allowed="a number from 0.000001 to 1000",
        help="Largest gradient that clipping lets through.",
    ).tag(sync=True)
    weight_decay = Number(
        0.0, 0.0, 1.0,
        allowed="a number from 0 to 1",
        help="Pulls weights towards 0: adds weight_decay × W to the gradient (adamw shrinks W directly).",
    ).tag(sync=True)
    l1 = Number(
        0.0, 0.0, 1.0,
        allowed="a number from 0 to 1",
        help="Pulls weights towards 0 at a constant pace: adds l1 × sign(W) to the gradient.",
    ).tag(sync=True)
    data = Choice(
        "digits", ("digits", "circle", "xor", "gauss", "spiral", "plane", "iris", "upload"),
        allowed="one of digits, circle, xor, gauss, spiral, plane, iris, upload",
        help="What the network learns.",
    ).tag(sync=True)
    noise = Number(
        0.0, 0.0, 0.5,
        allowed="a number from 0 to 0.5",
        help="Scatter of the generated points.",
    ).tag(sync=True)
    train_fraction = Number(
        0.8, 0.1, 0.9,
        allowed="a number from 0.1 to 0.9",
        help="Fraction of samples used for training; the rest is for testing.",
    ).tag(sync=True)
    scaling = Choice(
        "standard", ("standard", "minmax", "none"),
        allowed="one of standard, minmax, none",
        help="How the features are scaled, by the training part, before they enter the network.",
    ).tag(sync=True)


#: Every setting with its default.
DEFAULTS = {
    "depth": 10,
    "width": 64,
    "activation": "sigmoid",
    "slope": 0.01,
    "output": "auto",
    "tied": False,
    "init": "xavier_uniform",
    "init_gain": 1.0,
    "bias_std": 0.0,
    "seed": 1,
    "learning_rate": 0.1,
    "optimizer": "sgd",
    "momentum": 0.9,
    "batch_size": 64,
    "loss": "auto",
    "warmup": 0,
    "schedule": "constant",
    "schedule_steps": 1000,
    "norm": "none",
    "residual": False,
    "clip": "none",
    "clip_at": 1.0,
    "weight_decay": 0.0,
    "l1": 0.0,
    "data": "digits",
    "noise": 0.0,
    "train_fraction": 0.8,
    "scaling": "standard",
}

#: The slope that belongs to an activation until another one is chosen.
SLOPES = {
    "sigmoid": 0.01,
    "tanh": 0.01,
    "relu": 0.01,
    "leaky_relu": 0.01,
    "prelu": 0.25,
    "elu": 0.01,
    "selu": 0.01,
    "gelu": 0.01,
    "silu": 0.01,
    "softplus": 0.01,
    "linear": 0.01,
}

#: What is refused together: a setting and its value, another one and its value, and what that may be instead.
CONFLICTS = [
    ("loss", "softmax_ce", "output", "sigmoid", "auto or linear, because softmax_ce takes a linear output; with mse any"),
    ("loss", "softmax_ce", "output", "tanh", "auto or linear, because softmax_ce takes a linear output; with mse any"),
    ("loss", "bce", "output", "sigmoid", "auto or linear, because bce takes a linear output; with mse any"),
    ("loss", "bce", "output", "tanh", "auto or linear, because bce takes a linear output; with mse any"),
    ("data", "plane", "loss", "softmax_ce", "auto or mse, because these data have numbers to predict, not classes"),
    ("data", "plane", "loss", "bce", "auto or mse, because these data have numbers to predict, not classes"),
]
