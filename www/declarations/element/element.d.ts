export type Config = import('../types.js').Config;
export type Schema = import('../types.js').Schema;
export type Snapshot = import('../types.js').Snapshot;
/**
 * `<gradient-flow>`: a laboratory for vanishing and exploding gradients.
 *
 * Attributes: every setting, and `charts`, `controls`, `autoplay`, `speed`, `theme`, `lang`, `keys`, `trials`, `fixes`,
 * `lesson`, `predict`, `at`, `then`.
 * Events: `gradient-flow-snapshot`, `gradient-flow-config`, `gradient-flow-diagnosis`, `gradient-flow-lesson`,
 * `gradient-flow-error`.
 */
export declare class GradientFlow extends HTMLElement {
    #private;
    constructor();
    connectedCallback(): void;
    disconnectedCallback(): void;
    /** Resolves to the element once its first snapshot exists. Also starts an element that is off screen. */
    get ready(): Promise<GradientFlow>;
    /** Ids of the charts, in order; null shows the default ones. @returns {string | null} */
    get charts(): string | null;
    set charts(ids: string | null);
    /** `all` (null), `none`, or names of settings. @returns {string | null} */
    get controls(): string | null;
    set controls(names: string | null);
    /** Steps per second, or `max`; null is the default. @returns {string | null} */
    get speed(): string | null;
    set speed(speed: string | null);
    /** `auto` (null: as the page around it), `light` or `dark`. @returns {string | null} */
    get theme(): string | null;
    set theme(theme: string | null);
    /** The language, as a BCP 47 tag; empty (or null, when set) is that of the page around it. @returns {string} */
    get lang(): string;
    set lang(/** @type {string | null} */ tag: string | null);
    /** `on` (null) or `off`: whether s, r and p make a step, restart and keep the run. @returns {string | null} */
    get keys(): string | null;
    set keys(keys: string | null);
    /** `on` (null) or `off`: whether fixes are tried before they are offered. @returns {string | null} */
    get trials(): string | null;
    set trials(trials: string | null);
    /** The step to which the run is taken; null once it has left that. @returns {string | null} */
    get at(): string | null;
    set at(/** @type {string | number | null} */ step: string | number | null);
    /** Live changes on the way, such as `200:learning-rate=0.01;300:clip=norm`. @returns {string | null} */
    get then(): string | null;
    set then(changes: string | null);
    /** `on` (null) or `off`: whether the verdict and its fixes are shown. @returns {string | null} */
    get fixes(): string | null;
    set fixes(fixes: string | null);
    /** The lesson that is on: an id, `id/part`, or the address of a lesson file; null is none. @returns {string | null} */
    get lesson(): string | null;
    set lesson(address: string | null);
    /** `on` (null) or `off`: whether lessons ask before they show. @returns {string | null} */
    get predict(): string | null;
    set predict(predict: string | null);
    /** The built-in lessons, in order. @returns {Promise<{ id: string, title: string, minutes: number }[]>} */
    get lessons(): Promise<{
        id: string;
        title: string;
        minutes: number;
    }[]>;
    /** Whether it runs as soon as it is seen. */
    get autoplay(): boolean;
    set autoplay(autoplay: boolean);
    /**
     * The whole config, once the element is ready. Assigning an object changes the settings in it; an event reports each
     * refused value, and the others are applied. So does one that is no object.
     * @returns {Config}
     */
    get config(): Config;
    /** @param {Partial<Config>} patch */
    set config(patch: Partial<Config>);
    /** The config with which a restart begins: `config` without the changes that `then` has made. @returns {Config} */
    get startConfig(): Config;
    /** The declaration of every setting and chart, once the element is ready. */
    get schema(): import("../types.js").Schema | undefined;
    /** The latest snapshot. */
    get snapshot(): import("../types.js").Snapshot | undefined;
    /** Whether it runs. True also while the run waits because the element is not visible. */
    get running(): boolean;
    /** Runs, for at most `limit` steps, a whole number from 1. Throws an `ArgumentError` for anything else. */
    run(limit?: number): void;
    /** Pauses the run. A `step` that is still under way rejects with an `AbortError`. */
    pause(): void;
    /** Goes back to the start of the same run. */
    reset(): void;
    /**
     * Makes `count` steps, a whole number from 0; resolves to the snapshot after them. Many steps are made in slices, and
     * `pause`, `reset` and a change that needs another network end them. An element that is in no document waits for one.
     * Rejects with a named error: `ArgumentError`, `AbortError`, `LoadError`, or `WorkerError` (training has stopped:
     * `reset` starts again).
     * @returns {Promise<Snapshot>}
     */
    step(count?: number): Promise<Snapshot>;
    /**
     * Takes the run to a step, a whole number up to 10 million, and resolves to the snapshot there: forward by training, at full
     * speed, and backward by beginning again from step 0 with the live changes that were made on the way; those made after that
     * step are forgotten. A run that overflows before ends there. Rejects like `step`, and with an `AbortError` where another
     * `goTo` takes its place.
     * @param {number} step @returns {Promise<Snapshot>}
     */
    goTo(step: number): Promise<Snapshot>;
    /** Keeps the run in the charts, beneath the runs to come. */
    pin(): void;
    /** Removes the pinned run. */
    unpin(): void;
    /**
     * Trains on a table of your own, which never leaves the browser. How to read it is guessed, except for what `reading`
     * says. At most 8 MB, 500 columns and 50 classes; of more than 20 000 rows, a random sample. A table that cannot be trained on is rejected (with a
     * `ConfigError` that has `field`, `value` and `allowed`, or a `DataError` that names row and column), and nothing
     * changes.
     * @param {string} csv Its text, with a comma, semicolon, tab, pipe or blanks between cells.
     * @param {import('../types.js').Reading & { name?: string }} [reading] `name` is shown beside the data.
     * @returns {Promise<import('../types.js').TableInfo>} What the table contains.
     */
    useTable(csv: string, reading?: import('../types.js').Reading & {
        name?: string;
    }): Promise<import('../types.js').TableInfo>;
    /**
     * A link to the settings; with `moment`, to what is on the screen: the step, the live changes on the way, the pinned run, the
     * selected layer, the answers to a lesson, and a digest of the state. Opening it replays the run and compares the digest.
     * @param {{ moment?: boolean }} [options] @returns {Promise<string>}
     */
    toLink(options?: {
        moment?: boolean;
    }): Promise<string>;
    /**
     * A chart as an SVG document. Throws a `RangeError` for a size that no browser can show.
     * @param {string} chart Its id.
     * @param {number} [width] CSS pixels.
     * @param {number} [height] CSS pixels.
     * @returns {string}
     */
    toSVG(chart: string, width?: number, height?: number): string;
    /**
     * A chart as a PNG image. Rejects with a `RangeError` for a size that browsers cannot draw.
     * @param {string} chart Its id.
     * @param {number} [width] CSS pixels.
     * @param {number} [height] CSS pixels.
     * @param {number} [scale] Dots per CSS pixel.
     * @returns {Promise<Blob>}
     */
    toPNG(chart: string, width?: number, height?: number, scale?: number): Promise<Blob>;
    /**
     * The history as CSV: a line per step with the loss of its minibatch, the norm of the whole gradient, the clipping
     * coefficient, loss and accuracy of the test part where it was evaluated, and the RMS of every layer's dW. Beyond
     * 8 million numbers it keeps every second step, then every fourth, and so on. It is written in slices, so that the page
     * goes on meanwhile.
     * @param {(share: number) => void} [onprogress] Is told how much is done, from 0 to 1.
     * @returns {Promise<string>}
     */
    toCSV(onprogress?: (share: number) => void): Promise<string>;
    /**
     * The history and the state as an object for JSON: `config`, `query`, `history` (arrays over the steps), `tests`,
     * `layers` (all statistics of the latest step), `classes`, `first_nonfinite`. Numbers that are not finite are strings
     * ("NaN", "Infinity"). `JSON.stringify(element)` uses it.
     * @returns {Record<string, unknown>}
     */
    toJSON(): Record<string, unknown>;
    /**
     * What is on the screen as one page to print or hand in, in the reader's language: an HTML document without scripts, with
     * settings, live changes, charts, verdict, answers to a lesson, a link to the moment, and the digest of the state.
     * @returns {Promise<string>}
     */
    toReport(): Promise<string>;
    /**
     * The run so far as a PyTorch script: the same network from the same initial parameters, on the same data and
     * minibatches, with live changes at their steps. It prints the numbers of `toCSV`.
     * @returns {Promise<string>}
     */
    toPyTorch(): Promise<string>;
}
