// @ts-check
/**
 * Starts embed.html. In a sandbox without `allow-same-origin` the page has an opaque origin, to which modules, wasm and
 * workers are cross-origin; a classic script is not, and one-file.js contains them all.
 */
{
  // The modules lie beside this script, in a folder whose name changes with every release.
  const { src } = /** @type {HTMLScriptElement} */ (document.currentScript);
  const script = document.createElement('script');
  if (self.origin === 'null') script.src = 'one-file.js';
  else Object.assign(script, { type: 'module', src: new URL('page.js', src).href });
  document.head.append(script);
}
