### The dialogs: share, export, and your own table.

dialog-close = Close

## Share

share-title = Share this experiment
share-guide = How to embed
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
share-upload = Your own data stay in this browser. Neither the link nor the code nor the file contains them, so whoever opens it has to choose the data again.
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
table-choose = Choose a CSV file, or drop one here
table-shape = The table needs columns of numbers to learn from and one column to predict, with a comma, semicolon or tab between cells.
table-limits = It may have up to 8 MB, 20 000 rows, 500 columns and 20 classes.
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
table-features = Learn from
table-words = This column holds words, not numbers.
table-broken = { $cells ->
        [one] One cell is missing or not a number.
       *[other] { $cells } cells are missing or not numbers.
    }
table-broken-more = and { $cells } more
table-skip = { $rows ->
        [one] Skip 1 of { $all } rows (missing values)
       *[other] Skip { $rows } of { $all } rows (missing values)
    }
# The name of a table that has none.
table-unnamed = Your table
