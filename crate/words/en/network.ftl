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
