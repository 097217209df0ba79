title-one-layer = Eine verdeckte Schicht
title-blocked-minibatch = Kein Gradient (Minibatch)
title-no-error = Kein Fehler mehr
title-healthy = Gesunder Gradient
title-overflow = Überlauf in Schritt { $step }
title-zero-weights = Gewichte gleich null
title-symmetric = Symmetrischer Start
title-dead = Schicht { $layer } ist tot
title-saturated = Schicht { $layer } ist gesättigt
title-dying = Sterbende { $activation }-Einheiten
title-vanishing = Verschwindender Gradient
title-hidden = Verstecktes Verschwinden
title-exploding = Explodierender Gradient
title-rate = Lernrate zu hoch
title-oscillation = Das Training schwingt
title-crawling = Lernt kaum

verdict-one-layer = Mit einer verdeckten Schicht gibt es nichts, worin der Gradient verschwinden könnte. Mit mehr Schichten verschwindet oder explodiert er.
verdict-blocked-minibatch = Bei diesem Minibatch kommt kein Gradient an Schicht { $layer } vorbei: Die Steigung aller ihrer Einheiten ist 0. Andere Beispiele erreichen sie noch.
verdict-no-error = An der Ausgabe ist kein Fehler mehr übrig, also gibt es nichts zurückzugeben.
verdict-healthy-zero = Der Gewichtsgradient dW einer verdeckten Schicht ist bei diesem Minibatch genau 0.
verdict-healthy = Jede verdeckte Schicht bekommt einen ähnlich großen Gradienten (bis auf einen Faktor { $times }).
verdict-healthy-spread = Die Gradienten der verdeckten Schichten unterscheiden sich höchstens um den Faktor { $times }.

verdict-overflow = Zu groß für float32 (±3,4 × 10³⁸) in { $layer ->
    [output] der Ausgabeschicht
   *[other] Schicht { $layer }
 }: { $tensor ->
    [z] die Voraktivierungen z
    [u] die normalisierten Voraktivierungen
    [a] die Aktivierungen a
    [delta] das Rückwärtssignal δ
    [dW] der Gewichtsgradient dW
    [W] die Gewichte W
    [b] die Bias-Werte b
    [loss] der Verlust
   *[other] der Tensor { $tensor }
 } ({ $operation }). Das Training wurde beendet.

verdict-zero-weights = Kein Gradient erreicht { $count ->
    [one] Schicht { $last }
   *[other] die Schichten { $first } bis { $last }
 }: Die Gewichte, die ihn zurücktragen müssten, sind alle null.
verdict-symmetric = Alle Gewichte einer Schicht begannen mit demselben Wert, also bleiben die { $units } Einheiten jeder Schicht gleich und leisten so viel wie eine.

verdict-blocked-dead = Kein Gradient erreicht { $layer ->
    [1] Schicht 1
   *[other] die Schichten 1 bis { $layer }
 }: Jede Einheit von Schicht { $layer } ist tot, ihre Steigung also 0 und dW genau 0.
verdict-blocked-saturated = Kein Gradient erreicht { $layer ->
    [1] Schicht 1
   *[other] die Schichten 1 bis { $layer }
 }: Jede Einheit von Schicht { $layer } ist gesättigt, ihre Steigung also 0 und dW genau 0.
verdict-dying = { $dead } der { $units } Einheiten von Schicht { $layer } sind tot. Ihre Steigung ist bei allen { $samples } geprüften Beispielen 0.

verdict-flushed = Kein Gradient erreicht { $last ->
    [1] Schicht 1
   *[other] die Schichten 1 bis { $last }
 }: Der Gewichtsgradient dW liegt unter 10⁻⁴⁵, was float32 auf 0 rundet.
verdict-underflow = Der Gewichtsgradient dW von Schicht 1 ist { $dw }, unter 10⁻³⁸, wo float32 Stellen verliert.

verdict-exploding = Das Rückwärtssignal δ ist in Schicht 1 { $times }-mal größer als in Schicht { $depth }. Jede { $activation }-Schicht multipliziert es mit { $factor }.
verdict-exploding-zero = Das Rückwärtssignal δ ist in Schicht { $depth } 0, in Schicht 1 aber nicht. Jede { $activation }-Schicht multipliziert es mit { $factor }.
verdict-rate = Der Verlust ist das { $times }-Fache seines Startwerts. Die Lernrate ist { $rate }.
verdict-rate-zero = Der Verlust stieg von 0 an. Die Lernrate ist { $rate }.
verdict-oscillation = { $crossed } der letzten { $observed } geprüften Schritte schossen über das Minimum auf ihrer Linie hinaus, und der Verlust sinkt nicht (vorher { $before }, jetzt { $now }).

