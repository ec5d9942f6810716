#include "ui/inspector/summaries.h"

#include "shared/base/rest.h"

#include "imgui_internal.h"

namespace pev::ui {

std::string_view Summaries::of(ImGuiID id, std::uint64_t revision, JsonText const& text, Summarize summarize)
{
    constexpr std::size_t kMaxEntries = 512;
    auto found = entries_.find(id);
    if (found != entries_.end() && found->second.revision == revision && found->second.in_full == is_rest_there())
        return found->second.summary;
    if (found == entries_.end()) {
        if (entries_.size() >= kMaxEntries)
            entries_.clear();
        found = entries_.try_emplace(id).first;
        found->second.size = text.size() + 1; // unlike the text
    }
    Entry& entry = found->second;
    entry.revision = revision;
    ImGuiID const hash = ImHashData(text.data(), text.size());
    if (entry.size != text.size() || entry.hash != hash || entry.in_full != is_rest_there()) {
        entry.size = text.size();
        entry.hash = hash;
        entry.in_full = is_rest_there();
        entry.summary = summarize(text);
    }
    return entry.summary;
}

} // namespace pev::ui
