### Lessons: what is wrong in a lesson file, and what a drawing got right. Words such as config, steps and Goal are written
### so in the file and stay as they are.

## What is wrong in a file. The line stands before each.

lesson-too-large = The file is too large: { $max } KB are allowed.
lesson-no-title = The file does not begin with a title, such as title = My lesson.
lesson-no-minutes = The head does not say how long the lesson takes, such as minutes = 10.
lesson-minutes = minutes cannot be “{ $value }”: a whole number from 1 to 600 is.
lesson-predict = predict cannot be “{ $value }”: on or off is.
lesson-head = “{ $text }” is no line of the head. The text of a lesson begins under the heading of its first part, # Title.
lesson-no-parts = The lesson has no parts. A part begins with a heading: # Title.
lesson-no-part-yet = This section stands before the first part, which begins with a heading: # Title.
lesson-heading = A heading needs a space and a title after its #.
lesson-no-config = The part does not say which network it shows: it needs config = and a link or its settings, such as depth=20&activation=sigmoid.
lesson-key = “{ $key }” is not known here. Known are: { $known }.
lesson-no-keys = “{ $key } =” means nothing here: this section has only text.
lesson-chart = There is no chart “{ $id }”. The charts are: { $known }.
lesson-setting = There is no setting “{ $name }”.
lesson-upload = A lesson cannot use uploaded data: other readers do not have them.
lesson-section = There is no section “{ $heading }”. Sections are: { $known }.
lesson-twice = A part has one section { $heading }. Begin another part for a second one.
lesson-empty = There is no text under “{ $heading }”.
lesson-reveal-without-ask = The part has a Reveal, but asks nothing: add ## Ask: draw, choose or number.
lesson-before-goal = { $heading } stands before the Goal that it belongs to.
lesson-hints = A puzzle has at most { $max } hints: a vague one, then a plain one.
lesson-item = Each line here begins with a hyphen and a space.

lesson-ask = “{ $kind }” is no kind of question. Kinds are: draw, choose, number.
lesson-answers = A choice needs at least two answers, and exactly one of them right: “- [ ] wrong” and “- [x] right”.
lesson-no-box = This answer has no box: “- [ ] wrong” or “- [x] right”.
lesson-no-answer = This answer has no text.
lesson-no-reason = This wrong answer has no reason. Write one below it, indented, after a “>”.
lesson-no-answer-key = A question for a number needs its answer, such as answer = 0.25 or answer = delta_factor.
lesson-answer = The answer “{ $value }” is neither a number nor the name of one.
lesson-tolerance = tolerance cannot be “{ $value }”: 0.05, 20 % and factor 10 are forms of it.

lesson-number-unknown = There is no number “{ $name }”. Did you mean { $nearest }? The docs page lists all numbers.
lesson-relation = “{ $word }” does not compare: write <, <=, >, >=, = or between.
lesson-between = “between” needs two numbers with “and”: delta_factor between 0.2 and 0.3.
lesson-value = “{ $value }” is neither a number nor the name of one.
lesson-within = A goal ends with the steps that it allows, such as within 600 steps.
lesson-steps = “{ $value }” is no number of steps: a whole number up to { $max } is.
lesson-left-over = “{ $word }” is not understood here.
lesson-changes = changes cannot be “{ $value }”: a whole number from 1 on is.
lesson-breaks-rules = This solution changes what the puzzle does not allow: { $settings }.

lesson-html = HTML is not read: lessons are Markdown alone.
lesson-image = Lessons have no pictures: the charts are the picture.
lesson-link = A link leads to a web address (https://…) or to a file beside the page, not to “{ $address }”.
lesson-too-deep = Lists and quotations stand too deep in one another.

## What a drawing of dW over the layers got right. $drawn and $measured tell how it runs from the last hidden layer to the
## first, $factor by how much.

lesson-drawn-nothing = Nothing is drawn yet.
lesson-drawn-overflow = The run overflowed: its gradient has no size any more.
lesson-drawn-all-zero = Every layer’s gradient is exactly 0.
lesson-drawn-zero = You drew { $drawn ->
    [falls] a fall by { $drawn_factor } towards layer 1. It falls
    [rises] a rise by { $drawn_factor } towards layer 1. It falls
   *[level] it level. It falls
 } to exactly 0: the gradient underflowed or was cut off.
lesson-drawn-close = Well drawn: it { $measured ->
    [falls] falls by { $factor } towards layer 1
    [rises] rises by { $factor } towards layer 1
   *[level] is level
 }, as you expected.
lesson-drawn-shape = You drew { $drawn ->
    [falls] a fall by { $drawn_factor } towards layer 1. It { $measured ->
        [falls] falls by { $factor }
        [rises] rises by { $factor }
       *[level] is level
     }
    [rises] a rise by { $drawn_factor } towards layer 1. It { $measured ->
        [falls] falls by { $factor }
        [rises] rises by { $factor }
       *[level] is level
     }
   *[level] it level. It { $measured ->
        [falls] falls by { $factor } towards layer 1
        [rises] rises by { $factor } towards layer 1
       *[level] is level
     }
 }.
lesson-drawn-height = The shape is right, but all of it lies { $factor } times too { $direction ->
    [high] high
   *[low] low
 }.
lesson-drawn-bend = The ends are right, but in between you are off by a factor of { $factor } on average.

## Drawing dW over the layers on the chart, before it is shown.
lesson-guess-line = your guess
lesson-guess-column = Your guess of dW
lesson-guess-legend = Your guess of dW, as a power of ten
lesson-guess-hidden = Hidden until you have made your guess.
lesson-guess-hint = Drag the three points, or draw the line with one stroke.
lesson-guess-hint-inputs = Enter a power of ten for each of these layers; the line goes straight from one to the next.
lesson-guess-layer = { $layer ->
    [output] output layer
   *[other] layer { $layer }
 }
lesson-guess-handle = { $layer ->
    [output] Your guess of dW in the output layer
   *[other] Your guess of dW in layer { $layer }
 }
lesson-guess-at = { $layer ->
    [output] output layer: { $value }
   *[other] layer { $layer }: { $value }
 }
lesson-guess-clear = Clear
