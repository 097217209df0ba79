### Lektionen: was an einer Lektionsdatei falsch ist und was an einer Zeichnung stimmt. Wörter wie config, steps und Goal
### stehen so in der Datei und bleiben, wie sie sind.

## Was an einer Datei falsch ist. Davor steht die Zeile.

lesson-too-large = Die Datei ist zu groß: { $max } KB sind erlaubt.
lesson-no-title = Die Datei beginnt nicht mit einem Titel wie title = Meine Lektion.
lesson-no-minutes = Am Anfang steht nicht, wie lange die Lektion dauert, etwa minutes = 10.
lesson-minutes = minutes kann nicht „{ $value }“ sein, sondern eine ganze Zahl von 1 bis 600.
lesson-predict = predict kann nicht „{ $value }“ sein, sondern on oder off.
lesson-head = „{ $text }“ gehört nicht an den Anfang der Datei. Der Text einer Lektion beginnt unter der Überschrift ihres ersten Teils, # Titel.
lesson-no-parts = Die Lektion hat keine Teile. Ein Teil beginnt mit einer Überschrift: # Titel.
lesson-no-part-yet = Dieser Abschnitt steht vor dem ersten Teil, der mit einer Überschrift beginnt: # Titel.
lesson-heading = Eine Überschrift braucht nach dem # ein Leerzeichen und einen Titel.
lesson-no-config = Der Teil sagt nicht, welches Netz er zeigt: Er braucht config = und einen Link oder seine Einstellungen, etwa depth=20&activation=sigmoid.
lesson-key = „{ $key }“ ist hier nicht bekannt. Bekannt sind: { $known }.
lesson-no-keys = „{ $key } =“ bedeutet hier nichts: Dieser Abschnitt hat nur Text.
lesson-chart = Es gibt kein Diagramm „{ $id }“. Die Diagramme sind: { $known }.
lesson-setting = Es gibt keine Einstellung „{ $name }“.
lesson-upload = Eine Lektion kann keine hochgeladenen Daten verwenden: Andere haben sie nicht.
lesson-section = Es gibt keinen Abschnitt „{ $heading }“. Abschnitte sind: { $known }.
lesson-twice = Ein Teil hat nur einen Abschnitt { $heading }. Beginnen Sie für einen zweiten einen neuen Teil.
lesson-empty = Unter „{ $heading }“ steht kein Text.
lesson-reveal-without-ask = Der Teil hat ein Reveal, fragt aber nichts: Ergänzen Sie ## Ask: draw, choose oder number.
lesson-before-goal = { $heading } steht vor dem Goal, zu dem es gehört.
lesson-hints = Ein Rätsel hat höchstens { $max } Hinweise: erst einen vagen, dann einen deutlichen.
lesson-item = Jede Zeile beginnt hier mit einem Bindestrich und einem Leerzeichen.

lesson-ask = „{ $kind }“ ist keine Art von Frage. Es gibt: draw, choose, number.
lesson-answers = Eine Auswahl braucht mindestens zwei Antworten, von denen genau eine richtig ist: „- [ ] falsch“ und „- [x] richtig“.
lesson-no-box = Diese Antwort hat kein Kästchen: „- [ ] falsch“ oder „- [x] richtig“.
lesson-no-answer = Diese Antwort hat keinen Text.
lesson-no-reason = Diese falsche Antwort hat keine Begründung. Schreiben Sie eine darunter, eingerückt nach einem „>“.
lesson-no-answer-key = Eine Frage nach einer Zahl braucht ihre Antwort, etwa answer = 0.25 oder answer = delta_factor.
lesson-answer = Die Antwort „{ $value }“ ist weder eine Zahl noch der Name einer Zahl.
lesson-tolerance = tolerance kann nicht „{ $value }“ sein. Möglich sind etwa 0.05, 20 % und factor 10.

