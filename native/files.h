// Whole files, read and written, with errors in one line.
#pragma once

#include "shared/base/result.h"

#include <optional>
#include <string>
#include <string_view>

namespace pev::native {

Result<std::string> read_file(std::string const& path);

// To the standard output, down to the last byte; an error where that can't be done (a full disk, a closed pipe).
std::optional<Error> print(std::string_view text);

} // namespace pev::native
