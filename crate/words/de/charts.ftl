### Die Diagramme: Titel und Hilfe, Notizen darunter, was der Zeiger abliest, Tabellen und die kurzen Namen in den Bildern.

# Im Genitiv.
chart-signals = Gradient und Signale je Schicht
    .help = Für jede Schicht die Größe (RMS) des Gewichtsgradienten dW, des Rückwärtssignals δ und der Aktivierungen a, in Zehnerpotenzen. Fällt dW oder δ zur Schicht 1 hin ab, verschwindet der Gradient; steigt es an, explodiert er; bleibt es gleich, lernt jede Schicht. Blass: dW bei Schritt 0. Gestrichelt: was die Theorie für den Start eines sehr breiten Netzes vorhersagt. Darunter, wo Platz ist: das Netz mit einer Zelle je Schicht (je kräftiger ihre Farbe, desto größer dW), links was hineingeht, rechts was herauskommt.
chart-history = Gradienten im Verlauf
    .help = Die Größe (RMS) des Gewichtsgradienten dW jeder Schicht bei jedem Schritt, auf fester Skala: Je kräftiger die Farbe, desto größer der Gradient. Zeilen, die blass bleiben, gehören zu Schichten, die kaum lernen.
chart-histograms = Verteilung der Gradienten
    .help = Für jede Schicht der Anteil der Elemente des Gewichtsgradienten dW in jeder halben Zehnerpotenz. Die graue Zeile 0 ganz unten zählt die Elemente, die genau null sind, wie hinter einer inaktiven ReLU.
chart-loss = Verlust und Genauigkeit
    .help = Dünn: Verlust auf jedem Minibatch (Band: kleinster bis größter). Dick: Verlust auf den Testbeispielen. Die Achse ist logarithmisch, und Striche an ihrem Fuß markieren Schritte, die den Verlust ihres eigenen Minibatches erhöht haben. Darunter: Anteil der richtig klassifizierten Beispiele.
chart-factors = Was den Gradienten verändert
    .help = Auf dem Rückweg wird das Rückwärtssignal δ in jeder Schicht mit den Gewichten, mit der Steigung der Aktivierung und, falls vorhanden, mit Residualverbindung und Normalisierung multipliziert. Dick: alle zusammen. Gestrichelt: was die Theorie dafür vorhersagt. Unter × 1 schrumpft δ in dieser Schicht, über × 1 wächst es, und über viele Schichten multiplizieren sich diese Faktoren.
chart-saturation = Gesättigte und tote Einheiten
    .help = Oben: die Aktivierung φ und ihre Steigung φ′, die den Gradienten multipliziert, über einem Histogramm der Voraktivierungen z der gewählten Schicht. Wo die Steigung fast 0 ist (dunkle Balken), kommt kein Gradient zurück: Sigmoid und Tanh sind dort gesättigt, eine ReLU ist inaktiv. Unten: für jede Schicht der Anteil solcher Werte und der Anteil toter Einheiten, deren Steigung bei allen betrachteten Beispielen 0 ist, sodass sie nicht lernen können.
chart-updates = Wie schnell jede Schicht lernt
    .help = Oben: die Größe der letzten Änderung jeder Schicht im Verhältnis zu ihren Gewichten, von blass (Schicht 1) bis kräftig (Ausgabeschicht). Bei 10⁻³ (gestrichelt) lernt eine Schicht in gesundem Tempo. Unten: wie weit die Gewichte jeder Schicht von ihrem Start entfernt sind. Kurze Balken gehören zu Schichten, die kaum lernen.
chart-step-line = Verlust entlang des Schritts
    .help = Der Verlust des eigenen Minibatches entlang der Linie der letzten Änderung, von vor dem Schritt bis über ihn hinaus. Eine kleine Lernrate kommt auf einem langen Hang ein wenig hinab, eine gute landet nahe dem tiefsten Punkt, eine große springt darüber hinweg, und eine zu große endet höher, als sie begann. Gestrichelte Senkrechte: Ab hier erhöht ein Schritt den Verlust (bei einfachem Gradientenabstieg ab der Lernrate 2 / Krümmung).
