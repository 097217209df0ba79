// @ts-check
/**
 * Says in the page what a browser lacks. In our pages it runs before the modules, which such a browser may not even be
 * able to read: so it is in the oldest JavaScript, and works as a classic script and as a module.
 */
(function () {
  /** A module with one SIMD instruction. */
  var SIMD = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11];
  var root = document.createElement('div');
  var canvas = document.createElement('canvas');
  /** @type {[string, () => unknown][]} */
  var requirements = [
    ['JavaScript modules', function () { return 'noModule' in document.createElement('script'); }],
    ['a current JavaScript', function () { return 'hasOwn' in Object && 'at' in [] && 'replaceAll' in String.prototype; }],
    ['WebAssembly (it may be switched off, as in Lockdown Mode)', function () { return typeof WebAssembly === 'object'; }],
    ['SIMD in WebAssembly', function () { return typeof WebAssembly !== 'object' || WebAssembly.validate(new Uint8Array(SIMD)); }],
    ['custom elements', function () { return window.customElements && root.attachShadow; }],
    ['canvas', function () { return canvas.getContext && canvas.getContext('2d'); }],
    ['MessageChannel', function () { return new MessageChannel(); }],
    ['ResizeObserver', function () { return window.ResizeObserver; }],
    ['MutationObserver', function () { return window.MutationObserver; }],
    ['style sheets made by scripts', function () { return new CSSStyleSheet() && document.adoptedStyleSheets; }],
    ['DecompressionStream', function () { return new DecompressionStream('deflate-raw'); }],
    ['light-dark() in style sheets', function () { return CSS.supports('color', 'light-dark(red, red)'); }],
  ];
  var missing = [];
  for (var i = 0; i < requirements.length; i += 1) {
    var isThere = false;
    try {
      isThere = Boolean(requirements[i][1]());
    } catch (error) {
      // What throws is missing.
    }
    if (!isThere) missing.push(requirements[i][0]);
  }
  /** @type {any} */ (window).gradientFlowMissing = missing;
  if (missing.length === 0 || document.querySelector('.gradient-flow-missing')) return;
  var text = 'Gradient Flow cannot run in this browser, which lacks ' + missing.join(', ') +
    '. It runs in Chrome and Edge from version 123, Firefox from 120 and Safari from 17.5.';
  var labs = document.getElementsByTagName('gradient-flow');
  var main = document.getElementsByTagName('main')[0];
  while (labs.length > 0 || main) {
    var notice = document.createElement('p');
    notice.setAttribute('role', 'alert');
    notice.className = 'gradient-flow-missing';
    notice.appendChild(document.createTextNode(text));
    if (labs.length > 0) (/** @type {Node} */ (labs[0].parentNode)).replaceChild(notice, labs[0]);
    else main.insertBefore(notice, main.firstChild);
    if (labs.length === 0) return;
  }
})();
