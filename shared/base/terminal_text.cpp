#include "shared/base/terminal_text.h"

#include "shared/base/char_width.h"
#include "shared/base/escapes.h"
#include "shared/base/rest.h"
#include "shared/base/terminal_style.h"
#include "shared/base/unicode.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace pev {

namespace {

    constexpr std::size_t kTab = 8;
    // Columns of a row: what is longer goes on in a row of its own, as where a terminal ends.
    constexpr std::size_t kWidest = 1U << 14U;
    // A move to this column or one behind it is one to the right edge, wherever that is: at a terminal's usual 80 columns, or
    // where the row ends already.
    constexpr std::size_t kBeyondScreens = 512;
    constexpr std::size_t kUsualColumns = 80;
    // Cells of rows that can still be changed; beyond that those above stand as they are.
    constexpr std::size_t kMostCells = 1U << 20U;
    // Cells that a text may add by moving about, beside what is written: a few bytes can ask for a thousand.
    constexpr std::size_t kMostAdded = 1U << 20U;

    bool is_sequence_without_marks(ControlFunction const& function)
    {
        return function.kind == '[' && function.body.find_first_not_of("0123456789;:") == std::string_view::npos;
    }

    // The parameter of this index; 0 where it is left out.
    std::size_t parameter(ControlFunction const& function, std::size_t index = 0)
    {
        std::string_view rest = function.body;
        for (; index > 0 && !rest.empty(); --index)
            rest.remove_prefix(
                std::min(rest.size(), rest.find(';') == std::string_view::npos ? rest.size() : rest.find(';') + 1));
        std::size_t number = 0;
        for (; !rest.empty() && rest.front() >= '0' && rest.front() <= '9'; rest.remove_prefix(1))
            number = std::min<std::size_t>(99'999, number * 10 + static_cast<std::size_t>(rest.front() - '0'));
        return number;
    }

    // Whether it does anything to text that is only ever written at its end. Erasing behind the cursor does not.
    bool moves_or_erases(ControlFunction const& function)
    {
        if (!is_sequence_without_marks(function))
            return std::string_view{"DEM78c"}.find(function.kind) != std::string_view::npos;
        if ((function.final == 'K' || function.final == 'J') && parameter(function) == 0)
            return false;
        return std::string_view{"@ABCDEFGHIJKPXZ`abdefjksu"}.find(function.final) != std::string_view::npos;
    }

    // OSC 8: the target that begins with it, empty at a link's end. Other functions leave `link` alone.
    void apply_link(ControlFunction const& function, std::string_view& link)
    {
        if (function.kind != ']' || !function.body.starts_with("8;"))
            return;
        std::size_t const parameters_end = function.body.find(';', 2);
        link = parameters_end == std::string_view::npos ? std::string_view{} : function.body.substr(parameters_end + 1);
        if (link.find('\x7f') != std::string_view::npos)
            link = {};
    }

    // The control functions are gone, and nothing that they would have done to the text is done. All that the first picture has.
    std::string without_functions(std::string_view text)
    {
        std::string out;
        while (!text.empty()) {
            std::size_t const plain = std::min(find_control(text, 0), text.size());
            out += text.substr(0, plain);
            text.remove_prefix(plain);
            if (!text.empty())
                text.remove_prefix(
                    std::max<std::size_t>(escape_size(text), text.front() == '\xC2' ? 2 : 1)); // C1 has two bytes
        }
        return out;
    }

    // Puts the shown text together.
    class Writer {
    public:
        Writer(TerminalText& out, TerminalStyle const& begin) : out_(out), begin_(begin) { clear(); }
        void clear()
        {
            out_.text.clear();
            out_.runs.clear();
            out_.links.clear();
        }
        void add(std::string_view text, TerminalStyle const& style, std::string_view link)
        {
            if (text.empty())
                return;
            auto const begin = static_cast<std::uint32_t>(out_.text.size());
            TerminalStyle const& before = out_.runs.empty() ? begin_ : out_.runs.back().style;
            if (style != before) {
                if (out_.runs.empty() && begin > 0)
                    out_.runs.push_back({0, begin_});
                out_.runs.push_back({begin, style});
            }
            out_.text += text;
            if (link.empty())
                return;
            bool const goes_on
                = !out_.links.empty() && out_.links.back().end == begin && out_.links.back().target == link;
            if (!goes_on)
                out_.links.push_back({begin, begin, std::string{link}});
            out_.links.back().end = static_cast<std::uint32_t>(out_.text.size());
        }
        void add_line_break() { out_.text += '\n'; }

    private:
        TerminalText& out_;
        TerminalStyle begin_;
    };

    // Text without moves of the cursor, which nearly all is. False where it needs a screen.
    bool write_straight(std::string_view text, TerminalStyle& style, Writer& writer)
    {
        std::string_view link;
        TerminalStyle saved = style;
        for (std::size_t at = 0; at < text.size();) {
            std::size_t const control = find_control(text, at);
            writer.add(text.substr(at, control - at), style, link);
            if (control == text.size())
                return true;
            at = control + 1;
            switch (text[control]) {
            case '\r':
                if (at < text.size() && text[at] != '\n')
                    return false;
                break;
            case '\b':
            case '\v':
            case '\f':
                return false;
            default:
                if (ControlFunction const function = control_function(text.substr(control)); function.size > 0) {
                    if (moves_or_erases(function))
                        return false;
                    apply_style(function, style, saved);
                    apply_link(function, link);
                    at = control + function.size;
                }
            }
        }
        return true;
    }

    struct Cell {
        std::uint32_t begin = 0; // of its character in the source
        std::uint16_t bytes = 0; // with the marks on it; 0 for a blank
        std::uint16_t style = 0; // by its number; a blank is plain, whatever stands around it
        std::uint16_t link = 0;
        std::uint8_t width = 1; // 0 where a wider character before it goes on
        bool written = false; // and not erased since
    };
    using Cells = std::vector<Cell>;

    class Screen {
    public:
        Screen(std::string_view text, TerminalStyle& style, Writer& writer)
            : text_(text), style_(style), saved_style_(style), writer_(writer), rows_(1), styles_{{}, style}, links_(1)
        {
        }

        void run()
        {
            while (at_ < text_.size()) {
                auto const byte = static_cast<unsigned char>(text_[at_]);
                if (byte >= 0x20 && byte < 0x7F)
                    write_ascii();
                else if (ControlFunction const function = control_function(text_.substr(at_)); function.size > 0)
                    obey(function);
                else if (byte < 0x20 || byte == 0x7F)
                    obey_character(text_[at_++]);
                else
                    write_character();
            }
            while (rows_.size() > 1 && std::ranges::none_of(rows_.back().cells, &Cell::written))
                rows_.pop_back();
            settle(rows_.size());
        }

    private:
        struct Row {
            Cells cells;
            bool goes_on = false; // the row before, which was full
        };
        struct Place {
            std::size_t row = 0;
            std::size_t column = 0;
        };

        // --- Writing ---

        Cells& cells()
        {
            if (above_) // the row that is written above the first becomes the first
                rows_.emplace(rows_.begin());
            above_ = false;
            return rows_[at_cell_.row].cells;
        }

        // Room for `count` columns at the cursor. Wide characters of which a half would be left are gone.
        Cells& make_room(std::size_t count)
        {
            if (at_cell_.column + count > kWidest) {
                next_row(true);
                at_cell_.column = 0;
            }
            Cells& row = cells();
            std::size_t& column = at_cell_.column;
            if (column > row.size()) {
                std::size_t const added = column - row.size();
                if (added > may_add_)
                    column = row.size();
                may_add_ -= std::min(added, may_add_);
            }
            if (column + count > row.size())
                row.resize(column + count);
            split(row, column);
            split(row, column + count);
            return row;
        }

        void put(Cells& row, std::size_t begin, std::size_t bytes, std::size_t width)
        {
            for (std::size_t i = 0; i < width; ++i)
                row[at_cell_.column + i] = {static_cast<std::uint32_t>(begin), static_cast<std::uint16_t>(bytes),
                    style_number_, link_number_, static_cast<std::uint8_t>(i == 0 ? width : 0), true};
            last_ = at_cell_.column;
            mark_at_ = begin + bytes;
            at_cell_.column += width;
        }

        void write_ascii()
        {
            std::size_t end = at_;
            while (end < text_.size() && text_[end] >= 0x20 && text_[end] < 0x7F && end - at_ < kWidest / 2)
                ++end;
            Cells& row = make_room(end - at_);
            for (; at_ < end; ++at_)
                put(row, at_, 1, 1);
        }

        void write_character()
        {
            std::string_view rest = text_.substr(at_);
            char32_t const character = next_character(rest);
            std::size_t const begin = at_;
            std::size_t const bytes = text_.size() - rest.size() - begin;
            at_ += bytes;
            unsigned const width = char_width(character);
            if (width > 0)
                put(make_room(width), begin, bytes, width);
            else
                join(begin, character);
        }

        // A mark goes with the character before it in the text, also where that gets another colour in between; where that is none, a
        // terminal has no place for it.
        void join(std::size_t begin, char32_t mark)
        {
            if (above_ || last_ >= cells().size())
                return;
            Cell& cell = cells()[last_];
            std::size_t const bytes = at_ - cell.begin;
            bool const follows
                = cell.bytes > 0 && mark_at_ == begin && bytes <= std::numeric_limits<std::uint16_t>::max();
            if (!follows)
                return;
            std::string_view base = text_.substr(cell.begin);
            bool const widens = mark == kEmojiSelector && cell.width == 1 && can_be_emoji(next_character(base));
            cell.bytes = static_cast<std::uint16_t>(bytes);
            mark_at_ = at_;
            if (!widens)
                return;
            std::size_t const lead = last_;
            Cell const picture = cell;
            at_cell_.column = lead;
            put(make_room(2), picture.begin, picture.bytes, 2);
        }

        void tabulate()
        {
            std::size_t const width = kTab - at_cell_.column % kTab;
            if (at_cell_.column >= cells().size()) { // nothing to pass over
                put(make_room(width), at_ - 1, 1, width);
                return;
            }
            at_cell_.column += width;
        }

        // --- Erasing ---

        static void blank(Cells& row, std::size_t from, std::size_t to)
        {
            for (; from < std::min(to, row.size()); ++from)
                row[from] = {};
        }

        // Where a character stands on both sides of a column, it goes.
        static void split(Cells& row, std::size_t column)
        {
            if (column >= row.size() || row[column].width > 0)
                return;
            std::size_t lead = column;
            while (lead > 0 && row[lead].width == 0)
                --lead;
            blank(row, lead, lead + std::max<std::size_t>(1, row[lead].width));
        }

        static void erase(Cells& row, std::size_t from, std::size_t to)
        {
            split(row, from);
            split(row, to);
            if (to >= row.size())
                row.resize(std::min(from, row.size()));
            else
                blank(row, from, to);
        }

        void erase_in_row(std::size_t mode)
        {
            if (above_)
                return;
            Cells& row = cells();
            std::size_t const column = at_cell_.column;
            if (mode == 0)
                erase(row, column, row.size());
            else if (mode == 1)
                erase(row, 0, column + 1);
            else if (mode == 2)
                row.clear();
        }

        void erase_in_screen(std::size_t mode)
        {
            std::size_t const below = above_ ? 0 : at_cell_.row + 1;
            for (std::size_t i = 0; i < rows_.size(); ++i) {
                bool const is_asked = mode == 2 || (mode == 0 && i >= below) || (mode == 1 && i + 1 < below);
                if (is_asked)
                    rows_[i].cells.clear();
            }
            erase_in_row(mode);
        }

        // Before characters move: a tab reaches as far as it did, and not to the next stop.
        void make_tabs_blank(Cells& row)
        {
            for (Cell& cell : row) {
                if (cell.bytes == 1 && text_[cell.begin] == '\t') {
                    cell.bytes = 0;
                    cell.width = 1;
                }
            }
        }

        void insert(std::size_t count)
        {
            if (above_ || at_cell_.column >= cells().size())
                return;
            Cells& row = cells();
            count = std::min({count, may_add_, kWidest - std::min(kWidest, row.size())});
            may_add_ -= count;
            make_tabs_blank(row);
            split(row, at_cell_.column);
            row.insert(row.begin() + static_cast<std::ptrdiff_t>(at_cell_.column), count, Cell{});
        }

        void remove(std::size_t count)
        {
            if (above_ || at_cell_.column >= cells().size())
                return;
            Cells& row = cells();
            std::size_t const end = std::min(row.size(), at_cell_.column + count);
            make_tabs_blank(row);
            split(row, at_cell_.column);
            split(row, end);
            row.erase(row.begin() + static_cast<std::ptrdiff_t>(at_cell_.column),
                row.begin() + static_cast<std::ptrdiff_t>(end));
        }

        void repeat(std::size_t count)
        {
            if (above_ || last_ >= cells().size())
                return;
            Cell const cell = cells()[last_];
            for (; count > 0 && cell.bytes > 0 && may_add_ >= cell.width; --count) {
                may_add_ -= cell.width;
                put(make_room(cell.width), cell.begin, cell.bytes, cell.width);
            }
        }

        // --- Moving ---

        void move_to_column(std::size_t column)
        {
            std::size_t const written = rows_[at_cell_.row].cells.size();
            bool const is_edge = column >= std::max(kBeyondScreens, written);
            at_cell_.column = is_edge ? std::max(kUsualColumns, written) - 1 : column;
        }

        void move_up(std::size_t rows)
        {
            bool const leaves = rows > at_cell_.row && !settled_any_ && rows_.size() < kScreenRows;
            above_ = above_ || leaves;
            at_cell_.row -= std::min(rows, at_cell_.row);
        }

        void move_down(std::size_t rows)
        {
            if (rows > 0 && above_) {
                above_ = false;
                --rows;
            }
            at_cell_.row = std::min(at_cell_.row + rows, rows_.size() - 1);
        }

        void move_to_row(std::size_t row)
        {
            above_ = false;
            at_cell_.row = row < kScreenRows ? row : rows_.size() - 1;
            if (at_cell_.row >= rows_.size())
                rows_.resize(at_cell_.row + 1);
        }

        void next_row(bool goes_on)
        {
            if (above_ || at_cell_.row + 1 < rows_.size()) {
                move_down(1);
                return;
            }
            finished_cells_ += rows_.back().cells.size();
            if (finished_cells_ > kMostCells)
                settle(rows_.size());
            else if (rows_.size() >= 2 * kScreenRows)
                settle(rows_.size() - kScreenRows);
            rows_.emplace_back().goes_on = goes_on;
            at_cell_.row = rows_.size() - 1;
        }

        // --- Control functions ---

        void obey_character(char c)
        {
            switch (c) {
            case '\b':
                at_cell_.column -= at_cell_.column > 0 ? 1 : 0;
                break;
            case '\t':
                tabulate();
                break;
            case '\n':
                at_cell_.column = 0; // logs leave out the '\r' that terminals are sent
                next_row(false);
                break;
            case '\v':
            case '\f':
                next_row(false);
                break;
            case '\r':
                at_cell_.column = 0;
                break;
            default:
                break;
            }
        }

        void obey(ControlFunction const& function)
        {
            bool const before_mark = mark_at_ == at_ && !moves_or_erases(function);
            at_ += function.size;
            if (before_mark)
                mark_at_ = at_;
            take_style(function);
            switch (function.kind) {
            case '[':
                if (is_sequence_without_marks(function))
                    obey_sequence(function);
                break;
            case ']':
                take_link(function);
                break;
            case 'D':
                next_row(false);
                break;
            case 'E':
                at_cell_.column = 0;
                next_row(false);
                break;
            case 'M':
                move_up(1);
                break;
            case '7':
                saved_ = at_cell_;
                break;
            case '8':
                restore();
                break;
            case 'c':
                erase_in_screen(2);
                at_cell_ = {};
                above_ = false;
                break;
            default:
                break;
            }
        }

        void obey_sequence(ControlFunction const& function)
        {
            std::size_t const mode = parameter(function);
            std::size_t const count = std::max<std::size_t>(1, mode);
            std::size_t& column = at_cell_.column;
            switch (function.final) {
            case '@':
                insert(count);
                break;
            case 'A':
            case 'k':
                move_up(count);
                break;
            case 'B':
            case 'e':
                move_down(count);
                break;
            case 'C':
            case 'a':
                move_to_column(column + count);
                break;
            case 'D':
            case 'j':
                column -= std::min(column, count);
                break;
            case 'E':
                column = 0;
                move_down(count);
                break;
            case 'F':
                column = 0;
                move_up(count);
                break;
            case 'G':
            case '`':
                move_to_column(count - 1);
                break;
            case 'H':
            case 'f':
                move_to_row(count - 1);
                move_to_column(std::max<std::size_t>(1, parameter(function, 1)) - 1);
                break;
            case 'd':
                move_to_row(count - 1);
                break;
            case 'I':
                move_to_column((column / kTab + count) * kTab);
                break;
            case 'Z':
                column = ((column + kTab - 1) / kTab - std::min((column + kTab - 1) / kTab, count)) * kTab;
                break;
            case 'J':
                erase_in_screen(mode);
                break;
            case 'K':
                erase_in_row(mode);
                break;
            case 'P':
                remove(count);
                break;
            case 'X':
                if (!above_)
                    erase(cells(), column, column + count);
                break;
            case 'b':
                repeat(count);
                break;
            case 's':
                saved_ = at_cell_;
                break;
            case 'u':
                restore();
                break;
            default:
                break;
            }
        }

        void restore()
        {
            at_cell_ = {std::min(saved_.row, rows_.size() - 1), saved_.column};
            above_ = false;
        }

        void take_style(ControlFunction const& function)
        {
            apply_style(function, style_, saved_style_);
            if (style_ != styles_[style_number_])
                style_number_ = number_of(styles_, style_);
        }

        void take_link(ControlFunction const& function)
        {
            std::string_view link = links_[link_number_];
            apply_link(function, link);
            link_number_ = number_of(links_, link);
        }

        // Texts return to the styles that they had a moment ago. Beyond so many they are plain.
        template <typename Value>
        static std::uint16_t number_of(std::vector<Value>& values, Value const& value)
        {
            constexpr std::size_t kLatest = 16;
            std::size_t const from = values.size() - std::min(values.size(), kLatest);
            for (std::size_t i = values.size(); i > from; --i) {
                if (values[i - 1] == value)
                    return static_cast<std::uint16_t>(i - 1);
            }
            if (values.size() > std::numeric_limits<std::uint16_t>::max())
                return 0;
            values.push_back(value);
            return static_cast<std::uint16_t>(values.size() - 1);
        }

        // --- What stands as it is ---

        // The first rows go into the text.
        void settle(std::size_t count)
        {
            for (std::size_t i = 0; i < count; ++i) {
                if ((settled_any_ || i > 0) && !rows_[i].goes_on)
                    writer_.add_line_break();
                write_out(rows_[i].cells);
            }
            rows_.erase(rows_.begin(), rows_.begin() + static_cast<std::ptrdiff_t>(count));
            at_cell_.row -= std::min(count, at_cell_.row);
            saved_.row -= std::min(count, saved_.row);
            settled_any_ = true;
            finished_cells_ = 0;
        }

        void write_out(Cells const& row)
        {
            std::size_t size = row.size();
            while (size > 0 && !row[size - 1].written)
                --size;
            for (std::size_t i = 0; i < size;) {
                Cell const& first = row[i];
                std::size_t end = first.begin + first.bytes;
                std::size_t next = i + 1;
                for (; next < size; ++next) { // what stood together in the source is written together
                    Cell const& cell = row[next];
                    if (cell.width == 0)
                        continue;
                    if (first.bytes == 0 || cell.bytes == 0 || cell.begin != end || cell.style != first.style
                        || cell.link != first.link)
                        break;
                    end += cell.bytes;
                }
                std::string_view const piece
                    = first.bytes == 0 ? std::string_view{" "} : text_.substr(first.begin, end - first.begin);
                // Between a letter and its mark there may be control functions.
                if (has_controls(piece))
                    writer_.add(without_functions(piece), styles_[first.style], links_[first.link]);
                else
                    writer_.add(piece, styles_[first.style], links_[first.link]);
                i = next;
            }
        }

        std::string_view text_;
        TerminalStyle& style_;
        TerminalStyle saved_style_; // with the cursor
        Writer& writer_;
        std::size_t at_ = 0; // the next byte
        std::vector<Row> rows_; // never none
        Place at_cell_; // the cursor
        Place saved_;
        bool above_ = false; // the cursor is above the first row
        std::size_t last_ = 0; // column of the last character that was written
        std::size_t mark_at_ = 0; // where in the text a mark would join it
        bool settled_any_ = false;
        std::size_t finished_cells_ = 0;
        std::size_t may_add_ = kMostAdded;
        std::vector<TerminalStyle> styles_;
        std::vector<std::string_view> links_;
        std::uint16_t style_number_ = 1; // in which the text begins; 0 is plain
        std::uint16_t link_number_ = 0;
    };

} // namespace

void resolve_terminal(std::string_view text, TerminalStyle const& style, TerminalText& out)
{
    out.end = style;
    Writer writer{out, style};
    if (write_straight(text, out.end, writer))
        return;
    writer.clear();
    out.end = style;
    Screen{text, out.end, writer}.run();
}

TerminalText resolve_terminal(std::string_view text, TerminalStyle const& style)
{
    TerminalText out;
    resolve_terminal(text, style, out);
    return out;
}

TerminalStyle style_behind(std::string_view text, TerminalStyle style)
{
    TerminalStyle saved = style;
    for (std::size_t at = find_control(text, 0); at < text.size(); at = find_control(text, at)) {
        ControlFunction const function = control_function(text.substr(at));
        apply_style(function, style, saved);
        at += std::max<std::size_t>(1, function.size);
    }
    return style;
}

std::string without_escapes(std::string_view text, std::vector<LinkSpan>& links)
{
    if (!has_controls(text))
        return std::string{text};
    if (!is_rest_there())
        return without_functions(text);
    TerminalText shown = resolve_terminal(text);
    links = std::move(shown.links);
    return std::move(shown.text);
}

std::string without_escapes(std::string_view text)
{
    std::vector<LinkSpan> links;
    return without_escapes(text, links);
}

BareText::~BareText() = default;

BareText::BareText(std::string_view text, bool as_it_came) : text_(text)
{
    constexpr std::size_t kMost = 64U << 10U;
    if (as_it_came || text.size() > kMost || !has_controls(text))
        return;
    kept_ = without_escapes(text, links_);
    text_ = kept_;
}

} // namespace pev
