// The mark of what the first picture of a run has no use for.
//
// Used by: whatever is marked, and scripts/split_wasm.mjs, which lists it. A page fetches the code of such a function, and of all
// that only it needs, after that picture: the function may be called only where AppState::complete says that it is there.
#pragma once

// Without the attribute the compiler would put the function into its caller.
#define PEV_REST [[gnu::noinline]]

namespace pev {

// For functions that know no state: false only in a page whose second part is still on its way.
bool is_rest_there();
void set_rest_there(bool there);

} // namespace pev
