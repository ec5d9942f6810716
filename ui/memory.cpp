#include "ui/memory.h"

#include "ui/inspector/log_memory.h"

namespace pev::ui {

UiMemory::UiMemory() : log_(std::make_unique<LogMemory>()) {}

UiMemory::~UiMemory() = default;

} // namespace pev::ui
