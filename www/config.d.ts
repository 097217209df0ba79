// Made from the schema by tests/docs/reference.rs.

/** Every setting, as the element's `config` has it. */
export type Config = {
  /** Number of hidden layers. On its way back the gradient is multiplied once in each. Allowed: a whole number from 1 to 100. Default: 10. */
  depth: number;
  /** Units in each hidden layer. Allowed: a whole number from 1 to 512. Default: 64. */
  width: number;
  /** The nonlinearity of the hidden layers. The gradient is multiplied by its slope. Default: sigmoid. */
  activation: 'sigmoid' | 'tanh' | 'relu' | 'leaky_relu' | 'prelu' | 'elu' | 'selu' | 'gelu' | 'silu' | 'softplus' | 'linear';
  /** Slope for negative pre-activations: fixed (0.01) for leaky_relu, learned from this start (0.25) for prelu. Allowed: a number from 0 to 1. Default: 0.01. */
  slope: number;
  /** Nonlinearity of the output layer. With squared error, a saturated output makes the gradient vanish. Default: auto. */
  output: 'auto' | 'linear' | 'sigmoid' | 'tanh';
  /** All hidden layers above the first share one W and b, like the time steps of a recurrent network. Default: false. */
  tied: boolean;
  /** How the weights are drawn at the start. Default: xavier_uniform. */
  init: 'xavier_uniform' | 'xavier_normal' | 'he_uniform' | 'he_normal' | 'lecun_normal' | 'orthogonal' | 'normal' | 'uniform' | 'zeros' | 'constant' | 'uniform_01';
  /** Scales the initial weights: below 1 signals shrink, above 1 they grow. Allowed: a number from 0.0001 to 100. Default: 1. */
  init_gain: number;
  /** Standard deviation of the initial biases. Allowed: a number from 0 to 2. Default: 0. */
  bias_std: number;
  /** Random seed for weights, data and minibatches. Allowed: a whole number from 0 to 9007199254740991. Default: 1. */
  seed: number;
  /** Size of a step. Too small: the network barely learns. Too large: it overshoots, then explodes. Allowed: a number from 0.000001 to 100. Default: 0.1. */
  learning_rate: number;
  /** How the gradient becomes an update. Default: sgd. */
  optimizer: 'sgd' | 'momentum' | 'nesterov' | 'rmsprop' | 'adam' | 'adamw';
  /** Fraction of the previous update that is kept. Allowed: a number from 0 to 0.999. Default: 0.9. */
  momentum: number;
  /** Samples per step; full takes all training samples. Allowed: a whole number from 1 to 512, or full. Default: 64. */
  batch_size: number | 'full';
  /** What training minimises. Default: auto. */
  loss: 'auto' | 'softmax_ce' | 'bce' | 'mse';
  /** Steps over which the learning rate rises linearly to its value. Allowed: a whole number from 0 to 10000. Default: 0. */
  warmup: number;
  /** How the learning rate changes after the warm-up. Default: constant. */
  schedule: 'constant' | 'cosine' | 'step' | 'exponential';
  /** Steps until the learning rate has fallen to 0 (cosine) or to a tenth (step, exponential). Allowed: a whole number from 1 to 1000000. Default: 1000. */
  schedule_steps: number;
  /** Rescales the pre-activations of the hidden layers. Default: none. */
  norm: 'none' | 'batch' | 'layer';
  /** Adds a layer's input to its output where their sizes agree (He et al. 2016). Default: false. */
  residual: boolean;
  /** Limits the gradient before the update. Default: none. */
  clip: 'none' | 'norm' | 'value';
  /** Largest gradient that clipping lets through. Allowed: a number from 0.000001 to 1000. Default: 1. */
  clip_at: number;
  /** Pulls weights towards 0: adds weight_decay × W to the gradient (adamw shrinks W directly). Allowed: a number from 0 to 1. Default: 0. */
  weight_decay: number;
  /** Pulls weights towards 0 at a constant pace: adds l1 × sign(W) to the gradient. Allowed: a number from 0 to 1. Default: 0. */
  l1: number;
  /** What the network learns. Default: digits. */
  data: 'digits' | 'circle' | 'xor' | 'gauss' | 'spiral' | 'plane' | 'iris' | 'upload';
  /** Scatter of the generated points. Allowed: a number from 0 to 0.5. Default: 0. */
  noise: number;
  /** Fraction of samples used for training; the rest is for testing. Allowed: a number from 0.1 to 0.9. Default: 0.8. */
  train_fraction: number;
  /** How the features are scaled, by the training part, before they enter the network. Default: standard. */
  scaling: 'standard' | 'minmax' | 'none';
};
