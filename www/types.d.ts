/** What the element's properties, methods and events carry. */
import type { Config } from './config.js';

/** Every setting with its value; made from the schema. */
export type { Config };

/** Some settings by name. */
export type Values = Record<string, string | number | boolean>;

/** A message in no language yet: its id, and what stands for its arguments. */
export type Said = { id: string | number; arguments: Record<string, Value> };

/** What stands for an argument: numbers get the language's decimal sign, texts stay as they are. */
export type Value = string | number | { number: string } | Said;

/** A change of live settings after so many steps. */
export type LiveChange = { step: number; patch: Values };

/** A choice, a group or a setting, in words. */
export type Info = {
  name: string;
  label: string;
  help: string;
};

/** The declaration of a setting. */
export type Field = Info & {
  /** Its attribute, and its key in a link. */
  attribute: string;
  unit: string;
  group: string;
  /** Its control is always visible, outside the groups. */
  at_hand: boolean;
  /** A change acts on the running network; a change of any other setting rebuilds the network. */
  live: boolean;
  default: string | number | boolean;
  allowed: string;
  /** It has an effect only if another setting has one of these values. */
  relevant: null | { field: string; values: string[] };
  type: 'choice' | 'integer' | 'real' | 'flag';
  choices: Info[];
  min: number;
  max: number;
  /** Values that are words, beside the numbers. */
  words: string[];
  scale: 'linear' | 'log' | 'log_with_zero';
  /** A slider with the scale `log_with_zero` starts at 0 and continues from 10 to this power. */
  least_exponent: number;
};

/** The declaration of a chart. */
export type ChartInfo = {
  id: string;
  title: string;
  help: string;
  /** The question that it answers. */
  question: string;
  /** What snapshots must contain for it: `step_line`, `predictions`, `values` (histograms of a, z and u), `weights`. */
  needs: ('step_line' | 'predictions' | 'values' | 'weights')[];
  /** Whether it is shown unless other charts are chosen. */
  default: boolean;
  /** Whether it is a view, which is loaded when it is first shown. */
  lazy: boolean;
};

/** The declaration of every setting and chart. */
export type Schema = {
  groups: Info[];
  fields: Field[];
  charts: ChartInfo[];
};

/** The first tensor that left the range of float32. */
export type NonFinite = {
  step: number;
  layer: number;
  tensor: string;
  operation: string;
};

/**
 * The state after a step. Its arrays are views of one buffer: `slice()` one before its `.buffer` goes elsewhere.
 *
 * The histograms of a, z and u, like the test part's numbers, may be those of the last evaluation, a few steps before.
 */
export type Snapshot = {
  step: number;
  epoch: number;
  train_loss: number | null;
  train_accuracy: number | null;
  test_loss: number | null;
  test_accuracy: number | null;
  /** What the best constant answer reaches. */
  guess_loss: number | null;
  guess_accuracy: number | null;
  /** The step at which the test part was evaluated. */
  test_step: number;
  grad_norm: number | null;
  clip_coefficient: number | null;
  /** Statistics by name, one number per layer. */
  layers: Record<string, Float32Array>;
  histograms: Record<string, Float32Array>;
  /** Every step since the last snapshot. */
  log: Record<string, Float32Array>;
  theory: Record<string, Float32Array>;
  /** The rate of the update that led here. */
  learning_rate: number | null;
  step_cosine: number | null;
  loss_change: number | null;
  dead_samples: number | null;
  curvature: number | null;
  stability_limit: number | null;
  step_line: Record<string, Float32Array>;
  predictions: Record<string, Float32Array>;
  weights: Record<string, Float32Array>;
  classes: string[];
  first_nonfinite: NonFinite | null;
  /** One sample on its way through the network, in words for the view `network`, while that is shown. */
  passage?: Uint32Array;
};

/** What the run bar shows of a step. */
export type StepNumbers = Pick<Snapshot, 'step' | 'epoch' | 'train_loss' | 'test_loss' | 'test_accuracy'>;

/** An error as plain data. */
export type Problem = {
  name: string;
  message: string;
  /** The setting or attribute that was refused, if one was, with its value and what is allowed. */
  field?: string;
  value?: string;
  allowed?: string;
  /** What it says, for other languages. */
  said?: Said;
};

/** A change of settings that may help. */
export type Fix = {
  label: string;
  /** What it does, and what it has reached, or why it was not tried. */
  note?: string;
  patch: Values;
  /** What it has reached, as its button says it. */
  result?: string;
  /** What the network reached with it on the test set, after `steps` steps. None of these if it was not tried. */
  accuracy?: number | null;
  loss?: number | null;
  learns?: boolean;
  steps?: number;
};

/** The diagnosis of a snapshot. */
export type Status = {
  tone: string;
  kind?: string;
  /** The kind for which fixes are sought: of an overflow what led to it, if that is known. */
  cause?: string;
  /** The verdict in a few words. */
  title: string;
  /** The verdict in a sentence. */
  text: string;
  evidence?: string;
  /** The step at which this diagnosis began. */
  since?: number;
  /** What has been tried and learns, the best first; the event is sent again when all trials are made. */
  fixes: Fix[];
  /** How far the trials of fixes are, or what has come of them. */
  progress?: string;
};

/** A kind of column that can be chosen. */
export type ColumnKind = 'number' | 'words' | 'flag' | 'time';

