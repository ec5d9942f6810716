#include "shared/json/json_time.h"

namespace pev {

std::optional<Instant> time_of(JsonView value)
{
    double const number = value.number();
    return number != 0 ? from_epoch(number) : parse_timestamp(value.text());
}

} // namespace pev
