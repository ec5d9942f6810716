// Page addresses: read, written and read again.
//
// Input: path and query of an address, as in "/playbooks/runs/1?theme=dark".
#include "shared/app/options.h"
#include "tests/fuzz/fuzzer.h"

#include <algorithm>

namespace pev::fuzz {

namespace {

    // A word with a comma in it would be two in a list.
    bool can_be_listed(std::vector<std::string> const& words)
    {
        return std::ranges::none_of(
            words, [](std::string const& word) { return word.empty() || word.find(',') != std::string::npos; });
    }

    bool same(Options const& a, Options const& b)
    {
        return a.run == b.run && a.api == b.api && a.profile == b.profile && a.stream == b.stream && a.step == b.step
            && a.search == b.search && a.states == b.states && a.types == b.types && a.theme == b.theme
            && a.time_zone == b.time_zone && a.probe == b.probe;
    }

} // namespace

void run_one(std::string_view input)
{
    std::string_view const path = input.substr(0, input.find('?'));
    std::string_view const query = input.substr(path.size());
    Options const options = parse_address(path, query);
    expect(can_be_listed(options.states) && can_be_listed(options.types), "filters are words");

    std::string const written = format_address(options);
    Options const again = parse_address(path, written);
    expect(same(again, options), "an address that is written reads the same");
    expect(format_address(again) == written, "writing it once more changes nothing");

    // What the user changes is in the address, whatever was there before.
    Options changed = options;
    changed.step = "another step";
    changed.search.clear();
    changed.states = {"failed"};
    changed.theme = ThemeChoice::Dark;
    expect(same(parse_address(path, format_address(changed)), changed), "changes reach the address");
}

} // namespace pev::fuzz
