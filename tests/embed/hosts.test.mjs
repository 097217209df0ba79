/** Real hosts, built by their own tools, and driven as a reader would. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { eventually, until } from '../browser/lab.mjs';
import { pageTest, picture } from '../browser/site.mjs';
import { host } from './hosts.mjs';

const { HOSTS, SITE_FOLDER } = process.env;

/** A laboratory of the page has made more than so many steps. */
const steps = (page, count, index = 0) => page.waitForFunction(([count, index]) => document.querySelectorAll('gradient-flow')[index].snapshot?.step > count, [count, index]);
const begun = (page, index = 0) => page.waitForFunction((index) => document.querySelectorAll('gradient-flow')[index]?.snapshot !== undefined, index);
/** It makes no steps: two looks tell the same. */
const still = (page) =>
  until(page, async () => {
    const lab = document.querySelector('gradient-flow');
    const before = lab.snapshot?.step;
    await new Promise((resolve) => setTimeout(resolve, 400));
    return lab.snapshot?.step === before;
  });

const plain = await host(HOSTS, { 'Content-Security-Policy': "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src data:" });

pageTest('a page of plain HTML follows two experiments', { path: `${plain}plain/` }, async (page) => {
  await begun(page, 0);
  await page.evaluate(() => document.querySelectorAll('gradient-flow')[1].scrollIntoView());
  await begun(page, 1);
  await page.evaluate(() => Promise.all([...document.querySelectorAll('gradient-flow')].map((lab) => lab.step(3))));
  const told = async () => (await page.locator('p output').textContent()).split(' and ').map(Number);
  await eventually(told, ([vanishing, cured]) => assert.ok(vanishing < 1e-9 && cured > 0.1, `${vanishing} ${cured}`));
  await page.getByRole('button', { name: 'Run', exact: true }).first().click();
  await steps(page, 5);
  await page.evaluate(() => scrollTo(0, 0));
  await picture(page, 'host-plain');
});

const books = await host(join(HOSTS, 'mdbook'));

pageTest('a chapter of an mdBook', { path: `${books}part/vanishing.html` }, async (page) => {
  await begun(page);
  await page.getByRole('combobox', { name: 'Activation' }).selectOption('tanh');
  await page.waitForFunction(() => document.querySelector('gradient-flow').config.activation === 'tanh');
  const frame = await (await page.waitForSelector('iframe')).contentFrame();
  await page.locator('iframe').scrollIntoViewIfNeeded();
  await begun(frame);
  // The arrow keys turn pages, except while the laboratory has the focus.
  await page.getByRole('application', { name: 'Gradient and signals' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('s');
  await steps(page, 0);
  assert.ok(page.url().endsWith('part/vanishing.html'));
  await picture(page, 'host-mdbook');
  // The book's own dark theme is followed.
  await page.evaluate(() => document.querySelector('#mdbook-theme-navy, #navy').click());
  await page.waitForFunction(() => getComputedStyle(document.querySelector('gradient-flow').shadowRoot.querySelector('.lab')).backgroundColor === 'rgb(21, 24, 29)');
  await picture(page, 'host-mdbook-navy');
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('ArrowRight');
  await page.waitForURL(/end\.html$/);
});

const slides = await host(HOSTS);

pageTest('slides of reveal.js start it when they are shown, and leave it its keys', { path: `${slides}reveal/` }, async (page) => {
  await page.waitForFunction(() => window.deck?.isReady() && customElements.get('gradient-flow'));
  await still(page);
  assert.equal(await page.evaluate(() => document.querySelector('gradient-flow').snapshot), undefined, 'not yet');
  await page.keyboard.press('ArrowRight');
  await steps(page, 3);
  await picture(page, 'host-reveal');
  await page.getByRole('slider', { name: 'Depth' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(() => document.querySelector('gradient-flow').config.depth === 13);
  const slide = () => page.evaluate(() => window.deck.getIndices().h);
  assert.equal(await slide(), 1);
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('ArrowRight');
  await eventually(slide, (now) => assert.equal(now, 2));
  await still(page);
  const frame = await (await page.waitForSelector('iframe[src]')).contentFrame();
  await steps(frame, 3);
  // Back again it goes on.
  const before = await page.evaluate(() => document.querySelector('gradient-flow').snapshot.step);
  await page.evaluate(() => {
    document.activeElement.blur();
    window.deck.prev();
  });
  await steps(page, before);
});

const platform = await host(join(HOSTS, 'platform'), { 'Content-Security-Policy': "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src data:; frame-src *" });
/** Where the platform keeps what teachers upload. */
const store = await host(SITE_FOLDER, { 'Content-Security-Policy': 'sandbox allow-scripts' });

for (const [what, file] of [['the one file, uploaded', 'gradient-flow.html'], ['a copy of the site', 'embed.html']]) {
  const tool = `${store}${file}#depth=8&width=16&charts=signals&controls=activation`;
  pageTest(`a course platform frames ${what}, in a sandbox under a strict policy`, { path: `${platform}?tool=${encodeURIComponent(tool)}` }, async (page) => {
    const frame = await (await page.waitForSelector('iframe')).contentFrame();
    await begun(frame);
    assert.equal(await frame.evaluate(() => self.origin), 'null');
    await page.waitForFunction(() => document.querySelector('iframe').clientHeight > 300);
    await frame.getByRole('combobox', { name: 'Activation' }).selectOption('relu');
    await frame.getByRole('button', { name: 'Run', exact: true }).click();
    await frame.waitForFunction(() => document.querySelector('gradient-flow').config.activation === 'relu');
    await steps(frame, 3);
    await picture(page, `host-platform-${file}`);
  });
}

/** A site that lets pages of other origins read it, as GitHub Pages does. */
const open = await host(SITE_FOLDER, { 'Access-Control-Allow-Origin': '*' });
const elsewhere = `${slides}elsewhere.html`;

pageTest('a page of another origin uses the element of ours', {
  path: elsewhere,
  pages: { [elsewhere]: `<!doctype html><title>Elsewhere</title><link rel="icon" href="data:,"><script type="module" src="${open}gradient-flow.js"></script><gradient-flow depth="3" width="8"></gradient-flow>` },
}, async (page) => {
  await begun(page);
  assert.equal(await page.evaluate(async () => (await document.querySelector('gradient-flow').step(4)).step), 4);
  // One that trains, and by now perhaps one that tries fixes.
  assert.ok([1, 2].includes(page.workers().length), `${page.workers().length} workers`);
});
