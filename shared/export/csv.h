// A table as text for spreadsheets.
//
// Source: RFC 4180; OWASP, "CSV Injection": a cell that begins like a formula would be carried out by whoever opens the file, so
// an apostrophe stands before it, which makes it text.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace pev {

void write_csv_row(std::span<std::string const> cells, std::string& out);

} // namespace pev
