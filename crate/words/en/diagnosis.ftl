### The diagnosis: what is happening in a run, why, and what would help.
### Arguments: $layer is a number, or "output" for the output layer. $activation and $norm are names. Ratios such as
### $times read "3.2", "45" or "10¹²". Signals are called weight gradient dW, backward signal δ, activations a and
### pre-activations z.

## Titles of verdicts: a few words in large type, at most about 26 letters.

title-too-early = Good start
title-learning = Learning
title-healthy = Healthy: it has learned
title-penalty = Penalty too strong
title-threshold = Clip threshold too small
title-batch = Batch of one sample
title-batch-small = Minibatch too small
title-inputs = Inputs not scaled
title-start-large = Start too large
title-start-small = Start too small
title-test-loss = Test loss is not finite
title-not-learning = Not learning
title-overflow = Overflow at step { $step }
title-zero-weights = Weights of zero
title-symmetric = Symmetric start
title-dead = Layer { $layer } is dead
title-saturated = Layer { $layer } is saturated
title-dying = Dying { $activation }
title-vanishing = Vanishing gradient
title-hidden = Hidden vanishing
title-exploding = Exploding gradient
title-rate = Learning rate too high
title-oscillation = Oscillating
title-crawling = Learning rate too small

## Verdicts: one or two sentences under the title.

verdict-one-layer = With one hidden layer there is nothing to vanish through. Add layers to see the gradient vanish or explode.
verdict-healthy-zero = One hidden layer's weight gradient dW is exactly 0 on this minibatch.
verdict-healthy = Every hidden layer gets a gradient of similar size (within a factor of { $times }).
verdict-healthy-spread = The hidden layers' gradients differ by a factor of { $times } at most.

# $now and $guess are losses.
verdict-learning = The loss is { $now }; guessing has { $guess }.
verdict-not-learning = After { $steps } steps the loss is { $now }, and guessing alone has { $guess }. No rule finds a cause.
# $fix is the label of a fix.
verdict-found = Found by trying: with one change, "{ $fix }", { $share } of the test samples are correct (guessing: { $guess }).
verdict-found-loss = Found by trying: with one change, "{ $fix }", the loss is { $loss } (guessing: { $guess }).
verdict-test-loss = The network overflows on test samples, though not on the minibatches that it trains on.
verdict-batch = Batch norm over a single sample subtracts the sample from itself: every normalized value is 0, whatever the input.
verdict-inputs = The loss starts at { $loss }, where guessing has { $guess }: the inputs are far from mean 0 and variance 1.
verdict-start-large = The loss starts at { $loss }, where guessing has { $guess }: the initial weights are too large.
verdict-rate-wandering = The loss wanders around { $loss } (guessing: { $guess }) in steps that are too long. The learning rate is { $rate }.
# $which is "decay", "l1" or "both".
verdict-penalty = { $which ->
    [decay] Weight decay makes
    [l1] The L1 penalty makes
   *[both] Weight decay and the L1 penalty make
 } up { $share } of each update, more than the gradient, and pulls the weights to 0.
verdict-threshold = Clipping at { $at } multiplies the gradient by { $left }, so the weights hardly move.
# $share is in percent.
verdict-crawling = Crawling: { $steps } steps have moved no layer's weights by more than { $share } of their size. The learning rate { $rate } is too small.

# $tensor is a symbol, $operation what computed it.
verdict-overflow = { $tensor ->
    [z] The pre-activations z
    [u] The normalized pre-activations
    [a] The activations a
    [delta] The backward signal δ
    [dW] The weight gradient dW
    [W] The weights W
    [b] The biases b
    [loss] The loss
   *[other] The tensor { $tensor }
 } of { $layer ->
    [output] the output layer
   *[other] layer { $layer }
 } exceeded float32's maximum, 3.4 × 10³⁸ ({ $operation }). Training has stopped.

# $count layers, from $first to $last.
verdict-zero-weights = No gradient reaches { $count ->
    [one] layer { $last }
   *[other] layers { $first } to { $last }
 }: the weights that should carry it back are all zero.
verdict-symmetric = All weights of a layer began with the same value, so the { $units } units of each layer stay identical and do the work of one.

verdict-blocked-dead = No gradient reaches { $layer ->
    [1] layer 1
   *[other] layers 1 to { $layer }
 }: every unit of layer { $layer } is dead, so its slope is 0 and dW is exactly 0.
verdict-blocked-saturated = No gradient reaches { $layer ->
    [1] layer 1
   *[other] layers 1 to { $layer }
 }: every unit of layer { $layer } is saturated, so its slope is 0 and dW is exactly 0.
verdict-dying = { $dead } of layer { $layer }'s { $units } units are dead. Their slope is 0 on all { $samples } samples checked.

verdict-flushed = No gradient reaches { $last ->
    [1] layer 1
   *[other] layers 1 to { $last }
 }: the weight gradient dW is below 10⁻⁴⁵, which float32 rounds to 0.
