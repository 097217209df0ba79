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
    /** A chart as an SVG document. @param {string} chart @returns {string} */
    toSVG(chart: string, width?: number, height?: number): string;
}
