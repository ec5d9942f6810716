#include "ui/semantics.h"

#include "shared/base/escapes.h"
#include "shared/json/json_tree.h"

#include <algorithm>
#include <utility>

namespace pev::ui {

std::string_view role_word(Role role)
{
    switch (role) {
    case Role::Banner:
        return "banner";
    case Role::Main:
        return "main";
    case Role::Region:
        return "region";
    case Role::Dialog:
        return "dialog";
    case Role::Heading:
        return "heading";
    case Role::Text:
        return "text";
    case Role::Status:
        return "status";
    case Role::Alert:
        return "alert";
    case Role::Button:
        return "button";
    case Role::Link:
        return "link";
    case Role::Toggle:
        return "toggle";
    case Role::Listbox:
        return "listbox";
    case Role::Option:
        return "option";
    case Role::Group:
        return "group";
    case Role::ProgressBar:
        return "progressbar";
    case Role::SearchBox:
        return "searchbox";
    case Role::Image:
        return "image";
    case Role::Log:
        return "log";
    case Role::Tree:
        return "tree";
    case Role::TreeItem:
        return "treeitem";
    case Role::Term:
        return "term";
    case Role::Definition:
        return "definition";
    case Role::Tooltip:
        return "tooltip";
    case Role::Menu:
        return "menu";
    case Role::MenuItem:
        return "menuitem";
    case Role::Separator:
        return "separator";
    }
    return "text";
}

std::vector<std::string_view> state_words(States states)
{
    std::vector<std::string_view> words;
    auto const add = [&](bool is_so, std::string_view word) {
        if (is_so)
            words.push_back(word);
    };
    add(states.selected, "selected");
    add(states.pressed, "pressed");
    add(states.expanded, "expanded");
    add(states.collapsed, "collapsed");
    add(states.disabled, "disabled");
    add(states.current, "current");
    add(states.focused, "focused");
    add(states.busy, "busy");
    return words;
}

void Semantics::add(SemanticNode node)
{
    for (std::string* const words : {&node.name, &node.value}) {
        if (has_escapes(*words))
            *words = without_escapes(*words);
    }
    node.level = level_;
    nodes_.push_back(std::move(node));
}

void Semantics::open(SemanticNode node)
{
    add(std::move(node));
    ++level_;
}

void Semantics::close()
{
    if (level_ > 0)
        --level_;
}

std::string to_text(Semantics const& semantics)
{
    std::string text;
    for (SemanticNode const& node : semantics.nodes()) {
        text.append(2 * static_cast<std::size_t>(std::max(node.level, 0)), ' ').append(role_word(node.role));
        if (!node.name.empty())
            text.append(" ").append(json_quote(node.name));
        if (!node.value.empty())
            text.append(" value ").append(json_quote(node.value));
        std::string states;
        for (std::string_view const word : state_words(node.states))
            states.append(states.empty() ? "" : ", ").append(word);
        if (!states.empty())
            text.append(" [").append(states).append("]");
        text.append("\n");
    }
    return text;
}

} // namespace pev::ui
