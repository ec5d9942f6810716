// Writes small JSON objects and arrays: commas and quotes in one place.
#pragma once

#include "shared/json/json_tree.h"

#include <string>
#include <string_view>

namespace pev {

class JsonWriter {
public:
    explicit JsonWriter(std::string& out) : out_(out) {}

    void open(char bracket);
    void close(char bracket);
    void key(std::string_view key);
    void text(std::string_view value) { write(json_quote(value)); }
    void number(double value); // thousandths are kept
    void count(std::uint64_t value) { write(std::to_string(value)); }
    void integer(std::int64_t value) { write(std::to_string(value)); }
    void raw(std::string_view json) { write(json); } // a value that is JSON already
    void boolean(bool value) { write(value ? "true" : "false"); }
    void null() { write("null"); }

private:
    void write(std::string_view json);

    std::string& out_;
    bool first_ = true; // no comma before the next value
};

} // namespace pev