chart-norms = Wirkung der Begrenzung
    .help = Oben: die Norm des ganzen Gradienten bei jedem Schritt, vor dem Clipping (dünn) und danach (dick), mit gestrichelter Grenze. Unten: der RMS der Gewichte jeder Schicht, von blass (Schicht 1) bis kräftig (Ausgabeschicht). Weight Decay zieht sie nach unten, explodierende Änderungen treiben sie nach oben.
chart-boundary = Was das Netz vorhersagt
    .help = Bei zwei Merkmalen: die Beispiele (Testbeispiele mit Ring) über der Antwort des Netzes an jeder Stelle; wo die Farben zusammentreffen, liegt die Entscheidungsgrenze. Bei mehr Merkmalen: wie oft jede Klasse als welche klassifiziert wird, mit einigen Testbeispielen und den Antworten des Netzes. Bei Regression: vorhergesagte gegen wahre Werte.
chart-fixes = Eine Änderung nach der anderen
    .help = Jeder Balken zeigt, was das Netz mit einer einzigen Änderung auf ungesehenen Daten erreicht, bei sonst gleichem Start und gleichen Minibatches. Beim Verlust ist weniger besser. Die Linie zeigt diesen Lauf, die gestrichelte das Raten. Was allein schon hilft, ist die Ursache; blasse Balken helfen nicht. Unter der Trennlinie: Änderungen, die nur zusammen helfen.
chart-weights = Gewichte und Gradient
    .help = Gewichte W, Gewichtsgradient dW und letzte Änderung der gewählten Schicht als Bilder. Eine Zeile ist ein Eingang, eine Spalte eine Einheit; Gelbgrün ist negativ, Violett positiv, und die kräftigste Farbe ist der größte Wert jedes Bildes. Bei einer Matrix größer als 64 × 64 zeigt jeder Punkt das größte Element seines Blocks.
chart-map = Wo es lernt: eine Karte
    .help = Jedes Feld ist ein kurzer Trainingslauf mit den beiden Einstellungen seines Orts; die Farbe zeigt, was der Lauf erreicht hat. Unten die Einstellungen wählen und „Messen“ drücken. Der Ring zeigt, wo die Einstellungen des Labors liegen. Ein Klick oder die Eingabetaste öffnet den Lauf eines Felds.
chart-network = Das Netz, ein Beispiel darin
    .help = Jede Spalte ist eine Schicht: ihre Zellen sind einige ihrer Einheiten, gefärbt nach deren Aktivierung a für ein Trainingsbeispiel. Die Linien zwischen den Spalten sind der Gewichtsgradient dW des kommenden Minibatches, auf der Skala der anderen Diagramme: je kräftiger die Farbe, desto größer der Gradient. Die Daten fließen von links nach rechts, der Gradient von rechts nach links. „Einen Schritt durchgehen“ zeigt einen Trainingsschritt, Schicht für Schicht, und ändert nichts am Lauf.

## Was mehrere Diagramme sagen

chart-not-finite = nicht endlich
chart-no-data = Keine Daten für diesen Schritt.
chart-opened-later = Bei Schritt { $opened } geöffnet: keine Daten für Schritt { $step }.
chart-pinned-dw = Gepunktet: dW des gemerkten Laufs.

chart-tick-output = Ausg.
chart-axis-layers = Schicht (Daten fließen nach rechts)
chart-axis-layers-short = Schicht →
chart-axis-layer = Schicht
chart-axis-step = Schritt
chart-axis-factor = Faktor
chart-axis-loss = Verlust
chart-axis-share = Anteil, %
chart-tick-step = Schritt { $step }
chart-line-pinned = gemerkt

chart-column-layer = Schicht
chart-column-step = Schritt
chart-cell-output = Ausgabe

