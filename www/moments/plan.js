// @ts-check
/** Live changes on the way of a run: as the attribute `then` writes them, and as a run has made them. */
import { excerpt } from '../shared/arguments.js';
import { message, problem, toProblem } from '../shared/problems.js';
import { wasm } from '../shared/wasm.js';

/** @typedef {import('../types.js').LiveChange} LiveChange */
/** @typedef {import('../types.js').Problem} Problem */
/** @typedef {import('../types.js').Schema} Schema */
/** @typedef {import('../types.js').Values} Values */
/** @typedef {{ step: number, config: string }} Entry */

/** The last step that a moment may have. */
export const LAST_STEP = 1e7;

/** A step as an attribute writes it; undefined for anything else. @param {string} text */
export function parseStep(text) {
  const step = /^\d{1,8}$/.test(text) ? Number(text) : LAST_STEP + 1;
  return step <= LAST_STEP ? step : undefined;
}

/** The error for a value of an attribute. @param {string} field @param {string} value @param {import('../shared/words.js').Value} allowed @returns {Problem} */
export function refusal(field, value, allowed) {
  return { ...problem('ConfigError', 'refused-attribute', { field, value: excerpt(value), allowed }), field, value };
}

/**
 * Reads `200:learning-rate=0.01;300:clip=norm`. What is refused is named, one by one; the rest is taken.
 * @param {string} text @param {Schema} schema @param {string} config In which the run begins.
 * @returns {{ plan: LiveChange[], refused: Problem[] }}
 */
export function parsePlan(text, schema, config) {
  /** @type {Problem[]} */
  const refused = [];
  const live = schema.fields.filter((field) => field.live);
  const allowed = message('moment-allowed-changes', { names: live.map(({ attribute }) => attribute).join(', ') });
  /** @type {{ step: number, name: string, value: string }[]} */
  const changes = [];
  for (const item of text.split(';').map((part) => part.trim())) {
    const [, step = '', attribute, value] = /^(\d+)\s*:\s*([\w-]+)\s*=\s*(\S+)$/.exec(item) ?? [];
    const field = live.find((known) => known.attribute === attribute);
    const at = parseStep(step);
    if (field && at !== undefined) changes.push({ step: at, name: field.name, value });
    else if (item) refused.push(refusal('then', item, allowed));
  }
  /** @type {LiveChange[]} */
  const plan = [];
  let before = config;
  for (const { step, name, value } of changes.sort((a, b) => a.step - b.step)) {
    try {
      before = wasm.configWith(before, JSON.stringify({ [name]: value }));
      add(plan, step, { [name]: JSON.parse(before)[name] });
    } catch (error) {
      refused.push(toProblem(error));
    }
  }
  return { plan, refused };
}

/** Adds a change to those before; those of the same step are one. @param {LiveChange[]} plan @param {number} step @param {Values} patch */
function add(plan, step, patch) {
  const last = plan.at(-1);
  if (last?.step === step) Object.assign(last.patch, patch);
  else plan.push({ step, patch });
}

/** The reverse of `parsePlan`. @param {LiveChange[]} plan @param {Schema} schema */
export function formatPlan(plan, schema) {
  const attributeOf = (/** @type {string} */ name) => schema.fields.find((field) => field.name === name)?.attribute ?? name;
  return plan.flatMap(({ step, patch }) => Object.entries(patch).map(([name, value]) => `${step}:${attributeOf(name)}=${value}`)).join(';');
}

/** The config in which a run began: a change before the first step belongs to it. @param {Entry[]} configs */
export const startOf = (configs) => configs.filter(({ step }) => step === 0).at(-1)?.config ?? '';

/** The live changes that a run made up to a step. @param {Entry[]} configs @param {number} until */
export function changesOf(configs, until) {
  /** @type {LiveChange[]} */
  const plan = [];
  /** @type {Values} */
  let before = JSON.parse(startOf(configs) || '{}');
  for (const { step, config } of configs.filter((entry) => entry.step > 0 && entry.step <= until)) {
    /** @type {Values} */
    const values = JSON.parse(config);
    const changed = Object.entries(values).filter(([name, value]) => value !== before[name]);
    if (changed.length > 0) add(plan, step, Object.fromEntries(changed));
    before = values;
  }
  return plan;
}

/**
 * A config without what planned changes have made of it: a run that begins again makes them again. What was changed by hand
 * since then stays.
 * @param {(Entry & { patch?: Values })[]} configs @param {string} config
 */
export function withoutPlanned(configs, config) {
  /** @type {Values} */
  const values = JSON.parse(config);
  for (let at = configs.length - 1; at > 0; at -= 1) {
    const before = JSON.parse(configs[at - 1].config);
    for (const [name, value] of Object.entries(configs[at].patch ?? {})) if (values[name] === value) values[name] = before[name];
  }
  return wasm.configWith(config, JSON.stringify(values));
}