verdict-underflow = Layer 1's weight gradient dW is { $dw }, below 10⁻³⁸, where float32 loses its digits.

verdict-exploding = The backward signal δ is { $times } times larger at layer 1 than at layer { $depth }. Each { $activation } layer multiplies it by { $factor }.
verdict-exploding-zero = The backward signal δ is 0 at layer { $depth } and not at layer 1. Each { $activation } layer multiplies it by { $factor }.
verdict-rate = The loss is { $times } times its starting value. The learning rate is { $rate }.
verdict-rate-zero = The loss rose from 0. The learning rate is { $rate }.
verdict-oscillation = The learning rate { $rate } is too high: { $crossed } of the last { $observed } checked steps overshot the minimum along their line, and the loss does not fall ({ $before } before, { $now } now).

verdict-saturation = Layer 1's gradient is { $times } times smaller than layer { $depth }'s. { $saturated } of the { $activation } outputs are saturated.
verdict-saturation-zero = Layer 1's gradient is exactly 0. { $saturated } of the { $activation } outputs are saturated.
# $measured and $preserving are sizes sqrt(n_in Var W).
verdict-small-weights = The initial weights are too small: sqrt(n_in Var W) is { $measured }, { $activation } needs { $preserving }. The backward signal δ is { $times } times smaller at layer 1 than at layer { $depth }.
verdict-small-weights-zero = The initial weights are too small: sqrt(n_in Var W) is { $measured }, { $activation } needs { $preserving }. The backward signal δ is 0 at layer 1.
verdict-derivative = Layer 1's gradient is { $times } times smaller than layer { $depth }'s. Each { $activation } layer passes back only { $share } of it.
verdict-derivative-zero = Layer 1's gradient is exactly 0. Each { $activation } layer passes back only { $share } of it.
verdict-hidden = dW looks level, but the backward signal δ is { $times } times smaller at layer 1 than at layer { $depth }. Each { $activation } layer passes back { $share } of it.
verdict-hidden-zero = dW looks level, but the backward signal δ is 0 at layer 1. Each { $activation } layer passes back { $share } of it.

## Evidence: whole sentences, which stand one after the other.

evidence-since = Since step { $step }.
evidence-accuracy = { $share } of the test samples are correct (guessing: { $guess }).
# $loss is one of the sentences on the loss.
evidence-still = Measured at step { $step }. The network has not learned since. { $loss }
# $text is the verdict before.
evidence-before = Before: { $text }
evidence-saturated = { $share } of the { $activation } outputs are saturated.
evidence-norm-rise = The gradient's norm was { $start } at the start and { $highest } at step { $step }.
evidence-remaining = The weights are { $times } times as large as at the start.
evidence-moved = In { $steps } steps no layer's weights have moved by more than { $share } of their size.
evidence-running-means = On test samples batch norm uses running means over minibatches of { $samples ->
    [one] one sample
   *[other] { $samples } samples
 }; with few samples they do not fit.
evidence-loss = The loss is { $now }.
evidence-loss-change = The loss was { $start } at the start and is now { $now }.
evidence-loss-finite = The last finite loss was { $loss }.
evidence-loss-start = The loss was { $start } at the start.
# $weights, $norm and $residual are factors, or "none" where there is no such factor.
evidence-factors = Why: each layer multiplies the backward signal δ by { $total } ({ $weights ->
    [none] residual path alone, since the weights pass nothing; slope × { $slope }
   *[other] weights × { $weights }, slope × { $slope }
 }{ $norm ->
    [none] { "" }
   *[other] , normalization × { $norm }
 }{ $residual ->
    [none] { "" }
   *[other] , residual path × { $residual }
 }; averages over { $last ->
    [1] layer 1
   *[other] layers 1 to { $last }
 }).
evidence-weight-size = The weights' sqrt(n_in Var W) is { $measured }; { $activation } keeps the signal's size at { $preserving }.
evidence-update = The last step changed the weights of { $layer ->
    [output] the output layer
   *[other] layer { $layer }
 } by { $share } of their size.
evidence-update-zero = The last step took all weights of { $layer ->
    [output] the output layer
   *[other] layer { $layer }
 } to 0.
evidence-overflow-start = Nothing was learned yet: the initial weights alone make it overflow.
evidence-zero-weights = All weights are 0 in { $zero } of { $layers } layers. The backward signal δ is multiplied by them, so dW below is exactly 0.
evidence-symmetric = Identical units get identical gradients, and identical updates.
evidence-blocked-dead = The backward signal δ is { $delta } at { $above ->
    [output] the output layer
   *[other] layer { $above }
 } and 0 below layer { $layer }: all its units are dead on { $samples } samples.
