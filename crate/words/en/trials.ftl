### Trials: proposed fixes are tried in the background. Loaded when the first trial begins, or the chart `fixes` is opened.

## How far they are. $tried and $planned are numbers of changes, $steps is one of steps.

trials-running = { $tried } of { $planned } trials made.
trials-finished = { $learning ->
    [0] None of the { $tried } changes lets the network learn within { $steps } steps.
    [one] 1 of { $tried } changes lets the network learn within { $steps } steps.
   *[other] { $learning } of { $tried } changes let the network learn within { $steps } steps.
 }
trials-off = Not tried: trials are switched off here.
trials-too-large = Not tried: the network is too large to train it in the background.
trials-no-worker = Not tried: this page is not allowed to train in the background.

## The status line

# Before fixes that are offered without having been tried.
trials-untried-fixes = Not tried:
trials-progress = Trying fixes: { $tried } of { $planned }
trials-result-loss = loss { $loss }
# $result is what a fix reached, such as "97 %" or "loss 0.12", $guess what guessing does.
trials-reached = { $result } after { $steps } steps (guessing: { $guess }).
trials-none = No single change tried lets it learn within { $steps } steps.
# For screen readers.
trials-told = Fixes have been tried. Best: { $fix }, { $result } after { $steps } steps.

## The chart

trials-axis-accuracy = test accuracy after { $steps } steps
trials-axis-loss = test loss after { $steps } steps
trials-this-run = this run
trials-guessing = guessing
trials-overflow = overflow
trials-untried = not tried
# Changes for which the picture has no room.
trials-more = + { $count } more
# $change is a change, $result what it reached.
trials-readout = { $change }: { $result }
trials-apply = A click or Enter applies a change.
trials-column-change = change
trials-column-result = after { $steps } steps
trials-column-learns = learns
trials-learns = yes
trials-learns-not = no
