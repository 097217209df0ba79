### The charts: titles and help, notes under them, what the pointer reads, tables, and the short names in the pictures.
### $layer is a layer's number, or "output" for the output layer. RMS, dW, δ, a, z, W, φ are symbols and stay.

chart-signals = Gradient and signals in every layer
    .help = For each layer the size (RMS) of the weight gradient dW, the backward signal δ and the activations a, in powers of ten. If dW or δ falls towards layer 1, the gradient vanishes; if it rises, it explodes; if it is level, every layer learns. Faint: dW at step 0. Dashed: what theory predicts for the start of a very wide network. Below, where there is room: the network with a cell per layer, the stronger the colour, the larger dW; at the left what goes in, at the right what comes out.
chart-history = Gradients over time
    .help = The size (RMS) of each layer's weight gradient dW at every step, on a fixed scale: the stronger the colour, the larger the gradient. Rows that stay pale belong to layers that barely learn.
chart-histograms = Distribution of gradients
    .help = For each layer the share of the elements of the weight gradient dW in every half power of ten. The grey row 0 at the bottom counts the elements that are exactly zero, as behind an inactive ReLU.
chart-loss = Loss and accuracy over time
    .help = Thin: loss on each training minibatch (band: lowest to highest). Thick: loss on the test samples. The axis is logarithmic, and ticks at its bottom mark steps that raised the loss of their own minibatch. Below: share of samples classified correctly.
chart-factors = What shrinks or grows the gradient
    .help = On its way back, the backward signal δ is multiplied in each layer by the weights, by the activation's slope and, where there are any, by the residual connection and the normalization. Thick: all of them together. Dashed: what theory predicts for it. Below × 1 δ shrinks in that layer, above × 1 it grows, and over many layers these factors multiply.
chart-saturation = Saturated and dead units
    .help = Above: the activation φ and its slope φ′, which multiplies the gradient, over a histogram of the selected layer's pre-activations z. Where the slope is nearly 0 (dark bars), no gradient gets back: sigmoid and tanh are saturated there, a ReLU is inactive. Below: for each layer the share of such values, and of dead units, whose slope is 0 on every sample looked at, so that they cannot learn.
chart-updates = How fast every layer learns
    .help = Above: the size of each layer's last update relative to its weights, from pale (layer 1) to strong (output layer). Near 10⁻³ (dashed) a layer learns at a healthy pace. Below: how far each layer's weights are from their start. Short bars belong to layers that barely learn.
chart-step-line = The loss along the last step
    .help = The loss of the last step's own minibatch along the line of its update, from before the step to beyond it. A small learning rate moves a little down a long slope, a good one lands near the lowest point, a large one overshoots it, and one that is too large ends higher than it began. Upright dashed line: from here on, a step raises the loss (for plain gradient descent at the learning rate 2 / curvature).
chart-norms = What clipping and weight decay do
    .help = Above: the norm of the whole gradient at every step, before clipping (thin) and after it (thick), with the threshold dashed. Below: the RMS of each layer's weights, from pale (layer 1) to strong (output layer). Weight decay pulls them down, exploding updates push them up.
chart-boundary = What the network predicts
    .help = With two features: the samples (test samples with a ring) over the network's answer at every place; where the colours meet is the decision boundary. With more features: how often each class is classified as which, with some test samples and the network's answers. For regression: predicted against true values.
chart-fixes = One change at a time
    .help = Each bar is what the network reaches on unseen data with one change, all else being equal: the same start, the same minibatches. Of a loss, less is better. The line marks this run, the dashed one guessing. What lets it learn on its own is the cause; pale bars do not help. Below the rule, changes that help only together.
chart-weights = A layer's weights and gradient
    .help = The selected layer's weights W, weight gradient dW and last update as images. A row is an input, a column a unit; yellow-green is negative, purple positive, and the strongest colour is the largest value of each image. In a matrix larger than 64 × 64 each dot shows the largest element of its block.
chart-map = Where it learns: a map
    .help = Each cell is one short training run with the two settings of its place; the colour is what the run has reached. Choose the settings below, and press Measure. The ring marks the laboratory's own settings. A click or Enter opens the run of a cell.
