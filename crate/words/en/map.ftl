### The map: two settings are varied, and each cell is one short run. Loaded when the view `map` is shown.

## Refusals. $name is a setting's name, $text what was given as a range, $example a range that would do.

map-refused-setting = { $name } cannot be an axis of a map. Any other setting but seed and data can.
map-refused-values = { $text } is not a range of this setting. An example that works: { $example }
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
map-readout-refused = these settings do not go together
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
map-note = Within { $steps } steps the network learns in { $share } of the map: it comes at least half the way from guessing to no error.
map-note-theory = Solid line: by theory, each layer keeps the gradient's size (χ₁ = 1). Dashed: by theory, the depth is six times ξ, the number of layers over which the squared gradient changes by a factor of e.
map-note-no-theory = Theory has no curve here.

## The table: rows of $y, columns of $x.

map-column = { $y } \ { $x }
