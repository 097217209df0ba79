dialog-close = Schließen
share-title = Dieses Experiment teilen
share-guide = Anleitung zum Einbetten
share-what = Was
share-settings = Das Experiment
    .note = Seine Einstellungen. Wer es öffnet, beginnt bei Schritt 0.
share-moment = Diesen Moment (Schritt { $step })
    .note = { $digest ->
        [none] Bringt zurück, was zu sehen ist: den betrachteten Schritt, die Änderungen unterwegs, den zum Vergleich aufbewahrten Lauf, die gewählte Schicht und die Antworten auf eine Lektion. Beim Öffnen wird der Lauf wiederholt.
       *[other] Bringt zurück, was zu sehen ist: den Schritt, die Änderungen unterwegs, den zum Vergleich aufbewahrten Lauf, die gewählte Schicht und die Antworten auf eine Lektion. Beim Öffnen wird der Lauf wiederholt und geprüft, ob er derselbe ist (Prüfsumme { $digest }).
    }
share-as = Teilen als
share-charts = Mit diesen Diagrammen, in dieser Reihenfolge
share-controls = Mit diesen Reglern
share-all = alle
share-none = keine
share-start = Start
share-autoplay = Startet von selbst, sobald sichtbar
share-theme = Farben
share-theme-auto = automatisch
share-theme-light = hell
share-theme-dark = dunkel
share-frame = Rahmen
share-script = Mit einem Skript, das den Rahmen anpasst
    .hint = Gibt dem Rahmen die Höhe, die er braucht, und die hellen oder dunklen Farben Ihrer Seite. Es wirkt auf alle Rahmen der Seite.
share-upload = Eigene Daten bleiben in diesem Browser. Weder der Link noch der Code noch die Datei enthält sie; beim Öffnen müssen die Daten neu gewählt werden. Ein Link erkennt dieselbe Datei wieder und liest sie genauso.
share-text = Der Text zum Kopieren
share-copy = Kopieren
share-copied = Kopiert
share-download = Herunterladen
share-cannot-copy = Diese Seite darf nicht kopieren. Der Text ist markiert: Strg+C drücken, auf dem Mac ⌘C.
share-saved = Gespeichert als gradient-flow.html ({ $size } kB).
share-not-saved = Die Datei konnte nicht erzeugt werden. { $reason }
share-link = Link
    .note = Öffnet das Labor mit genau diesem Experiment und liefert auf jedem Rechner dieselben Zahlen.
share-iframe = iframe
    .note = Für Lernplattformen, Wikis und alle Seiten, die HTML annehmen.
share-element = Element
    .note = Für eigene Seiten. Am schnellsten lädt es aus einer Kopie der Website daneben.
share-markdown = Markdown
    .note = Ein Link, der überall funktioniert, wo es Markdown gibt.
share-quarto = Quarto
    .note = Für eine .qmd-Datei. In Folien startet es, wenn seine Folie gezeigt wird.
share-revealjs = reveal.js
    .note = Eine Folie. Sie lädt und startet, wenn sie gezeigt wird.
share-mdbook = mdBook, MkDocs
    .note = Für ein Kapitel in Markdown, mit einer leeren Zeile davor und danach.
share-jsx = React, MDX
    .note = Für eine React-Komponente oder eine Seite von Docusaurus oder Next.js.
share-sphinx = Sphinx
    .note = Für eine .rst-Datei. In MyST-Markdown und Jupyter Book geht das iframe, wie es ist.
share-notebook = Notebook
    .note = Eine Zelle für Jupyter, JupyterLab, Colab, VS Code oder MyST. In Python stehen die Gradienten in lab.snapshot["layers"]["dw_rms"].
share-file = Eine Datei
    .note = Öffnet sich von der Festplatte, aus einer E-Mail oder einer Dateiablage, ganz ohne Netz.
share-experiment = Gradient Flow: Tiefe { $depth }, Aktivierung { $activation }, Startgewichte { $init }
export-title = Exportieren
export-history = Verlauf
    .hint = Verlust, Norm des Gradienten und Größe (RMS) des Gewichtsgradienten dW jeder Schicht in jedem Schritt.
    .csv = Verlauf als CSV speichern
    .json = Verlauf als JSON speichern
