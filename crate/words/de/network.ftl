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

network-walk = Einen Schritt durchgehen
network-walk-close = Durchgang beenden
network-walk-back = Zurück
network-walk-next = Weiter
network-walk-play = Abspielen
network-walk-pause = Anhalten
network-walk-slider = Abschnitt des Schritts
network-walk-place = Abschnitt { $stage } von { $stages }
network-walk-speed = Abschnitte pro Sekunde
network-walk-rate = { $speed }/s
network-walk-make = Diesen Schritt machen
network-walk-keys = Pfeiltasten: zurück und weiter. Pos1 und Ende: erster und letzter Abschnitt. Leertaste: abspielen und anhalten.
network-stage-input = Eingabe
network-stage-forward = { $layer ->
    [output] Vorwärts: Ausgabeschicht
   *[hidden] Vorwärts: Schicht { $layer }
 }
network-stage-loss = Verlust
network-stage-backward = { $layer ->
    [output] Rückwärts: Ausgabeschicht
   *[hidden] Rückwärts: Schicht { $layer }
 }
network-stage-clip = Clipping
network-stage-decay = Weight Decay
network-stage-update = Update

network-input = Trainingsbeispiel { $number } kommt hinein: { $features } Zahlen, skaliert, mit RMS { $rms }.
network-forward = Jede Einheit summiert ihre gewichteten Eingaben und wendet ihre Aktivierungsfunktion an ({ $activation }). Aktivierungen a: RMS { $sample } bei diesem Beispiel, { $batch } im Minibatch.
network-loss-class = Das Netz sagt { $answer } mit { $confidence }, richtig ist { $class }: Der Verlust des Beispiels ist { $loss }. Aus dem Mittel über den Minibatch, { $batch }, entsteht der Gradient.
network-loss-number = Das Netz sagt { $answer }, richtig ist { $target }: Der Verlust des Beispiels ist { $loss }. Aus dem Mittel über den Minibatch, { $batch }, entsteht der Gradient.
network-backward-output = Hier beginnt der Gradient. Das Rückwärtssignal δ sagt, wie sich der Verlust mit jeder Voraktivierung z ändert: RMS { $delta } im Minibatch. Mit den Eingaben der Schicht ergibt es den Gewichtsgradienten dW: RMS { $dw }.
network-chain = δ { $above } { $weights } (Gewichte){ $residual ->
    [none] {""}
   *[other] {" "}{ $residual } (Residualverbindung)
 } { $slope } (Steigung){ $norm ->
    [none] {""}
   *[other] {" "}{ $norm } (Normalisierung)
 } = δ { $delta }
network-backward = Auf dem Weg in diese Schicht wird δ mit all dem multipliziert: { $product } (RMS im Minibatch). Mit den Eingaben der Schicht ergibt es dW: RMS { $dw }.
network-backward-nothing = Hier kommt nichts an: δ ist in dieser Schicht genau 0 und damit auch dW.
network-clip-off = Clipping ist aus: Der Gradient bleibt, wie er ist (Norm { $norm }).
network-clip-norm = Die Norm des ganzen Gradienten, { $norm }, liegt über der Schwelle { $at }: Der ganze Gradient wird mit { $factor } multipliziert.
network-clip-value = Jedes Element jenseits von ±{ $at } wird darauf gekürzt, was die Norm mit { $factor } multipliziert.
network-clip-unchanged = Der Gradient (Norm { $norm }) bleibt innerhalb der Schwelle { $at }: Nichts wird gekürzt.
network-decay-off = Weight Decay und L1 sind aus: Zum Gradienten kommt nichts hinzu.
network-decay = Weight Decay addiert { $decay } × W zum Gradienten: Das zieht jedes Gewicht zur 0.
network-decay-decoupled = Weight Decay nimmt jedem Gewicht { $share } seiner Größe, unabhängig vom Gradienten.
network-l1 = L1 addiert { $l1 } × das Vorzeichen von W: Das zieht jedes Gewicht gleich schnell zur 0.
network-update = { $optimizer } ändert jedes Gewicht nach seinem Gradienten g, mit Lernrate { $rate }. Schicht 1: dW { $first } bei Gewichten von { $weights } (RMS). Ausgabeschicht: dW { $last }.
network-update-not-made = Bis hierher hat sich nichts geändert: „Diesen Schritt machen“ trainiert.
