// @ts-check
/**
 * Says in the page what a browser lacks. In our pages it runs before the modules, which such a browser may not even be
 * able to read: so it is in the oldest JavaScript, and works as a classic script and as a module.
 */
(function () {
  /** What is said, by language and id: the build puts crate/words/LANGUAGE/requirements.ftl here. @type {Record<string, Record<string, string>>} */
  var WORDS = { /* words */ };
  /** A module with one SIMD instruction. */
  var SIMD = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11];
  var root = document.createElement('div');
  var canvas = document.createElement('canvas');
  /** @type {[string, () => unknown][]} */
  var requirements = [
    ['requirement-modules', function () { return 'noModule' in document.createElement('script'); }],
    ['requirement-javascript', function () { return 'hasOwn' in Object && 'at' in [] && 'replaceAll' in String.prototype; }],
    ['requirement-wasm', function () { return typeof WebAssembly === 'object'; }],
    ['requirement-simd', function () { return typeof WebAssembly !== 'object' || WebAssembly.validate(new Uint8Array(SIMD)); }],
    ['requirement-elements', function () { return window.customElements && root.attachShadow; }],
    ['requirement-canvas', function () { return canvas.getContext && canvas.getContext('2d'); }],
    ['requirement-channel', function () { return new MessageChannel(); }],
    ['requirement-resize', function () { return window.ResizeObserver; }],
    ['requirement-mutation', function () { return window.MutationObserver; }],
    ['requirement-sheets', function () { return new CSSStyleSheet() && document.adoptedStyleSheets; }],
    ['requirement-deflate', function () { return new DecompressionStream('deflate-raw'); }],
    ['requirement-light-dark', function () { return CSS.supports('color', 'light-dark(red, red)'); }],
  ];
  /** @param {string} id */
  function say(id) {
    // The language of the link, or of the browser.
    var chosen = /[#&]lang=(\w+)/.exec(location.hash);
    var words = WORDS[(chosen ? chosen[1] : navigator.language || '').slice(0, 2)] || WORDS.en;
    return words ? words[id] : id;
  }

  var missing = [];
  for (var i = 0; i < requirements.length; i += 1) {
    var isThere = false;
    try {
      isThere = Boolean(requirements[i][1]());
    } catch (error) {
      // What throws is missing.
    }
    if (!isThere) missing.push(say(requirements[i][0]));
  }
  /** @type {any} */ (window).gradientFlowMissing = missing;
  if (missing.length === 0 || document.querySelector('.gradient-flow-missing')) return;
  var text = say('requirements-missing').replace('{missing}', missing.join(', '));
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
