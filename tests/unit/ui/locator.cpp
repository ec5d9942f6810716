#include "tests/unit/ui/locator.h"

#include <algorithm>

namespace pev::test {

namespace {

    bool fits(Name const& wanted, std::string_view name)
    {
        switch (wanted.match) {
        case Name::Match::Exact:
            return name == wanted.text;
        case Name::Match::Contains:
            return name.find(wanted.text) != std::string_view::npos;
        case Name::Match::Any:
            return true;
        }
        return false;
    }

    // Children follow their parent with a higher level.
    std::size_t end_of_children(std::vector<ui::SemanticNode> const& nodes, std::size_t parent)
    {
        std::size_t end = parent + 1;
        while (end < nodes.size() && nodes[end].level > nodes[parent].level)
            ++end;
        return end;
    }

} // namespace

Locator Locator::nth(std::size_t n) const
{
    Locator narrower = *this;
    narrower.nth_ = n;
    return narrower;
}

Locator Locator::within(Locator const& parent) const
{
    Locator narrower = *this;
    narrower.parent_ = std::make_shared<Locator const>(parent);
    return narrower;
}

std::vector<std::size_t> Locator::matches(std::vector<ui::SemanticNode> const& nodes) const
{
    std::vector<bool> inside(nodes.size(), parent_ == nullptr);
    if (parent_) {
        for (std::size_t const parent : parent_->matches(nodes)) {
            for (std::size_t i = parent + 1; i < end_of_children(nodes, parent); ++i)
                inside[i] = true;
        }
    }
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (inside[i] && nodes[i].role == role_ && fits(name_, nodes[i].name))
            found.push_back(i);
    }
    if (!nth_)
        return found;
    return *nth_ < found.size() ? std::vector{found[*nth_]} : std::vector<std::size_t>{};
}

std::string Locator::words() const
{
    std::string words{ui::role_word(role_)};
    if (name_.match != Name::Match::Any)
        words += (name_.match == Name::Match::Contains ? " containing '" : " '") + name_.text + '\'';
    if (nth_)
        words += " (number " + std::to_string(*nth_) + ')';
    if (parent_)
        words += " within " + parent_->words();
    return words;
}

} // namespace pev::test
