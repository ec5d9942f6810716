// Names for files that the reader saves.
#pragma once

#include <string>
#include <string_view>

namespace pev {

// "product-launch-outreach-8f3b61c2-8e0f-4b7a-9d5b-7d1f6a5a2c11-steps.csv": letters, digits and hyphens of what the server calls them,
// whatever that is. `part`: of the run; empty for all of it.
std::string export_file_name(
    std::string_view playbook, std::string_view run_id, std::string_view part, std::string_view extension);

} // namespace pev