/** How to read an uploaded table; what is left out is guessed. Columns are given by name, or by number from 1. */
export type Reading = {
  header?: boolean;
  separator?: ',' | ';' | '\t' | '|' | ' ';
  /** The decimal sign. */
  decimal?: '.' | ',';
  /** Which comes first in dates that can be read in two ways. */
  dates?: 'day_first' | 'month_first';
  target?: string | number;
  task?: 'classes' | 'regression';
  /** What columns hold: by name, or as pairs. */
  kinds?: Record<string, ColumnKind> | [string | number, ColumnKind][];
  /** Columns to learn from although they would be left out. */
  with?: (string | number)[];
  /** Columns to ignore. */
  without?: (string | number)[];
  /** Whether to fill missing cells, which is the default, or to skip their rows. */
  missing?: 'fill' | 'skip';
  /** The same as `missing: 'skip'`. */
  skip?: boolean;
  /** Seeds the sample of a table with more than 20 000 rows. */
  seed?: number;
};

/**
 * The cells of a table, row by row, the last of each row being the target: a number, or the index of a class. There are
 * no classes in regression.
 */
export type Cells = { columns: number; values: Float64Array; classes: string[]; about?: string };

/** An uploaded table: its cells, the label of its button, and what a link says of it. */
export type Table = { cells: Cells; label: Said; reference: string };

/** A column of an uploaded table. `Text` is what sentences are. */
export type TableColumn<Text = string> = {
  name: string;
  kind: ColumnKind | 'constant' | 'empty' | 'row_number';
  /** How many features the network gets of it. */
  features: number;
  used: boolean;
  missing: number;
  /** How many different values it has. */
  distinct: number;
  /** Why it is left out. */
  left_out: Text | null;
};

/** What an uploaded table holds. `Text` is what sentences are. */
export type TableInfo<Text = string> = {
  /** Why it cannot be trained on. */
  refused: Text | null;
  /** By which the same file is recognised. */
  digest: string;
  rows: number;
  /** The number of rows that are trained and tested on. */
  used_rows: number;
  header: boolean;
  separator: string;
  decimal: string;
  /** The name of the column to predict. */
  target: string;
  /** Its number, from 1. */
  target_column: number;
  /** Why it was guessed. */
  reason: Text;
  task: 'classes' | 'regression';
  classes: string[] | null;
  columns: TableColumn<Text>[];
  features: number;
  /** The number of missing cells of the columns that are used. */
  missing: number;
  incomplete_rows: number;
  skip: boolean;
  ambiguous_dates: boolean;
  ambiguous_decimal: boolean;
  /** The first rows, as they were read. */
  first: string[][];
  warnings: Text[];
};

/** A piece of a line of a lesson's text. `number` is the name of a number of the run. */
export type LessonInline =
  | string
  | { number: string }
  | { em: LessonInline[] }
  | { strong: LessonInline[] }
  | { code: string }
  | { link: LessonInline[]; href: string }
  | { br: true };

/** A block of a lesson's text. */
export type LessonBlock =
  | { p: LessonInline[] }
  | { h: LessonInline[] }
  | { quote: LessonBlock[] }
  | { pre: string }
  | { ul: LessonBlock[][] }
  | { ol: LessonBlock[][]; start: number };

/** The question of a part. */
export type LessonAsk =
  | { kind: 'draw'; text: LessonBlock[] }
  | { kind: 'choose'; text: LessonBlock[]; answers: { text: LessonInline[]; right: boolean; reason: LessonBlock[] }[] }
  | {
      kind: 'number';
      text: LessonBlock[];
      answer: number | { number: string };
      tolerance: { within: number } | { share: number } | { factor: number };
    };

/** A puzzle. */
export type LessonGoal = {
  text: LessonBlock[];
  conditions: string[];
  /** The last step at which it counts. */
  within: number;
  /** The settings that must stay. */
  fixed: string[];
  /** How many settings may be changed at most. */
  changes: number | null;
  hints: LessonBlock[][];
  solved: LessonBlock[];
};

/** One experiment of a lesson. */
export type LessonPart = {
  title: string;
  /** Its whole config, as in a link. */
  query: string;
  /** Empty where the charts stay as they are. */
  charts: string[];
  /** The settings that can be changed; null where all can. */
  controls: string[] | null;
  /** How far the run goes when the answer is revealed. */
  steps: number;
  text: LessonBlock[];
  ask: LessonAsk | null;
  reveal: LessonBlock[];
  goal: LessonGoal | null;
};

/** A lesson, as the second wasm module reads it from its file. */
export type Lesson = {
  title: string;
  minutes: number;
  /** Whether predictions are asked for before anything is shown. */
  predict: boolean;
  parts: LessonPart[];
};

/** Why a line of a lesson file cannot be used. */
export type LessonProblem = { line: number; said: Said };

/** What was answered: the index of a choice, a number, or log10 of dW per layer as it was drawn. */
export type LessonAnswer = number | number[];

/** What came of an answer; `text` says it in a sentence. */
export type LessonResult = { right: boolean; text: string };

/** What was guessed and answered in a part of a lesson, for a report. */
export type LessonRecord = {
  /** The lesson's id, or its address. */
  id: string;
  /** The lesson's title. */
  title: string;
  /** The part, counted from 1, and its title. */
  part: number;
  heading: string;
  question: string;
  /** The answer in words; null if it was skipped. */
  guess: string | number | number[] | null;
  result: LessonResult | null;
};

/** What an event tells of a lesson. `guess` is null where the question was skipped. */
export type LessonEvent = {
  /** The lesson's id, or its address. */
  id: string;
  /** The part, counted from 1. */
  part: number;
  stage: 'asked' | 'predicted' | 'revealed' | 'solved';
  guess?: LessonAnswer | null;
  result?: LessonResult | null;
};

/** How far a run is on its way to the goal of a puzzle. */
export type LessonProgress = {
  /** The settings that break its rules. */
  violations: string[];
  conditions: { text: string; name: string; value: Value; holds: boolean }[];
  reached: boolean;
  /** How many steps are left. */
  left: number;
};