verdict-saturation = Der Gradient von Schicht 1 ist { $times }-mal kleiner als der von Schicht { $depth }. { $saturated } der { $activation }-Ausgaben sind gesättigt.
verdict-saturation-zero = Der Gradient von Schicht 1 ist genau 0. { $saturated } der { $activation }-Ausgaben sind gesättigt.
verdict-small-weights = Der Gradient von Schicht 1 ist { $times }-mal kleiner als der von Schicht { $depth }. Die Gewichte sind zu klein: sqrt(n_in Var W) ist { $measured }, { $activation } braucht { $preserving }.
verdict-small-weights-zero = Der Gradient von Schicht 1 ist genau 0. Die Gewichte sind zu klein: sqrt(n_in Var W) ist { $measured }, { $activation } braucht { $preserving }.
verdict-derivative = Der Gradient von Schicht 1 ist { $times }-mal kleiner als der von Schicht { $depth }. Jede { $activation }-Schicht gibt nur { $share } davon zurück.
verdict-derivative-zero = Der Gradient von Schicht 1 ist genau 0. Jede { $activation }-Schicht gibt nur { $share } davon zurück.
verdict-hidden = dW sieht gleichmäßig aus, aber das Rückwärtssignal δ ist in Schicht 1 { $times }-mal kleiner als in Schicht { $depth }. Jede { $activation }-Schicht gibt { $share } davon zurück.
verdict-hidden-zero = dW sieht gleichmäßig aus, aber das Rückwärtssignal δ ist in Schicht 1 gleich 0. Jede { $activation }-Schicht gibt { $share } davon zurück.
verdict-crawling = Ein Schritt ändert die Gewichte keiner Schicht um mehr als { $share } ihrer Größe. Die Lernrate { $rate } ist zu klein.

evidence-since = Seit Schritt { $step }.
evidence-loss = Der Verlust ist { $now }.
evidence-loss-change = Der Verlust war am Anfang { $start } und ist jetzt { $now }.
evidence-loss-finite = Der letzte endliche Verlust war { $loss }.
evidence-loss-start = Der Verlust war am Anfang { $start }.
evidence-factors = Warum: Jede Schicht multipliziert das Rückwärtssignal δ mit { $total } ({ $weights ->
    [none] nur der Residualpfad, denn die Gewichte lassen nichts durch; Steigung × { $slope }
   *[other] Gewichte × { $weights }, Steigung × { $slope }
 }{ $norm ->
    [none] { "" }
   *[other] , Normalisierung × { $norm }
 }{ $residual ->
    [none] { "" }
   *[other] , Residualpfad × { $residual }
 }; Mittel über { $last ->
    [1] Schicht 1
   *[other] die Schichten 1 bis { $last }
 }).
evidence-weight-size = Für die Gewichte ist sqrt(n_in Var W) { $measured }; { $activation } erhält die Größe des Signals bei { $preserving }.
evidence-update = Der letzte Schritt änderte die Gewichte { $layer ->
    [output] der Ausgabeschicht
   *[other] von Schicht { $layer }
 } um { $share } ihrer Größe.
evidence-update-zero = Der letzte Schritt brachte alle Gewichte { $layer ->
    [output] der Ausgabeschicht
   *[other] von Schicht { $layer }
 } auf 0.
evidence-overflow-start = Noch wurde nichts gelernt: Schon die Startgewichte führen zum Überlauf.
evidence-zero-weights = Alle Gewichte sind 0 in { $zero } von { $layers } Schichten. Das Rückwärtssignal δ wird mit ihnen multipliziert, darunter ist dW also genau 0.
evidence-symmetric = Gleiche Einheiten bekommen gleiche Gradienten und ändern sich gleich.
evidence-blocked-dead = Das Rückwärtssignal δ ist { $delta } in { $above ->
    [output] der Ausgabeschicht
   *[other] Schicht { $above }
 } und 0 unterhalb von Schicht { $layer }: Alle ihre Einheiten sind bei { $samples } Beispielen tot.
evidence-blocked = Das Rückwärtssignal δ ist { $delta } in { $above ->
    [output] der Ausgabeschicht
   *[other] Schicht { $above }
 } und 0 unterhalb von Schicht { $layer }: Ihr δ ist bei diesem Minibatch genau 0.
