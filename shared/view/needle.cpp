#include "shared/view/needle.h"

#include "shared/base/eight_bytes.h"
#include "shared/base/folding.h"
#include "shared/base/unicode.h"
#include "shared/json/json_string.h"

#include <algorithm>

namespace pev {

namespace {

    constexpr char kEscape = '\\'; // of JSON
    constexpr char32_t kDotAbove = 0x307;
    constexpr unsigned char kFirstMarkLead = 0xCC; // no mark is written with a lower byte

    unsigned char byte_at(std::string_view text, std::size_t at)
    {
        return static_cast<unsigned char>(text[at]);
    }

    char32_t lower(unsigned char ascii)
    {
        return ascii >= 'A' && ascii <= 'Z' ? ascii + ('a' - 'A') : ascii;
    }

    bool is_jamo(char32_t letter)
    {
        return letter >= 0x1100 && letter <= 0x11FF;
    }

    constexpr std::size_t kMostMarks = 30; // on one character: as the "stream-safe text format" of Unicode has it
    constexpr std::size_t kMostLetters = (kMostMarks + 1) * 4;

    // Reads the letters that a text is compared by, a character with its marks at a time.
    class LetterReader {
    public:
        struct Letter {
            char32_t letter;
            // The character that it comes from.
            std::size_t begin;
            std::size_t end;
        };

        LetterReader(std::string_view text, std::size_t at, Spelling spelling)
            : text_(text), at_(at), spelling_(spelling)
        {
            fill();
        }
        bool done() const { return index_ == size_; }
        Letter const& letter() const { return letters_[index_]; }
        void next()
        {
            if (++index_ == size_)
                fill();
        }
        // Of the character that the letter comes from, and of its marks.
        std::size_t letters_left() const { return size_ - index_; }

    private:
        // The next character from `at` on; moves behind it.
        char32_t read(std::size_t& at) const
        {
            std::string_view rest = text_.substr(at);
            bool const escaped = spelling_ == Spelling::Json && rest.front() == kEscape;
            char32_t const character = escaped ? next_unescaped(rest) : next_character(rest);
            at = text_.size() - rest.size();
            bool const breaks_line = escaped && (character == '\n' || character == '\r' || character == '\t');
            return breaks_line ? ' ' : character; // as a reader types it
        }

        bool mark_may_follow() const
        {
            return at_ < text_.size()
                && (byte_at(text_, at_) >= kFirstMarkLead || (spelling_ == Spelling::Json && text_[at_] == kEscape));
        }

        void add(Folding::Letters const& letters, std::size_t begin, std::size_t end)
        {
            for (char32_t const letter : letters) {
                if (letter == 0)
                    return;
                // Canonical order: a mark goes before those of higher numbers.
                std::uint8_t const order = size_ == 0 ? std::uint8_t{0} : folding_->order_of(letter);
                std::size_t place = size_++;
                for (; order > 0 && place > 0 && folding_->order_of(letters_[place - 1].letter) > order; --place)
                    letters_[place] = letters_[place - 1];
                letters_[place] = {letter, begin, end};
            }
        }

        void fill()
        {
            size_ = index_ = 0;
            if (at_ == text_.size())
                return;
            std::size_t begin = at_;
            char32_t const character = read(at_);
            add(folding_->letters_of(character), begin, at_);
            for (std::size_t marks = 0; marks < kMostMarks && mark_may_follow(); ++marks) {
                begin = at_;
                std::size_t end = at_;
                Folding::Letters const letters = folding_->letters_of(read(end));
                if (folding_->order_of(letters[0]) == 0)
                    break;
                at_ = end;
                add(letters, begin, end);
            }
            if (size_ > 1 && letters_[0].letter == 'i' && letters_[1].letter == kDotAbove)
                drop_dot();
        }

        void drop_dot()
        {
            letters_[0].end = std::max(letters_[0].end, letters_[1].end);
            std::copy(
                letters_.begin() + 2, letters_.begin() + static_cast<std::ptrdiff_t>(size_), letters_.begin() + 1);
            --size_;
        }

