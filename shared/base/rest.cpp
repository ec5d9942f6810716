#include "shared/base/rest.h"

namespace pev {

namespace {

    bool& rest_there()
    {
        static bool there = true;
        return there;
    }

} // namespace

bool is_rest_there()
{
    return rest_there();
}

void set_rest_there(bool there)
{
    rest_there() = there;
}

} // namespace pev
