// Names for files that the reader saves.
#pragma once

#include <string>
#include <string_view>

namespace pev {

// "product-launch-outreach-research.log": letters, digits and hyphens of what the server calls them, whatever that is.
std::string log_file_name(std::string_view playbook, std::string_view step_key);

} // namespace pev