export-run = Lauf
    .hint = Ein PyTorch-Skript mit denselben Startgewichten, Daten und Minibatches. Es gibt dieselben Zahlen aus.
    .pytorch = Lauf als PyTorch-Skript speichern
export-report = Bericht
    .hint = Eine Seite zum Drucken oder Abgeben: Einstellungen, Änderungen, Diagramme, Befund, Antworten auf eine Lektion und ein Link, der den Lauf wiederholt.
export-report-open = Öffnen
    .title = Den Bericht in einem neuen Tab öffnen
export-report-save = Den Bericht als HTML-Datei speichern
export-chart = Diagramm
    .hint = Das Diagramm, wie es jetzt ist: SVG für den Druck, PNG für Folien.
    .svg = Diagramm als SVG speichern
    .png = Diagramm als PNG speichern
export-progress = { $percent } % geschrieben …
export-frame = Erscheint keine Datei, so erlaubt dieser Rahmen keine Downloads. Dann hilft es, das Labor in einem eigenen Tab zu öffnen.
table-title = Eigene Daten verwenden
table-private = Die Tabelle verlässt diesen Browser nicht.
table-private-why = Sie wird hier gelesen, aufbewahrt und zum Training benutzt und ist fort, wenn die Seite geschlossen wird. Ein Link kann sie nicht enthalten.
table-choose = Datei wählen
table-paste = oder Zellen einfügen
table-paste-hint = Aus einer Tabellenkalkulation
table-pasted = Eingefügte Tabelle
table-ready = Zum Ausprobieren
table-ready-wine = Wein
    .help = 178 Weine nach ihrer Chemie: Welche von drei Rebsorten ist es?
table-ready-penguins = Pinguine
    .help = 344 Pinguine nach Insel und Größe, einige Werte fehlen: Welche Art ist es?
table-ready-cars = Autos
    .help = 406 Autos nach Gewicht, Leistung und Baujahr: Wie viele Meilen je Gallone? (Regression)
table-limits = Fast jede Tabelle geht: CSV, TSV, mit oder ohne Kopfzeile. Bis zu 8 MB, 500 Spalten und 50 Klassen; von mehr als 20 000 Zeilen eine zufällige Auswahl.
table-use = Diese Tabelle verwenden
table-summary = { $rows ->
        [one] 1 Zeile
       *[other] { $rows } Zeilen
    }, { $features ->
        [one] 1 Merkmal
       *[other] { $features } Merkmale
    }, { $task ->
        [regression] eine Zahl als Ziel
        [unknown] Klassen als Ziel
       *[classes] { $classes ->
            [one] 1 Klasse
           *[other] { $classes } Klassen
        }
    }
table-contents = { $name }: { $summary }
table-rows = Die ersten Zeilen
table-header = Die erste Zeile enthält Namen
table-target = Vorhersagen
table-task = als
table-known = Dieselbe Tabelle wie im Link oder beim letzten Mal: Sie wird genauso gelesen.
table-other = Nicht die Tabelle des Links oder vom letzten Mal: Die Ergebnisse werden andere sein.
table-notes = Was über diese Tabelle zu wissen ist
table-columns = Spalten
table-kind-number = Zahlen
table-kind-words = Wörter
table-kind-flag = Ja oder nein
table-kind-time = Datum oder Zeit
table-kind-out = Auslassen
table-kind-target = Vorhersagen
table-column-features = { $features } Merkmale
table-column-missing = { $cells } fehlen
table-missing = { $cells ->
        [one] 1 fehlende Zelle
       *[other] { $cells } fehlende Zellen
    }
table-missing-fill = Ergänzen (Median oder „fehlt“)
table-missing-skip = { $rows } von { $all } Zeilen überspringen
table-decimal = Dezimalzeichen
table-decimal-point = Punkt (1.5)
table-decimal-comma = Komma (1,5)
table-dates = In Daten steht zuerst
table-dates-choose = Bitte wählen …
table-dates-day_first = der Tag
table-dates-month_first = der Monat
table-unnamed = Eigene Tabelle