evidence-dying = { $share } aller verdeckten Einheiten sind tot; in { $dying } von { $layers } Schichten sind es { $threshold } oder mehr. Eine tote Einheit bekommt keinen Gradienten und erholt sich nicht von selbst.
evidence-dying-start = { $share } aller verdeckten Einheiten sind tot, am Anfang { $start }; in { $dying } von { $layers } Schichten sind es { $threshold } oder mehr. Eine tote Einheit bekommt keinen Gradienten und erholt sich nicht von selbst.
evidence-delta-output = Das Rückwärtssignal δ ist { $delta } an der Ausgabe.
evidence-dw = In Schicht { $layer } ist dW { $dw }.
evidence-float32 = Die kleinste Zahl mit allen Stellen ist in float32 1,2 × 10⁻³⁸, die kleinste überhaupt 1,4 × 10⁻⁴⁵.
evidence-residual = Jede Schicht addiert etwas zu ihrer Eingabe, also wachsen Aktivierungen a und Rückwärtssignal δ mit jeder Schicht.
evidence-norm = { $norm } teilt in jeder Schicht durch eine Streuung unter 1, was δ vergrößert. Die Größe der Gewichte kürzt sich heraus.
evidence-rate-saturated = Die Schritte haben { $share } der { $activation }-Ausgaben gesättigt.
evidence-oscillation = Nach einem Schritt, der über das Ziel hinausschießt, zeigt der Gradient in Richtung des Schritts. { $raised } von { $measured } geprüften Schritten erhöhten den Verlust ihres eigenen Minibatches.
evidence-saturation = Wo { $activation } gesättigt ist, liegt die Steigung unter 5 % ihres größten Werts.
evidence-decay = Weight Decay macht { $share } der Änderung aus.
evidence-derivative = Die Steigung von { $activation } übersteigt nie 1/{ $parts }, ihren Wert bei z = 0.
evidence-hidden = dW ist das Produkt der Aktivierungen a von unten und des δ von oben. Vorwärts schrumpft a auf { $forwards }, rückwärts schrumpft δ auf { $backwards }, und ihr Produkt bleibt innerhalb eines Faktors { $spread }.
evidence-hidden-zero = dW ist das Produkt der Aktivierungen a von unten und des δ von oben. Vorwärts schrumpft a auf { $forwards }, rückwärts schrumpft δ auf { $backwards }, und ihr Produkt ist nur in einer Schicht dazwischen 0.
evidence-largest-update = Am meisten ändert sich { $layer ->
    [output] die Ausgabeschicht
   *[other] Schicht { $layer }
 }.
evidence-grad-norm = Die Norm des Gradienten ist { $norm }.

fix-init = { $init }-Start{ $gain ->
    [none] { "" }
   *[other] , Verstärkung { $gain }
 }{ $rate ->
    [none] { "" }
   *[other] , Rate { $rate }
 }
    .note = Zieht die Gewichte mit sqrt(n_in Var W) = { $sigma }; dabei erhält { $activation } die Größe des Signals.
fix-relu = ReLU + He{ $rate ->
    [none] { "" }
   *[other] , Rate { $rate }
 }
    .note = Die Steigung von ReLU ist 1 oder 0; Gewichte der Varianz 2 / n_in gleichen die Hälfte aus, die 0 ist.
fix-leaky = Leaky ReLU{ $rate ->
    [none] { "" }
   *[other] , Rate { $rate }
 }
    .note = Eine Steigung von 0,01 unter 0: Auch eine Einheit, die nichts ausgibt, bekommt einen Gradienten und kann sich erholen.
fix-rate = Lernrate { $rate }
fix-rate-lower = Kleinere Schritte, für die der Gradient noch ein verlässlicher Wegweiser ist. Beginnt neu bei Schritt 0.
fix-rate-higher = Größere Schritte entlang desselben Gradienten. Beginnt neu bei Schritt 0.
fix-clip = Begrenzen auf { $at }{ $rate ->
    [none] { "" }
   *[other] , Rate { $rate }
 }
    .note = Begrenzt die Norm des Gradienten auf { $at }, sodass kein Schritt länger als { $longest } ist; die Richtung bleibt.
fix-norm = { $norm ->
    [none] Keine Normalisierung
    [batch] Batch-Norm
   *[layer] Layer-Norm
 }{ $init ->
    [none] { "" }
   *[other] , { $init }-Start
 }{ $gain ->
    [none] { "" }
   *[other] , Verstärkung { $gain }
 }{ $rate ->
    [none] { "" }
   *[other] , Rate { $rate }
 }
    .note = { $norm ->
    [none] Dann entscheiden allein die Gewichte, wie sich der Gradient ändert, und sie passen.
    [batch] Bringt jede Einheit auf Varianz 1 innerhalb des Minibatches. Der Gradient wächst dann leicht von Schicht zu Schicht.
   *[layer] Bringt jedes Beispiel auf Varianz 1 über die Einheiten, wie groß die Gewichte auch sind.
 }
fix-residual = Residualverbindungen{ $rate ->
    [none] { "" }
   *[other] , Rate { $rate }
 }
    .note = Der Gradient geht auch unverändert an jeder Schicht vorbei, und was die Schichten hinzufügen, ist daneben klein.
fix-branches = Jede Schicht addiert etwas zu ihrer Eingabe; etwa 1 / sqrt(Tiefe) so große Gewichte halten die Summe beschränkt.
fix-width = { $units } Einheiten{ $rate ->
    [none] { "" }
   *[other] , Rate { $rate }
 }
    .note = Bei { $units } Einheiten je Schicht sind für jedes Beispiel einige aktiv.
fix-decay = Kein Weight Decay{ $rate ->
    [none] { "" }
   *[other] , Rate { $rate }
 }
    .note = Weight Decay zieht die Gewichte nicht mehr zur 0. Beginnt neu bei Schritt 0.
