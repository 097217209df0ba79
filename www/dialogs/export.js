// @ts-check
/** The export dialog: the history, the run as a PyTorch script, and the charts, as files. */
import { el } from '../shared/dom.js';
import { messageOf } from '../shared/errors.js';
import { openDialog } from './dialog.js';
import { frameNote, saveFile, saveText } from './save.js';

/** @typedef {import('../shared/words.js').Text} Text */

/**
 * @param {import('../gradient-flow.js').GradientFlow} lab
 * @param {import('../shared/words.js').Words} words
 * @param {string[]} shownCharts The ids of the charts on the screen, which are offered first.
 */
export function open(lab, words, shownCharts) {
  const message = el('p', { class: 'export-message', role: 'status' });
  /** @param {number} share */
  const showProgress = (share) => (message.textContent = share < 1 ? words.say('export-progress', { percent: Math.floor(100 * share) }) : '');
  /** @param {string | Text} text @param {Text} title @param {() => void | Promise<void>} save */
  const button = (text, title, save) => {
    const element = el('button', { type: 'button', title, 'aria-label': title }, [text]);
    element.addEventListener('click', async () => {
      message.textContent = '';
      element.disabled = true;
      try {
        await save();
        message.textContent = frameNote(words);
      } catch (error) {
        message.textContent = messageOf(error, words);
      }
      element.disabled = false;
    });
    return element;
  };
  const csv = button('CSV', words.text('export-history.csv'), async () => saveText('gradient-flow.csv', 'text/csv', await lab.toCSV(showProgress)));
  csv.dataset.first = '';
  const charts = lab.schema?.charts ?? [];
  // A view that is not on the screen is not loaded.
  const others = charts.filter(({ id, lazy }) => !lazy && !shownCharts.includes(id));
  const ids = [...shownCharts, ...others.map(({ id }) => id)];
  const options = ids.map((id) => el('option', { value: id }, [charts.find((chart) => chart.id === id)?.title ?? id]));
  const chart = /** @type {HTMLSelectElement} */ (el('select', { id: 'gf-export-chart' }, options));
  const row = (/** @type {Node} */ heading, /** @type {Text} */ hint, /** @type {Node[]} */ buttons) =>
    el('div', { class: 'export-row' }, [el('div', {}, [heading, el('p', { class: 'hint' }, [hint])]), el('div', { class: 'export-buttons' }, buttons)]);
  const name = (/** @type {Text} */ text) => el('b', {}, [text]);
  return openDialog(lab, words, words.text('export-title'), 'export-dialog', [
    row(name(words.text('export-history')), words.text('export-history.hint'), [
      csv,
      button('JSON', words.text('export-history.json'), () => saveText('gradient-flow.json', 'application/json', JSON.stringify(lab))),
    ]),
    row(name(words.text('export-run')), words.text('export-run.hint'), [
      button('PyTorch', words.text('export-run.pytorch'), async () => saveText('gradient_flow_run.py', 'text/x-python', await lab.toPyTorch())),
    ]),
    row(name(words.text('export-report')), words.text('export-report.hint'), [
      button(words.text('export-report-open'), words.text('export-report-open.title'), () => openReport(lab)),
      button('HTML', words.text('export-report-save'), () => saveReport(lab)),
    ]),
    row(el('label', { for: 'gf-export-chart' }, [name(words.text('export-chart')), chart]), words.text('export-chart.hint'), [
      button('SVG', words.text('export-chart.svg'), () => saveText(`gradient-flow-${chart.value}.svg`, 'image/svg+xml', lab.toSVG(chart.value))),
      button('PNG', words.text('export-chart.png'), async () => saveFile(`gradient-flow-${chart.value}.png`, await lab.toPNG(chart.value))),
    ]),
    message,
  ]);
}

/** @param {import('../gradient-flow.js').GradientFlow} lab */
const saveReport = async (lab) => saveText('gradient-flow-report.html', 'text/html', await lab.toReport());

/** Shows the report in a tab of its own, or saves it where none may be opened. @param {import('../gradient-flow.js').GradientFlow} lab */
async function openReport(lab) {
  // At once: later the browser would not take it for the reader's wish.
  const view = window.open('', '_blank');
  if (!view) return saveReport(lab);
  try {
    const { showReport } = await import('../moments/report.js');
    showReport(view, await lab.toReport());
  } catch {
    // A policy of this page forbids it.
    view.close();
    await saveReport(lab);
  }
}