## Signale

chart-signals-line-dw = Gewichtsgradient dW
chart-signals-line-delta = Rückwärtssignal δ
chart-signals-line-a = Aktivierungen a
chart-signals-line-start-dw = dW bei Schritt 0
chart-signals-line-pinned-dw = gemerktes dW
chart-signals-line-start = Schritt 0
chart-signals-line-theory = Theorie
chart-strip-data = Daten
chart-strip-gradient = Gradient
chart-signals-vanishing = verschwindend
chart-signals-exploding = explodierend
chart-signals-exactly-zero = genau 0
chart-signals-overflows = float32 läuft über zu ∞
chart-signals-loses-digits = float32 verliert Stellen
chart-signals-underflows = float32 läuft unter zu 0

chart-signals-theory = Gestrichelt: Theorie für Schritt 0, δ { $factor } pro Schicht (gemessen { $measured }).
chart-signals-theory-alone = Gestrichelt: Theorie für Schritt 0, δ { $factor } pro Schicht.
chart-signals-measured = Gemessen bei Schritt 0: δ { $measured } pro Schicht.
chart-signals-no-theory-residual = Keine Vorhersage: Die Theorie gilt nicht für Residualverbindungen.
chart-signals-no-theory-zeros = Keine Vorhersage: Die Theorie setzt zufällige Gewichte mit Mittelwert 0 voraus.
chart-signals-limit = Mean-Field-Theorie sehr breiter Netze (Poole et al. 2016; Schoenholz et al. 2017): Mit der Tiefe nähert sich die Varianz der Voraktivierungen q* = { $q }, und das mittlere Quadrat von δ ändert sich je Schicht um den Faktor χ₁ = { $chi }. Unter 1 verschwindet der Gradient, über 1 explodiert er.
chart-signals-limit-chi = Mean-Field-Theorie sehr breiter Netze (Poole et al. 2016; Schoenholz et al. 2017): Das mittlere Quadrat von δ ändert sich je Schicht um den Faktor χ₁ = { $chi }. Unter 1 verschwindet der Gradient, über 1 explodiert er.
chart-signals-theory-batch = Bei Batch-Normalisierung setzt die Theorie große Minibatches aus unabhängigen Beispielen voraus.

chart-signals-readout = { $layer ->
    [output] Ausgabeschicht
   *[hidden] Schicht { $layer }
 }: RMS von dW { $dw }, δ { $delta }, a { $a }
chart-signals-readout-overflow = { $layer ->
    [output] Ausgabeschicht
   *[hidden] Schicht { $layer }
 }: nicht mehr endlich; davor RMS von dW { $dw }, δ { $delta }, a { $a }
chart-signals-column-dw = RMS von dW
chart-signals-column-delta = RMS von δ
chart-signals-column-a = RMS von a
chart-signals-column-dw-start = RMS von dW bei Schritt 0
chart-signals-column-delta-theory = RMS von δ bei Schritt 0 laut Theorie
chart-signals-column-a-theory = RMS von a bei Schritt 0 laut Theorie

## Verlauf

chart-history-scale = RMS (dW)
chart-history-viewing = Gezeigt ist Schritt { $step } von { $last }.
chart-history-pinned = Untere Hälfte: der gemerkte Lauf.
chart-history-readout = Schritt { $step }, { $layer ->
    [output] Ausgabeschicht
   *[hidden] Schicht { $layer }
 }: RMS von dW { $dw }
chart-history-readout-pinned = Gemerkter Lauf, Schritt { $step }, { $layer ->
    [output] Ausgabeschicht
   *[hidden] Schicht { $layer }
 }: RMS von dW { $dw }
chart-history-column = RMS von dW, Schritt { $step }

## Histogramme

