// Names a widget the way a reader would: what it is, what it is called, and what it is in.
//
//   button("Retry")                            the button that is called exactly so
//   option(containing("journalists")).nth(1)   the second of those
//   button("Retry").within(region("Notices"))
//   any(Role::TreeItem)
#pragma once

#include "ui/semantics.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pev::test {

struct Name {
    enum class Match : std::uint8_t { Exact, Contains, Any };

    // NOLINTBEGIN(google-explicit-constructor): a text is a name
    Name(std::string exactly) : text(std::move(exactly)) {}
    Name(std::string_view exactly) : text(exactly) {}
    Name(char const* exactly) : text(exactly) {}
    // NOLINTEND(google-explicit-constructor)
    Name(Match how, std::string_view words) : text(words), match(how) {}

    std::string text;
    Match match = Match::Exact;
};
inline Name containing(std::string_view words)
{
    return {Name::Match::Contains, words};
}

class Locator {
public:
    Locator(ui::Role role, Name name) : role_(role), name_(std::move(name)) {}

    // The n-th of those that fit, from 0, in reading order.
    Locator nth(std::size_t n) const;
    // Only what lies in (one of) these.
    Locator within(Locator const& parent) const;

    // Indices of the nodes that fit, in reading order.
    std::vector<std::size_t> matches(std::vector<ui::SemanticNode> const& nodes) const;
    std::string words() const; // "button 'Retry' within region 'Notices'"

private:
    ui::Role role_;
    Name name_;
    std::optional<std::size_t> nth_;
    std::shared_ptr<Locator const> parent_;
};

inline Locator any(ui::Role role)
{
    return {role, {Name::Match::Any, {}}};
}
inline Locator alert(Name name)
{
    return {ui::Role::Alert, std::move(name)};
}
inline Locator button(Name name)
{
    return {ui::Role::Button, std::move(name)};
}
inline Locator definition(Name name)
{
    return {ui::Role::Definition, std::move(name)};
}
inline Locator group(Name name)
{
    return {ui::Role::Group, std::move(name)};
}
inline Locator heading(Name name)
{
    return {ui::Role::Heading, std::move(name)};
}
inline Locator link(Name name)
{
    return {ui::Role::Link, std::move(name)};
}
inline Locator menu_item(Name name)
{
    return {ui::Role::MenuItem, std::move(name)};
}
inline Locator option(Name name)
{
    return {ui::Role::Option, std::move(name)};
}
inline Locator region(Name name)
{
    return {ui::Role::Region, std::move(name)};
}
inline Locator search_box(Name name)
{
    return {ui::Role::SearchBox, std::move(name)};
}
inline Locator status(Name name)
{
    return {ui::Role::Status, std::move(name)};
}
inline Locator text(Name name)
{
    return {ui::Role::Text, std::move(name)};
}
inline Locator toggle(Name name)
{
    return {ui::Role::Toggle, std::move(name)};
}
inline Locator tree_item(Name name)
{
    return {ui::Role::TreeItem, std::move(name)};
}

} // namespace pev::test
