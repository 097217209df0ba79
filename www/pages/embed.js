// @ts-check
/**
 * Starts embed.html. In a sandbox without `allow-same-origin` the page's origin is none, and modules, wasm and
 * workers are foreign to it; a classic script is not, and one-file.js has them all inside.
 */
{
  const script = document.createElement('script');
  if (self.origin === 'null') script.src = 'one-file.js';
  else Object.assign(script, { type: 'module', src: 'pages/page.js' });
  document.head.append(script);
}
