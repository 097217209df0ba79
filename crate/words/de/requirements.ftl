requirements-missing = Gradient Flow läuft nicht in diesem Browser. Ihm fehlt: { $missing }. Es läuft in Chrome und Edge ab Version 123, Firefox ab 120 und Safari ab 17.5.

requirement-modules = JavaScript-Module
requirement-javascript = aktuelles JavaScript
requirement-wasm = WebAssembly (vielleicht abgeschaltet, etwa im Blockierungsmodus)
requirement-simd = SIMD in WebAssembly
requirement-elements = eigene Elemente (custom elements)
requirement-canvas = canvas
requirement-channel = MessageChannel
requirement-resize = ResizeObserver
requirement-mutation = MutationObserver
requirement-sheets = Stylesheets aus Skripten
requirement-deflate = DecompressionStream
requirement-light-dark = light-dark() in Stylesheets
