import assert from 'node:assert/strict';
import { pictures, ready, snapshot } from './lab.mjs';
import { pageTest, picture } from './site.mjs';

for (const scheme of ['light', 'dark']) {
  pageTest(`the page loads under the strict policy, ${scheme}`, { scheme }, async (page) => {
    const { headers } = await page.evaluate(async () => ({ headers: [...(await fetch(location.href)).headers] }));
    assert.equal(
      new Map(headers).get('content-security-policy'),
      "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'",
    );
    await ready(page);
    const first = await snapshot(page);
    assert.equal(first.step, 0, 'with reduced motion it stands still');
    assert.equal(first.layers.dw_rms.length, 11, 'ten hidden layers and the output layer');

    const drawn = await pictures(page);
    assert.deepEqual(Object.keys(drawn).sort(), ['histograms', 'history', 'loss', 'signals']);
    const colours = await page.evaluate(() =>
      Array.from(document.querySelector('gradient-flow').shadowRoot.querySelectorAll('canvas'), (canvas) => {
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        return new Set(new Uint32Array(data.buffer)).size;
      }),
    );
    assert.ok(Math.min(...colours) > 5, `every chart shows something: ${colours} colours`);
    await picture(page, `page-${scheme}`);
  });
}

pageTest('at first the page runs by itself', { motion: 'no-preference' }, async (page) => {
  await ready(page);
  await page.waitForFunction(() => document.querySelector('gradient-flow').snapshot.step >= 3);
});

pageTest('the embeddable page loads', { path: 'embed.html#depth=5&charts=signals&controls=none' }, async (page) => {
  await ready(page);
  assert.equal((await snapshot(page)).layers.dw_rms.length, 6);
  assert.deepEqual(Object.keys(await pictures(page)), ['signals']);
});
