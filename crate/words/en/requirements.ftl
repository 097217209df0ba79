### What a browser lacks. It is said before anything else runs: no selectors here, only { $missing }.

# $missing is a list of the names below.
requirements-missing = Gradient Flow cannot run in this browser, which lacks { $missing }. It runs in Chrome and Edge from version 123, Firefox from 120 and Safari from 17.5.

requirement-modules = JavaScript modules
requirement-javascript = a current JavaScript
requirement-wasm = WebAssembly (it may be switched off, as in Lockdown Mode)
requirement-simd = SIMD in WebAssembly
requirement-elements = custom elements
requirement-canvas = canvas
requirement-channel = MessageChannel
requirement-resize = ResizeObserver
requirement-mutation = MutationObserver
requirement-sheets = style sheets made by scripts
requirement-deflate = DecompressionStream
requirement-light-dark = light-dark() in style sheets
