// Names for files that the reader saves: what the server calls things, as far as a file system takes it.
//
// Source: the names that Windows, macOS and Linux refuse or change; Chromium changes format characters too.
#pragma once

#include "shared/base/rest.h"
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace pev {

// "Product launch outreach-8f3b61c2-8e0f-4b7a-9d5b-7d1f6a5a2c11-steps.csv": letters of all scripts stay. `part`: of the run; empty for
// all of it.
PEV_REST std::string export_file_name(
    std::string_view playbook, std::string_view run_id, std::string_view part, std::string_view extension);

// As a part of such a name: what stands for `names[at]` and, on any file system, for no other of the names, nor for `taken`.
std::string distinct_part(std::span<std::string_view const> names, std::size_t at, std::string_view taken);

} // namespace pev
