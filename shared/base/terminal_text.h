// Server text as a terminal shows it in the end: control characters, cursor moves and erasing carried out, by columns; with
// the colours and links that its control functions ask for.
//
// Source: ECMA-48, "xterm control sequences", "Hyperlinks in terminal emulators" (OSC 8). A text (an entry of a log, a
// message) is a screen of its own: as wide as it is written, kScreenRows high. What stands further up than that can't be
// written over any more, and there is nothing above its first row to be changed.
// Used by: whatever shows, searches, copies or saves server text as text. JSON keeps the text as it came.
#pragma once

#include "shared/base/rest.h"
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pev {

struct TerminalColor {
    enum class Kind : std::uint8_t { Unset, Palette, Rgb };
    Kind kind = Kind::Unset;
    std::uint8_t r = 0; // for Palette: its number, of 256
    std::uint8_t g = 0;
    std::uint8_t b = 0;
    bool is_set() const { return kind != Kind::Unset; }
    bool operator==(TerminalColor const&) const = default;
};

struct TerminalStyle {
    TerminalColor ink{};
    TerminalColor ground{};
    bool bold : 1 = false;
    bool dim : 1 = false;
    bool italic : 1 = false;
    bool underline : 1 = false;
    bool inverse : 1 = false;
    bool strike : 1 = false;
    bool operator==(TerminalStyle const&) const = default;
};

struct StyleRun {
    std::uint32_t begin = 0; // byte of the shown text; up to where the next run begins
    TerminalStyle style;
    bool operator==(StyleRun const&) const = default;
};

struct LinkSpan {
    std::uint32_t begin = 0; // bytes of the shown text
    std::uint32_t end = 0;
    std::string target; // as the text gives it: any scheme, any characters but control characters
    bool operator==(LinkSpan const&) const = default;
};

struct TerminalText {
    std::string text; // without control characters but '\n' and '\t'
    std::vector<StyleRun> runs; // ascending; the first begins at 0. None: all of it in the style that was handed in.
    std::vector<LinkSpan> links; // ascending, apart from each other
    TerminalStyle end; // in which style whatever comes behind begins
    bool operator==(TerminalText const&) const = default;
};

// Rows that a text can still change.
inline constexpr std::size_t kScreenRows = 200;

// `style`: in which the text begins. Takes the place of what `out` held, and its memory.
PEV_REST void resolve_terminal(std::string_view text, TerminalStyle const& style, TerminalText& out);
PEV_REST TerminalText resolve_terminal(std::string_view text, TerminalStyle const& style = {});
// The style behind a text that begins in `style`, without the text.
TerminalStyle style_behind(std::string_view text, TerminalStyle style);

// What a terminal would show, as bare text.
std::string without_escapes(std::string_view text);
// The same with the links in it.
std::string without_escapes(std::string_view text, std::vector<LinkSpan>& links);

// A name, a word, a message for as long as it is drawn: nearly none has control characters, and then it is the text itself. Nobody reads
// so much of a longer one that it would be worth to resolve all of it for each picture: it stays as it is.
class BareText {
public:
    explicit BareText(std::string_view text, bool as_it_came = false);
    ~BareText(); // of its own: it would be a part of each function that draws text
    std::string_view text() const { return text_; }
    std::vector<LinkSpan> const& links() const { return links_; }
    // The text looks into it.
    BareText(BareText const&) = delete;
    BareText& operator=(BareText const&) = delete;

private:
    std::string kept_;
    std::vector<LinkSpan> links_;
    std::string_view text_;
};

} // namespace pev
