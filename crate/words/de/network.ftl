### Die Ansicht `network`

network-note-class = Trainingsbeispiel { $number } von { $samples }, Klasse { $class }: { $right ->
    [yes] das Netz hat recht, mit { $confidence }.
   *[no] das Netz sagt { $answer }, mit { $confidence }.
 }
network-note-number = Trainingsbeispiel { $number } von { $samples }: Das Netz sagt { $answer }, das Ziel ist { $target }.
network-none = Bei diesem Schritt war die Ansicht nicht offen.
network-sample = Beispiel
network-sample-class = { $number }: { $class }

network-tick-input = ein
network-flow = Daten → · ← Gradient
network-readout-input = Merkmal { $unit }: { $value }
network-readout-unit = { $layer ->
    [output] Ausgabeschicht
   *[hidden] Schicht { $layer }
 }, Einheit { $unit }: a = { $a }, Steigung { $slope }, δ = { $delta }
network-readout-weights = { $layer ->
    [output] Ausgabeschicht
   *[hidden] Schicht { $layer }
 }: dW (RMS) { $rms }, das größte gezeigte { $largest }
network-readout-layer = { $layer ->
    [output] Ausgabeschicht
   *[hidden] Schicht { $layer }
 }: a { $a }, δ { $delta }, dW { $dw }

network-column-layer = Schicht
network-column-units = Einheiten
network-column-a = a (RMS, dieses Beispiel)
network-column-delta = δ (RMS, dieses Beispiel)
network-column-delta-batch = δ (RMS, Minibatch)
network-column-weights = Faktor der Gewichte
network-column-slope = Faktor der Steigung
network-column-dw = dW (RMS, Minibatch)
