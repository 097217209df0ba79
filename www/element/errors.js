// @ts-check
/** Reports refused values and failures, on the screen and as events. */
import { emit } from './events.js';
import { UPLOAD } from './uploaded-table.js';

/** @typedef {import('../types.js').Problem} Problem */

const WASM_FORBIDDEN =
  'The security policy (CSP) of this page forbids WebAssembly, in which the laboratory computes. ' +
  "Whoever runs the site can allow it with: script-src 'self' 'wasm-unsafe-eval'.";
const CANNOT_START = ' The laboratory needs WebAssembly and a page that is served over HTTP; reloading may help.';

export class ErrorReporter {
  /**
   * @param {HTMLElement} host
   * @param {import('./status-line.js').StatusLine} status
   * @param {() => void} chooseTable Opens the dialog that gives a table to the page.
   */
  constructor(host, status, chooseTable) {
    this.host = host;
    this.status = status;
    this.chooseTable = chooseTable;
  }

  /** Reports a value that was refused; the last good one stays. @param {Problem} problem */
  report(problem) {
    const needsTable = problem.field === 'data' && problem.value === UPLOAD;
    this.status.showProblem(problem.message, needsTable ? { text: 'Choose a table …', act: this.chooseTable } : undefined);
    emit(this.host, 'error', problem);
  }

  /** Reports a refused attribute of the view. @param {string} field @param {string} value @param {string} allowed */
  refuse(field, value, allowed) {
    this.report({ name: 'ConfigError', message: `${field} = ${value} is refused; allowed: ${allowed}`, field, value, allowed });
  }

  /** Reports that training cannot go on, or not with what was asked for. @param {Problem} problem @param {import('./status-line.js').Remedy} [remedy] */
  fail(problem, remedy) {
    this.status.showProblem(inWords(problem), remedy);
    emit(this.host, 'error', problem);
  }

  /** Reports that training cannot start. @param {Problem} problem @param {import('./status-line.js').Remedy} remedy */
  failToStart(problem, remedy) {
    this.status.showFailure(inWords(problem), remedy);
    emit(this.host, 'error', problem);
  }
}

/** @param {Problem} problem */
function inWords({ name, message }) {
  // The words of Chromium and Safari, and of Firefox.
  if (/unsafe-eval|blocked by CSP|Content Security Policy/i.test(message)) return WASM_FORBIDDEN;
  return ['LoadError', 'WorkerError'].includes(name) ? message : message + CANNOT_START;
}
