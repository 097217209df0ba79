error-refused = { $field } kann nicht { $value } sein. Erlaubt: { $allowed }.

allowed-field = eine Einstellung mit einem der Namen { $names }
allowed-object = ein JSON-Objekt mit Einstellungen
allowed-output = auto oder linear, denn { $loss } erwartet eine lineare Ausgabe; mit mse jede
allowed-loss = auto oder mse, denn bei diesen Daten sind Zahlen vorherzusagen, keine Klassen
allowed-batch-pytorch = 2 oder mehr in PyTorch, dessen Batch-Norm keinen Minibatch aus einem Beispiel annimmt

allowed-memory = hier höchstens { $largest }, denn dieses Netz bräuchte { $needed } Speicher und kann { $budget } bekommen
allowed-memory-nothing = hier nichts, denn dieses Netz bräuchte { $needed } Speicher und kann { $budget } bekommen

allowed-pixels = 1 bis { $max } CSS-Pixel
allowed-scale = { $min } bis { $max } Gerätepixel je CSS-Pixel
allowed-side = höchstens { $max } CSS-Pixel bei scale = { $scale }, denn Browser zeichnen höchstens { $device } Gerätepixel
allowed-area = höchstens { $max } Millionen Gerätepixel; bei scale = { $scale } sind es { $pixels } Millionen

error-no-table = Für data = { $data } gibt es keine Tabelle. Wählen Sie eine CSV-Datei oder andere Daten.
error-too-few = { $count ->
    [0] Die Tabelle hat keine Beispiele
    [one] Ein Beispiel ist zu wenig
   *[other] { $count } Beispiele sind zu wenig
 }: Mindestens 2 sind nötig.
error-row-unreadable = Zeile { $row } der Tabelle ist nicht lesbar.
error-row-length = Zeile { $row } hat { $cells ->
    [one] eine Zelle
   *[other] { $cells } Zellen
 }, aber Zeile 1 hat { $expected }.
error-one-column = Die Tabelle hat nur eine Spalte. Nötig sind mindestens 2: etwas zum Lernen und etwas zum Vorhersagen.
error-cell-missing = Zeile { $row }, Spalte { $column }: Der Wert fehlt.{ $more ->
    [0] { "" }
    [one] { " " }Eine weitere Zelle fehlt oder ist keine Zahl.
   *[other] { " " }{ $more } weitere Zellen fehlen oder sind keine Zahlen.
 }
error-cell-number = Zeile { $row }, Spalte { $column }: „{ $cell }“ ist keine Zahl.{ $more ->
    [0] { "" }
    [one] { " " }Eine weitere Zelle fehlt oder ist keine Zahl.
   *[other] { " " }{ $more } weitere Zellen fehlen oder sind keine Zahlen.
 }

allowed-rows = eine Kopfzeile und 2 Zeilen
allowed-columns = 2 oder mehr, getrennt durch Komma, Semikolon oder Tabulator
allowed-column = eine Spalte: ihre Nummer von 1 bis { $count } oder ihr Name ({ $names })
allowed-column-list = eine Liste von Spalten
allowed-at-most = höchstens { $max }
allowed-table = eine Zeile JSON, dann ein CSV
allowed-options = header, target, task, without und skip
allowed-features = 1 oder mehr Spalten mit Zahlen neben dem Ziel
allowed-classes = 2 oder mehr
