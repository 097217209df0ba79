/// <reference path="./elements.d.ts" preserve="true" />
export type Config = import('./types.js').Config;
export type Values = import('./types.js').Values;
export type Schema = import('./types.js').Schema;
export type Snapshot = import('./types.js').Snapshot;
export type Problem = import('./types.js').Problem;
export declare class GradientFlow extends HTMLElement {
    #private;
    constructor();
    connectedCallback(): void;
    disconnectedCallback(): void;
    /** Resolves when the element has its first snapshot. Asking for it wakes an element that is out of sight. */
    get ready(): Promise<GradientFlow>;
    /** Ids of the charts, in order; null shows the usual ones. @returns {string | null} */
    get charts(): string | null;
    set charts(ids: string | null);
    /** `all` (null), `none`, or names of fields. @returns {string | null} */
    get controls(): string | null;
    set controls(names: string | null);
    /** Steps a second, or `max`; null is the usual. @returns {string | null} */
    get speed(): string | null;
    set speed(speed: string | null);
    /** `auto` (null: as the page around it), `light` or `dark`. @returns {string | null} */
    get theme(): string | null;
    set theme(theme: string | null);
    /** Does it run when it is first seen? */
    get autoplay(): boolean;
    set autoplay(autoplay: boolean);
    /**
     * The whole config, once the element is ready. Setting takes a part; what is refused is told by an event, and
     * the rest counts.
     * @returns {Config}
     */
    get config(): Config;
    /** @param {Partial<Config>} patch */
    set config(patch: Partial<Config>);
    /** Pins the run as it is: it stays beneath the runs to come. */
    pin(): void;
    /** Forgets the pinned run. */
    unpin(): void;
    /**
     * Trains on a table of one's own, which never leaves the browser. How it is written is guessed; what
     * is guessed can be told. At most 8 MB, 20 000 rows, 500 columns, 20 classes. Throws (a `ConfigError`
     * with `field`, `value` and `allowed`, or a `DataError` that names row and column) what cannot be
     * learned from; the last good state stays.
     * @param {string} csv Its text; comma, semicolon or tab between the cells.
     * @param {import('./types.js').Reading & { name?: string }} [reading] `name` stands beside the data.
     * @returns {Promise<import('./types.js').TableInfo>} What it holds.
     */
    useTable(csv: string, { name, ...reading }?: import('./types.js').Reading & {
        name?: string;
    }): Promise<import('./types.js').TableInfo>;
    /** What the run shows now. */
    get snapshot(): import("./types.js").Snapshot | undefined;
    /** The declaration of every setting and chart, once the element is ready. */
    get schema(): import("./types.js").Schema | undefined;
    /** Does it run? It may stand still all the same, because nobody sees it. */
    get running(): boolean;
    /** Runs, for at most `limit` steps. */
    run(limit?: number): void;
    /** Stands still. */
    pause(): void;
    /** The same run from its start. */
    reset(): void;
    /** Makes steps; brings the snapshot after them. @returns {Promise<Snapshot>} */
    step(count?: number): Promise<Snapshot>;
    /**
     * A chart as an SVG document.
     * @param {string} chart Its id.
     * @param {number} [width] CSS pixels.
     * @param {number} [height] CSS pixels.
     * @returns {string}
     */
    toSVG(chart: string, width?: number, height?: number): string;
    /**
     * A chart as a PNG image.
     * @param {string} chart Its id.
     * @param {number} [width] CSS pixels.
     * @param {number} [height] CSS pixels.
     * @param {number} [scale] Dots for each CSS pixel.
     * @returns {Promise<Blob>}
     */
    toPNG(chart: string, width?: number, height?: number, scale?: number): Promise<Blob>;
    /**
     * The history as CSV: a line per step with the loss of its minibatch, the norm of the whole gradient,
     * the factor of clipping, loss and accuracy of the test part where it was looked at, and the RMS of
     * every layer's dW. A run of more than 8 million numbers keeps every second step, or fourth, ...
     * @returns {string}
     */
    toCSV(): string;
    /**
     * The history and the state as an object for JSON: `config`, `query`, `history` (arrays over the steps), `tests`,
     * `layers` (all statistics of the latest step), `classes`, `first_nonfinite`. Numbers that are not finite
     * are strings ("NaN", "Infinity"). `JSON.stringify(element)` uses it.
     * @returns {Record<string, unknown>}
     */
    toJSON(): Record<string, unknown>;
    /**
     * The run so far as a PyTorch script: the same network from the same initial parameters, on the same
     * data and minibatches, with the live changes made at their steps. It prints what `toCSV` tells.
     * @returns {Promise<string>}
     */
    toPyTorch(): Promise<string>;
}
