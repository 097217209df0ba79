### Lessons in the laboratory: the menu, the card with its questions and puzzles, and the offer of the first lesson. Loaded when
### they are needed.

## The menu

lessons-menu = Lessons
lessons-menu-hint = First you predict, then you see. Leaving a lesson brings back your own experiment.
lessons-minutes = { $minutes } min
    .long = { $minutes ->
        [one] 1 minute
       *[other] { $minutes } minutes
    }
lessons-done = done
lessons-some-done = { $done } of { $parts } parts done
lessons-open-file = Open a lesson file …
lessons-write = Write your own
lessons-clear = Clear my progress
lessons-local = What you have done is kept in this browser alone.

## The offer on a first visit. $title is the first lesson's, $minutes a whole number.

lessons-offer = New here? “{ $title }” takes { $minutes } minutes.
lessons-offer-start = Start
lessons-offer-dismiss = No, thanks

## The card

lessons-where = part { $part } of { $parts }
lessons-previous = Previous part
lessons-next = Next part
lessons-leave = Leave
    .title = Leave the lesson and bring back your own experiment (Escape)
lessons-fold = Fold or unfold the text of the lesson
lessons-modified = Modified · back to the step
    .title = The network is not the one that this part is about. Brings it back.
lessons-next-lesson = Next lesson: { $title }

## Questions

lessons-predict-first = Predict first. The charts appear with your answer.
lessons-reveal = Reveal
lessons-skip = Skip and show
lessons-answer = Answer
lessons-number = Your number
lessons-number-refused = Please enter a number, such as 0.5 or 1e-6.
# $steps is a whole number.
lessons-training = Training to step { $steps } …
lessons-right = Right.
lessons-wrong = Not quite.
lessons-number-right = { $guess } is close enough: it is { $truth }.
lessons-number-wrong = You said { $guess }. It is { $truth }.
lessons-number-is = It is { $truth }.
# For screen readers, after the text of an answer.
lessons-your-answer = your answer
lessons-right-answer = the right answer
lessons-answers = Answers

## Puzzles

lessons-goal = Goal
# $value is the number now, such as "11 %".
lessons-now = now { $value }
lessons-within = within { $steps } steps
# $settings is a list of labels, such as "Depth, Activation".
lessons-fixed = Fixed: { $settings }.
lessons-fixed-setting = fixed
lessons-changes = { $most ->
    [one] You may change one setting.
   *[other] You may change { $most } settings.
 }
lessons-puzzle-start = Change what you like, then press Run.
lessons-puzzle-running = Step { $step } of { $steps }
lessons-puzzle-over = { $steps } steps are over. Change something, then restart.
lessons-puzzle-violated = This does not count: { $settings } changed.
lessons-start-over = Start over
lessons-hint = Hint { $number }
lessons-solved = Solved at step { $step }!
lessons-another = There are other solutions. Find another one

## A file

lessons-file-wrong = { $name } cannot be used as a lesson:
lessons-file-line = Line { $line }: { $reason }
lessons-file-more = … and { $count } more.
lessons-unknown = There is no lesson “{ $id }”. There are: { $known }.
lessons-no-part = The lesson has no part { $part }: it has { $parts }.
