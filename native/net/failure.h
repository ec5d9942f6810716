// Why there is no answer, in one line for a reader.
#pragma once

#include <curl/curl.h>

#include <string>

namespace pev::native {

// `host` is whom we talked to, `detail` libcurl's own words (may be empty), `os_error` an errno or 0.
std::string describe_failure(CURLcode code, std::string const& host, std::string const& detail, int os_error);

} // namespace pev::native
