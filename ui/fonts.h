// The fonts that the design uses. A platform loads them in its own way and hands them over.
#pragma once

struct ImFont;

namespace pev::ui {

// Inter, or what the system has in its place; sizes are chosen where text is drawn (ImGui 1.92 scales fonts freely).
struct Fonts {
    ImFont* regular = nullptr; // 400
    ImFont* medium = nullptr; // 500
    ImFont* semibold = nullptr; // 600
    ImFont* mono = nullptr; // JetBrains Mono, or what the system has
};

} // namespace pev::ui
