#include "shared/app/version.h"

namespace pev {

std::string_view version()
{
    return PEV_VERSION; // of the project, from CMake
}

} // namespace pev
