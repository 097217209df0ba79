"""Made from the charts by tests/docs/views.rs."""

#: The id of every chart.
CHARTS = (
    "signals",  # Gradient and signals in every layer
    "history",  # Gradients over time
    "histograms",  # Distribution of gradients
    "loss",  # Loss and accuracy over time
    "factors",  # What shrinks or grows the gradient
    "saturation",  # Saturated and dead units
    "updates",  # How fast every layer learns
    "step-line",  # The loss along the last step
    "norms",  # What clipping and weight decay do
    "boundary",  # What the network predicts
    "weights",  # A layer's weights and gradient
)
