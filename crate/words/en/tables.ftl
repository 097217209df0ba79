### What is said of a table that someone brings along: why it is refused, how it was read, what was guessed.

## Refusals

table-allowed-rows = a header and 2 rows
table-allowed-columns = 2 or more, separated by comma, semicolon, tab, pipe or blanks
table-allowed-column = a column: its number from 1 to { $count }, or its name ({ $names })
table-allowed-column-list = a list of columns
table-allowed-kinds = an object of columns and their kinds
table-allowed-at-most = at most { $max }
table-allowed-text = a line of JSON, then a CSV
table-allowed-options = header, separator, decimal, dates, target, task, kinds, with, without, missing and seed
table-allowed-features = 1 or more columns to learn from beside the target
table-allowed-classes = 2 or more
table-row-length = Row { $row } has { $cells ->
    [one] one cell
   *[other] { $cells } cells
 }, but the other rows have { $expected }.
table-cell-number = Row { $row }, column { $column }: “{ $cell }” is not a number.

## Why the target was guessed. Each stands behind its name.

table-reason-chosen = You chose it.
table-reason-name = Guessed by its name.
table-reason-values = Guessed: the only column with a few words, each in many rows.
table-reason-last = Guessed: the last column that can be predicted.
table-reason-first = Guessed: the first column.

## Why a column is left out

table-out-row-number = It only numbers the rows.
table-out-names = Nearly every row has its own word: there is nothing to learn from it.
table-out-mixed = It mixes numbers and words, nearly all different.
table-out-sentences = It holds whole sentences.
table-out-constant = It has the same value in every row.
table-out-empty = It has no values.
table-out-chosen = You left it out.

## What a reader should know. Whole sentences.

table-warning-sample = The table has { $all } rows. The network learns from a random { $rows } of them.
table-warning-thinned = With { $features } features, the network learns from a random { $rows } rows.
table-warning-lines = { $count ->
    [one] One line that is not part of the table was skipped: a title, comment or footnote.
   *[other] { $count } lines that are not part of the table were skipped: titles, comments or footnotes.
 }
table-warning-short = { $count ->
    [one] One row is shorter than the others: its last cells count as missing.
   *[other] { $count } rows are shorter than the others: their last cells count as missing.
 }
table-warning-mixed = Column { $column } mixes numbers and words, nearly all different, and is left out. Choose a kind for it to use it.
table-warning-decimal = Column { $column }: “{ $cell }” could be read in two ways. It is read as { $value }. If that is wrong, change the decimal sign.
table-warning-dates = Column { $column }: day and month could be exchanged. Choose which comes first.
table-warning-broken = Row { $row }, column { $column }: “{ $cell }” does not fit the other cells and counts as missing.{ $more ->
    [0] { "" }
    [one] { " " }So does one more cell of this column.
   *[other] { " " }So do { $more } more cells of this column.
 }
table-warning-target = { $count ->
    [one] One row has no value to predict and is left out.
   *[other] { $count } rows have no value to predict and are left out.
 }
table-warning-row-numbers = { $count ->
    [one] Left out because it only numbers the rows: { $names }.
   *[other] Left out because they only number the rows: { $names }.
 }
table-warning-names = Left out because nearly every row has its own word or sentence: { $names }.
table-warning-constant = { $count ->
    [one] Left out because it has at most one value: { $names }.
   *[other] Left out because they have at most one value each: { $names }.
 }
table-warning-leak = Column { $column } says the same as { $target } in other words. Leave it out to make the network learn something.
