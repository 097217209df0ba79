### What goes wrong in the page: what happened, what it means, what to do.

## Refused values. $field is an attribute or argument, $allowed says what it may be.

refused-attribute = { $field } cannot be { $value }. Allowed: { $allowed }.
refused-argument = { $method }: { $field } cannot be { $value }. Allowed: { $allowed }.
# $names is a list of names with commas.
allowed-one-of = one of { $names }
allowed-names = some of { $names }
allowed-controls = all, none, or some of { $names }
allowed-speed = steps per second, above 0 and up to 1000, or max
allowed-settings = an object of settings, such as depth: 20
allowed-text = a text
allowed-function = a function
allowed-switch = true or false
allowed-size = a number of CSS pixels
allowed-ratio = a number of device pixels per CSS pixel
allowed-steps = a whole number from { $min } to { $max }
allowed-steps-or-infinity = a whole number from { $min } to { $max }, or Infinity
allowed-object-with = an object with { $names }
allowed-only = only { $names }
allowed-upload = a table that was given to this page

# The experiment needs data that were uploaded elsewhere.
upload-missing = This experiment uses someone's own data, which a link cannot contain. Choose or drop a CSV file.
# $bytes is the size of the file.
table-too-large = The file { $name } is too large: it has { $bytes } bytes. A table may have up to 8 MB, 500 columns and 50 classes.

## Loading. $file is its address.

load-offline = The file { $file } could not be loaded: there is no connection, or something on the way blocks it. Try again later.
load-status = The file { $file } could not be loaded: the server answered { $status }. Try again later.
load-damaged = The file { $file } arrived incomplete, or is a different file. Try again later.
load-missing = The file { $file } is not in this page.
load-wasm = The WebAssembly file arrived incomplete, or the files of this page are from two releases. Reload the page, or try again later.
load-language = The words of this language ({ $tag }) could not be loaded, so the laboratory speaks English. Choose the language again later.
wasm-forbidden = The security policy (CSP) of this page forbids WebAssembly, in which the laboratory computes. Whoever runs the site can allow it with: script-src 'self' 'wasm-unsafe-eval'.
# It stands after a browser's own message.
cannot-start = The laboratory needs WebAssembly and a page that is served over HTTP. Reloading may help.
browser-lacks = Gradient Flow cannot run in this browser, which lacks { $missing }.

## The run. $reason says why, or is "none".

worker-no-start = { $reason ->
        [none] Training could not start.
       *[other] Training could not start ({ $reason }).
    }
worker-no-memory = { $reason ->
        [none] The network is too large for the memory of this browser. Choose fewer layers or units.
       *[other] The network is too large for the memory of this browser ({ $reason }). Choose fewer layers or units.
    }
worker-died = { $reason ->
        [none] Training has stopped unexpectedly. Start it again.
       *[other] Training has stopped unexpectedly ({ $reason }). Start it again.
    }
worker-ended = the browser may have ended it to save memory
worker-silent = The network has not answered for { $seconds } s. It may be too large for this device.
no-network = There is no network, because training has stopped. Call reset() to start again.
not-built = No network has been built yet.

## What a script waits for, and does not get.

aborted-rebuilt = The request was dropped, because a new network is being built.
aborted-removed = The request was dropped, because the element was removed.
aborted-step = The steps were stopped before all of them were made.
not-ready = { $method }: the element is not ready yet. Await its promise "ready" first.
png-too-large = toPNG: the image is too large for this browser. Choose a smaller size.
view-not-shown = { $method }: the view { $chart } is not on the screen. Show it first.
