// Dear ImGui in a browser: clipboard and input method by the page.
#pragma once

namespace pev::wasm {

void set_up_imgui();

} // namespace pev::wasm
