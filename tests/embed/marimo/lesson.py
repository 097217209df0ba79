import marimo

app = marimo.App()


@app.cell
def _():
    import marimo as mo

    from gradient_flow import Lab

    lab = Lab(depth=6, width=16, data="iris", activation="prelu", slope=0.01, charts=["signals"], controls=["depth"], speed=20)
    lab.step(5)
    lab.learning_rate = 0.5
    lab.step(3)
    return lab, mo


@app.cell
def _(lab):
    lab
    return


@app.cell
def _(lab, mo):
    live = mo.ui.anywidget(lab)
    live
    return (live,)


@app.cell
def _(lab, live, mo):
    live.value
    read = len(lab.gradients) if lab.snapshot else 0
    mo.md(f"step {lab.snapshot.get('step')}, depth {lab.depth}, {read} gradients, error '{lab.error}'")
    return


if __name__ == "__main__":
    app.run()
