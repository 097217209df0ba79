### The settings: their labels, what they do, and what they allow. The ids are those of the config.
### A setting's .help is one or two sentences. Names of functions, papers and formulas stay as they are.

setting-depth = Depth
    .help = Number of hidden layers. On its way back the gradient is multiplied once in each.
    .unit = layers
setting-width = Width
    .help = Units in each hidden layer.
    .unit = units
setting-activation = Activation
    .help = The nonlinearity of the hidden layers. The gradient is multiplied by its slope.
setting-slope = Negative slope
    .help = Slope for negative pre-activations: fixed (0.01) for leaky_relu, learned from this start (0.25) for prelu.
setting-output = Output activation
    .help = Nonlinearity of the output layer. With squared error, a saturated output makes the gradient vanish.
setting-tied = Tied layers
    .help = All hidden layers above the first share one W and b, like the time steps of a recurrent network.
setting-init = Initial weights
    .help = How the weights are drawn at the start.
setting-init_gain = Gain
    .help = Scales the initial weights: below 1 signals shrink, above 1 they grow.
setting-bias_std = Bias std
    .help = Standard deviation of the initial biases.
setting-seed = Seed
    .help = Random seed for weights, data and minibatches.
setting-learning_rate = Learning rate
    .help = Size of a step. Too small: the network barely learns. Too large: it overshoots, then explodes.
setting-optimizer = Optimizer
    .help = How the gradient becomes an update.
setting-momentum = Momentum
    .help = Fraction of the previous update that is kept.
setting-batch_size = Batch size
    .help = Samples per step; full takes all training samples.
    .unit = samples
setting-loss = Loss
    .help = What training minimises.
setting-warmup = Warm-up
    .help = Steps over which the learning rate rises linearly to its value.
    .unit = steps
setting-schedule = Learning rate schedule
    .help = How the learning rate changes after the warm-up.
setting-schedule_steps = Schedule length
    .help = Steps until the learning rate has fallen to 0 (cosine) or to a tenth (step, exponential).
    .unit = steps
setting-norm = Normalization
    .help = Rescales the pre-activations of the hidden layers.
setting-residual = Residual connections
    .help = Adds a layer's input to its output where their sizes agree (He et al. 2016).
setting-clip = Gradient clipping
    .help = Limits the gradient before the update.
setting-clip_at = Clip at
    .help = Largest gradient that clipping lets through.
setting-weight_decay = Weight decay (L2)
    .help = Pulls weights towards 0: adds weight_decay × W to the gradient (adamw shrinks W directly).
setting-l1 = L1 penalty
    .help = Pulls weights towards 0 at a constant pace: adds l1 × sign(W) to the gradient.
setting-data = Data
    .help = What the network learns.
setting-noise = Noise
    .help = Scatter of the generated points.
setting-train_fraction = Training split
    .help = Fraction of samples used for training; the rest is for testing.
setting-scaling = Input scaling
    .help = How the features are scaled, by the training part, before they enter the network.

group-network = Network
    .help = What is computed
group-start = Initialisation
    .help = How weights and biases begin
group-training = Training
    .help = How they change
group-remedies = Remedies
    .help = What keeps the gradient alive and bounded
group-data = Data
    .help = What is learned

## Choices

data-digits = Handwritten digits
    .help = 1797 real digits, 8×8 pixels, 10 classes (UCI, Alpaydin and Kaynak 1998)
data-circle = Circle
    .help = A disc inside a ring, 2 classes
data-xor = Exclusive or
    .help = Opposite quadrants belong together, 2 classes
data-gauss = Two clouds
    .help = Two normal distributions, 2 classes
data-spiral = Spiral
    .help = Two arms wound around each other, 2 classes
data-plane = Plane
    .help = Regression: the target rises along a slope
data-iris = Iris
    .help = 150 real flowers, 4 measurements, 3 classes (Fisher 1936)
data-upload = Your data
    .help = A table of yours; it stays in the browser

scaling-standard = Standardised
    .help = Mean 0 and standard deviation 1
scaling-minmax = 0 to 1
    .help = The smallest value becomes 0, the largest 1
scaling-none = As they are
    .help = The numbers of the table: pixels from 0 to 16, features in their units

init-xavier_uniform = Xavier uniform
    .help = U[-r, r], r = sqrt(6 / (n_in + n_out)) (Glorot and Bengio 2010, eq. 16)
init-xavier_normal = Xavier normal
    .help = N(0, 2 / (n_in + n_out)) (Glorot and Bengio 2010)
init-he_uniform = He uniform
    .help = U[-r, r], r = sqrt(6 / n_in) (He et al. 2015)
init-he_normal = He normal
    .help = N(0, 2 / n_in) (He et al. 2015, eq. 10)
