#!/usr/bin/env python3
"""A run of Gradient Flow in PyTorch: $query

The same start, data and minibatches as in the page. Prints as CSV, for every step: the loss of the
minibatch, the norm of the whole gradient, and the RMS of each layer's dW (the gradient of its
weights, before clipping and decay), the output layer last.

    python run.py [STEPS]
"""
import base64
import itertools
import math  #? rate
import sys

import torch
from torch import nn

STEPS = int(sys.argv[1]) if len(sys.argv) > 1 else $steps
# What may change during a run, from these steps on.
SETTINGS = {
$settings
}
# A table of one's own: its digest, how it was read, its target, and the features in the order of TRAIN_X.  #? table
TABLE = $table  #? table
SLOPE = $slope  #? slope
WARMUP, SCHEDULE_STEPS = $warmup, $schedule_steps  #? rate
  #? rate
  #? rate
def rate_factor(step):  #? rate
    """What the learning rate is multiplied by."""  #? rate
    warm = min(1.0, (step + 1) / WARMUP)  #? warmup
    t = max(0, step - WARMUP)  #? schedule
    return $rate_factor  #? rate


class Hidden(nn.Module):
    def __init__(self, n_in, n_out):
        super().__init__()
        self.linear = nn.Linear(n_in, n_out)
        self.norm = $norm  #? norm
        self.phi = $phi

    def forward(self, a):
        z = self.linear(a)  #? untied
        # The gradient of this copy is the layer's share of the gradient of what layers share.  #? tied
        w = self.linear.weight.clone()  #? tied
        if self.training:  #? tied
            w.retain_grad()  #? tied
            self.share = w  #? tied
        z = nn.functional.linear(a, w, self.linear.bias)  #? tied
        z = self.norm(z)  #? norm
        h = self.phi(z)
        return h  #? plain
        return h + a if h.shape == a.shape else h  #? residual


MASK = 2**64 - 1


def rotate(x, by):
    return (x << by | x >> 64 - by) & MASK


class Random:
    """xoshiro256++ (Blackman and Vigna 2021), seeded by SplitMix64."""

    def __init__(self, seed):
        self.state = []
        for _ in range(4):
            seed = seed + 0x9E3779B97F4A7C15 & MASK
            z = (seed ^ seed >> 30) * 0xBF58476D1CE4E5B9 & MASK
            z = (z ^ z >> 27) * 0x94D049BB133111EB & MASK
            self.state.append(z ^ z >> 31)

    def next(self):
        a, b, c, d = self.state
        result = rotate(a + d & MASK, 23) + a & MASK
        c, d = c ^ a, d ^ b
        self.state = [a ^ d, b ^ c, c ^ (b << 17 & MASK), rotate(d, 45)]
        return result


def minibatches(count, size):
    """Indices of samples: a new order each epoch; what does not fill a batch is left over."""
    order = list(range(count))
    for epoch in itertools.count():
        if size < count:
            random = Random(Random($seed).next() ^ ($stream << 48 | epoch))
            for last in range(count - 1, 0, -1):
                other = random.next() * (last + 1) >> 64
                order[last], order[other] = order[other], order[last]
        for at in range(0, count - size + 1, size):
            yield order[at : at + size]


def floats(text):
    return torch.frombuffer(bytearray(base64.b64decode(text)), dtype=torch.float32)


def main():
    x, test_x = (floats(text).view(-1, $inputs) for text in (TRAIN_X, TEST_X))
    y, test_y = (floats(text).long() for text in (TRAIN_Y, TEST_Y))  #? classes
    y, test_y = (floats(text).view(-1, $outputs) for text in (TRAIN_Y, TEST_Y))  #? values
    sizes = [$inputs] + [$width] * $depth
    hidden = list(map(Hidden, sizes, sizes[1:]))
    for layer in hidden[2:]:  #? tied
        layer.linear = hidden[1].linear  #? tied
    last = nn.Linear($width, $outputs)
    net = nn.Sequential(*hidden, last)
    net.append($output)  #? output
    # In the order of the parameters; W is (inputs, outputs) there and transposed here.
    start = iter(floats(PARAMETERS).split([p.numel() for p in net.parameters()]))
    with torch.no_grad():
        for p in net.parameters():
            p.copy_(next(start).view(p.shape[::-1]).t())
    weights = [p for p in net.parameters() if p.dim() == 2]
    others = [p for p in net.parameters() if p.dim() == 1]
    groups = [dict(params=weights), dict(params=others, weight_decay=0)]
    s = SETTINGS[0]
    loss_function = $loss
    optimizer = $optimizer
    batches = minibatches(len(x), $batch)

    print("step", "train_loss", "grad_norm", *(f"dw_rms_{l + 1}" for l in range(len(sizes))), sep=",")
    for step, rows in zip(range(STEPS + 1), batches):
        if step == STEPS:
            net.eval()
            with torch.no_grad():
                z = net(test_x)
            print("# test part: loss", loss_function(z, test_y).item())
            print("# test part: accuracy", ($is_correct).double().mean().item())  #? accuracy
            net.train()
        loss = loss_function(net(x[rows]), y[rows])
        optimizer.zero_grad()
        loss.backward()
        norm = sum(p.grad.double().square().sum() for p in net.parameters()).sqrt()
        dw = [w.grad for w in weights]  #? untied
        dw = [layer.share.grad for layer in hidden] + [last.weight.grad]  #? tied
        rms = [g.double().square().mean().sqrt().item() for g in dw]
        print(step, loss.item(), norm.item(), *rms, sep=",")
        if step == STEPS:
            break
        if step in SETTINGS:  #? changes
            s = SETTINGS[step]  #? changes
            optimizer.param_groups[0]["weight_decay"] = s["weight_decay"]  #? changes
            for group in optimizer.param_groups:  #? changes
                group["lr"] = s["learning_rate"]  #? changes
                group["momentum"] = max(s["momentum"], 1e-30)  #? momentum changes
        for group in optimizer.param_groups:  #? rate
            group["lr"] = s["learning_rate"] * rate_factor(step)  #? rate
        if s["clip"] == "norm":  #? clip norm
            $clip_norm  #? clip norm
        if s["clip"] == "value":  #? clip value
            $clip_value  #? clip value
        for w in weights:  #? l1
            w.grad += s["l1"] * w.detach().sign()  #? l1
        optimizer.step()


# Arrays of little-endian float32 as base64.
