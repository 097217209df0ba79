### The map: two settings are varied, and each cell is one short run. Loaded when the view `map` is shown.

## Refusals. $name is a setting's name, $text what was given, $allowed and $value what may be given,
## $example something that may be given.

map-refused-setting = { $name } cannot be an axis of a map. Any other setting but seed and data can.
map-refused-values = { $name } cannot be { $text }. Allowed: { $allowed }, such as { $example }.
map-refused-axes = A map has two axes, not { $count }: { $text }.
map-allowed-range = the smaller of two values first, each { $value }
map-allowed-names = different values, each { $value }
map-allowed-cells = 2 to { $max } columns and as many rows
map-refused-twice = Both axes vary { $name }. Choose two different settings.

## The picture. Keys to colours, and theory's curves.

map-key-accuracy = accuracy
map-key-loss = test loss
# Stands below a bar of 62 pixels.
map-key-ratio = dW 1 / last
map-theory-critical = theory: χ₁ = 1
# ξ is the depth scale of the gradient.
map-theory-reach = depth = 6 ξ

## What became of a run, in few words: in the key, and in sentences after a colon.

map-outcome-learned = learns
map-outcome-undecided = nothing wrong, not yet learned
map-outcome-vanishes = gradient vanishes
map-outcome-explodes = gradient explodes
map-outcome-crawls = updates too small
map-outcome-overshoots = updates too large
map-outcome-overflows = overflow
map-outcome-stuck = not learning

## What a cell shows. $x and $y are settings, $ax and $ay their values, $outcome one of the above.

map-readout = { $x } { $ax }, { $y } { $ay }: { $outcome }.
map-readout-open = not measured yet
map-readout-refused = not trained: these settings do not go together, or need more than this browser has
map-readout-accuracy = { $accuracy } of the test samples correct after { $steps } steps (guessing: { $guess }), loss { $loss }.
map-readout-loss = Test loss { $loss } after { $steps } steps (guessing: { $guess }).
map-readout-overflow = A value left the range of float32 at step { $step }.
map-readout-zero = At the start layer 1's weight gradient dW is exactly 0.
map-readout-larger = At the start layer 1's weight gradient dW is { $times } times larger than the last hidden layer's.
map-readout-smaller = At the start layer 1's weight gradient dW is { $times } times smaller than the last hidden layer's.
map-readout-level = At the start all hidden layers get a weight gradient dW of similar size.
map-readout-inferred = Not run itself: the cells around it agree.

## What the map shows so far. $share is one of its cells.

map-note-nothing = Each cell of the map is one short training run. Nothing is trained before you press Measure.
map-note = The network learns within { $steps } steps in { $share } of the map.

## The table: rows of $y, columns of $x.

map-column = { $y } \ { $x }

## Measuring. $made and $expected are numbers of runs, $time reads "40 s" or "3 min".

map-measure = Measure
map-pause = Pause
map-continue = Continue
map-cancel = Cancel
map-progress = { $made } of about { $expected } runs
map-progress-left = { $made } of about { $expected } runs, about { $time } left
map-paused = Paused: { $made } of about { $expected } runs.
map-cancelled = Cancelled: { $made } of about { $expected } runs.
map-done = Complete: { $made } runs.
map-no-worker = This page is not allowed to train in the background, so it cannot measure a map. The example `map` of the source code can.
map-failed = The map could not be measured: { $reason }
map-seconds = { $count } s
map-minutes = { $count } min

## What is chosen

map-color = Colour
map-color-accuracy = accuracy
map-color-ratio = dW at the start, layer 1 / last
map-color-loss = loss
map-color-verdict = verdict
map-options = Axes and resolution
    .hint = A range is two numbers such as 0.1..10, or names such as tanh,relu. An empty one is the usual one.
map-axis-x = Left to right
map-axis-y = Bottom to top
map-range = Range
map-cells = Cells
map-steps = Steps per run
map-open = Open this run

## The cell under the pointer, in a few words. $result is an accuracy or "loss 0.12".

map-brief = { $x } { $ax }, { $y } { $ay }: { $outcome } ({ $result })
map-brief-open = { $x } { $ax }, { $y } { $ay }: { $outcome }
map-result-loss = loss { $loss }

## What else the map shows

map-note-other = It was measured with other settings than the laboratory has now.
map-details-learns = A network has learned when it comes at least half the way from guessing to no error.
map-details-theory = Solid line: by mean-field theory each layer keeps the gradient's size (χ₁ = 1; Poole et al. 2016). Dashed: by the same theory the depth is six times ξ, the number of layers over which the squared gradient changes by a factor of e; deeper networks do not train (Schoenholz et al. 2017).
map-details-no-theory = Mean-field theory has no curve on this map.
map-details-rule = A cell is run if the cells around it differ: in what became of them, or by a tenth of the way from guessing to no error. The others are coloured like their neighbours. Each run begins from the same seed, and the numbers do not depend on how many processors measure.
map-hint = Point at a cell, or go there with the arrow keys, to read it. A click or Enter opens its run.
