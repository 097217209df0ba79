/** What screen readers are given: few announcements, charts that take keys, and one tree of roles and names. */
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { eventually, ready, settled, step } from './lab.mjs';
import { pageTest } from './site.mjs';

const TREE = new URL('fixtures/accessibility-tree.yml', import.meta.url);

/** From now on `heard` collects what live regions say. @param {import('playwright-core').Page} page */
const listen = (page) =>
  page.evaluate(() => {
    window.heard = [];
    const { shadowRoot } = document.querySelector('gradient-flow');
    const live = '[role="status"], [role="alert"], [role="log"], [aria-live], output';
    const observer = new MutationObserver((changes) => {
      const regions = new Set(changes.map(({ target }) => (target.nodeType === 1 ? target : target.parentElement)?.closest(live)).filter(Boolean));
      for (const region of regions) window.heard.push(region.textContent);
    });
    observer.observe(shadowRoot, { childList: true, characterData: true, subtree: true });
  });

const heard = (page) => page.evaluate(() => window.heard);

pageTest('ten seconds at full speed are told in three sentences at most', { path: '#depth=20&speed=max&width=16' }, async (page) => {
  await ready(page);
  const canvas = page.locator('figure[data-chart="signals"] canvas');
  await canvas.focus();
  await canvas.press('ArrowRight');
  await page.evaluate(() => document.querySelector('gradient-flow').run());
  await listen(page);
  await page.waitForTimeout(10_000);
  const sentences = await heard(page);
  assert.ok(sentences.length <= 3, sentences.join('\n'));
  const steps = await page.evaluate(() => document.querySelector('gradient-flow').snapshot.step);
  assert.ok(steps > 100, `${steps} steps`);
});

pageTest('a stop, a fix, an overflow and what a key has found are told', { path: '#depth=12&width=16' }, async (page) => {
  await ready(page);
  await listen(page);
  const says = (words) => eventually(() => heard(page), (all) => assert.ok(all.some((text) => words.test(text)), all.join('\n')));
  await page.evaluate(() => document.querySelector('gradient-flow').run(5));
  await says(/Vanishing gradient/);
  await says(/^Fixes have been tried\. Best: /);
  await page.locator('.fix').first().click();
  await says(/Compared with the kept run .* → /);
  await eventually(() => heard(page), (all) => assert.doesNotMatch(all.at(-1), /Vanishing|Compared/));
  const canvas = page.locator('figure[data-chart="signals"] canvas');
  await canvas.press('ArrowRight');
  await says(/^layer 1\b/i);
  await page.evaluate(() => (document.querySelector('gradient-flow').config = { activation: 'relu', init: 'he_normal', norm: 'none', residual: false, optimizer: 'sgd', clip: 'none', learning_rate: 50 }));
  await page.evaluate(() => document.querySelector('gradient-flow').run());
  await says(/Overflow/);
});

pageTest('the tree of roles and names is the one in the repository', { path: '#depth=4&width=8&trials=off' }, async (page) => {
  await ready(page);
  await step(page, 2);
  await page.locator('.fix').first().waitFor();
  await settled(page);
  // Wherever the site is served.
  const site = new RegExp(new URL('.', page.url()).href, 'g');
  const snapshot = `${await page.locator('gradient-flow').ariaSnapshot()}\n`.replace(site, './');
  if (process.env.UPDATE_REFERENCES) await writeFile(TREE, snapshot);
  assert.equal(snapshot, await readFile(TREE, 'utf8').catch(() => ''), 'UPDATE_REFERENCES=1 writes the present one');
});

pageTest('a chart is an application that its note describes', { path: '#depth=4&width=8' }, async (page) => {
  await ready(page);
  await step(page, 2);
  for (const figure of await page.locator('figure').all()) {
    const canvas = figure.locator('canvas');
    assert.deepEqual([await canvas.getAttribute('role'), await canvas.getAttribute('aria-roledescription')], ['application', 'chart']);
    const described = await canvas.evaluate((element) => element.getRootNode().getElementById(element.getAttribute('aria-describedby')) === element.closest('figure').querySelector('.note'));
    assert.ok(described);
  }
  await page.evaluate(() => (document.documentElement.lang = 'de'));
  await page.evaluate(() => document.querySelector('gradient-flow').setAttribute('lang', 'de'));
  await eventually(() => page.locator('figure canvas').first().getAttribute('aria-roledescription'), (role) => assert.equal(role, 'Diagramm'));
});
