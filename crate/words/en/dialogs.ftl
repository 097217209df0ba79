### The dialogs: share, export, and your own table.

dialog-close = Close

## Share

share-title = Share this experiment
share-guide = How to embed
# What is shared: the settings, or what is on the screen.
share-what = What
share-settings = The experiment
    .note = Its settings. Whoever opens it starts at step 0.
# $digest stands for all numbers of a state, or is "none" while an earlier step is viewed.
share-moment = This moment (step { $step })
    .note = { $digest ->
        [none] Brings back what is on the screen: the step that is viewed, the changes made on the way, the run kept for comparison, the selected layer, and answers to a lesson. Opening it replays the run.
       *[other] Brings back what is on the screen: the step, the changes made on the way, the run kept for comparison, the selected layer, and answers to a lesson. Opening it replays the run and checks that it is the same one (digest { $digest }).
    }
share-as = Share as
share-charts = With these charts, in this order
share-controls = With these controls
share-all = all
share-none = none
share-start = Start
share-autoplay = Start automatically when visible
share-theme = Theme
share-theme-auto = automatic
share-theme-light = light
share-theme-dark = dark
share-frame = Frame
share-script = Add a script that adjusts the frame
    .hint = Gives the frame the height it needs, and the light or dark theme of your page. It works for all frames on the page.
share-upload = Your own data stay in this browser. Neither the link nor the code nor the file contains them, so whoever opens it has to choose the data again. A link recognises the same file and reads it in the same way.
share-text = The text to copy
share-copy = Copy
share-copied = Copied
share-download = Download
share-cannot-copy = This page is not allowed to copy. The text is selected: press Ctrl+C, or ⌘C on a Mac.
# $size is in kB.
share-saved = Saved as gradient-flow.html ({ $size } kB).
# $reason is a whole sentence.
share-not-saved = The file could not be made. { $reason }

# The kinds; a .note says where to put one.
share-link = Link
    .note = Opens the laboratory with exactly this experiment, and gives the same numbers on every machine.
share-iframe = iframe
    .note = For learning platforms, wikis and any page that accepts HTML.
share-element = Element
    .note = For your own pages. It loads fastest from a copy of the site next to them.
share-markdown = Markdown
    .note = A link, which works wherever Markdown does.
share-quarto = Quarto
    .note = For a .qmd file. In slides it starts when its slide is shown.
share-revealjs = reveal.js
    .note = One slide. It loads and starts when it is shown.
share-mdbook = mdBook, MkDocs
    .note = For a chapter in Markdown, with an empty line before and after.
share-jsx = React, MDX
    .note = For a React component, or a page of Docusaurus or Next.js.
share-sphinx = Sphinx
    .note = For an .rst file. In MyST Markdown and Jupyter Book, use the iframe as it is.
share-notebook = Notebook
    .note = A cell for Jupyter, JupyterLab, Colab, VS Code or MyST. In Python, lab.snapshot["layers"]["dw_rms"] holds the gradients.
share-file = One file
    .note = Opens from a disk, an email or a file store, without a network.
# The title of a link or frame. $activation and $init are names of choices as in the config.
share-experiment = Gradient Flow: depth { $depth }, activation { $activation }, init { $init }

## Export

export-title = Export
export-history = History
    .hint = Loss, gradient norm, and the size (RMS) of every layer's weight gradient dW at every step.
    .csv = Save the history as CSV
    .json = Save the history as JSON
export-run = Run
    .hint = A PyTorch script with the same initial weights, data and minibatches. It prints the same numbers.
    .pytorch = Save the run as a PyTorch script
export-report = Report
    .hint = One page to print or hand in: settings, changes, charts, verdict, answers to a lesson, and a link that replays the run.
export-report-open = Open
    .title = Open the report in a new tab
export-report-save = Save the report as an HTML file
export-chart = Chart
    .hint = The chart as it is now: SVG for print, PNG for slides.
    .svg = Save the chart as SVG
    .png = Save the chart as PNG
# $percent is a whole number.
export-progress = { $percent } % written …
export-frame = If no file appears, this frame does not allow downloads. Open the laboratory in its own tab.

## Your own table

table-title = Use your own data
table-private = Your table never leaves this browser.
table-private-why = It is read, kept and used for training here, and is gone when the page is closed. A link cannot contain it.
table-choose = Choose a file
table-paste = or paste cells
table-paste-hint = From a spreadsheet
table-pasted = Pasted table
table-ready = Or try
table-ready-wine = Wine
    .help = 178 wines by their chemistry: which of three cultivars is it?
table-ready-penguins = Penguins
    .help = 344 penguins by island and size, some values missing: which species is it?
table-ready-cars = Cars
    .help = 406 cars by weight, power and year: how many miles per gallon? (regression)
table-limits = Almost any table will do: CSV, TSV, with or without a header. Up to 8 MB, 500 columns and 50 classes; of more than 20 000 rows, a random sample.
table-use = Use this table
# What a table contains; it stands within "name: …".
table-summary = { $rows ->
        [one] 1 row
       *[other] { $rows } rows
    }, { $features ->
        [one] 1 feature
       *[other] { $features } features
    }, { $task ->
        [regression] a number to predict
        [unknown] classes to predict
       *[classes] { $classes ->
            [one] 1 class
           *[other] { $classes } classes
        }
    }
table-contents = { $name }: { $summary }
table-rows = The first rows
table-header = The first row holds names
table-target = Predict
table-task = as
table-known = The same table as in the link or last time: it is read in the same way.
table-other = Not the table of the link or of last time: the results will differ.
table-notes = What to know about this table
table-columns = Columns
table-kind-number = Numbers
table-kind-words = Words
table-kind-flag = Yes or no
table-kind-time = Date or time
table-kind-out = Leave out
table-kind-target = Predict this
table-column-features = { $features } features
table-column-missing = { $cells } missing
table-missing = { $cells ->
        [one] 1 missing cell
       *[other] { $cells } missing cells
    }
table-missing-fill = Fill in (median, or “missing”)
table-missing-skip = Skip { $rows } of { $all } rows
table-decimal = Decimal sign
table-decimal-point = Point (1.5)
table-decimal-comma = Comma (1,5)
table-dates = In dates, first comes
table-dates-choose = Choose …
table-dates-day_first = the day
table-dates-month_first = the month
# The name of a table that has none.
table-unnamed = Your table
