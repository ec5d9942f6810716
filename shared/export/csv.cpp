#include "shared/export/csv.h"

#include "shared/base/text.h"

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

    // Words that stand in dates, times and numbers, and make them.
    constexpr std::array kNumberWords = std::to_array<std::string_view>({"e", "a", "p", "am", "pm", "jan", "feb", "mar",
        "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "january", "february", "march", "april",
        "june", "july", "august", "september", "october", "november", "december", "mai", "okt", "dez", "mär", "märz",
        "juni", "juli", "ene", "abr", "ago", "dic", "fév", "févr", "avr", "août", "déc", "januar", "jänner", "februar",
        "oktober", "dezember", "janvier", "janv", "février", "mars", "avril", "juin", "juillet", "juil", "septembre",
        "octobre", "novembre", "décembre", "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto",
        "septiembre", "octubre", "noviembre", "diciembre", "gennaio", "febbraio", "aprile", "maggio", "giugno",
        "luglio", "settembre", "ottobre", "dicembre", "januari", "februari", "maart", "mei", "augustus", "de"});

    // Digits, what stands between and around them, and no other words than those.
    bool looks_like_number(std::string_view cell)
    {
        constexpr std::string_view kBetween = "+-.,:/' %$()\u00A0\u00A3\u20AC\u202F";
        bool has_digit = false;
        for (std::size_t at = 0; at < cell.size();) {
            bool const digit = cell[at] >= '0' && cell[at] <= '9';
            if (digit || kBetween.find(cell[at]) != std::string_view::npos) {
                has_digit = has_digit || digit;
                ++at;
                continue;
            }
            std::size_t const end = std::min(cell.find_first_of("0123456789+-.,:/' %$()", at), cell.size());
            std::string const word = ascii_lower(cell.substr(at, end - at));
            bool const may_begin = word.size() > 2; // a month
            if ((!has_digit && !may_begin) || std::ranges::find(kNumberWords, word) == kNumberWords.end())
                return false;
            at = end;
        }
        return has_digit;
    }

    bool looks_like_truth(std::string_view cell)
    {
        static constexpr auto kWords = std::to_array<std::string_view>({"true", "false", "wahr", "falsch", "vrai",
            "faux", "verdadero", "falso", "vero", "waar", "onwaar", "verdadeiro"});
        std::string const word = cell.size() <= 10 ? ascii_lower(cell) : std::string{};
        return std::ranges::find(kWords, std::string_view{word}) != kWords.end();
    }

} // namespace

void CsvRow::begin_cell()
{
    if (begun_)
        out_ += form_.separator;
    begun_ = true;
}

void CsvRow::text(std::string_view cell)
{
    begin_cell();
    bool const guarded = looks_like_formula(cell) || looks_like_number(cell) || looks_like_truth(cell);
    bool const quoted = guarded || cell.find_first_of("\",;\r\n\t") != std::string_view::npos || cell.starts_with(' ')
        || cell.ends_with(' ');
    if (!quoted) {
        out_ += cell;
        return;
    }
    out_.append(guarded ? "\"'" : "\"");
    for (char const c : cell)
        out_.append(c == '"' ? 2 : 1, c);
    out_ += '"';
}

void CsvRow::number(std::string_view cell)
{
    begin_cell();
    for (char const c : cell)
        out_ += c == '.' ? form_.decimal_point : c;
}

} // namespace pev
