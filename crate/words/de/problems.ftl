refused-attribute = { $field } kann nicht { $value } sein. Erlaubt: { $allowed }.
refused-argument = { $method }: { $field } kann nicht { $value } sein. Erlaubt: { $allowed }.
allowed-one-of = eines von { $names }
allowed-names = einige von { $names }
allowed-controls = all, none oder einige von { $names }
allowed-speed = Schritte pro Sekunde, über 0 und bis 1000, oder max
allowed-settings = ein Objekt mit Einstellungen, etwa depth: 20
allowed-text = ein Text
allowed-function = eine Funktion
allowed-switch = true oder false
allowed-size = eine Zahl von CSS-Pixeln
allowed-ratio = eine Zahl von Gerätepixeln je CSS-Pixel
allowed-steps = eine ganze Zahl von { $min } bis { $max }
allowed-steps-or-infinity = eine ganze Zahl von { $min } bis { $max }, oder Infinity
allowed-object-with = ein Objekt mit { $names }
allowed-only = nur { $names }
allowed-upload = eine Tabelle, die dieser Seite gegeben wurde
upload-missing = Dieses Experiment verwendet eigene Daten, die ein Link nicht enthalten kann. Bitte eine CSV-Datei wählen oder hier ablegen.
table-too-large = Die Datei { $name } ist zu groß: Sie hat { $bytes } Bytes. Eine Tabelle darf bis zu 8 MB, 20 000 Zeilen, 500 Spalten und 20 Klassen haben.
load-offline = Die Datei { $file } konnte nicht geladen werden: Es besteht keine Verbindung, oder etwas auf dem Weg blockiert sie. Bitte später erneut versuchen.
load-status = Die Datei { $file } konnte nicht geladen werden: Der Server antwortete mit { $status }. Bitte später erneut versuchen.
load-damaged = Die Datei { $file } kam unvollständig an oder ist eine andere. Bitte später erneut versuchen.
load-missing = Die Datei { $file } ist nicht in dieser Seite enthalten.
load-wasm = Die WebAssembly-Datei kam unvollständig an, oder die Dateien dieser Seite stammen aus zwei Versionen. Bitte die Seite neu laden oder es später erneut versuchen.
load-language = Die Texte dieser Sprache ({ $tag }) konnten nicht geladen werden; das Labor spricht Englisch. Bitte die Sprache später erneut wählen.
wasm-forbidden = Die Sicherheitsrichtlinie (CSP) dieser Seite verbietet WebAssembly, womit das Labor rechnet. Wer die Website betreibt, kann es erlauben mit: script-src 'self' 'wasm-unsafe-eval'.
cannot-start = Das Labor braucht WebAssembly und eine Seite, die über HTTP ausgeliefert wird. Neu laden kann helfen.
browser-lacks = Gradient Flow läuft nicht in diesem Browser. Ihm fehlt: { $missing }.
worker-no-start = { $reason ->
        [none] Das Training konnte nicht starten.
       *[other] Das Training konnte nicht starten ({ $reason }).
    }
worker-no-memory = { $reason ->
        [none] Das Netz ist zu groß für den Speicher dieses Browsers. Abhilfe: weniger Schichten oder Einheiten.
       *[other] Das Netz ist zu groß für den Speicher dieses Browsers ({ $reason }). Abhilfe: weniger Schichten oder Einheiten.
    }
worker-died = { $reason ->
        [none] Das Training wurde unerwartet beendet. Bitte neu starten.
       *[other] Das Training wurde unerwartet beendet ({ $reason }). Bitte neu starten.
    }
worker-ended = vielleicht hat der Browser es beendet, um Speicher zu sparen
worker-silent = Das Netz hat seit { $seconds } s nicht geantwortet. Vielleicht ist es zu groß für dieses Gerät.
no-network = Es gibt kein Netz, weil das Training beendet wurde. Der Aufruf reset() startet neu.
not-built = Es wurde noch kein Netz gebaut.
aborted-rebuilt = Die Anfrage wurde verworfen, weil ein neues Netz gebaut wird.
aborted-removed = Die Anfrage wurde verworfen, weil das Element entfernt wurde.
aborted-step = Die Schritte wurden abgebrochen, bevor alle gemacht waren.
not-ready = { $method }: Das Element ist noch nicht bereit. Zuerst auf sein Promise "ready" warten.
png-too-large = toPNG: Das Bild ist zu groß für diesen Browser. Bitte eine kleinere Größe wählen.
view-not-shown = { $method }: Die Ansicht { $chart } ist nicht auf dem Bildschirm. Sie muss zuerst gezeigt werden.
