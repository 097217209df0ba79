import assert from 'node:assert/strict';
import { eventually, pictures, ready, settled, until } from './lab.mjs';
import { pageTest, picture } from './site.mjs';

const PHONE = { width: 390, height: 844 };

/** How far the page can be scrolled, in CSS pixels. */
const overflow = (page) =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;
    return { across: scrollWidth - clientWidth, down: scrollHeight - clientHeight };
  });

for (const scheme of ['light', 'dark']) {
  pageTest(`a phone scrolls down only, ${scheme}`, { viewport: PHONE, scheme }, async (page) => {
    await ready(page);
    await pictures(page);
    await eventually(() => overflow(page), ({ across }) => assert.equal(across, 0));
    await picture(page, `phone-${scheme}`);
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('slider', { name: 'Depth' }).waitFor();
    await settled(page);
    await eventually(() => overflow(page), ({ across }) => assert.equal(across, 0));
    await picture(page, `phone-settings-${scheme}`);
  });
}

pageTest('a laptop shows everything without scrolling', {}, async (page) => {
  await ready(page);
  await pictures(page);
  await eventually(() => overflow(page), (seen) => assert.deepEqual(seen, { across: 0, down: 0 }));
});

for (const lang of ['en', 'de']) {
  pageTest(`the bar has room at every width, ${lang}`, { path: `#depth=20&lang=${lang}` }, async (page) => {
    await ready(page);
    for (let width = 330; width < 1700; width += 17) {
      await page.setViewportSize({ width, height: 800 });
      // Its end, measured in the frame after the new size.
      await eventually(() => page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => {
        const bar = document.querySelector('gradient-flow').shadowRoot.querySelector('.bar');
        const ends = Array.from(bar.querySelectorAll('*'), (part) => (part.checkVisibility() ? part.getBoundingClientRect().right : 0));
        resolve([innerWidth, Math.max(...ends) - bar.getBoundingClientRect().right]);
      }))), ([seen, beyond]) => assert.ok(seen === width && beyond < 1, `${beyond} px beyond the bar at ${width} px`));
    }
  });
}

pageTest('a small frame holds an embed', {
  path: 'embed.html#charts=signals&controls=none',
  viewport: { width: 320, height: 240 },
}, async (page) => {
  await ready(page);
  await pictures(page);
  await eventually(() => overflow(page), (seen) => assert.deepEqual(seen, { across: 0, down: 0 }));
  await picture(page, 'embed-small');
});

pageTest('the page answers while the worker is in a long step', {
  path: '#depth=30&width=512&batch-size=512&activation=relu&init=he_normal&learning-rate=0.0001',
}, async (page) => {
  await ready(page);
  // Frames are drawn between the asking for one step and its answer. A fast machine may be done too early, a busy one
  // draw too few: then another step is looked at. A page that computes itself draws none in any.
  await until(page, async () => {
    let frames = 0;
    let isWorking = true;
    const count = () => {
      frames += 1;
      if (isWorking) requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
    await document.querySelector('gradient-flow').step(1);
    isWorking = false;
    return frames >= 10;
  });

  // A slider moves while steps are still being computed: more of them than anybody waits for.
  await page.evaluate(() => {
    window.stepped = false;
    document.querySelector('gradient-flow').step(100_000).finally(() => (window.stepped = true)).catch(() => {});
  });
  const slider = page.getByRole('slider', { name: 'Learning rate' });
  const before = await slider.inputValue();
  await slider.press('PageUp');
  const [after, stepped] = await slider.evaluate((input) => [input.value, window.stepped]);
  assert.notEqual(after, before);
  assert.equal(stepped, false, 'the slider has moved first');
});
