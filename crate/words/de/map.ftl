### The map: two settings are varied, and each cell is one short run. Loaded when the view `map` is shown.

## Refusals. $name is a setting's name, $text what was given as a range, $example a range that would do.

map-refused-setting = { $name } kann keine Achse einer Karte sein, jede andere Einstellung außer seed und data schon.
map-refused-values = { $text } ist kein Bereich dieser Einstellung. Ein Beispiel, das geht: { $example }
map-refused-twice = Beide Achsen ändern { $name }. Wählen Sie zwei verschiedene Einstellungen.
