#include "shared/live/sse_parser.h"

#include "shared/base/text.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace pev {

namespace {

    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

    std::optional<std::chrono::milliseconds> parse_retry(std::string_view value)
    {
        bool const digits_only = std::ranges::all_of(value, [](char c) { return c >= '0' && c <= '9'; });
        if (value.empty() || !digits_only)
            return std::nullopt;
        std::chrono::milliseconds::rep count = 0;
        bool const fits = std::from_chars(value.data(), value.data() + value.size(), count).ec == std::errc{};
        return fits ? std::min(std::chrono::milliseconds{count}, SseParser::kLongestRetry) : SseParser::kLongestRetry;
    }

} // namespace

SseParser::SseParser(std::string last_event_id, std::size_t max_message_bytes)
    : max_message_bytes_(max_message_bytes), id_buffer_(last_event_id), last_event_id_(std::move(last_event_id))
{
}

// Lines are cut before UTF-8 is decoded: '\r', '\n' and ':' are never part of a longer sequence, not even of a broken one.
bool SseParser::feed(std::string_view bytes, std::vector<SseItem>& out)
{
    if (after_cr_ && !bytes.empty()) {
        after_cr_ = false;
        if (bytes.front() == '\n')
            bytes.remove_prefix(1);
    }
    while (!failed_) {
        std::size_t const end = bytes.find_first_of("\r\n");
        std::string_view const part = bytes.substr(0, end);
        failed_ = too_large(part.size());
        if (failed_)
            break;
        if (end == std::string_view::npos) {
            line_ += part;
            return true;
        }
        if (line_.empty()) {
            take_line(part, out);
        } else {
            line_ += part;
            take_line(std::exchange(line_, {}), out);
        }
        bool const cr = bytes[end] == '\r';
        bytes.remove_prefix(end + 1);
        if (cr && bytes.empty())
            after_cr_ = true;
        else if (cr && bytes.front() == '\n')
            bytes.remove_prefix(1);
    }
    return false;
}

void SseParser::take_line(std::string_view line, std::vector<SseItem>& out)
{
    if (std::exchange(at_start_, false) && line.starts_with(kByteOrderMark))
        line.remove_prefix(kByteOrderMark.size());
    if (line.empty())
        return dispatch(out);
    std::size_t const colon = line.find(':');
    if (colon == 0) {
        out.emplace_back(SseComment{repair_utf8(line.substr(1))});
        return;
    }
    std::string_view value = colon == std::string_view::npos ? std::string_view{} : line.substr(colon + 1);
    if (value.starts_with(' '))
        value.remove_prefix(1);
    take_field(line.substr(0, colon), value);
}

void SseParser::take_field(std::string_view name, std::string_view value)
{
    if (name == "data") {
        data_ += repair_utf8(value);
        data_ += '\n';
    } else if (name == "event") {
        event_type_ = repair_utf8(value);
    } else if (name == "id") {
        if (value.find('\0') == std::string_view::npos)
            id_buffer_ = repair_utf8(value);
    } else if (name == "retry") {
        if (auto const retry = parse_retry(value))
            retry_ = retry;
    }
}

void SseParser::dispatch(std::vector<SseItem>& out)
{
    last_event_id_ = id_buffer_;
    std::string type = std::exchange(event_type_, {});
    if (data_.empty())
        return;
    data_.pop_back(); // the line end behind the last line
    out.emplace_back(SseMessage{
        .type = type.empty() ? "message" : std::move(type), .data = std::exchange(data_, {}), .id = last_event_id_});
}

bool SseParser::too_large(std::size_t line_bytes) const
{
    return line_.size() + line_bytes + data_.size() > max_message_bytes_;
}

} // namespace pev