evidence-blocked = The backward signal δ is { $delta } at { $above ->
    [output] the output layer
   *[other] layer { $above }
 } and 0 below layer { $layer }: its δ is exactly 0 on this minibatch.
evidence-dying = { $share } of all hidden units are dead; in { $dying } of { $layers } layers { $threshold } or more. A dead unit gets no gradient, so it does not recover by itself.
evidence-dying-start = { $share } of all hidden units are dead, { $start } at the start; in { $dying } of { $layers } layers { $threshold } or more. A dead unit gets no gradient, so it does not recover by itself.
evidence-delta-output = The backward signal δ is { $delta } at the output.
evidence-dw = Layer { $layer }'s dW is { $dw }.
evidence-float32 = Float32's smallest number with all its digits is 1.2 × 10⁻³⁸, its smallest at all 1.4 × 10⁻⁴⁵.
evidence-residual = Each layer adds to its input, so activations a and backward signal δ grow with every layer.
evidence-norm = { $norm } divides by a spread below 1 in every layer, which multiplies δ. The weights' size cancels out.
evidence-rate-saturated = The steps have saturated { $share } of the { $activation } outputs.
evidence-oscillation = After a step that overshoots, the gradient points along the step. { $raised } of { $measured } checked steps raised the loss of their own minibatch.
evidence-saturation = Where { $activation } is saturated, its slope is below 5 % of its largest.
evidence-derivative = { $activation }'s slope never exceeds 1/{ $parts }, its value at z = 0.
evidence-hidden = dW is the activations a from below times δ from above. Forwards a shrinks to { $forwards }, backwards δ shrinks to { $backwards }, and their product stays within a factor of { $spread }.
evidence-hidden-zero = dW is the activations a from below times δ from above. Forwards a shrinks to { $forwards }, backwards δ shrinks to { $backwards }, and their product is 0 only in some layer between.
evidence-grad-norm = The gradient's norm is { $norm }.

## Fixes: what a button says, and what it really does. $rate is a learning rate.

fix-and = { $first } + { $second }
fix-with-rate = { $first }, rate { $rate }
fix-none = No change
# $init is the name of an initialisation, $gain a number or "none".
fix-init = { $init } start{ $gain ->
    [none] { "" }
   *[other] , gain { $gain }
 }
    .note = Draws the weights with sqrt(n_in Var W) = { $sigma }, at which { $activation } keeps the signal's size.
fix-relu = ReLU + He
    .note = ReLU's slope is 1 or 0; weights of variance 2 / n_in make up for the half that is 0.
fix-leaky = Leaky ReLU
    .note = A slope of 0.01 below 0: a unit that outputs nothing still gets a gradient, and can recover.
fix-rate = Learning rate { $rate }
fix-rate-lower = Smaller steps, along which the gradient is still a reliable guide. Restarts from step 0.
fix-rate-higher = Larger steps along the same gradient. Restarts from step 0.
fix-clip = Clip at { $at }
    .note = Limits the gradient's norm to { $at }, so that no step is longer than { $longest }; its direction stays the same.
fix-no-clip = No clipping
    .note = Steps are as long as the gradient and the learning rate make them.
fix-norm = { $norm ->
    [none] No normalization
    [batch] Batch norm
   *[layer] Layer norm
 }
    .note = { $norm ->
    [none] The weights alone then decide how the gradient changes.
    [batch] Rescales every unit to variance 1 within the minibatch. The gradient then grows slightly from layer to layer.
   *[layer] Rescales every sample to variance 1 across the units, whatever the size of the weights.
 }
fix-residual = Residual connections
    .note = The gradient also passes each layer unchanged, and what the layers add is small beside it.
fix-no-residual = No residual connections
    .note = What the layers compute no longer adds up from layer to layer.
fix-branches = Each layer adds to its input; weights about 1 / sqrt(depth) as large keep the sum bounded.
fix-width = { $units } units
    .note = With { $units } units per layer, some are active for every sample.
fix-depth = { $layers } hidden layers
    .note = The fewer layers, the fewer factors multiply the gradient.
fix-penalty = No weight decay
    .note = Neither weight decay nor an L1 penalty pulls the weights to 0. Restarts from step 0.
fix-batch = Batch size { $samples }
    .note = Means and gradients over more samples vary less from step to step.
fix-scaling = Standard scaling
    .note = Takes every feature to mean 0 and variance 1, for which the initialisations are made.
fix-output = Linear output
    .note = A bounded output saturates, and passes no gradient back where it is wrong.
fix-constant-rate = Constant rate
    .note = No warm-up and no schedule: every step has the whole learning rate.
fix-untied = Own weights per layer
    .note = One W in every layer multiplies its error by itself, layer after layer.
fix-momentum = Momentum { $momentum }
    .note = Steps forget old gradients sooner, and follow the present one.
fix-adam = Adam, rate { $rate }
    .note = Divides each weight's gradient by its own size, so that layers with small gradients move too.
