### The map: two settings are varied, and each cell is one short run. Loaded when the view `map` is shown.

## Refusals. $name is a setting's name, $text what was given, $allowed and $value what may be given,
## $example something that may be given.

map-refused-setting = { $name } kann keine Achse einer Karte sein, jede andere Einstellung außer seed und data schon.
map-refused-values = { $name } kann nicht { $text } sein. Erlaubt: { $allowed }, zum Beispiel { $example }.
map-refused-axes = Eine Karte hat zwei Achsen, nicht { $count }: { $text }.
map-allowed-range = von zwei Werten zuerst der kleinere, jeder { $value }
map-allowed-names = verschiedene Werte, jeder { $value }
map-allowed-cells = 2 bis { $max } Spalten und ebenso viele Zeilen
map-refused-twice = Beide Achsen ändern { $name }. Wählen Sie zwei verschiedene Einstellungen.

## The picture. Keys to colours, and theory's curves.

map-key-accuracy = Genauigkeit
map-key-loss = Testverlust
# Stands below a bar of 62 pixels.
map-key-ratio = dW 1 / letzte
map-theory-critical = Theorie: χ₁ = 1
# ξ is the depth scale of the gradient.
map-theory-reach = Tiefe = 6 ξ

## What became of a run, in few words: in the key, and in sentences after a colon.

map-outcome-learned = lernt
map-outcome-undecided = kein Fehler, noch nicht gelernt
map-outcome-vanishes = Gradient verschwindet
map-outcome-explodes = Gradient explodiert
map-outcome-crawls = Änderungen zu klein
map-outcome-overshoots = Änderungen zu groß
map-outcome-overflows = Überlauf
map-outcome-stuck = lernt nicht

## What a cell shows. $x and $y are settings, $ax and $ay their values, $outcome one of the above.

map-readout = { $x } { $ax }, { $y } { $ay }: { $outcome }.
map-readout-open = noch nicht gemessen
map-readout-refused = nicht trainiert: Diese Einstellungen passen nicht zusammen oder brauchen mehr, als dieser Browser hat
map-readout-accuracy = { $accuracy } der Testbeispiele richtig nach { $steps } Schritten (Raten: { $guess }), Verlust { $loss }.
map-readout-loss = Testverlust { $loss } nach { $steps } Schritten (Raten: { $guess }).
map-readout-overflow = Ein Wert hat in Schritt { $step } den Bereich von float32 verlassen.
map-readout-zero = Am Start ist der Gewichtsgradient dW von Schicht 1 genau 0.
map-readout-larger = Am Start ist der Gewichtsgradient dW von Schicht 1 { $times }-mal so groß wie der der letzten verdeckten Schicht.
map-readout-smaller = Am Start ist der Gewichtsgradient dW von Schicht 1 { $times }-mal kleiner als der der letzten verdeckten Schicht.
map-readout-level = Am Start bekommen alle verdeckten Schichten einen ähnlich großen Gewichtsgradienten dW.
map-readout-inferred = Nicht selbst gelaufen: Die Felder ringsum stimmen überein.

## What the map shows so far. $share is one of its cells.

map-note-nothing = Jedes Feld der Karte ist ein kurzer Trainingslauf. Vor dem Druck auf „Messen“ wird nichts trainiert.
map-note = Das Netz lernt innerhalb von { $steps } Schritten auf { $share } der Karte.

## The table: rows of $y, columns of $x.

map-column = { $y } \ { $x }

## Measuring. $made and $expected are numbers of runs, $time reads "40 s" or "3 min".

map-measure = Messen
map-pause = Pause
map-continue = Weiter
map-cancel = Abbrechen
map-progress = { $made } von etwa { $expected } Läufen
map-progress-left = { $made } von etwa { $expected } Läufen, noch etwa { $time }
map-paused = Angehalten: { $made } von etwa { $expected } Läufen.
map-cancelled = Abgebrochen: { $made } von etwa { $expected } Läufen.
map-done = Vollständig: { $made } Läufe.
map-no-worker = Diese Seite darf nicht im Hintergrund trainieren und kann deshalb keine Karte messen. Das Beispiel `map` des Quelltexts kann es.
map-failed = Die Karte konnte nicht gemessen werden: { $reason }
map-seconds = { $count } s
map-minutes = { $count } min

## What is chosen

map-color = Farbe
map-color-accuracy = Genauigkeit
map-color-ratio = dW am Start, Schicht 1 / letzte
map-color-loss = Verlust
map-color-verdict = Befund
map-options = Achsen und Auflösung
    .hint = Ein Bereich sind zwei Zahlen wie 0.1..10 oder Namen wie tanh,relu. Ein leerer ist der übliche.
map-axis-x = Von links nach rechts
map-axis-y = Von unten nach oben
map-range = Bereich
map-cells = Felder
map-steps = Schritte je Lauf
map-open = Diesen Lauf öffnen

## The cell under the pointer, in a few words. $result is an accuracy or "loss 0.12".

map-brief = { $x } { $ax }, { $y } { $ay }: { $outcome } ({ $result })
map-brief-open = { $x } { $ax }, { $y } { $ay }: { $outcome }
map-result-loss = Verlust { $loss }

## What else the map shows

map-note-other = Sie wurde mit anderen Einstellungen gemessen, als das Labor jetzt hat.
map-details-learns = Ein Netz hat gelernt, wenn es mindestens den halben Weg vom Raten zur Fehlerfreiheit geschafft hat.
map-details-theory = Durchgezogen: Nach der Mean-Field-Theorie behält der Gradient in jeder Schicht seine Größe (χ₁ = 1; Poole et al. 2016). Gestrichelt: Nach derselben Theorie ist die Tiefe das Sechsfache von ξ, der Zahl der Schichten, über die sich das Quadrat des Gradienten um den Faktor e ändert; tiefere Netze lassen sich nicht trainieren (Schoenholz et al. 2017).
map-details-no-theory = Die Mean-Field-Theorie hat auf dieser Karte keine Kurve.
map-details-rule = Ein Feld bekommt einen eigenen Lauf, wenn sich die Felder ringsum unterscheiden: darin, was aus ihnen wurde, oder um ein Zehntel des Wegs vom Raten zur Fehlerfreiheit. Die übrigen haben die Farbe ihrer Nachbarn. Jeder Lauf beginnt mit demselben Seed, und die Zahlen hängen nicht davon ab, wie viele Prozessoren messen.
map-hint = Auf ein Feld zeigen oder mit den Pfeiltasten hingehen, um es abzulesen. Ein Klick oder die Eingabetaste öffnet seinen Lauf.
