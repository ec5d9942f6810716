// What the viewer is asked to show: the page's address, or the command line of the desktop build.
//
// Source: docs/PAGE.md#address.
#pragma once

#include "shared/live/connection.h"
#include "shared/run/model.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pev {

enum class ThemeChoice : std::uint8_t { System, Light, Dark };
enum class TimeZoneChoice : std::uint8_t { Local, Utc };

struct Options {
    std::string page; // its address without the query; empty: there is none that a link could lead to
    std::string query; // as the page was opened with

    std::string run; // empty: none was named
    bool run_too_long = false;
    std::string api = "/api/v1";
    Profile profile = Profile::Api;
    bool stream = true;
    std::string step; // selected step: StepRun::ref; empty: none is named
    std::string search;
    std::vector<std::string> states; // filters: wire words
    std::vector<std::string> types;
    ThemeChoice theme = ThemeChoice::System;
    TimeZoneChoice time_zone = TimeZoneChoice::Local;
    bool probe = false;
    std::size_t memory = kRunMemory; // that a run may take; bytes

    // What was passed over, one sentence each, for the diagnostics.
    std::vector<std::string> complaints;
};

inline constexpr std::size_t kMaxRunIdCharacters = 200;

// "light", "dark", "system".
std::optional<ThemeChoice> theme_named(std::string_view word);

// Any text is taken for an id; of one that is too long this is noted, and it is not asked for.
void name_run(Options& options, std::string run);

// From a page's address: path and query as the browser has them, '?' optional. Unknown parameters are ignored; a bad value
// falls back to its default and leaves a complaint.
Options parse_address(std::string_view path, std::string_view query);

// The query that parse_address turns back into these options: the parameters of `options.query` in their order, with the ones
// that the user can change brought up to date. Defaults are left out, parameters that we don't know stay.
std::string format_address(Options const& options);

// The whole address at which this step is shown, unfiltered.
std::string link_to_step(Options const& options, std::string step);

// The query with another run named in it, which counts more than the one in the path.
std::string with_run(std::string_view query, std::string const& run);

} // namespace pev
