// What a JSON string says: its source text without the escapes.
//
// Source: RFC 8259, section 7. Half a surrogate pair, of which it only warns, becomes U+FFFD.
// Used by: JsonParser, for the texts of a document; the search, which reads values as a reader sees them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pev {

// The four hexadecimal digits at `at`; -1 where there are fewer.
int hex4(std::string_view text, std::size_t at);

// Appends `source` with its escapes decoded. It may be what stands between two quotes or any JSON: outside of strings there are no
// escapes. The grammar has been checked; what is broken nevertheless stays as it is.
void append_unescaped(std::string_view source, std::string& out);

// Takes one character or one escape off the front of `source`, which is not empty.
char32_t next_unescaped(std::string_view& source);

} // namespace pev