lesson-number-unknown = Es gibt keine Zahl „{ $name }“. Meinen Sie { $nearest }? Die Seite docs.html führt alle Zahlen auf.
lesson-relation = „{ $word }“ vergleicht nicht: Schreiben Sie <, <=, >, >=, = oder between.
lesson-between = „between“ braucht zwei Zahlen mit „and“: delta_factor between 0.2 and 0.3.
lesson-value = „{ $value }“ ist weder eine Zahl noch der Name einer Zahl.
lesson-within = Ein Ziel endet mit den Schritten, die es erlaubt, etwa within 600 steps.
lesson-steps = „{ $value }“ ist keine Zahl von Schritten, also keine ganze Zahl bis { $max }.
lesson-left-over = „{ $word }“ ist hier nicht verständlich.
lesson-changes = changes kann nicht „{ $value }“ sein, sondern eine ganze Zahl ab 1.
lesson-breaks-rules = Diese Lösung ändert, was das Rätsel nicht erlaubt: { $settings }.

lesson-html = HTML wird nicht gelesen: Lektionen sind reines Markdown.
lesson-image = Lektionen haben keine Bilder: Die Diagramme sind das Bild.
lesson-link = Ein Link führt zu einer Webadresse (https://…) oder zu einer Datei neben der Seite, nicht zu „{ $address }“.
lesson-too-deep = Listen und Zitate stehen zu tief ineinander.

## Was an einer Zeichnung von dW über den Schichten stimmt.

lesson-drawn-nothing = Noch ist nichts gezeichnet.
lesson-drawn-overflow = Der Lauf ist übergelaufen: Sein Gradient hat keine Größe mehr.
lesson-drawn-all-zero = Der Gradient jeder Schicht ist genau 0.
lesson-drawn-zero = Sie haben { $drawn ->
    [falls] einen Abfall um das { $drawn_factor }-Fache zur Schicht 1 hin
    [rises] einen Anstieg um das { $drawn_factor }-Fache zur Schicht 1 hin
   *[level] einen gleichbleibenden Gradienten
 } gezeichnet. Er fällt auf genau 0: Der Gradient ist unterlaufen oder wurde abgeschnitten.
lesson-drawn-close = Gut gezeichnet: Wie von Ihnen erwartet { $measured ->
    [falls] fällt er um das { $factor }-Fache zur Schicht 1 hin
    [rises] steigt er um das { $factor }-Fache zur Schicht 1 hin
   *[level] bleibt er gleich groß
 }.
lesson-drawn-shape = Sie haben { $drawn ->
    [falls] einen Abfall um das { $drawn_factor }-Fache zur Schicht 1 hin
    [rises] einen Anstieg um das { $drawn_factor }-Fache zur Schicht 1 hin
   *[level] einen gleichbleibenden Gradienten
 } gezeichnet. Er { $measured ->
    [falls] fällt zur Schicht 1 hin um das { $factor }-Fache
    [rises] steigt zur Schicht 1 hin um das { $factor }-Fache
   *[level] bleibt gleich groß
 }.
lesson-drawn-height = Die Form stimmt, aber alles liegt um das { $factor }-Fache zu { $direction ->
    [high] hoch
   *[low] niedrig
 }.
lesson-drawn-bend = Die Enden stimmen, aber dazwischen liegen Sie im Mittel um den Faktor { $factor } daneben.
lesson-guess-line = Ihre Schätzung
lesson-guess-column = Ihre Schätzung von dW
lesson-guess-legend = Ihre Schätzung von dW als Zehnerpotenz
lesson-guess-hidden = Verborgen, bis Sie geschätzt haben.
lesson-guess-hint = Ziehen Sie die drei Punkte, oder zeichnen Sie die Linie in einem Zug.
lesson-guess-hint-inputs = Geben Sie für jede dieser Schichten eine Zehnerpotenz ein; dazwischen verläuft die Linie gerade.
lesson-guess-layer = { $layer ->
    [output] Ausgabeschicht
   *[other] Schicht { $layer }
 }
lesson-guess-handle = { $layer ->
    [output] Ihre Schätzung von dW in der Ausgabeschicht
   *[other] Ihre Schätzung von dW in Schicht { $layer }
 }
lesson-guess-at = { $layer ->
    [output] Ausgabeschicht: { $value }
   *[other] Schicht { $layer }: { $value }
 }
lesson-guess-clear = Löschen
