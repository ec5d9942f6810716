// The viewer that JavaScript's calls go to. The functions themselves are declared nowhere but in js_exports.cpp: no C++
// code calls them.
#pragma once

#include "wasm/viewer.h"

namespace pev::wasm {

// Made on first use; never destroyed, as the page outlives nothing of it.
Viewer& the_viewer();

} // namespace pev::wasm
