// I/O that somebody decided on, described as plain, comparable data. The platform performs it and answers with arrivals.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace pev {

using RequestId = std::uint64_t;
using StreamId = std::uint64_t;

// GET with credentials; answered by one HttpAnswer.
struct Fetch {
    RequestId id;
    std::string url;
    bool operator==(Fetch const&) const = default;
};
// No answer is wanted any more.
struct AbortFetch {
    RequestId id;
    bool operator==(AbortFetch const&) const = default;
};
// An event stream with credentials; answered by StreamOpened, StreamMessage, StreamLost.
struct OpenStream {
    StreamId id;
    std::string url;
    bool operator==(OpenStream const&) const = default;
};
struct CloseStream {
    StreamId id;
    bool operator==(CloseStream const&) const = default;
};
// The query of the page's address, without '?': a link to it shows the same thing to someone else.
struct SetAddress {
    std::string query;
    bool new_entry = false; // "back" leads to the address before
    bool operator==(SetAddress const&) const = default;
};
// Asks the reader whether the viewer may notify; answered by one NotifyAnswer.
struct AskToNotify {
    bool operator==(AskToNotify const&) const = default;
};
// A message on the reader's desktop.
struct Notify {
    std::string title;
    std::string text;
    bool operator==(Notify const&) const = default;
};
struct SetClipboard {
    std::string text;
    bool operator==(SetClipboard const&) const = default;
};

// A web address (shared/base/web_address.h) in a tab of its own, which can't reach this one and is not told of it. LinkRefused
// answers where that fails, as far as the platform can know.
struct OpenLink {
    std::string url;
    bool operator==(OpenLink const&) const = default;
};

// A file for the reader, where downloads or the like go. The name is safe for every file system; the content is UTF-8. A large one
// comes in parts, each but the last with `more`. Nothing answers: browsers do not tell what has become of a download.
struct SaveFile {
    std::string name;
    std::string media_type;
    std::string content;
    bool more = false;
    bool operator==(SaveFile const&) const = default;
};

// The whole timeline as a picture, saved like a file of this name: the platform draws it (ui/timeline_picture.h).
struct DrawPicture {
    std::string name;
    bool operator==(DrawPicture const&) const = default;
};

// How the reader likes the interface (shared/app/preferences.h), to be handed to the next Session where the platform can keep it.
struct StorePreferences {
    std::string text;
    bool operator==(StorePreferences const&) const = default;
};

using Effect = std::variant<Fetch, AbortFetch, OpenStream, CloseStream, SetAddress, AskToNotify, Notify, SetClipboard,
    OpenLink, SaveFile, DrawPicture, StorePreferences>;
using Effects = std::vector<Effect>;

} // namespace pev
