"""Latent beside nbgrader 0.9: its gradebook filled and read, and our grader in the place of its kernel.

    python latent_nbgrader.py fill      reports as JSON on standard input, into ./gradebook.db
    python latent_nbgrader.py scores A  marks and comments that people gave for the assignment A, as JSON

As the `Execute` of nbgrader's autograder (nbgrader_config.py says how), `LatentExecute` has a submission graded by
`latent homework judge`: isolated, hidden tests outside of the student's process.
"""

import json
import os
import subprocess
import sys
import tempfile

import nbformat
from nbformat.v4 import new_output
from nbgrader import utils
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import List, Unicode

DATABASE = "sqlite:///gradebook.db"


class LatentExecute(NbGraderPreprocessor):
    """Grades a submission by Latent's own grader and leaves what nbgrader reads: an error, a score, or nothing."""

    command = List(["latent"], help="The command line of Latent.").tag(config=True)
    course = Unicode(".", help="The folder of the course, with source/<assignment>.ts.").tag(config=True)

    def preprocess(self, nb, resources):
        assignment = resources["nbgrader"]["assignment"]
        report = self.judge(nb, assignment)
        scores = {question["id"]: question for question in report["questions"]}
        for cell in nb.cells:
            if utils.is_grade(cell) and cell.cell_type == "code" and not utils.is_solution(cell):
                question = scores.get(cell.metadata.nbgrader["grade_id"])
                cell.outputs = outputs_of(question)
                cell.execution_count = None
        return nb, resources

    def judge(self, nb, assignment):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, assignment + ".ipynb")
            nbformat.write(nb, path)
            command = [*self.command, "homework", "judge", assignment, path, "--course", self.course]
            ran = subprocess.run(command, capture_output=True, text=True)
        if ran.returncode != 0:
            raise RuntimeError(f"Latent's grader failed: {ran.stdout}{ran.stderr}")
        return json.loads(ran.stdout.strip().splitlines()[-1])


def outputs_of(question):
    """What nbgrader takes for the score, and what feedback shows of it."""
    if question is None:
        return [new_output("error", ename="NotGraded", evalue="", traceback=["This cell was not graded."])]
    said = new_output("display_data", {"text/plain": question["message"]})
    score = new_output("execute_result", {"text/plain": f"{question['earned']:g}"}, execution_count=1)
    return [said, score]


def fill(given):
    """Writes reports into the gradebook, as nbgrader's SaveAutoGrades would have."""
    name = given["assignment"]
    with Gradebook(DATABASE) as gradebook:
        register(gradebook, name, given["source"], given["release"])
        for report in given["reports"]:
            if report["submitted"]:
                fill_one(gradebook, name, report)
        gradebook.db.commit()


def register(gradebook, name, source, release):
    """The assignment's cells, as generate_assignment registers them."""
    gradebook.update_or_create_assignment(name)
    try:
        gradebook.find_notebook(name, name)
    except MissingEntry:
        gradebook.add_notebook(name, name)
    checksums = {cell["metadata"]["nbgrader"]["grade_id"]: cell["metadata"]["nbgrader"]["checksum"]
                 for cell in release["cells"] if "nbgrader" in cell["metadata"]}
    for cell in source["cells"]:
        own = cell["metadata"].get("nbgrader")
        if own is None:
            continue
        key, kind = own["grade_id"], cell["cell_type"]
        if own["grade"]:
            gradebook.update_or_create_grade_cell(key, name, name, max_score=own["points"], cell_type=kind)
        if own["solution"]:
            gradebook.update_or_create_solution_cell(key, name, name)
        text = "".join(cell["source"])
        gradebook.update_or_create_source_cell(
            key, name, name, cell_type=kind, locked=own["locked"], source=text, checksum=checksums[key])


def fill_one(gradebook, name, report):
    student = report["student"]
    gradebook.update_or_create_student(student)
    stamp = os.path.join(os.path.dirname(report["submitted"]), "timestamp.txt")
    time = open(stamp).read().strip() if os.path.exists(stamp) else None
    when = {"timestamp": utils.parse_utc(time)} if time else {}
    gradebook.update_or_create_submission(name, student, **when)
    try:
        notebook = nbformat.read(report["submitted"], 4)
    except Exception:  # not a notebook: the report says so, and every question has 0 points
        notebook = nbformat.v4.new_notebook()
    cells = {cell.metadata.nbgrader["grade_id"]: cell for cell in notebook.cells if "nbgrader" in cell.metadata}
    sources = {cell.name: cell for cell in gradebook.find_notebook(name, name).source_cells}
    scores = {cell["id"]: cell for cell in report["cells"]}
    submission = gradebook.find_submission_notebook(name, name, student)
    for grade in submission.grades:
        cell, score = cells.get(grade.name), scores.get(grade.name)
        if score is None:  # a person grades it, unless nothing was answered
            answered = cell is not None and checksum(cell, sources[grade.name]) != sources[grade.name].checksum
            grade.auto_score = None if answered else 0
        else:
            grade.auto_score = min(max(float(score["score"]), 0), grade.max_score)
            if cell is not None:
                cell.outputs = outputs_of({"message": score["comment"], "earned": grade.auto_score})
        grade.needs_manual_grade = grade.manual_score is not None or grade.auto_score is None
    for comment in submission.comments:
        cell = cells.get(comment.name)
        answered = cell is not None and checksum(cell, sources[comment.name]) != sources[comment.name].checksum
        comment.auto_comment = None if answered else "No response."
    write_autograded(name, student, notebook, sources, time)


def checksum(cell, source):
    """Of a submitted cell, with what the assignment says it is: a student's metadata does not count."""
    copy = nbformat.from_dict(dict(cell))
    copy.source = copy.source.replace("\r\n", "\n")
    return utils.compute_checksum(copy)


def write_autograded(name, student, notebook, sources, time):
    """The notebook that formgrader shows: as it was handed in, hidden tests left out. Its time says that it is this one."""
    for cell in notebook.cells:
        own = cell.metadata.get("nbgrader")
        if own and own["grade_id"] in sources:
            own["checksum"] = sources[own["grade_id"]].checksum
    folder = os.path.join("autograded", student, name)
    os.makedirs(folder, exist_ok=True)
    nbformat.write(notebook, os.path.join(folder, name + ".ipynb"))
    if time:
        with open(os.path.join(folder, "timestamp.txt"), "w") as file:
            file.write(time)


def scores(name):
    """Marks and comments that people gave, by student and cell."""
    given = {}
    with Gradebook(DATABASE) as gradebook:
        try:
            submissions = gradebook.assignment_submissions(name)
        except MissingEntry:
            submissions = []
        for submission in submissions:
            marks, comments = {}, {}
            for notebook in submission.notebooks:
                for grade in notebook.grades:
                    if grade.manual_score is not None:
                        marks[grade.name] = grade.manual_score + (grade.extra_credit or 0)
                for comment in notebook.comments:
                    if comment.manual_comment:
                        comments[comment.name] = comment.manual_comment
            if marks or comments:
                given[submission.student.id] = {"marks": marks, "comments": comments}
    print(json.dumps(given))


if __name__ == "__main__":
    if sys.argv[1] == "fill":
        fill(json.load(sys.stdin))
    else:
        scores(sys.argv[2])
