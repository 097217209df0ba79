// @ts-check
/** A report: what is on the screen as one page to print or to hand in, without scripts, and without anything that is not of the run. */
import { linkTo } from '../dialogs/snippets.js';
import { wasm } from '../shared/wasm.js';
import { changesOf, startOf } from './plan.js';
import { REPORT_STYLE } from './report-style.js';

/** @typedef {import('../element/laboratory.js').Laboratory} Laboratory */
/** @typedef {import('../types.js').Values} Values */
/** @typedef {import('../types.js').LessonRecord} LessonRecord */

/** In CSS pixels, as wide as a page between its margins: the first chart has a row of its own. */
const LARGE = { width: 680, height: 220 };
const SMALL = { width: 320, height: 200 };

/** Markup that may stand in the page as it is. */
class Markup {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
  }
}

/** @param {unknown} value @returns {string} */
function markupOf(value) {
  if (value instanceof Markup) return value.text;
  if (Array.isArray(value)) return value.map(markupOf).join('');
  return String(value).replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** Markup in which all that is filled in is text, unless it is markup itself. @param {TemplateStringsArray} parts @param {unknown[]} values */
const html = (parts, ...values) => new Markup(parts.map((part, at) => part + (at < values.length ? markupOf(values[at]) : '')).join(''));

const NOTHING = html``;

class Report {
  /** @param {Laboratory} laboratory @param {import('./link.js').MomentParts} moment */
  constructor(laboratory, moment) {
    this.laboratory = laboratory;
    this.moment = moment;
    this.words = laboratory.words;
    this.fields = laboratory.store.schema?.fields ?? [];
    const config = startOf(laboratory.run.configs);
    this.config = /** @type {Values} */ (JSON.parse(config));
    this.defaults = /** @type {Values} */ (JSON.parse(wasm.configDefaults(config)));
  }

  /** The whole page. */
  page() {
    const { words, config } = this;
    const title = words.say('report-title', { depth: Number(config.depth), activation: this.#value('activation', config.activation), step: this.moment.step });
    // A lesson that asks gives nothing away.
    const isAsking = this.laboratory.screen.root.classList.contains('asking');
    const page = html`<!doctype html>
<html lang="${words.tag}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>${new Markup(REPORT_STYLE)}</style>
</head>
<body>
<main>
<header><p>Gradient Flow</p><h1>${title}</h1></header>
${isAsking ? NOTHING : this.#verdict()}${this.#answers()}${isAsking ? NOTHING : this.#charts()}${this.#changes()}${this.#settings()}${this.#link()}
</main>
</body>
</html>
`;
    return page.text;
  }

  /** @param {string} title @param {unknown} content @param {string} [name] */
  #section(title, content, name = '') {
    return html`<section class="${name}"><h2>${title}</h2>${content}</section>\n`;
  }

  // ---- what it shows ----

  #verdict() {
    const { laboratory, words } = this;
    const { figures, screen } = laboratory;
    const { title, text, evidence = '', fixes } = /** @type {import('../charts/figures.js').Figures} */ (figures).charts.status();
    const { comparison } = screen.status;
    const tried = fixes.filter(({ result }) => result).map(({ label, result }) => html`<li>${label} → <b>${result}</b></li>`);
    return html`<section class="verdict"><h2>${title}</h2><p>${text}</p>
${this.#numbers()}
${evidence ? html`<p>${evidence}</p>` : NOTHING}
${tried.length > 0 ? html`<p>${words.say('report-fixes')}</p><ul class="row">${tried}</ul>` : NOTHING}
${comparison ? html`<p>${comparison}</p>` : NOTHING}</section>\n`;
  }

  /** What the run has reached. */
  #numbers() {
    const { words, laboratory } = this;
    const { bar, comparison } = laboratory.screen;
    const snapshot = comparison.numbers ?? laboratory.run.snapshot;
    if (!snapshot) return NOTHING;
    bar.show(snapshot, laboratory.run.snapshot?.classes ?? []);
    const names = /** @type {const} */ (['step', 'epoch', 'loss', 'test']);
    return html`<dl class="numbers">${names.map((name) => html`<div><dt>${words.say(`readout-${name}`)}</dt><dd>${bar.values[name].textContent}${name === 'test' && bar.guess.textContent ? ` (${bar.guess.textContent})` : ''}</dd></div>`)}</dl>`;
  }

  #answers() {
    const { words } = this;
    const records = this.laboratory.lessons?.records ?? [];
    if (records.length === 0) return NOTHING;
    const list = records.map(({ part, heading, question, guess, result }) => html`<li value="${part}"><b>${heading}</b> ${question}
${this.#answer(guess)}${result ? html`<p>${result.text}</p>` : NOTHING}</li>`);
    return this.#section(words.say('report-lesson', { title: records[0].title }), html`<ol>${list}</ol>`);
  }

  /** What was drawn is told by what came of it. @param {LessonRecord['guess']} guess */
  #answer(guess) {
    const { words } = this;
    if (Array.isArray(guess)) return NOTHING;
    const answer = guess === null ? words.say('report-skipped') : words.value(guess);
    return html`<p>${words.say('report-answer', { answer })}</p>`;
  }

  #charts() {
    const { figures, screen } = this.laboratory;
    if (!figures) return NOTHING;
    const { charts, infos } = figures;
    // Paper is white, whatever the screen is.
    charts.paint(false, new Uint32Array());
    const pictures = infos.map(({ id, title }, at) => {
      const { width, height } = at === 0 ? LARGE : SMALL;
      try {
        return html`<figure><figcaption><b>${title}</b> ${at === 0 ? charts.note(id) : ''}</figcaption>${new Markup(charts.svg(id, width, height))}</figure>`;
      } catch {
        // It is no drawing, or is broken: the report is of the others.
        return NOTHING;
      }
    });
    screen.paint();
    // Three beside each other, or two, so that none is alone in its row.
    return html`<div class="charts ${infos.length % 3 === 1 ? 'three' : ''}">${pictures}</div>\n`;
  }

  #changes() {
    const { words, moment, laboratory } = this;
    let before = this.config;
    const lines = changesOf(laboratory.run.configs, moment.step).flatMap(({ step, patch }) => {
      const changed = Object.entries(patch).map(([name, value]) => html`<li>${words.say('report-change', { step, label: this.#label(name), from: this.#value(name, before[name]), to: this.#value(name, value) })}</li>`);
      before = { ...before, ...patch };
      return changed;
    });
    return lines.length > 0 ? this.#section(words.say('report-changes'), html`<ul class="row">${lines}</ul>`) : NOTHING;
  }

  #settings() {
    const { words, config, defaults } = this;
    const isChanged = (/** @type {{ name: string }} */ { name }) => config[name] !== defaults[name];
    const changed = this.fields.filter(isChanged).map(({ name }) => html`<li>${this.#label(name)} <b>${this.#value(name, config[name])}</b> (${this.#value(name, defaults[name])})</li>`);
    const others = this.fields.filter((field) => !isChanged(field)).map(({ name }) => `${this.#label(name)} ${this.#value(name, config[name])}`);
    const list = changed.length > 0 ? html`<p>${words.say('report-changed')}</p><ul class="row">${changed}</ul>` : NOTHING;
    return this.#section(words.say('report-settings'), html`${list}<p class="small">${words.say('report-others', { list: others.join(' · ') })}</p>`);
  }

  #link() {
    const { words, laboratory, moment } = this;
    const link = linkTo(laboratory.host, moment);
    const digest = moment.digest ? html`<p class="digest">${words.say('report-digest')} <b>${moment.digest}</b></p>` : NOTHING;
    return this.#section(words.say('report-moment'), html`${digest}<p class="small">${words.say('report-moment.note')}</p><p class="link"><a href="${link}">${link}</a></p>`, 'moment');
  }

  // ---- settings in words ----

  /** @param {string} name */
  #label(name) {
    return this.fields.find((field) => field.name === name)?.label ?? name;
  }

  /** @param {string} name @param {string | number | boolean} value */
  #value(name, value) {
    const field = this.fields.find((known) => known.name === name);
    if (typeof value === 'boolean') return this.words.say(value ? 'report-yes' : 'report-no');
    if (typeof value === 'number') return this.words.value(value);
    return field?.choices?.find((choice) => choice.name === value)?.label ?? value;
  }
}

/** @param {Laboratory} laboratory @param {import('./link.js').MomentParts} moment */
export const makeReport = (laboratory, moment) => new Report(laboratory, moment).page();

/**
 * Shows a report in a window of its own, which has the policy of this page: a style in its markup may be forbidden, one that a
 * script makes is not.
 * @param {Window} view @param {string} report
 */
export function showReport(view, report) {
  const page = new DOMParser().parseFromString(report.replace(/<style>[^]*?<\/style>/, ''), 'text/html');
  const { document } = view;
  document.documentElement.replaceWith(document.importNode(page.documentElement, true));
  const sheet = new /** @type {typeof globalThis} */ (/** @type {unknown} */ (view)).CSSStyleSheet();
  sheet.replaceSync(REPORT_STYLE);
  document.adoptedStyleSheets = [sheet];
}