init-lecun_normal = LeCun normal
    .help = N(0, 1 / n_in) (LeCun et al. 1998, sec. 4.6)
init-orthogonal = Orthogonal
    .help = Orthonormal rows or columns (Saxe et al. 2014)
init-normal = Normal, std 1
    .help = N(0, 1): far too large for wide layers
init-uniform = Uniform 1/sqrt(n)
    .help = U[-1/sqrt(n_in), 1/sqrt(n_in)], biases too: PyTorch's default for a linear layer
init-zeros = Zeros
    .help = All units of a layer stay equal: the symmetry is never broken
init-constant = Constant
    .help = Every weight equals init_gain: all units of a layer stay equal
init-uniform_01 = Uniform 0 to 1
    .help = U[0, 1]: the mean is not 0, so signals grow with the width of the layers

activation-sigmoid = Sigmoid
    .help = 1 / (1 + e^-z); its slope never exceeds 1/4
activation-tanh = Tanh
    .help = tanh z; saturates on both sides
activation-relu = ReLU
    .help = max(0, z) (Nair and Hinton 2010); units can die
activation-leaky_relu = Leaky ReLU
    .help = z, or slope × z below 0 (Maas et al. 2013)
activation-prelu = PReLU
    .help = Leaky ReLU with a learned slope per layer (He et al. 2015)
activation-elu = ELU
    .help = z, or e^z - 1 below 0 (Clevert et al. 2016)
activation-selu = SELU
    .help = Scaled ELU that keeps mean 0, variance 1 (Klambauer et al. 2017)
activation-gelu = GELU
    .help = z × Φ(z), Φ the normal distribution (Hendrycks and Gimpel 2016)
activation-silu = SiLU
    .help = z × sigmoid(z), also called swish (Elfwing et al. 2018)
activation-softplus = Softplus
    .help = ln(1 + e^z), a smooth ReLU (Dugas et al. 2001)
activation-linear = Linear
    .help = z itself: no nonlinearity, a deep linear network

norm-none = None
    .help = The pre-activations go into the activation as they are
norm-batch = Batch norm
    .help = Each unit to mean 0, variance 1 over the minibatch (Ioffe and Szegedy 2015)
norm-layer = Layer norm
    .help = Each sample to mean 0, variance 1 over the layer's units (Ba et al. 2016)

output-auto = Automatic
    .help = Linear: softmax and sigmoid belong to the cross-entropy losses
output-linear = Linear
    .help = z itself
output-sigmoid = Sigmoid
    .help = Outputs from 0 to 1; with two classes the targets are 0 and 1
output-tanh = Tanh
    .help = Outputs from -1 to 1; with two classes the targets are -1 and 1

loss-auto = Automatic
    .help = Softmax cross-entropy for classes; mean squared error for regression and for an output activation
loss-softmax_ce = Softmax cross-entropy
    .help = One output per class
loss-bce = Binary cross-entropy
    .help = Logistic loss on each output; one output for two classes
loss-mse = Mean squared error
    .help = Mean of (prediction - target)²; classes as targets

optimizer-sgd = SGD
    .help = W -= learning_rate × gradient
optimizer-momentum = Momentum
    .help = Heavy ball (Polyak 1964), as in PyTorch
optimizer-nesterov = Nesterov
    .help = Nesterov's accelerated gradient, as in PyTorch
optimizer-rmsprop = RMSprop
    .help = Divides by a running RMS of the gradient, alpha 0.99
optimizer-adam = Adam
    .help = Kingma and Ba 2015, betas 0.9 and 0.999; weight decay goes through the gradient
optimizer-adamw = AdamW
    .help = Loshchilov and Hutter 2019: Adam with decoupled weight decay

schedule-constant = Constant
    .help = The learning rate stays as it is
schedule-cosine = Cosine
    .help = Falls to 0 along half a cosine, then rises again (PyTorch's CosineAnnealingLR)
schedule-step = Step decay
    .help = A tenth after every schedule_steps steps (PyTorch's StepLR)
schedule-exponential = Exponential
    .help = Falls evenly to a tenth over schedule_steps steps (PyTorch's ExponentialLR)

clip-none = None
    .help = The gradient as it is
clip-norm = By norm
    .help = Scales the whole gradient down to norm clip_at (Pascanu et al. 2013)
clip-value = By value
    .help = Cuts each element to [-clip_at, clip_at]; this turns the gradient's direction

task-classes = Classes
    .help = One of a few names or numbers
task-regression = A number (regression)
    .help = A number on a scale

## What is allowed. $names is a list of names with commas.

allowed-choice = one of { $names }
allowed-integer = a whole number from { $min } to { $max }
# $words is a list of words that are allowed too.
allowed-integer-or = a whole number from { $min } to { $max }, or { $words }
allowed-number = a number from { $min } to { $max }
allowed-flag = true or false
