// Made from the schema by tests/docs/reference.rs.

/** Every setting, as the element's `config` has it. */
export type Config = {
  /** Hidden layers. The gradient is multiplied once per layer on its way back. Allowed: a whole number from 1 to 100. Default: 10. */
  depth: number;
  /** Units in each hidden layer. Allowed: a whole number from 1 to 512. Default: 64. */
  width: number;
  /** The nonlinearity of the hidden layers; its derivative multiplies the gradient. Default: sigmoid. */
  activation: 'sigmoid' | 'tanh' | 'relu' | 'leaky_relu' | 'prelu' | 'elu' | 'selu' | 'gelu' | 'silu' | 'softplus' | 'linear';
  /** Slope on the negative side: fixed 0.01 for leaky_relu, start value 0.25 for prelu. Allowed: a number from 0 to 1. Default: 0.01. */
  slope: number;
  /** How the weights are drawn at the start. Default: xavier_uniform. */
  init: 'xavier_uniform' | 'xavier_normal' | 'he_uniform' | 'he_normal' | 'lecun_normal' | 'orthogonal' | 'normal' | 'uniform' | 'zeros';
  /** Multiplies the weights drawn: below 1 the signal dies sooner, above 1 it grows. Allowed: a number from 0.01 to 100. Default: 1. */
  init_gain: number;
  /** Standard deviation of the biases at the start. Allowed: a number from 0 to 2. Default: 0. */
  bias_std: number;
  /** Determines weights, data and minibatches. Allowed: a whole number from 0 to 9007199254740991. Default: 1. */
  seed: number;
  /** Step size: too small crawls, too large overshoots and explodes. Allowed: a number from 0.000001 to 100. Default: 0.1. */
  learning_rate: number;
  /** How the gradient becomes an update. Default: sgd. */
  optimizer: 'sgd' | 'momentum' | 'nesterov' | 'rmsprop' | 'adam' | 'adamw';
  /** Share of the last update kept. Allowed: a number from 0 to 0.999. Default: 0.9. */
  momentum: number;
  /** Samples per step; full is the whole training part. Allowed: a whole number from 1 to 512, or full. Default: 64. */
  batch_size: number | 'full';
  /** What is minimised. Default: auto. */
  loss: 'auto' | 'softmax_ce' | 'bce' | 'mse';
  /** Normalization before the activation of the hidden layers. Default: none. */
  norm: 'none' | 'batch' | 'layer';
  /** Adds a layer's input to its output where the sizes agree (He et al. 2016). Default: false. */
  residual: boolean;
  /** Gradient clipping, before decay and update. Default: none. */
  clip: 'none' | 'norm' | 'value';
  /** The threshold of clipping. Allowed: a number from 0.000001 to 1000. Default: 1. */
  clip_at: number;
  /** L2 penalty on the weights: adds weight_decay * W to the gradient (decoupled in adamw). Allowed: a number from 0 to 1. Default: 0. */
  weight_decay: number;
  /** L1 penalty on the weights: adds l1 * sign(W) to the gradient. Allowed: a number from 0 to 1. Default: 0. */
  l1: number;
  /** What is learned. Default: digits. */
  data: 'digits' | 'circle' | 'xor' | 'gauss' | 'spiral' | 'plane' | 'iris' | 'upload';
  /** Spread of the points of a generated set. Allowed: a number from 0 to 0.5. Default: 0. */
  noise: number;
  /** Share of the samples that is trained on; the rest is the test part. Allowed: a number from 0.1 to 0.9. Default: 0.8. */
  train_fraction: number;
};
