#include "shared/json/json_writer.h"

#include <cmath>

namespace pev {

void JsonWriter::open(char bracket)
{
    write({&bracket, 1});
    first_ = true;
}

void JsonWriter::close(char bracket)
{
    out_ += bracket;
    first_ = false;
}

void JsonWriter::key(std::string_view key)
{
    write(json_quote(key));
    out_ += ':';
    first_ = true;
}

void JsonWriter::number(double value)
{
    if (!std::isfinite(value))
        return null();
    auto const thousandths = std::llround(value * 1000);
    std::string text = thousandths < 0 ? "-" : "";
    auto const size = static_cast<unsigned long long>(std::llabs(thousandths));
    text += std::to_string(size / 1000);
    if (auto const rest = size % 1000; rest != 0)
        text += '.' + std::to_string(1000 + rest).substr(1);
    write(text);
}

void JsonWriter::write(std::string_view json)
{
    if (!first_)
        out_ += ',';
    first_ = false;
    out_ += json;
}

} // namespace pev
