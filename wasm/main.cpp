// The program: one module, one page, one viewer.
#include "wasm/js_exports.h"

int main()
{
    pev::wasm::the_viewer().start();
}
