project = "Course"
extensions = ["myst_parser"]
html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["theme.css"]
html_js_files = [("../lab/gradient-flow.js", {"type": "module"})]
