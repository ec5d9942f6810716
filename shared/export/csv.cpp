#include "shared/export/csv.h"

#include <algorithm>
#include <array>

namespace pev {

namespace {

    // As they are, and as East Asian input methods write them, which some spreadsheets take for the same.
    constexpr std::array<std::string_view, 11> kFormulaBeginnings{
        "=", "+", "-", "@", "\t", "\r", "\n", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};

    bool looks_like_formula(std::string_view cell)
    {
        return std::ranges::any_of(
            kFormulaBeginnings, [&](std::string_view beginning) { return cell.starts_with(beginning); });
    }

    void write_cell(std::string_view cell, std::string& out)
    {
        bool const formula = looks_like_formula(cell);
        bool const quoted = formula || cell.find_first_of("\",;\r\n\t") != std::string_view::npos
            || cell.starts_with(' ') || cell.ends_with(' ');
        if (!quoted) {
            out += cell;
            return;
        }
        out.append(formula ? "\"'" : "\"");
        for (char const c : cell)
            out.append(c == '"' ? 2 : 1, c);
        out += '"';
    }

} // namespace

void write_csv_row(std::span<std::string const> cells, std::string& out)
{
    for (std::size_t i = 0; i < cells.size(); ++i) {
        out.append(i == 0 ? "" : ",");
        write_cell(cells[i], out);
    }
    out += "\r\n";
}

} // namespace pev