        Folding const* folding_ = &Folding::of_unicode();
        std::string_view text_;
        std::size_t at_;
        Spelling spelling_;
        std::array<Letter, kMostLetters> letters_{}; // as far as they are read
        std::size_t size_ = 0;
        std::size_t index_ = 0;
    };

} // namespace

std::u32string letters_of(std::string_view text)
{
    std::u32string letters;
    for (LetterReader reader{text, 0, Spelling::Plain}; !reader.done(); reader.next())
        letters += reader.letter().letter;
    return letters;
}

Needle::Needle(std::string_view text, Spelling spelling) : text_(text), spelling_(spelling), letters_(letters_of(text))
{
    if (letters_.empty())
        return;
    starts_ = Folding::of_unicode().characters_with(letters_.front());
    std::size_t ascii = 0;
    for (char32_t const start : starts_) {
        std::string bytes;
        append_utf8(bytes, start);
        if (bytes.size() == 1)
            ascii_starts_[ascii++] = bytes.front();
        else
            lead_bytes_.set(byte_at(bytes, 0));
    }
    if (ascii == 0)
        ascii_starts_.fill('\xFF'); // which is in no text
    else if (ascii == 1)
        ascii_starts_[1] = ascii_starts_[0];
    if (is_jamo(letters_.front())) {
        for (std::size_t lead = 0xEA; lead <= 0xED; ++lead) // of syllables
            lead_bytes_.set(lead);
    }
}

std::optional<Found> Needle::find(std::string_view text, std::size_t from, std::size_t until) const
{
    if (empty())
        return {};
    until = std::min(until, text.size());
    for (std::size_t at = next_start(text, from, until); at < until; at = next_start(text, at + 1, until)) {
        if (auto const found = match_at(text, at))
            return found;
    }
    return {};
}

// Most places are passed over by their first byte.
std::size_t Needle::next_start(std::string_view text, std::size_t at, std::size_t until) const
{
    auto const [one, other] = ascii_starts_;
    bool const wide = lead_bytes_.any();
    bool const json = spelling_ == Spelling::Json;
    for (; at < until; ++at) {
        while (at + EightBytes::kSize <= text.size()) {
            EightBytes const bytes{text.data() + at};
            std::size_t const passed = json ? bytes.find_or_wide(one, other, kEscape)
                : wide                      ? bytes.find_or_wide(one, other)
                                            : bytes.find(one, other);
            at += passed;
            if (passed < EightBytes::kSize)
                break;
        }
        while (at < until && byte_at(text, at) >= 0x80 && !lead_bytes_[byte_at(text, at)])
            ++at;
        if (at < until && may_begin(text, at))
            return at;
    }
    return until;
}

bool Needle::may_begin(std::string_view text, std::size_t at) const
{
    char const byte = text[at];
    if (byte == ascii_starts_[0] || byte == ascii_starts_[1])
        return true;
    if (byte == kEscape && spelling_ == Spelling::Json) {
        std::size_t const before = text.substr(0, at).find_last_not_of(kEscape) + 1; // npos is one before the first
        return (at - before) % 2 == 0; // otherwise it is escaped itself
    }
    if (byte_at(text, at) < 0x80)
        return false;
    std::string_view rest = text.substr(at);
    char32_t const character = next_character(rest);
    return std::ranges::binary_search(starts_, character)
        || (is_hangul_syllable(character) && is_jamo(letters_.front()));
}

std::optional<Found> Needle::match_at(std::string_view text, std::size_t at) const
{
    // Nearly all texts are ASCII here: no letter has a mark, and where one differs it is told.
    bool const json = spelling_ == Spelling::Json;
    bool escaped = false;
    std::size_t end = at;
    std::size_t letter = 0;
    for (; end < text.size() && letter < letters_.size() && byte_at(text, end) < 0x80; ++end, ++letter) {
        escaped = escaped || (json && text[end] == kEscape);
        if (lower(byte_at(text, end)) != letters_[letter])
            break;
    }
    bool const whole = letter == letters_.size();
    unsigned char const behind = end == text.size() ? 0 : byte_at(text, end);
    if (whole && behind < kFirstMarkLead && (!json || behind != kEscape))
        return Found{at, end};
    if (!whole && !escaped && behind < 0x80)
        return {};
    auto const found = json ? match_letters(text, at, Spelling::Json) : std::nullopt;
    bool const as_written = !json || text_.find(kEscape) != std::string::npos;
    return found || !as_written ? found : match_letters(text, at, Spelling::Plain);
}

std::optional<Found> Needle::match_letters(std::string_view text, std::size_t at, Spelling spelling) const
{
    LetterReader reader{text, at, spelling};
    std::size_t const places = reader.letters_left();
    for (std::size_t place = 0; place < places; ++place) {
        if (place > 0)
            reader = LetterReader{text, at, spelling};
        for (std::size_t i = 0; i < place; ++i)
            reader.next();
        Found found{text.size(), 0};
        std::size_t matched = 0;
        for (; matched < letters_.size() && !reader.done() && reader.letter().letter == letters_[matched]; ++matched) {
            found.begin = std::min(found.begin, reader.letter().begin);
            found.end = std::max(found.end, reader.letter().end);
            reader.next();
        }
        bool const goes_on = !reader.done() && Folding::of_unicode().joins(reader.letter().letter);
        if (matched == letters_.size() && !goes_on)
            return found;
    }
    return {};
}

} // namespace pev
