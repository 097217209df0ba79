### Ein Moment: ein Lauf, der zu einem Schritt gebracht wird, und sein Bericht.

moment-label = Wiederholung
moment-replaying = Wiederholt: Schritt { $step } von { $steps }
moment-replaying-kept = Wiederholt den Lauf, der zum Vergleich aufbewahrt ist: Schritt { $step } von { $steps }
moment-cancel = Abbrechen
moment-same = Das ist derselbe Lauf: Prüfsumme { $digest }
moment-differs = Das ist nicht derselbe Lauf. Im Link steht die Prüfsumme { $expected }, die Wiederholung endet mit { $digest }. Entweder wurde der Link geändert, oder eine andere Version des Labors hat ihn erzeugt.
moment-needs-table = Dieser Moment wurde mit eigenen Daten trainiert, die ein Link nicht enthalten kann. Wählen Sie dieselbe Datei, dann wird er wiederholt.
moment-allowed-changes = SCHRITT:EINSTELLUNG=WERT mit { $names }, mehrere durch Semikolon getrennt, etwa 200:learning-rate=0.01;300:clip=norm

## Der Bericht

report-title = { $depth ->
        [one] Eine { $activation }-Schicht bei Schritt { $step }
       *[other] { $depth } { $activation }-Schichten bei Schritt { $step }
    }
report-fixes = Abhilfen, die probiert wurden:
report-lesson = Lektion: { $title }
report-answer = Antwort: { $answer }
report-skipped = übersprungen
report-changes = Änderungen unterwegs
report-change = Schritt { $step }: { $label } { $from } → { $to }
report-settings = Einstellungen
report-changed = Geändert, die Voreinstellung in Klammern:
report-yes = ja
report-no = nein
report-others = Wie voreingestellt: { $list }
report-digest = Prüfsumme
report-moment = Dieser Moment
    .note = Der Link wiederholt den Lauf und sagt, ob sein Zustand diese Prüfsumme hat. Sie ist auf jeder Maschine dieselbe.
