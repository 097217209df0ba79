### The view `network`: the network with one sample inside. Loaded when the view is first shown.
### RMS, dW, δ, a, z, W, φ are symbols and stay.

## The sample. $number is its place in the training set, of $samples.

# $right is yes or no. $confidence is a percentage.
network-note-class = Training sample { $number } of { $samples }, class { $class }: { $right ->
    [yes] the network is right, with { $confidence }.
   *[no] the network says { $answer }, with { $confidence }.
 }
network-note-number = Training sample { $number } of { $samples }: the network says { $answer }, the target is { $target }.
network-none = At this step the view was not open.
network-sample = Sample
network-sample-class = { $number }: { $class }

## The picture

network-tick-input = in
network-flow = data → · ← gradient
network-readout-input = feature { $unit }: { $value }
network-readout-unit = { $layer ->
    [output] output layer
   *[hidden] layer { $layer }
 }, unit { $unit }: a = { $a }, slope { $slope }, δ = { $delta }
# $rms is that of all dW of the layer, $largest the largest of those in the picture.
network-readout-weights = { $layer ->
    [output] output layer
   *[hidden] layer { $layer }
 }: dW (RMS) { $rms }, the largest shown { $largest }
network-readout-layer = { $layer ->
    [output] output layer
   *[hidden] layer { $layer }
 }: a { $a }, δ { $delta }, dW { $dw }

## The table

network-column-layer = layer
network-column-units = units
network-column-a = a (RMS, this sample)
network-column-delta = δ (RMS, this sample)
network-column-delta-batch = δ (RMS, minibatch)
network-column-weights = weights factor
network-column-slope = slope factor
network-column-dw = dW (RMS, minibatch)

## Walking through one step. Titles of the stages; $layer is a number or "output".

network-walk = Walk through one step
network-walk-close = End the walk
network-walk-back = Back
network-walk-next = Next
network-walk-play = Play
network-walk-pause = Pause
network-walk-slider = Stage of the step
network-walk-place = Stage { $stage } of { $stages }
network-walk-speed = Stages per second
network-walk-rate = { $speed }/s
network-walk-make = Make this step
network-walk-keys = Arrow keys: back and next. Home and End: first and last stage. Space: play and pause.
network-stage-input = Input
network-stage-forward = { $layer ->
    [output] Forward: output layer
   *[hidden] Forward: layer { $layer }
 }
network-stage-loss = Loss
network-stage-backward = { $layer ->
    [output] Backward: output layer
   *[hidden] Backward: layer { $layer }
 }
network-stage-clip = Clipping
network-stage-decay = Weight decay
network-stage-update = Update

## What happens in a stage. $sample is a size (RMS) in the sample inside, $batch the same over the minibatch.

network-input = Training sample { $number } goes in: { $features } numbers, scaled, with RMS { $rms }.
network-forward = Each unit sums its weighted inputs and applies its activation function ({ $activation }). Activations a: RMS { $sample } for this sample, { $batch } over the minibatch.
network-loss-class = The network says { $answer } with { $confidence }, and { $class } is right: the sample’s loss is { $loss }. The mean over the minibatch, { $batch }, is what the gradient is taken of.
network-loss-number = The network says { $answer }, and { $target } is right: the sample’s loss is { $loss }. The mean over the minibatch, { $batch }, is what the gradient is taken of.
network-backward-output = The gradient begins here. The backward signal δ says how the loss changes with each pre-activation z: RMS { $delta } over the minibatch. With the layer’s inputs it makes the weight gradient dW: RMS { $dw }.
# Sizes (RMS) over the minibatch; the factors begin with ×. $residual and $norm are "none" where there are none.
network-chain = δ { $above } { $weights } (weights){ $residual ->
    [none] {""}
   *[other] {" "}{ $residual } (residual path)
 } { $slope } (slope){ $norm ->
    [none] {""}
   *[other] {" "}{ $norm } (normalization)
 } = δ { $delta }
network-backward = On its way into this layer δ is multiplied by all of that: { $product } (RMS over the minibatch). With the layer’s inputs it makes dW: RMS { $dw }.
network-backward-nothing = Nothing arrives: δ is exactly 0 in this layer, and so is its dW.
network-clip-off = Clipping is off: the gradient stays as it is (norm { $norm }).
network-clip-norm = The norm of the whole gradient, { $norm }, is above the threshold { $at }: the whole gradient is multiplied by { $factor }.
network-clip-value = Every element beyond ±{ $at } is cut to it, which multiplies the norm by { $factor }.
network-clip-unchanged = The gradient (norm { $norm }) stays within the threshold { $at }: nothing is clipped.
network-decay-off = Weight decay and L1 are off: nothing is added to the gradient.
network-decay = Weight decay adds { $decay } × W to the gradient, which pulls every weight towards 0.
network-decay-decoupled = Weight decay takes { $share } of every weight off it, whatever its gradient.
network-l1 = L1 adds { $l1 } × the sign of W, which pulls every weight towards 0 at the same pace.
network-update = { $optimizer } changes every weight by its gradient g, at learning rate { $rate }. Layer 1: dW { $first } for weights of { $weights } (RMS). Output layer: dW { $last }.
network-update-not-made = Until now nothing has changed: “Make this step” trains.
