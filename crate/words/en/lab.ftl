### The laboratory around the charts: run bar, status line, settings, captions.

page-title = Gradient Flow: see every layer's gradient

## The run bar. A button's .title names its key; short words, for all stand in one row.

bar-run = Run
    .title = Run (Space)
bar-pause = Pause
    .title = Pause (Space)
bar-step = Step
    .title = Make one step (S)
bar-restart = Restart
    .title = Restart from step 0 (R)
bar-keep = Keep
    .title = Keep this run for comparison (P)
    .label = Keep this run for comparison
    .remove = Remove the kept run (P)
bar-settings = Settings
bar-share = Share
    .title = Share this experiment as a link or embed it in a page
    .label = Share this experiment
bar-present = Present
    .title = Enlarge one chart for a lecture hall (F)
bar-export = Export
    .title = Save the history, the charts and the run as files
bar-lessons = Lessons
    .title = Predict, see, solve: twelve short lessons
bar-theme = Switch between light and dark
bar-speed = speed
    .title = Steps per second
# $steps is a whole number.
bar-speed-value = { $steps }/s
    .long = { $steps ->
        [one] 1 step per second
       *[other] { $steps } steps per second
    }
bar-speed-max = max
    .long = as fast as possible
readout-step = step
readout-epoch = epoch
readout-loss = loss
readout-test = test
# $guess is what guessing would reach, such as "10 %".
readout-guess = guessing { $guess }

## The status line

status-label = What is happening
status-loading = Loading the laboratory …
status-fixes = Try a fix:
status-failed = Gradient Flow could not start
status-why = Why?
status-dismiss = Close this message
status-start-again = Start again
status-try-again = Try again
status-choose-table = Choose a table …
# The charts show an earlier step than the latest one.
status-viewing = Viewing step { $step } of { $latest }.
status-latest = Back to latest
# $differences is a list such as "Depth 10 → 20, Data Iris → Spiral": a setting, its value in the kept run, its value now.
status-kept = Compared with the kept run (dotted): { $differences }.
status-kept-same = Compared with the kept run (dotted): all settings are the same.
status-difference = { $label } { $kept } → { $now }
status-unkeep = Remove the kept run
# $patch is a list such as "activation = relu, init = he_normal".
status-fix-settings = Sets { $patch }.

## The outcome: the number stands before outcome-of.

outcome-label = Accuracy on unseen data
# $data is the name of a data set.
outcome-of = of unseen { $data ->
    [digits] digits
    [iris] flowers
   *[other] samples
 }
outcome-guess = guessing: { $guess }
outcome-loss = test loss

## The charts

charts-label = Charts
charts-question-where = Where does it vanish?
charts-question-why = Why?
charts-question-learning = Does it learn?
charts-question-sees = What does it see?
charts-pick-signals = signals
charts-pick-history = history
charts-pick-histograms = histograms
charts-pick-loss = loss
charts-pick-factors = factors
charts-pick-saturation = saturation
charts-pick-updates = updates
charts-pick-norms = norms
charts-pick-step-line = step line
charts-pick-boundary = boundary
charts-pick-weights = weights
charts-pick-fixes = fixes
charts-pick-network = network
charts-pick-map = map
# $title is a chart's title, a whole phrase.
figure-canvas = { $title }. Arrow keys read values and select layers.
# What screen readers call a chart.
figure-role = chart
figure-help = What am I looking at?
    .label = { $title }: What am I looking at?
figure-table = Show as a table
    .label = { $title }: Show as a table
    .region = { $title }, as a table
figure-broken = This chart could not be drawn. It will be tried again with the next run.
# A view is a chart whose module is loaded when it is first shown. $reason is a sentence.
view-loading = Loading …
view-failed = This view could not be loaded: { $reason }
scrub-label = Go back to a step of the run
scrub-title = Go back to a step of the run. The End key returns to the latest.
scrub-latest = latest
scrub-step = step { $step }

## The settings

settings-label = Settings
settings-share = Share …
settings-language = Language
settings-article = Why do deep networks stop learning?
# $label is a setting's label.
field-default = Back to { $value }
    .label = { $label }: back to { $value }
field-help = What is this?
    .label = { $label }: What is this?
field-allowed = Allowed: { $allowed }.
field-refused = { $label } cannot be { $value }. Allowed: { $allowed }.
field-empty = A value is missing here. Allowed: { $allowed }.
field-random = New random seed
    .label = { $label }: new random seed
# A setting with its value, in the summary of a group.
field-digest = { $label } { $value }
# $value is a number, and $unit what it counts.
field-value = { $value } { $unit }
upload-open = Use your own data …
# $name is a file's name, $summary says what is in it (table-summary).
upload-again = { $name }: { $summary }. Choose another table …
upload-drop = Drop a table (CSV) or a lesson (.md) here. It stays in this browser.

## Notebooks

notebook-elsewhere = This laboratory is shown in another output.
notebook-show-here = Show it here
