"""Made from the charts by tests/docs/views.rs."""

#: The id of every chart.
CHARTS = (
    "signals",  # Gradient and signals in every layer
    "history",  # Gradients over time
    "histograms",  # Distribution of gradients
    "factors",  # What shrinks or grows the gradient
    "saturation",  # Saturated and dead units
    "weights",  # A layer's weights and gradient
    "fixes",  # One change at a time
    "loss",  # Loss and accuracy over time
    "updates",  # How fast every layer learns
    "step-line",  # The loss along the last step
    "norms",  # What clipping and weight decay do
    "boundary",  # What the network predicts
    "network",  # The network, one sample inside
    "map",  # Where it learns: a map
)
