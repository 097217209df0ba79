### Versuche: Vorgeschlagene Abhilfen werden im Hintergrund ausprobiert.

trials-running = { $tried } von { $planned } Versuchen gemacht.
trials-finished = { $learning ->
    [0] Mit keiner der { $tried } Änderungen lernt das Netz in { $steps } Schritten.
    [one] Mit 1 von { $tried } Änderungen lernt das Netz in { $steps } Schritten.
   *[other] Mit { $learning } von { $tried } Änderungen lernt das Netz in { $steps } Schritten.
 }
trials-off = Nicht ausprobiert: Versuche sind hier abgeschaltet.
trials-too-large = Nicht ausprobiert: Das Netz ist zu groß, um es im Hintergrund zu trainieren.
trials-no-worker = Nicht ausprobiert: Diese Seite darf nicht im Hintergrund trainieren.
trials-untried-fixes = Nicht ausprobiert:
trials-progress = Versuche: { $tried } von { $planned }
trials-result-loss = Verlust { $loss }
trials-reached = { $result } nach { $steps } Schritten (Raten: { $guess }).
trials-none = Mit keiner ausprobierten Änderung lernt es in { $steps } Schritten.
trials-told = Abhilfen sind ausprobiert. Am besten: { $fix }, { $result } nach { $steps } Schritten.
trials-axis-accuracy = Testgenauigkeit nach { $steps } Schritten
trials-axis-loss = Testverlust nach { $steps } Schritten
trials-this-run = dieser Lauf
trials-guessing = Raten
trials-overflow = Überlauf
trials-untried = nicht probiert
trials-more = + { $count } weitere
trials-readout = { $change }: { $result }
trials-apply = Ein Klick oder die Eingabetaste übernimmt eine Änderung.
trials-column-change = Änderung
trials-column-result = nach { $steps } Schritten
trials-column-learns = lernt
trials-learns = ja
trials-learns-not = nein