chart-histograms-relu = Zeile 0 (grau): dW ist überall dort genau 0, wo eine ReLU inaktiv ist; das ist normal.
chart-histograms-zero = { $layer ->
    [output] Ausgabeschicht
   *[hidden] Schicht { $layer }
 } lernt nichts: Ihr gesamtes dW ist genau 0.
chart-histograms-pinned = Gepunktet: RMS von dW im gemerkten Lauf.
chart-histograms-readout = { $layer ->
    [output] Ausgabeschicht
   *[hidden] Schicht { $layer }
 }: { $share } der Elemente von dW sind dem Betrag nach zwischen { $low } und { $high }
chart-histograms-readout-zero = { $layer ->
    [output] Ausgabeschicht
   *[hidden] Schicht { $layer }
 }: { $share } der Elemente von dW sind genau 0
chart-histograms-column-quarter = Betrag von dW, unteres Quartil
chart-histograms-column-median = Median
chart-histograms-column-three-quarters = oberes Quartil
chart-histograms-column-largest = größter
chart-histograms-column-zero = genau 0

## Verlust

chart-loss-line-train = Train.
chart-loss-line-test = Test
chart-loss-accuracy = Genauigkeit
chart-loss-raised = { $count ->
    [one] { $raised } von 1 geprüften Schritt hat den Verlust des eigenen Minibatches erhöht.
   *[other] { $raised } von { $count } geprüften Schritten { $raised ->
        [one] hat
       *[other] haben
     } den Verlust des eigenen Minibatches erhöht.
 }
chart-loss-pinned = Gepunktet: der gemerkte Lauf, Testverlust { $loss }.
chart-loss-readout = Schritt { $step }: Trainingsverlust { $train }
chart-loss-readout-test = Schritt { $step }: Trainingsverlust { $train }, Testverlust { $test } (Schritt { $tested })
chart-loss-readout-accuracy = Schritt { $step }: Trainingsverlust { $train }, Testverlust { $test }, Testgenauigkeit { $accuracy } (Schritt { $tested })
chart-loss-column-train = Trainingsverlust
chart-loss-column-test = Testverlust
chart-loss-column-train-accuracy = Trainingsgenauigkeit
chart-loss-column-test-accuracy = Testgenauigkeit

## Faktoren

chart-factors-line-product = zusammen
chart-factors-line-weights = Gewichte
chart-factors-line-slope = Steigung
chart-factors-line-residual = Residual
chart-factors-line-norm = Norm.

chart-factors-average = Mittel pro Schicht: { $residual ->
    [none] { $norm ->
        [none] Gewichte { $weights }, Steigung { $slope }, zusammen { $product }
       *[other] Gewichte { $weights }, Steigung { $slope }, Normalisierung { $norm }, zusammen { $product }
     }
   *[other] { $norm ->
        [none] Gewichte { $weights }, Steigung { $slope }, Residualverbindung { $residual }, zusammen { $product }
       *[other] Gewichte { $weights }, Steigung { $slope }, Residualverbindung { $residual }, Normalisierung { $norm }, zusammen { $product }
     }
 }.
chart-factors-average-residual = Mittel pro Schicht: { $norm ->
    [none] die Gewichte lassen nichts durch, die Residualverbindung schon; Steigung { $slope }, zusammen { $product }
   *[other] die Gewichte lassen nichts durch, die Residualverbindung schon; Steigung { $slope }, Normalisierung { $norm }, zusammen { $product }
 }.
chart-factors-average-not-finite = Das Mittel pro Schicht ist nicht endlich.
chart-factors-cut = δ ist ab Schicht { $layer } abwärts genau 0: Dorthin kommt kein Gradient zurück.
chart-factors-pinned = Gepunktet: alle Faktoren des gemerkten Laufs zusammen.
chart-factors-readout = { $above ->
    [output] Von der Ausgabeschicht zu Schicht { $layer }
   *[hidden] Von Schicht { $above } zu Schicht { $layer }
 }: { $residual ->
    [none] { $norm ->
        [none] Gewichte { $weights }, Steigung { $slope }, zusammen { $product }
       *[other] Gewichte { $weights }, Steigung { $slope }, Normalisierung { $norm }, zusammen { $product }
     }
   *[other] { $norm ->
        [none] Gewichte { $weights }, Steigung { $slope }, Residualverbindung { $residual }, zusammen { $product }
       *[other] Gewichte { $weights }, Steigung { $slope }, Residualverbindung { $residual }, Normalisierung { $norm }, zusammen { $product }
     }
 }
