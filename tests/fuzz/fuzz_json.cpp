// JSON of any kind: our parser against nlohmann/json, which reads the same grammar in its own way. Where ours has taken what is none
// (shared/json/json_oddity.h), what it would export in its place is held against it.
//
// Input: a text.
#include "shared/json/json_parser.h"
#include "tests/fuzz/fuzzer.h"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace pev::fuzz {

namespace {

    // What nlohmann/json refuses and we take: half a surrogate pair, numbers beyond doubles.
    bool may_be_taken_by_us_alone(std::string_view text)
    {
        return text.find("\\u") != std::string_view::npos || text.find_first_of("eE") != std::string_view::npos
            || text.size() > 300;
    }

    void compare_text(std::string_view source, std::string_view text)
    {
        auto const theirs = nlohmann::json::parse(source, nullptr, false);
        if (theirs.is_string())
            expect(theirs.get_ref<std::string const&>() == text, "a string is decoded as by nlohmann/json");
    }

} // namespace

void run_one(std::string_view input)
{
    JsonParser parser{std::string{input}, JsonTree::kAllLevels};
    auto const tree = parser.finish();
    if (!tree) {
        // To nlohmann/json a zero is the end of the text.
        expect(input.find('\0') != std::string_view::npos || !nlohmann::json::accept(input),
            "what nlohmann/json takes is taken");
        return;
    }
    std::string_view const source = tree->source(); // repaired, where the input was no UTF-8
    bool const odd = !parser.oddities().places.empty();
    std::string const valid = valid_json(source);
    expect(odd || valid == source, "what is JSON is exported as it came");
    expect(nlohmann::json::accept(valid) || may_be_taken_by_us_alone(source),
        "what nlohmann/json refuses is refused, or known to be odd and exported as JSON");
    JsonParser again{valid, JsonTree::kAllLevels};
    auto const exported = again.finish();
    expect(exported && again.oddities().places.empty(), "what is exported is JSON");
    expect(exported->nodes().size() == tree->nodes().size(), "what is exported has the same values");

    for (std::size_t i = 0; i < tree->nodes().size(); ++i) {
        JsonView const value = tree->at(i);
        if (value.is(JsonKind::String) && !odd)
            compare_text(value.raw(), value.text());
        expect(JsonTree::parse(std::string{value.raw()})->nodes().size() == tree->nodes()[i].next - i,
            "the source text of a value is that value");
    }
    auto const shallow = JsonTree::parse(std::string{input}, 1);
    expect(shallow && shallow->root().size() == tree->root().size(), "levels without nodes are read all the same");
}

} // namespace pev::fuzz