chart-network = The network, one sample inside
    .help = Every column is a layer: its cells are some of its units, coloured by their activation a for one sample of the training set. The lines between the columns are the weight gradient dW of the coming minibatch, on the scale of the other charts: the stronger the colour, the larger the gradient. Data flow from left to right, the gradient from right to left. “Walk through one step” shows one training step, layer by layer, and changes nothing in the run.

## What several charts say

# Stands for a number after an overflow, as in "train loss not finite".
chart-not-finite = not finite
chart-no-data = No data for this step.
chart-opened-later = Opened at step { $opened }: no data for step { $step }.
chart-pinned-dw = Dotted: dW of the kept run.

# In the pictures there is little room: at most about 8 letters.
chart-tick-output = out
chart-axis-layers = layer (data flows to the right)
chart-axis-layers-short = layer →
chart-axis-layer = layer
chart-axis-step = step
chart-axis-factor = factor
chart-axis-loss = loss
chart-axis-share = share, %
chart-tick-step = step { $step }
chart-line-pinned = kept

# Columns of tables.
chart-column-layer = layer
chart-column-step = step
# A layer in such a column.
chart-cell-output = output

## Signals

# The names of lines where there is room for about 20 letters.
chart-signals-line-dw = weight gradient dW
chart-signals-line-delta = backward signal δ
chart-signals-line-a = activations a
chart-signals-line-start-dw = dW at step 0
chart-signals-line-pinned-dw = kept run's dW
# Where there is not.
chart-signals-line-start = step 0
chart-signals-line-theory = theory
# The network under the layers: what goes to the right, and what goes back to the left.
chart-strip-data = data
chart-strip-gradient = gradient
chart-signals-vanishing = vanishing
chart-signals-exploding = exploding
chart-signals-exactly-zero = exactly 0
chart-signals-overflows = float32 overflows to ∞
chart-signals-loses-digits = float32 loses digits
chart-signals-underflows = float32 underflows to 0

chart-signals-theory = Dashed: theory for step 0, δ { $factor } per layer (measured { $measured }).
chart-signals-theory-alone = Dashed: theory for step 0, δ { $factor } per layer.
chart-signals-measured = Measured at step 0: δ { $measured } per layer.
chart-signals-no-theory-residual = No prediction: the theory does not cover residual connections.
chart-signals-no-theory-zeros = No prediction: theory needs random weights with mean 0.
# For those who know the theory; shown with the help.
chart-signals-limit = Mean-field theory of very wide networks (Poole et al. 2016; Schoenholz et al. 2017): with depth, the variance of the pre-activations approaches q* = { $q }, and the mean square of δ changes by χ₁ = { $chi } per layer. Below 1 the gradient vanishes, above 1 it explodes.
chart-signals-limit-chi = Mean-field theory of very wide networks (Poole et al. 2016; Schoenholz et al. 2017): the mean square of δ changes by χ₁ = { $chi } per layer. Below 1 the gradient vanishes, above 1 it explodes.
chart-signals-theory-batch = For batch normalization, theory assumes large minibatches of unrelated samples.

chart-signals-readout = { $layer ->
    [output] Output layer
   *[hidden] Layer { $layer }
 }: RMS of dW { $dw }, δ { $delta }, a { $a }
chart-signals-readout-overflow = { $layer ->
    [output] Output layer
   *[hidden] Layer { $layer }
 }: not finite any more; before that, RMS of dW { $dw }, δ { $delta }, a { $a }
chart-signals-column-dw = RMS of dW
chart-signals-column-delta = RMS of δ
chart-signals-column-a = RMS of a
chart-signals-column-dw-start = RMS of dW at step 0
chart-signals-column-delta-theory = RMS of δ at step 0 in theory
chart-signals-column-a-theory = RMS of a at step 0 in theory

## History

chart-history-scale = RMS of dW
chart-history-viewing = Viewing step { $step } of { $last }.
chart-history-pinned = Lower half: the kept run.
chart-history-readout = Step { $step }, { $layer ->
    [output] the output layer
   *[hidden] layer { $layer }
 }: RMS of dW { $dw }
chart-history-readout-pinned = Kept run, step { $step }, { $layer ->
    [output] the output layer
   *[hidden] layer { $layer }
 }: RMS of dW { $dw }
chart-history-column = RMS of dW, step { $step }

## Histograms