chart-factors-readout-residual = { $above ->
    [output] Von der Ausgabeschicht zu Schicht { $layer }
   *[hidden] Von Schicht { $above } zu Schicht { $layer }
 }: { $norm ->
    [none] die Gewichte lassen nichts durch, die Residualverbindung schon; Steigung { $slope }, zusammen { $product }
   *[other] die Gewichte lassen nichts durch, die Residualverbindung schon; Steigung { $slope }, Normalisierung { $norm }, zusammen { $product }
 }
chart-factors-readout-nothing = { $above ->
    [output] Von der Ausgabeschicht zu Schicht { $layer }
   *[hidden] Von Schicht { $above } zu Schicht { $layer }
 }: nichts kommt zurück
chart-factors-readout-not-finite = { $above ->
    [output] Von der Ausgabeschicht zu Schicht { $layer }
   *[hidden] Von Schicht { $above } zu Schicht { $layer }
 }: nicht endlich
chart-factors-readout-output = Ausgabeschicht: Hier, am Verlust, beginnt δ
chart-factors-column-layer = zu Schicht
chart-factors-column-weights = Gewichte
chart-factors-column-residual = Residualverbindung
chart-factors-column-slope = Steigung
chart-factors-column-norm = Normalisierung
chart-factors-column-product = zusammen
chart-factors-column-theory = Theorie bei Schritt 0

## Sättigung

chart-saturation-bars = { $kind ->
    [saturated] gesättigt (breit), tot (schmal)
   *[inactive] inaktiv (breit), tot (schmal)
 }
chart-saturation-readout = { $kind ->
    [saturated] { $layer ->
    [output] Ausgabeschicht
   *[hidden] Schicht { $layer }
 }: { $share } gesättigt, { $dead } der Einheiten tot
   *[inactive] { $layer ->
    [output] Ausgabeschicht
   *[hidden] Schicht { $layer }
 }: { $share } inaktiv, { $dead } der Einheiten tot
 }
chart-saturation-note = { $kind ->
    [saturated] { $layer ->
    [output] Ausgabeschicht
   *[hidden] Schicht { $layer }
 }: { $share } der Werte sind gesättigt, { $dead } der Einheiten sind bei allen { $samples } geprüften Trainingsbeispielen tot.
   *[inactive] { $layer ->
    [output] Ausgabeschicht
   *[hidden] Schicht { $layer }
 }: { $share } der Werte sind inaktiv, { $dead } der Einheiten sind bei allen { $samples } geprüften Trainingsbeispielen tot.
 }
chart-saturation-readout-share = { $kind ->
    [saturated] { $layer ->
    [output] Ausgabeschicht
   *[hidden] Schicht { $layer }
 }: { $share } gesättigt
   *[inactive] { $layer ->
    [output] Ausgabeschicht
   *[hidden] Schicht { $layer }
 }: { $share } inaktiv
 }
chart-saturation-note-share = { $kind ->
    [saturated] { $layer ->
    [output] Ausgabeschicht
   *[hidden] Schicht { $layer }
 }: { $share } der Werte sind gesättigt.
   *[inactive] { $layer ->
    [output] Ausgabeschicht
   *[hidden] Schicht { $layer }
 }: { $share } der Werte sind inaktiv.
 }
chart-saturation-unmeasured = { $layer ->
    [output] Ausgabeschicht
   *[hidden] Schicht { $layer }
 }: bei diesem Schritt nicht gemessen
