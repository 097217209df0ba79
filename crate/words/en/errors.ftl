### Why something was refused. What is allowed stands at the end of the first message: it begins with a small letter
### and has no full stop.

# $field is the name of a setting or an argument, $value what was given.
error-refused = { $field } cannot be { $value }. Allowed: { $allowed }.

allowed-field = a setting named one of { $names }
allowed-object = a JSON object of settings
# $loss is the name of a loss.
allowed-output = auto or linear, because { $loss } takes a linear output; with mse any
allowed-loss = auto or mse, because these data have numbers to predict, not classes
allowed-batch-pytorch = 2 or more in PyTorch, whose batch norm takes no minibatch of one sample

## Memory. Amounts come with their units, such as 3.2 GB.

allowed-memory = at most { $largest } here, because this network would need { $needed } of memory and can get { $budget }
allowed-memory-nothing = nothing here, because this network would need { $needed } of memory and can get { $budget }

## Pictures

allowed-pixels = 1 to { $max } CSS pixels
allowed-scale = { $min } to { $max } device pixels per CSS pixel
allowed-side = at most { $max } CSS pixels at scale = { $scale }, because browsers draw at most { $device } device pixels
# Both are numbers of millions.
allowed-area = at most { $max } million device pixels; at scale = { $scale } these are { $pixels } million

## Tables

error-no-table = There is no table for data = { $data }. Choose a CSV file, or other data.
error-too-few = { $count ->
    [0] The table has no samples
    [one] One sample is too few
   *[other] { $count } samples are too few
 }: at least 2 are needed.
error-row-unreadable = Row { $row } of the table cannot be read.
error-one-column = The table has one column. It needs at least 2: something to learn from, and something to predict.