chart-histograms-relu = Row 0 (grey): dW is exactly 0 wherever a ReLU is inactive; that is normal.
chart-histograms-zero = { $layer ->
    [output] Output layer
   *[hidden] Layer { $layer }
 } learns nothing: its whole dW is exactly 0.
chart-histograms-pinned = Dotted: RMS of dW in the kept run.
chart-histograms-readout = { $layer ->
    [output] Output layer
   *[hidden] Layer { $layer }
 }: { $share } of the elements of dW have a size from { $low } to { $high }
chart-histograms-readout-zero = { $layer ->
    [output] Output layer
   *[hidden] Layer { $layer }
 }: { $share } of the elements of dW are exactly 0
chart-histograms-column-quarter = size of dW, lower quartile
chart-histograms-column-median = median
chart-histograms-column-three-quarters = upper quartile
chart-histograms-column-largest = largest
chart-histograms-column-zero = exactly 0

## Loss

chart-loss-line-train = train
chart-loss-line-test = test
chart-loss-accuracy = accuracy
chart-loss-raised = { $count ->
    [one] { $raised } of 1 checked step raised the loss of its own minibatch.
   *[other] { $raised } of { $count } checked steps raised the loss of their own minibatch.
 }
chart-loss-pinned = Dotted: the kept run, test loss { $loss }.
chart-loss-readout = Step { $step }: train loss { $train }
chart-loss-readout-test = Step { $step }: train loss { $train }, test loss { $test } (step { $tested })
chart-loss-readout-accuracy = Step { $step }: train loss { $train }, test loss { $test }, test accuracy { $accuracy } (step { $tested })
chart-loss-column-train = train loss
chart-loss-column-test = test loss
chart-loss-column-train-accuracy = train accuracy
chart-loss-column-test-accuracy = test accuracy

## Factors. $residual and $norm are numbers, or "none" where the network has no such part.

chart-factors-line-product = together
chart-factors-line-weights = weights
chart-factors-line-slope = slope
chart-factors-line-residual = residual
chart-factors-line-norm = norm

# Where the weights are 0 and only the residual connection passes the signal back.
chart-factors-average = Average per layer: { $residual ->
    [none] { $norm ->
        [none] weights { $weights }, slope { $slope }, together { $product }
       *[other] weights { $weights }, slope { $slope }, normalization { $norm }, together { $product }
     }
   *[other] { $norm ->
        [none] weights { $weights }, slope { $slope }, residual connection { $residual }, together { $product }
       *[other] weights { $weights }, slope { $slope }, residual connection { $residual }, normalization { $norm }, together { $product }
     }
 }.
chart-factors-average-residual = Average per layer: { $norm ->
    [none] the weights pass nothing, the residual connection does; slope { $slope }, together { $product }
   *[other] the weights pass nothing, the residual connection does; slope { $slope }, normalization { $norm }, together { $product }
 }.
chart-factors-average-not-finite = The average per layer is not finite.
chart-factors-cut = δ is exactly 0 from layer { $layer } down: no gradient gets back there.
chart-factors-pinned = Dotted: all factors of the kept run together.
chart-factors-readout = { $above ->
    [output] From the output layer to layer { $layer }
   *[hidden] From layer { $above } to layer { $layer }
 }: { $residual ->
    [none] { $norm ->
        [none] weights { $weights }, slope { $slope }, together { $product }
       *[other] weights { $weights }, slope { $slope }, normalization { $norm }, together { $product }
     }
   *[other] { $norm ->
        [none] weights { $weights }, slope { $slope }, residual connection { $residual }, together { $product }
       *[other] weights { $weights }, slope { $slope }, residual connection { $residual }, normalization { $norm }, together { $product }
     }
 }
chart-factors-readout-residual = { $above ->
    [output] From the output layer to layer { $layer }
   *[hidden] From layer { $above } to layer { $layer }
 }: { $norm ->
    [none] the weights pass nothing, the residual connection does; slope { $slope }, together { $product }
   *[other] the weights pass nothing, the residual connection does; slope { $slope }, normalization { $norm }, together { $product }
 }
chart-factors-readout-nothing = { $above ->
    [output] From the output layer to layer { $layer }
   *[hidden] From layer { $above } to layer { $layer }
 }: nothing passes back
chart-factors-readout-not-finite = { $above ->
    [output] From the output layer to layer { $layer }
   *[hidden] From layer { $above } to layer { $layer }
 }: not finite