chart-saturation-readout-bin = z = { $z }: φ { $value }, Steigung φ′ { $slope }, { $share } der Voraktivierungen { $layer ->
    [output] der Ausgabeschicht
   *[hidden] von Schicht { $layer }
 }
chart-saturation-column-share = { $kind ->
    [saturated] gesättigt
   *[inactive] inaktiv
 }
chart-saturation-column-dead = tote Einheiten
chart-saturation-column-mean = Mittelwert von a
chart-saturation-column-std = Standardabweichung von a

## Änderungen

chart-updates-ratio = Änderung / Gewichte
chart-updates-distance = Abstand vom Start / Startgewichte
chart-updates-none = Noch keine Änderung.
chart-updates-to-zero = Der letzte Schritt hat die Gewichte von Schicht { $layer } auf 0 gesetzt.
chart-updates-pace = Schicht { $layer } ändert sich pro Schritt um { $change } ihrer Gewichte.
chart-updates-still = Schicht { $layer } steht still: Ihre Änderungen sind zu klein, als dass float32 sie festhalten könnte.
chart-updates-still-zero = Schicht { $layer } steht still: Ihr dW ist genau 0.
chart-updates-weights-zero = unendlich (die Gewichte sind jetzt 0)
chart-updates-readout = Schritt { $step }, { $layer ->
    [output] Ausgabeschicht
   *[hidden] Schicht { $layer }
 }: Änderung / Gewichte { $ratio }
chart-updates-readout-distance = { $layer ->
    [output] Ausgabeschicht
   *[hidden] Schicht { $layer }
 }: Abstand vom Start { $distance }, im Verhältnis zu den Startgewichten
chart-updates-column-ratio = Änderung / Gewichte
chart-updates-column-update = RMS der Änderung
chart-updates-column-weights = RMS von W
chart-updates-column-distance = Abstand vom Start

## Schritt

chart-step-line-title = Änderung des Verlusts
chart-step-line-before = vorher
chart-step-line-after = nachher
chart-step-line-axis = Stelle entlang der Änderung
chart-step-line-limit = ab hier höherer Verlust
chart-step-line-none = Noch kein Schritt.
chart-step-line-next = Der nächste Schritt wird seine Linie zeigen.
chart-step-line-not-finite = Schritt { $step } führte zu einem Verlust, der nicht endlich ist.
chart-step-line-crawled = Schritt { $step } hat den Verlust um { $change } gesenkt; der tiefste Punkt ist noch weit entfernt.
chart-step-line-descended = Schritt { $step } hat den Verlust um { $change } gesenkt.
chart-step-line-crossed = Schritt { $step } ist über das Minimum auf dieser Linie hinausgesprungen, hat den Verlust aber noch um { $change } gesenkt.
chart-step-line-climbed = Schritt { $step } ist zu weit gesprungen: Er hat den Verlust um { $change } erhöht.
chart-step-line-rate = Auf dieser Linie würden Lernraten über { $limit } den Verlust erhöhen (jetzt { $rate }; Krümmung { $curvature }).
chart-step-line-readout = { $t } des Schritts (Lernrate { $rate }): Verlust { $change }
chart-step-line-column-place = Stelle entlang der Änderung
chart-step-line-column-rate = Lernrate
chart-step-line-column-change = Änderung des Verlusts
chart-step-line-column-slope = Steigung

## Normen

chart-norms-gradient = Norm des Gradienten
chart-norms-weights = RMS von W
chart-norms-clip-at = Grenze
chart-norms-line-norm = Norm
chart-norms-line-before = vorher
chart-norms-line-after = nachher
chart-norms-clipping-off = Das Clipping ist aus.
chart-norms-clipped = Bei { $share } der Schritte wurde der Gradient begrenzt.
chart-norms-decay-off = Weight Decay ist aus.
chart-norms-decay-waiting = Weight Decay hat noch nicht gewirkt.
chart-norms-decay = Weight Decay macht { $share } der letzten Änderung { $layer ->
    [output] der Ausgabeschicht
   *[hidden] von Schicht { $layer }
 } aus.
