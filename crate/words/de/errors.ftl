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
error-one-column = Die Tabelle hat nur eine Spalte. Nötig sind mindestens 2: etwas zum Lernen und etwas zum Vorhersagen.
