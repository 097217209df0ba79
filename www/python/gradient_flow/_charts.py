"""Made from the charts by tests/docs/views.rs."""

#: The id of every chart.
CHARTS = (
    "signals",  # Gradient and signals in every layer
    "history",  # Every layer's gradient over time
    "histograms",  # Spread of each layer's gradient
    "loss",  # Loss and accuracy over time
    "factors",  # What multiplies delta
    "saturation",  # Where the units stand
    "updates",  # How fast every layer learns
    "step-line",  # The loss along the last step
    "norms",  # What clipping and decay do
    "boundary",  # What the network predicts
    "weights",  # A layer's weights and gradient
)
