/** What tests of failures share: what the element says, and what its calls come to. */
import assert from 'node:assert/strict';
import { eventually, trainers } from './lab.mjs';

/** Collects what the element says from now on. @param {import('playwright-core').Page} page */
export const listen = (page) =>
  page.evaluate(() => {
    const heard = (/** @type {any} */ (window).heard = { errors: [], steps: [], configs: 0 });
    const lab = document.querySelector('gradient-flow');
    lab.addEventListener('gradient-flow-error', ({ detail }) => heard.errors.push(detail));
    lab.addEventListener('gradient-flow-snapshot', ({ detail }) => heard.steps.push(detail.step));
    lab.addEventListener('gradient-flow-config', () => (heard.configs += 1));
  });

/** @param {import('playwright-core').Page} page @returns {Promise<{ errors: any[], steps: number[], configs: number }>} */
export const heard = (page) => page.evaluate(() => /** @type {any} */ (window).heard);

/** @param {import('playwright-core').Page} page @param {Record<string, unknown>} patch */
export const set = (page, patch) => page.evaluate((patch) => (document.querySelector('gradient-flow').config = patch), patch);

/** Does something with the element; what it resolves to, or the error that it rejects with. @param {import('playwright-core').Page} page @param {string} call */
export const outcome = (page, call) =>
  page.evaluate(
    async (call) => {
      try {
        const value = await new Function('lab', `return lab.${call}`)(document.querySelector('gradient-flow'));
        return { value: value?.step ?? value ?? null };
      } catch (error) {
        return { name: error.name, message: error.message, field: error.field, value: error.value, allowed: error.allowed };
      }
    },
    call,
  );

export const cells = (/** @type {string} */ csv) => csv.trimEnd().split('\n').map((line) => line.split(','));
export const csv = (/** @type {import('playwright-core').Page} */ page) => page.evaluate(() => document.querySelector('gradient-flow').toCSV());

/** The training worker of the page. @param {import('playwright-core').Page} page */
export const trainer = (page) => eventually(async () => trainers(page), (workers) => assert.equal(workers.length, 1)).then(([worker]) => worker);
