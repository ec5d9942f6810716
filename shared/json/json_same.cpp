#include "shared/json/json_same.h"

#include <algorithm>
#include <vector>

namespace pev {

namespace {

    std::vector<JsonView> members_by_key(JsonView object)
    {
        std::vector<JsonView> members;
        for (JsonView const member : object.children())
            members.push_back(member);
        std::ranges::stable_sort(members, {}, [](JsonView member) { return member.key(); });
        return members;
    }

    std::vector<JsonView> items(JsonView list)
    {
        std::vector<JsonView> items;
        for (JsonView const item : list.children())
            items.push_back(item);
        return items;
    }

    struct Pair {
        JsonView a;
        JsonView b;
    };

    // Whether the two are the same but for their children, which are put onto the list.
    bool compare(Pair const& pair, std::vector<Pair>& open)
    {
        auto const& [a, b] = pair;
        if (a.kind() != b.kind() || a.size() != b.size())
            return false;
        if (a.is(JsonKind::String))
            return a.text() == b.text();
        bool const is_object = a.is(JsonKind::Object);
        if (!is_object && !a.is(JsonKind::Array))
            return a.raw() == b.raw();
        auto const of_a = is_object ? members_by_key(a) : items(a);
        auto const of_b = is_object ? members_by_key(b) : items(b);
        for (std::size_t i = 0; i < of_a.size(); ++i) {
            if (is_object && of_a[i].key() != of_b[i].key())
                return false;
            open.push_back({of_a[i], of_b[i]});
        }
        return true;
    }

} // namespace

bool is_same_json(JsonText const& a, JsonText const& b)
{
    if (a == b)
        return true;
    auto const tree_a = JsonTree::parse(a);
    auto const tree_b = JsonTree::parse(b);
    if (!tree_a || !tree_b)
        return false;
    std::vector<Pair> open{{tree_a->root(), tree_b->root()}};
    while (!open.empty()) {
        Pair const pair = open.back();
        open.pop_back();
        if (!compare(pair, open))
            return false;
    }
    return true;
}

} // namespace pev