chart-factors-readout-output = Output layer: δ begins here, at the loss
chart-factors-column-layer = to layer
chart-factors-column-weights = weights
chart-factors-column-residual = residual connection
chart-factors-column-slope = slope
chart-factors-column-norm = normalization
chart-factors-column-product = together
chart-factors-column-theory = theory at step 0

## Saturation. $kind is "saturated" for sigmoid and tanh, "inactive" for other activations.

# The two kinds of bars.
chart-saturation-bars = { $kind ->
    [saturated] saturated (wide), dead (narrow)
   *[inactive] inactive (wide), dead (narrow)
 }
# $dead is a share of the units.
chart-saturation-readout = { $kind ->
    [saturated] { $layer ->
    [output] Output layer
   *[hidden] Layer { $layer }
 }: { $share } saturated, { $dead } of the units dead
   *[inactive] { $layer ->
    [output] Output layer
   *[hidden] Layer { $layer }
 }: { $share } inactive, { $dead } of the units dead
 }
chart-saturation-note = { $kind ->
    [saturated] { $layer ->
    [output] Output layer
   *[hidden] Layer { $layer }
 }: { $share } of the values are saturated, { $dead } of the units are dead on all { $samples } checked training samples.
   *[inactive] { $layer ->
    [output] Output layer
   *[hidden] Layer { $layer }
 }: { $share } of the values are inactive, { $dead } of the units are dead on all { $samples } checked training samples.
 }
chart-saturation-readout-share = { $kind ->
    [saturated] { $layer ->
    [output] Output layer
   *[hidden] Layer { $layer }
 }: { $share } saturated
   *[inactive] { $layer ->
    [output] Output layer
   *[hidden] Layer { $layer }
 }: { $share } inactive
 }
chart-saturation-note-share = { $kind ->
    [saturated] { $layer ->
    [output] Output layer
   *[hidden] Layer { $layer }
 }: { $share } of the values are saturated.
   *[inactive] { $layer ->
    [output] Output layer
   *[hidden] Layer { $layer }
 }: { $share } of the values are inactive.
 }
chart-saturation-unmeasured = { $layer ->
    [output] Output layer
   *[hidden] Layer { $layer }
 }: not measured at this step
chart-saturation-readout-bin = z = { $z }: φ { $value }, slope φ′ { $slope }, { $share } of the pre-activations of { $layer ->
    [output] the output layer
   *[hidden] layer { $layer }
 }
chart-saturation-column-share = { $kind ->
    [saturated] saturated
   *[inactive] inactive
 }
chart-saturation-column-dead = dead units
chart-saturation-column-mean = mean of a
chart-saturation-column-std = std of a

## Updates

chart-updates-ratio = update / weights
chart-updates-distance = distance from start / weights at start
chart-updates-none = No update yet.
chart-updates-to-zero = The last step set the weights of layer { $layer } to 0.
# $change is a share ("0.22 %") or a small number ("1.3 × 10⁻⁷").
chart-updates-pace = Layer { $layer } changes by { $change } of its weights per step.
chart-updates-still = Layer { $layer } stands still: its updates are too small for float32 to register.
chart-updates-still-zero = Layer { $layer } stands still: its dW is exactly 0.
# Stands for a number, as in "update / weights: infinite".
chart-updates-weights-zero = infinite (the weights are 0 now)
chart-updates-readout = Step { $step }, { $layer ->
    [output] the output layer
   *[hidden] layer { $layer }
 }: update / weights { $ratio }
chart-updates-readout-distance = { $layer ->
    [output] Output layer
   *[hidden] Layer { $layer }
 }: distance from its start { $distance }, relative to the weights there
chart-updates-column-ratio = update / weights
chart-updates-column-update = RMS of the update
chart-updates-column-weights = RMS of W
chart-updates-column-distance = distance from the start

## Step line

