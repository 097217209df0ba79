lessons-menu = Lektionen
lessons-menu-hint = Erst vorhersagen, dann sehen. Beim Verlassen einer Lektion ist Ihr eigenes Experiment wieder da.
lessons-minutes = { $minutes } min
    .long = { $minutes ->
        [one] 1 Minute
       *[other] { $minutes } Minuten
    }
lessons-done = erledigt
lessons-some-done = { $done } von { $parts } Teilen erledigt
lessons-open-file = Lektion aus einer Datei öffnen …
lessons-write = Selbst eine schreiben
lessons-clear = Meinen Fortschritt löschen
lessons-local = Ihr Fortschritt bleibt in diesem Browser.
lessons-offer = Neu hier? „{ $title }“ dauert { $minutes } Minuten.
lessons-offer-start = Anfangen
lessons-offer-dismiss = Nein, danke
lessons-where = Teil { $part } von { $parts }
lessons-previous = Voriger Teil
lessons-next = Nächster Teil
lessons-leave = Verlassen
    .title = Lektion verlassen und das eigene Experiment zurückholen (Escape)
lessons-fold = Text der Lektion ein- oder ausklappen
lessons-modified = Verändert · zurück zum Schritt
    .title = Das Netz ist nicht mehr das, um das es in diesem Teil geht. Holt es zurück.
lessons-next-lesson = Nächste Lektion: { $title }
lessons-predict-first = Erst vorhersagen. Die Diagramme erscheinen mit Ihrer Antwort.
lessons-reveal = Aufdecken
lessons-skip = Überspringen und zeigen
lessons-answer = Antworten
lessons-number = Ihre Zahl
lessons-number-refused = Bitte eine Zahl eingeben, etwa 0,5 oder 1e-6.
lessons-training = Training bis Schritt { $steps } …
lessons-right = Richtig.
lessons-wrong = Nicht ganz.
lessons-number-right = { $guess } ist nah genug: Es sind { $truth }.
lessons-number-wrong = Ihre Antwort war { $guess }. Es sind { $truth }.
lessons-number-is = Es sind { $truth }.
lessons-your-answer = Ihre Antwort
lessons-right-answer = die richtige Antwort
lessons-answers = Antworten
lessons-goal = Ziel
lessons-now = jetzt { $value }
lessons-within = innerhalb von { $steps } Schritten
lessons-fixed = Fest: { $settings }.
lessons-fixed-setting = fest
lessons-changes = { $most ->
    [one] Sie dürfen eine Einstellung ändern.
   *[other] Sie dürfen { $most } Einstellungen ändern.
 }
lessons-puzzle-start = Ändern Sie, was Sie möchten, und drücken Sie dann auf Start.
lessons-puzzle-running = Schritt { $step } von { $steps }
lessons-puzzle-over = Die { $steps } Schritte sind vorbei. Ändern Sie etwas und beginnen Sie neu.
lessons-puzzle-violated = Das zählt nicht: Geändert wurde { $settings }.
lessons-start-over = Von vorn beginnen
lessons-hint = Tipp { $number }
lessons-solved = Gelöst bei Schritt { $step }!
lessons-another = Es gibt weitere Lösungen. Noch eine suchen
lessons-file-wrong = { $name } ist nicht als Lektion zu gebrauchen:
lessons-file-line = Zeile { $line }: { $reason }
lessons-file-more = … und { $count } weitere.
lessons-unknown = Es gibt keine Lektion „{ $id }“. Es gibt: { $known }.
lessons-no-part = Die Lektion hat keinen Teil { $part }: Sie hat { $parts }.
