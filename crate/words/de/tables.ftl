### Was über eine mitgebrachte Tabelle gesagt wird: warum sie abgelehnt wird, wie sie gelesen und was geraten wurde.

table-allowed-rows = eine Kopfzeile und 2 Zeilen
table-allowed-columns = 2 oder mehr, getrennt durch Komma, Semikolon, Tabulator, senkrechten Strich oder Leerzeichen
table-allowed-column = eine Spalte: ihre Nummer von 1 bis { $count } oder ihr Name ({ $names })
table-allowed-column-list = eine Liste von Spalten
table-allowed-kinds = ein Objekt aus Spalten und ihren Arten
table-allowed-at-most = höchstens { $max }
table-allowed-text = eine Zeile JSON, dann ein CSV
table-allowed-options = header, separator, decimal, dates, target, task, kinds, with, without, missing und seed
table-allowed-features = 1 oder mehr Spalten zum Lernen neben dem Ziel
table-allowed-classes = 2 oder mehr
table-row-length = Zeile { $row } hat { $cells ->
    [one] eine Zelle
   *[other] { $cells } Zellen
 }, die anderen Zeilen haben { $expected }.
table-cell-number = Zeile { $row }, Spalte { $column }: „{ $cell }“ ist keine Zahl.

table-reason-chosen = Von Ihnen gewählt.
table-reason-name = Am Namen erkannt.
table-reason-values = Geraten: die einzige Spalte mit wenigen Wörtern, jedes in vielen Zeilen.
table-reason-last = Geraten: die letzte Spalte, die sich vorhersagen lässt.
table-reason-first = Geraten: die erste Spalte.

table-out-row-number = Sie zählt nur die Zeilen.
table-out-names = Fast jede Zeile hat ein eigenes Wort: Daraus ist nichts zu lernen.
table-out-mixed = Sie mischt Zahlen und Wörter, fast alle verschieden.
table-out-sentences = Sie enthält ganze Sätze.
table-out-constant = Sie hat in jeder Zeile denselben Wert.
table-out-empty = Sie hat keine Werte.
table-out-chosen = Von Ihnen ausgelassen.

table-warning-sample = Die Tabelle hat { $all } Zeilen. Das Netz lernt aus { $rows } zufällig gewählten.
table-warning-thinned = Bei { $features } Merkmalen lernt das Netz aus { $rows } zufällig gewählten Zeilen.
table-warning-lines = { $count ->
    [one] Eine Zeile, die nicht zur Tabelle gehört, wurde übersprungen: ein Titel, Kommentar oder eine Fußnote.
   *[other] { $count } Zeilen, die nicht zur Tabelle gehören, wurden übersprungen: Titel, Kommentare oder Fußnoten.
 }
table-warning-short = { $count ->
    [one] Eine Zeile ist kürzer als die anderen: Ihre letzten Zellen gelten als fehlend.
   *[other] { $count } Zeilen sind kürzer als die anderen: Ihre letzten Zellen gelten als fehlend.
 }
table-warning-mixed = Die Spalte { $column } mischt Zahlen und Wörter, fast alle verschieden, und wird ausgelassen. Um sie zu verwenden, wählen Sie ihre Art.
table-warning-decimal = Spalte { $column }: „{ $cell }“ lässt sich auf zwei Arten lesen. Gelesen wird { $value }. Falls das falsch ist, ändern Sie das Dezimalzeichen.
table-warning-dates = Spalte { $column }: Tag und Monat könnten vertauscht sein. Wählen Sie, was zuerst steht.
table-warning-broken = Zeile { $row }, Spalte { $column }: „{ $cell }“ passt nicht zu den anderen Zellen und gilt als fehlend.{ $more ->
    [0] { "" }
    [one] { " " }Ebenso eine weitere Zelle dieser Spalte.
   *[other] { " " }Ebenso { $more } weitere Zellen dieser Spalte.
 }
table-warning-target = { $count ->
    [one] Eine Zeile hat keinen Wert zum Vorhersagen und wird ausgelassen.
   *[other] { $count } Zeilen haben keinen Wert zum Vorhersagen und werden ausgelassen.
 }
table-warning-row-numbers = { $count ->
    [one] Ausgelassen, weil sie nur die Zeilen zählt: { $names }.
   *[other] Ausgelassen, weil sie nur die Zeilen zählen: { $names }.
 }
table-warning-names = Ausgelassen, weil fast jede Zeile ein eigenes Wort oder einen eigenen Satz hat: { $names }.
table-warning-constant = { $count ->
    [one] Ausgelassen, weil sie höchstens einen Wert hat: { $names }.
   *[other] Ausgelassen, weil sie jeweils höchstens einen Wert haben: { $names }.
 }
table-warning-leak = Die Spalte { $column } sagt mit anderen Worten dasselbe wie { $target }. Lassen Sie sie aus, damit das Netz etwas lernen muss.
