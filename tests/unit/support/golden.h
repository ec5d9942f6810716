// Golden files: what a test came out with when somebody last looked at it and found it good, in tests/golden.
//
// `scripts/rebaseline.py` runs the tests with PEV_REBASELINE=1: they then write the files instead of comparing.
#pragma once

#include <string>
#include <string_view>

namespace pev::test {

bool rebaselining();

std::string golden_path(std::string const& file);
// Where what came out instead is left to be looked at: build/golden-failures. Makes the folder.
std::string golden_failure_path(std::string const& file);

// Compares with tests/golden/`name`.txt. Where they differ, the test fails and shows the lines that do.
void check_golden_text(std::string const& name, std::string const& actual);

// The lines that only one of the two has, "-" before those of `expected` and "+" before those of `actual`, with a line of what
// they stand among. Empty where nothing differs.
std::string line_difference(std::string_view expected, std::string_view actual);

} // namespace pev::test
