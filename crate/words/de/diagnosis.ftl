title-too-early = Guter Start
title-learning = Es lernt
title-healthy = Gesund: Es hat gelernt
title-penalty = Strafterm zu stark
title-threshold = Clip-Schwelle zu klein
title-batch = Nur ein Beispiel im Batch
title-batch-small = Minibatch zu klein
title-inputs = Eingaben nicht skaliert
title-start-large = Start zu groß
title-start-small = Start zu klein
title-test-loss = Testverlust nicht endlich
title-not-learning = Es lernt nicht
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
title-crawling = Lernrate zu klein

verdict-one-layer = Mit einer verdeckten Schicht gibt es nichts, worin der Gradient verschwinden könnte. Mit mehr Schichten verschwindet oder explodiert er.
verdict-healthy-zero = Der Gewichtsgradient dW einer verdeckten Schicht ist bei diesem Minibatch genau 0.
verdict-healthy = Jede verdeckte Schicht bekommt einen ähnlich großen Gradienten (bis auf einen Faktor { $times }).
verdict-healthy-spread = Die Gradienten der verdeckten Schichten unterscheiden sich höchstens um den Faktor { $times }.

verdict-learning = Der Verlust ist { $now }; Raten hat { $guess }.
verdict-not-learning = Nach { $steps } Schritten ist der Verlust { $now }, und Raten allein hat { $guess }. Keine Regel findet eine Ursache.
verdict-found = Durch Versuch gefunden: Mit einer Änderung, „{ $fix }“, sind { $share } der Testbeispiele richtig (Raten: { $guess }).
verdict-found-loss = Durch Versuch gefunden: Mit einer Änderung, „{ $fix }“, ist der Verlust { $loss } (Raten: { $guess }).
verdict-test-loss = Bei Testbeispielen läuft das Netz über, bei den Minibatches, mit denen es trainiert, dagegen nicht.
verdict-batch = Batch-Norm über ein einziges Beispiel zieht das Beispiel von sich selbst ab: Jeder normalisierte Wert ist 0, gleich bei welcher Eingabe.
verdict-inputs = Der Verlust beginnt bei { $loss }, Raten hat { $guess }: Die Eingaben sind weit von Mittelwert 0 und Varianz 1 entfernt.
verdict-start-large = Der Verlust beginnt bei { $loss }, Raten hat { $guess }: Die Startgewichte sind zu groß.
verdict-rate-wandering = Der Verlust irrt in zu langen Schritten um { $loss } (Raten: { $guess }). Die Lernrate ist { $rate }.
verdict-penalty = { $which ->
    [decay] Weight Decay macht
    [l1] Die L1-Strafe macht
   *[both] Weight Decay und die L1-Strafe machen
 } { $share } jeder Änderung aus, mehr als der Gradient, und { $which ->
    [both] ziehen
   *[other] zieht
 } die Gewichte auf 0.
verdict-threshold = Die Begrenzung auf { $at } multipliziert den Gradienten mit { $left }; die Gewichte bewegen sich kaum.
verdict-crawling = Es kriecht: { $steps } Schritte haben die Gewichte keiner Schicht um mehr als { $share } ihrer Größe bewegt. Die Lernrate { $rate } ist zu klein.

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
verdict-oscillation = Die Lernrate { $rate } ist zu hoch: { $crossed } der letzten { $observed } geprüften Schritte gingen über das Minimum auf ihrer Linie hinaus, und der Verlust fällt nicht (vorher { $before }, jetzt { $now }).

verdict-saturation = Der Gradient von Schicht 1 ist { $times }-mal kleiner als der von Schicht { $depth }. { $saturated } der { $activation }-Ausgaben sind gesättigt.
verdict-saturation-zero = Der Gradient von Schicht 1 ist genau 0. { $saturated } der { $activation }-Ausgaben sind gesättigt.
verdict-small-weights = Die Startgewichte sind zu klein: sqrt(n_in Var W) ist { $measured }, { $activation } braucht { $preserving }. Das Rückwärtssignal δ ist in Schicht 1 { $times } mal kleiner als in Schicht { $depth }.
verdict-small-weights-zero = Die Startgewichte sind zu klein: sqrt(n_in Var W) ist { $measured }, { $activation } braucht { $preserving }. Das Rückwärtssignal δ ist in Schicht 1 gleich 0.
verdict-derivative = Der Gradient von Schicht 1 ist { $times }-mal kleiner als der von Schicht { $depth }. Jede { $activation }-Schicht gibt nur { $share } davon zurück.
verdict-derivative-zero = Der Gradient von Schicht 1 ist genau 0. Jede { $activation }-Schicht gibt nur { $share } davon zurück.
verdict-hidden = dW sieht gleichmäßig aus, aber das Rückwärtssignal δ ist in Schicht 1 { $times }-mal kleiner als in Schicht { $depth }. Jede { $activation }-Schicht gibt { $share } davon zurück.
verdict-hidden-zero = dW sieht gleichmäßig aus, aber das Rückwärtssignal δ ist in Schicht 1 gleich 0. Jede { $activation }-Schicht gibt { $share } davon zurück.