chart-step-line-title = change of the loss
chart-step-line-before = before
chart-step-line-after = after
chart-step-line-axis = position along the update
chart-step-line-limit = raises the loss from here
chart-step-line-none = No step yet.
chart-step-line-next = The next step will show its line.
chart-step-line-not-finite = Step { $step } led to a loss that is not finite.
chart-step-line-crawled = Step { $step } lowered the loss by { $change }; the lowest point is still far away.
chart-step-line-descended = Step { $step } lowered the loss by { $change }.
chart-step-line-crossed = Step { $step } overshot the minimum along this line, but still lowered the loss by { $change }.
chart-step-line-climbed = Step { $step } overshot: it raised the loss by { $change }.
chart-step-line-rate = Along this line, learning rates above { $limit } would raise the loss (now { $rate }; curvature { $curvature }).
chart-step-line-readout = { $t } of the step (learning rate { $rate }): loss { $change }
chart-step-line-column-place = position along the update
chart-step-line-column-rate = learning rate
chart-step-line-column-change = change of the loss
chart-step-line-column-slope = slope

## Norms

chart-norms-gradient = norm of the gradient
chart-norms-weights = RMS of W
chart-norms-clip-at = clip at
chart-norms-line-norm = norm
chart-norms-line-before = before
chart-norms-line-after = after
chart-norms-clipping-off = Gradient clipping is off.
chart-norms-clipped = { $share } of the steps were clipped.
chart-norms-decay-off = Weight decay is off.
chart-norms-decay-waiting = Weight decay has not acted yet.
chart-norms-decay = Weight decay makes up { $share } of the last update of { $layer ->
    [output] the output layer
   *[hidden] layer { $layer }
 }.
chart-norms-readout = Step { $step }: norm of the gradient { $before }, after clipping { $after }
chart-norms-readout-weights = Step { $step }, { $layer ->
    [output] the output layer
   *[hidden] layer { $layer }
 }: RMS of W { $w }
chart-norms-column-weights = RMS of W
chart-norms-column-weights-start = RMS of W at step 0
chart-norms-column-update = RMS of the update
chart-norms-column-decay = RMS of weight decay's part
chart-norms-column-share = weight decay's share

## Boundary

chart-boundary-axes = feature 1 →, feature 2 ↑ (standardized)
chart-boundary-axes-regression = true →, predicted ↑ (standardized)
chart-boundary-predicted = predicted
chart-boundary-true = true class, test samples
chart-boundary-samples = test samples, predictions
chart-boundary-accuracy = { $accuracy } of the test samples are correct at step { $step } (guessing: { $guess }).
chart-boundary-loss = Test loss { $loss } at step { $step }.
chart-boundary-pinned-accuracy = Kept run: { $accuracy } of the test samples are correct.
chart-boundary-pinned-loss = Kept run: test loss { $loss }.
chart-boundary-readout-not-finite = At ({ $x }, { $y }): the prediction is not finite
chart-boundary-readout-number = At ({ $x }, { $y }): predicted { $number }
chart-boundary-readout-share = At ({ $x }, { $y }): { $share } for class { $class }
chart-boundary-readout-class = At ({ $x }, { $y }): class { $class }
chart-boundary-readout-count = { $count ->
    [one] 1 test sample of class { $true } is classified as { $predicted }
   *[other] { $count } test samples of class { $true } are classified as { $predicted }
 }
chart-boundary-readout-sample = True class { $true }, classified as { $predicted } with { $confidence }
chart-boundary-readout-regression = True { $true }, predicted { $predicted }
chart-boundary-column-true = true class
chart-boundary-column-predicted = classified as { $class }
chart-boundary-column-samples = samples
chart-boundary-column-loss = test loss

## Weights

chart-weights-update = update
# The largest value of an image.
chart-weights-largest = max. { $value }
chart-weights-shape = { $layer ->
    [output] Output layer
   *[hidden] Layer { $layer }
 } has { $inputs } inputs and { $units } units.
chart-weights-choose = Click a layer in another chart to see it here.
chart-weights-readout = { $image }, input { $input }, unit { $unit }: { $value }
chart-weights-column-tensor = tensor
chart-weights-column-inputs = inputs
chart-weights-column-units = units
chart-weights-column-largest = largest
chart-weights-column-rms = RMS

## Parts: small pictures beside the verdict, in words.

part-samples = { $right } of the { $count } samples shown are classified correctly.
part-plane = The network's answer at every place of the plane, over it the samples.
part-regression = Predicted against true values of { $count } test samples; exact predictions lie on the dashed line.

## Fixes: the rest of this chart is in trials.ftl

chart-fixes-waiting = Nothing has been tried yet.
chart-fixes-calm = Healthy: there is nothing to fix.
