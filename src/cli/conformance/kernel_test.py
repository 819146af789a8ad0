"""Jupyter's own conformance suite (jupyter_kernel_test) with a sample for every one of its tests: none is skipped."""

import unittest

import jupyter_kernel_test as suite


class TypeScriptKernel(suite.KernelTests):
    kernel_name = "typescript"
    language_name = "typescript"
    file_extension = ".ts"
    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('oops')"
    completion_samples = [
        {"text": "consol", "matches": {"console"}},
        {"text": "encodeURIC", "matches": {"encodeURIComponent"}},
    ]
    complete_code_samples = ["1", "console.log('x')", "for (let i = 0; i < 3; i++) {}", "await f()"]
    incomplete_code_samples = ["function f(x) {", "`a", "(1 +", "/* comment", "if (true) {"]
    invalid_code_samples = ["import = 7q", "let x = = 2", "1 +* 2 )"]
    code_page_something = "JSON?"
    code_generate_error = "throw new RangeError('on purpose')"
    code_execute_result = [
        {"code": "1 + 2 + 3", "result": "6"},
        {"code": "[1, 2, 3].map((n: number) => n * n)", "result": "[ 1, 4, 9 ]"},
    ]
    code_display_data = [
        {"code": "display.html('<b>x</b>')", "mime": "text/html"},
        {"code": "display.latex('x')", "mime": "text/latex"},
    ]
    code_history_pattern = "1?+*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "JSON"
    code_clear_output = "display.clear()"


class Welcome(suite.IopubWelcomeTests):
    kernel_name = "typescript"
    support_iopub_welcome = True


if __name__ == "__main__":
    unittest.main(verbosity=2)
