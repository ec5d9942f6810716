#include "wasm/browser_platform.h"

#include "shared/run/model.h"
#include "wasm/inbox.h"
#include "wasm/js_imports.h"

#include <array>
#include <string>
#include <variant>

namespace pev::wasm {
namespace {

    // EventSource hands over only the types that somebody listens for. Source: docs/WIRE.md#events; "message" is what the
    // browser calls an event without a name. The last ones are names that servers like to give to others: they are counted.
    constexpr std::array kEventTypes = std::to_array<std::string_view>({
        "message",
        "connected",
        "run.updated",
        "run.completed",
        "run.failed",
        "step.updated",
        "step.completed",
        "step.failed",
        "step.log.appended",
        "error",
        "open",
        "close",
        "end",
        "done",
        "ping",
        "heartbeat",
        "keepalive",
        "update",
        "data",
        "event",
    });

    std::string const& event_type_list()
    {
        static std::string const kList = [] {
            std::string joined;
            for (auto const type : kEventTypes)
                joined.append(joined.empty() ? "" : " ").append(type);
            return joined;
        }();
        return kList;
    }

    // Ids count from one and stay far below 2^53.
    double js_id(std::uint64_t id)
    {
        return static_cast<double>(id);
    }

    void start(Fetch const& fetch)
    {
        js_fetch(js_id(fetch.id), fetch.url.data(), fetch.url.size(), most_document_bytes(kRunMemory));
    }

    void start(AbortFetch const& abort)
    {
        js_abort_fetch(js_id(abort.id));
        take_body(abort.id);
    }

    void start(OpenStream const& open)
    {
        auto const& types = event_type_list();
        js_open_stream(js_id(open.id), open.url.data(), open.url.size(), open.has_token, types.data(), types.size());
    }

    void start(CloseStream const& close)
    {
        js_close_stream(js_id(close.id));
    }

    void start(SetAddress const& address)
    {
        js_set_query(address.query.data(), address.query.size(), address.new_entry);
    }

    void start(AskToNotify const&)
    {
        js_ask_to_notify();
    }

    void start(Notify const& notice)
    {
        js_notify(notice.title.data(), notice.title.size(), notice.text.data(), notice.text.size());
    }

    void start(SetClipboard const& clipboard)
    {
        js_copy_text(clipboard.text.data(), clipboard.text.size());
    }

    void start(OpenLink const& link)
    {
        js_open_link(link.url.data(), link.url.size());
    }

    void start(SaveFile const& file)
    {
        js_save_file(file.name.data(), file.name.size(), file.media_type.data(), file.media_type.size(),
            file.content.data(), file.content.size(), file.more);
    }

    void start(DrawPicture const&) {} // see perform()

    void start(StorePreferences const& preferences)
    {
        js_store_preferences(preferences.text.data(), preferences.text.size());
    }

} // namespace

void BrowserPlatform::perform(Effect const& effect)
{
    if (auto const* const picture = std::get_if<DrawPicture>(&effect))
        picture_wish_ = picture->name;
    else
        std::visit([](auto const& e) { start(e); }, effect);
}

std::string_view BrowserPlatform::event_type(int index)
{
    auto const i = static_cast<std::size_t>(index);
    return i < kEventTypes.size() ? kEventTypes[i] : "message";
}

} // namespace pev::wasm
