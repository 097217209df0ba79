### A moment: a run that is taken to a step, and its report. Loaded when it is asked for.

# Names the group of the lines below.
moment-label = Replay
moment-replaying = Replaying step { $step } of { $steps }
moment-replaying-kept = Replaying the run kept for comparison: step { $step } of { $steps }
moment-cancel = Cancel
# $digest stands for all numbers of a state, in ten letters.
moment-same = This is the same run: digest { $digest }
moment-differs = This is not the same run. The link says digest { $expected }, and the replay ends with { $digest }. Either the link was changed, or another version of the laboratory made it.
moment-needs-table = This moment was trained on someone’s own data, which a link cannot contain. Choose the same file, and it is replayed.
# $names are live settings, with commas. An example of a change follows.
moment-allowed-changes = STEP:SETTING=VALUE with one of { $names }, several with a semicolon between them, such as 200:learning-rate=0.01;300:clip=norm

## The report

# $activation is the name of a choice.
report-title = { $depth ->
        [one] One { $activation } layer at step { $step }
       *[other] { $depth } { $activation } layers at step { $step }
    }
report-fixes = Fixes that were tried:
report-lesson = Lesson: { $title }
# $answer is what the reader has answered, or report-skipped.
report-answer = Answer: { $answer }
report-skipped = skipped
report-changes = Changes on the way
report-change = Step { $step }: { $label } { $from } → { $to }
report-settings = Settings
report-changed = Changed, with the default in brackets:
report-yes = yes
report-no = no
# $list has names and values.
report-others = At their defaults: { $list }
report-digest = Digest
report-moment = This moment
    .note = The link replays the run and says whether its state has this digest. It is the same on every machine.