evidence-since = Seit Schritt { $step }.
evidence-accuracy = { $share } der Testbeispiele sind richtig (Raten: { $guess }).
evidence-still = Gemessen in Schritt { $step }. Seither hat das Netz nicht gelernt. { $loss }
evidence-before = Zuvor: { $text }
evidence-saturated = { $share } der Ausgaben von { $activation } sind gesättigt.
evidence-norm-rise = Die Norm des Gradienten war { $start } am Anfang und { $highest } in Schritt { $step }.
evidence-remaining = Die Gewichte sind { $times } mal so groß wie am Anfang.
evidence-moved = In { $steps } Schritten haben sich die Gewichte keiner Schicht um mehr als { $share } ihrer Größe bewegt.
evidence-running-means = Bei Testbeispielen nimmt Batch-Norm laufende Mittelwerte über Minibatches von { $samples ->
    [one] einem Beispiel
   *[other] { $samples } Beispielen
 }; bei wenigen Beispielen passen sie nicht.
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
evidence-derivative = Die Steigung von { $activation } übersteigt nie 1/{ $parts }, ihren Wert bei z = 0.
evidence-hidden = dW ist das Produkt der Aktivierungen a von unten und des δ von oben. Vorwärts schrumpft a auf { $forwards }, rückwärts schrumpft δ auf { $backwards }, und ihr Produkt bleibt innerhalb eines Faktors { $spread }.
evidence-hidden-zero = dW ist das Produkt der Aktivierungen a von unten und des δ von oben. Vorwärts schrumpft a auf { $forwards }, rückwärts schrumpft δ auf { $backwards }, und ihr Produkt ist nur in einer Schicht dazwischen 0.
evidence-grad-norm = Die Norm des Gradienten ist { $norm }.

fix-and = { $first } + { $second }
fix-with-rate = { $first }, Rate { $rate }
fix-none = Keine Änderung
fix-init = { $init }-Start{ $gain ->
    [none] { "" }
   *[other] , Verstärkung { $gain }
 }
    .note = Zieht die Gewichte mit sqrt(n_in Var W) = { $sigma }, wobei { $activation } die Größe des Signals erhält.
fix-relu = ReLU + He
    .note = Die Steigung von ReLU ist 1 oder 0; Gewichte der Varianz 2 / n_in gleichen die Hälfte aus, die 0 ist.
fix-leaky = Leaky ReLU
    .note = Eine Steigung von 0,01 unter 0: Auch eine Einheit, die nichts ausgibt, bekommt einen Gradienten und kann sich erholen.
fix-rate = Lernrate { $rate }
fix-rate-lower = Kleinere Schritte, für die der Gradient noch ein verlässlicher Wegweiser ist. Beginnt neu bei Schritt 0.
fix-rate-higher = Größere Schritte entlang desselben Gradienten. Beginnt neu bei Schritt 0.
fix-clip = Begrenzen auf { $at }
    .note = Begrenzt die Norm des Gradienten auf { $at }, sodass kein Schritt länger als { $longest } ist; seine Richtung bleibt gleich.
fix-no-clip = Ohne Begrenzung
    .note = Schritte sind so lang, wie Gradient und Lernrate sie machen.
fix-norm = { $norm ->
    [none] Keine Normalisierung
    [batch] Batch-Norm
   *[layer] Layer-Norm
 }
    .note = { $norm ->
    [none] Allein die Gewichte bestimmen dann, wie sich der Gradient ändert.
    [batch] Bringt jede Einheit im Minibatch auf Varianz 1. Der Gradient wächst dann von Schicht zu Schicht leicht.
   *[layer] Bringt jedes Beispiel über die Einheiten auf Varianz 1, gleich wie groß die Gewichte sind.
 }
fix-residual = Residualverbindungen
    .note = Der Gradient kommt auch unverändert an jeder Schicht vorbei, und was die Schichten hinzufügen, ist klein daneben.
fix-no-residual = Ohne Residualverbindungen
    .note = Was die Schichten berechnen, summiert sich nicht mehr von Schicht zu Schicht.
fix-branches = Jede Schicht addiert etwas zu ihrer Eingabe; etwa 1 / sqrt(Tiefe) so große Gewichte halten die Summe beschränkt.
fix-width = { $units } Einheiten
    .note = Bei { $units } Einheiten pro Schicht sind für jedes Beispiel einige aktiv.
fix-depth = { $layers } verdeckte Schichten
    .note = Je weniger Schichten, desto weniger Faktoren multiplizieren den Gradienten.
fix-penalty = Kein Weight Decay
    .note = Weder Weight Decay noch eine L1-Strafe zieht die Gewichte auf 0. Beginnt neu bei Schritt 0.
fix-batch = Batchgröße { $samples }
    .note = Mittelwerte und Gradienten über mehr Beispiele schwanken weniger von Schritt zu Schritt.
fix-scaling = Standard-Skalierung
    .note = Bringt jedes Merkmal auf Mittelwert 0 und Varianz 1, wofür die Initialisierungen gemacht sind.
fix-output = Lineare Ausgabe
    .note = Eine beschränkte Ausgabe sättigt und gibt keinen Gradienten zurück, wo sie falsch ist.
fix-constant-rate = Konstante Rate
    .note = Ohne Aufwärmen und ohne Plan: Jeder Schritt hat die ganze Lernrate.
fix-untied = Eigene Gewichte je Schicht
    .note = Dasselbe W in jeder Schicht multipliziert seinen Fehler mit sich selbst, Schicht für Schicht.
fix-momentum = Momentum { $momentum }
    .note = Schritte vergessen alte Gradienten früher und folgen dem jetzigen.
fix-adam = Adam, Rate { $rate }
    .note = Teilt den Gradienten jedes Gewichts durch seine eigene Größe, sodass sich auch Schichten mit kleinen Gradienten bewegen.
