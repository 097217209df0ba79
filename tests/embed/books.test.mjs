/** Books and pages made by Sphinx, VitePress and React, with the snippets in them, and their own switches of the theme. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { eventually, trainers } from '../browser/lab.mjs';
import { pageTest, picture } from '../browser/site.mjs';
import { host } from './hosts.mjs';

const { HOSTS } = process.env;
const [LIGHT, DARK] = ['rgb(255, 255, 255)', 'rgb(21, 24, 29)'];

const begun = (page) => page.waitForFunction(() => document.querySelector('gradient-flow')?.snapshot);
/** The frame of a page, once it shows something. */
async function frameOf(page) {
  const element = await page.waitForSelector('iframe');
  await element.scrollIntoViewIfNeeded();
  const frame = await element.contentFrame();
  await begun(frame);
  return frame;
}
/** Waits until the laboratory of a page or frame has a background. */
const becomes = (page, colour) =>
  eventually(
    () => page.evaluate(() => getComputedStyle(document.querySelector('gradient-flow').shadowRoot.querySelector('.lab')).backgroundColor),
    (found) => assert.equal(found, colour),
  );
/** The frame shows all, with nothing to scroll in it. */
const fits = (frame) => eventually(() => frame.evaluate(() => {
  const figures = document.querySelector('gradient-flow').shadowRoot.querySelector('.figures');
  return figures.scrollHeight - figures.clientHeight;
}), (beyond) => assert.equal(beyond, 0));

const sphinx = await host(join(HOSTS, 'sphinx'));

for (const [name, scheme] of [['element.html', 'light'], ['index.html', 'dark']]) {
  pageTest(`a page of Sphinx with Furo, whose switch of the theme is followed: ${name}`, { path: `${sphinx}${name}`, scheme, expected: /favicon\.ico/ }, async (page) => {
    const frame = await frameOf(page);
    await fits(frame);
    const labs = name === 'element.html' ? [page, frame] : [frame];
    if (labs.length > 1) await page.locator('gradient-flow').scrollIntoViewIfNeeded();
    for (const lab of labs) await begun(lab);
    const toggle = () => page.evaluate(() => document.querySelector('.theme-toggle').click());
    // From the system's theme to the other one, and back by hand.
    const [first, second] = scheme === 'light' ? [DARK, LIGHT] : [LIGHT, DARK];
    for (const lab of labs) await becomes(lab, second);
    await toggle();
    for (const lab of labs) await becomes(lab, first);
    await picture(page, `host-sphinx-${name}`);
    await toggle();
    for (const lab of labs) await becomes(lab, second);
  });
}

const vitepress = await host(join(HOSTS, 'vitepress'));

pageTest('a book of VitePress, rendered on a server and turned into an application', { path: vitepress }, async (page) => {
  await begun(page);
  const frame = await frameOf(page);
  await fits(frame);
  const toggle = () => page.evaluate(() => document.querySelector('.VPSwitchAppearance').click());
  await toggle();
  await becomes(page, DARK);
  await becomes(frame, DARK);
  await picture(page, 'host-vitepress-dark');
  await toggle();
  await becomes(frame, LIGHT);
  // Vue replaces the page, and then that one: nothing stays behind, and it starts again.
  await page.getByRole('link', { name: 'The next page' }).first().click();
  await page.waitForFunction(() => document.querySelector('gradient-flow')?.config.activation === 'relu');
  await begun(page);
  await eventually(async () => trainers(page).length, (count) => assert.equal(count, 1));
  await page.goBack();
  await page.waitForFunction(() => document.querySelector('gradient-flow')?.config.depth === 12);
  assert.equal(await page.evaluate(async () => (await document.querySelector('gradient-flow').step(3)).step), 3);
});

const react = await host(join(HOSTS, 'react'));

pageTest('a component of React, whose state becomes attributes and whose handler hears events', { path: react }, async (page) => {
  await begun(page);
  const config = () => page.evaluate(() => document.querySelector('gradient-flow').config);
  assert.deepEqual([(await config()).depth, (await config()).learning_rate], [6, 0.5]);
  await page.getByRole('button', { name: 'Deeper' }).click();
  await page.waitForFunction(() => document.querySelector('gradient-flow').snapshot?.layers.dw_rms.length === 8);
  await page.evaluate(() => document.querySelector('gradient-flow').step(4));
  await page.getByText('step 4', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Theme' }).click();
  await becomes(page, DARK);
  await picture(page, 'host-react-dark');
  const toggle = page.getByRole('button', { name: 'Show or hide' });
  await toggle.click();
  await eventually(async () => page.workers().length, (count) => assert.equal(count, 0));
  await toggle.click();
  await begun(page);
  assert.equal((await config()).depth, 7);
});
