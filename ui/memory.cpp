#include "ui/memory.h"

#include "ui/inspector/json_memory.h"
#include "ui/inspector/log_memory.h"

namespace pev::ui {

UiMemory::UiMemory() : log_(std::make_unique<LogMemory>()), json_(std::make_unique<JsonMemories>()) {}

UiMemory::~UiMemory() = default;

JsonMemory& UiMemory::json(ImGuiID place)
{
    return json_->by_place[place];
}

void UiMemory::forget_step()
{
    json_->by_place.clear();
    texts.clear();
    cards.clear();
    attempts_open.clear();
    log_->scroll = log_->scroll_max = 0;
}

} // namespace pev::ui
