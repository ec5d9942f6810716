// A table as text for spreadsheets.
//
// Source: RFC 4180; OWASP, "CSV Injection": a cell that begins like a formula would be carried out by whoever opens the file. An
// apostrophe before it makes it text, as it does where a spreadsheet would take a word for a number, a date or a truth value: 007, 1E5,
// 2026-11, true. Numbers are numbers.
#pragma once

#include <string>
#include <string_view>

namespace pev {

struct CsvForm {
    char separator = ',';
    char decimal_point = '.';
};
// For spreadsheets set to a language that writes 1,5 for one and a half: they take no commas between cells.
inline constexpr CsvForm kCsvWithSemicolons{.separator = ';', .decimal_point = ','};

class CsvRow {
public:
    CsvRow(CsvForm form, std::string& out) : form_(form), out_(out) {}
    void text(std::string_view cell);
    // As JSON writes it; empty for none.
    void number(std::string_view cell);
    void end() { out_ += "\r\n"; }

private:
    void begin_cell();

    CsvForm form_;
    std::string& out_;
    bool begun_ = false;
};

} // namespace pev
