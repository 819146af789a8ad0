"""nbgrader 0.9 for TypeScript: `latent homework new` puts a copy of this file into a course."""

import os
import sys

c = get_config()  # noqa: F821

STUB = '// YOUR CODE HERE\nthrow new Error("Not implemented yet.");'
c.ClearSolutions.code_stub = {"typescript": STUB, "python": "# YOUR CODE HERE\nraise NotImplementedError()"}
c.ClearSolutions.text_stub = "*Your answer here.*"

# A warning is no error: whatever is written to stderr is dropped before the score is read.
c.IgnorePattern.enabled = True
c.IgnorePattern.pattern = r"[\s\S]"

# A test cell that a student has deleted comes back.
c.OverwriteCells.add_missing_cells = True

# AutoTest, for those who use it.
c.InstantiateTests.comment_strs = {"typescript": "//"}
c.InstantiateTests.sanitizers = {"typescript": lambda text: text.strip("\"'")}

c.Execute.timeout = 60

# Our grader in the place of nbgrader's kernel: isolated, hidden tests outside of the student's process. Without LATENT_HOME,
# the folder of the installation, nbgrader runs submissions in a plain kernel, which is NOT isolated: a student's code then
# may read and write whatever the grader may.
home = os.environ.get("LATENT_HOME")
if home:
    sys.path.insert(0, os.path.join(home, "notebooks", "homework"))
    c.LatentExecute.command = ["node", os.path.join(home, "dist", "cli", "main.js")]
    c.Autograde.autograde_preprocessors = [
        "latent_nbgrader.LatentExecute",
        "nbgrader.preprocessors.IgnorePattern",
        "nbconvert.preprocessors.ClearMetadataPreprocessor",
        "nbgrader.preprocessors.LimitOutput",
        "nbgrader.preprocessors.SaveAutoGrades",
        "nbgrader.preprocessors.AssignLatePenalties",
        "nbgrader.preprocessors.CheckCellMetadata",
    ]
else:
    sys.stderr.write("Latent: LATENT_HOME is not set, so submissions run in a plain kernel and are NOT isolated.\n")
