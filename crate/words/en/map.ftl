### The map: two settings are varied, and each cell is one short run. Loaded when the view `map` is shown.

## Refusals. $name is a setting's name, $text what was given as a range, $example a range that would do.

map-refused-setting = { $name } cannot be an axis of a map. Any other setting but seed and data can.
map-refused-values = { $text } is not a range of this setting. An example that works: { $example }
map-refused-twice = Both axes vary { $name }. Choose two different settings.