chart-norms-readout = Schritt { $step }: Norm des Gradienten { $before }, nach dem Clipping { $after }
chart-norms-readout-weights = Schritt { $step }, { $layer ->
    [output] Ausgabeschicht
   *[hidden] Schicht { $layer }
 }: RMS von W { $w }
chart-norms-column-weights = RMS von W
chart-norms-column-weights-start = RMS von W bei Schritt 0
chart-norms-column-update = RMS der Änderung
chart-norms-column-decay = RMS des Anteils von Weight Decay
chart-norms-column-share = Anteil von Weight Decay

## Vorhersagen

chart-boundary-axes = Merkmal 1 →, Merkmal 2 ↑ (standardisiert)
chart-boundary-axes-regression = wahr →, vorhergesagt ↑ (standardisiert)
chart-boundary-predicted = vorhergesagt
chart-boundary-true = wahre Klasse, Testbeispiele
chart-boundary-samples = Testbeispiele, Vorhersagen
chart-boundary-accuracy = { $accuracy } der Testbeispiele sind bei Schritt { $step } richtig (Raten: { $guess }).
chart-boundary-loss = Testverlust { $loss } bei Schritt { $step }.
chart-boundary-pinned-accuracy = Gemerkter Lauf: { $accuracy } der Testbeispiele sind richtig.
chart-boundary-pinned-loss = Gemerkter Lauf: Testverlust { $loss }.
chart-boundary-readout-not-finite = Bei ({ $x }; { $y }): Die Vorhersage ist nicht endlich
chart-boundary-readout-number = Bei ({ $x }; { $y }): vorhergesagt { $number }
chart-boundary-readout-share = Bei ({ $x }; { $y }): { $share } für Klasse { $class }
chart-boundary-readout-class = Bei ({ $x }; { $y }): Klasse { $class }
chart-boundary-readout-count = { $count ->
    [one] 1 Testbeispiel der Klasse { $true } wird als { $predicted } klassifiziert
   *[other] { $count } Testbeispiele der Klasse { $true } werden als { $predicted } klassifiziert
 }
chart-boundary-readout-sample = Wahre Klasse { $true }, mit { $confidence } als { $predicted } klassifiziert
chart-boundary-readout-regression = Wahr { $true }, vorhergesagt { $predicted }
chart-boundary-column-true = wahre Klasse
chart-boundary-column-predicted = klassifiziert als { $class }
chart-boundary-column-samples = Beispiele
chart-boundary-column-loss = Testverlust

## Gewichte

chart-weights-update = Änderung
chart-weights-largest = max. { $value }
chart-weights-shape = { $layer ->
    [output] Ausgabeschicht
   *[hidden] Schicht { $layer }
 } hat { $inputs } Eingänge und { $units } Einheiten.
chart-weights-choose = Ein Klick auf eine Schicht in einem anderen Diagramm zeigt sie hier.
chart-weights-readout = { $image }, Eingang { $input }, Einheit { $unit }: { $value }
chart-weights-column-tensor = Tensor
chart-weights-column-inputs = Eingänge
chart-weights-column-units = Einheiten
chart-weights-column-largest = größter Wert
chart-weights-column-rms = RMS

## Teile: kleine Bilder neben dem Befund, in Worten.

part-samples = { $right } der { $count } gezeigten Beispiele sind richtig klassifiziert.
part-plane = Die Antwort des Netzes an jeder Stelle der Ebene, darüber die Beispiele.
part-regression = Vorhergesagte gegen wahre Werte von { $count } Testbeispielen; genaue Vorhersagen liegen auf der gestrichelten Linie.

chart-fixes-waiting = Noch ist nichts ausprobiert.
chart-fixes-calm = Gesund: Es gibt nichts zu beheben.
