// What the page around an embedded viewer asks for.
//
// Source: docs/EMBEDDING.md, "Messages"; shell/embed.js writes them. A command is a JSON text such as
// {"type":"selectStep","step":"research"} and comes over a channel that only an allowed host has (shell/host_link.js). It is
// foreign text all the same.
#pragma once

#include "shared/app/action.h"
#include "shared/base/result.h"

#include <string>

namespace pev::embed {

// Of the messages in both directions. A host that speaks another one is refused when it says hello.
inline constexpr int kProtocol = 1;

inline constexpr std::size_t kLongestCommand = 64u << 10; // bytes

// Fails with one sentence for the diagnostics.
Result<Action> decode_command(std::string text);

} // namespace pev::embed
